"""What a county has published. Nothing is ever overwritten: a publication can only be withdrawn."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from junheng.basics import STAGE_NAMES
from junheng.web.findings.models import VERDICTS, Finding
from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation

STAGES = [(key, pair(name.zh, name.en)) for key, name in STAGE_NAMES.items()]
NOTICE_KINDS = [
    ("notice", pair("公告", "notice")),
    ("aid", pair("资助政策", "aid policy")),
    ("matter", pair("办事事项", "matters")),
]


class Publication(models.Model):
    """What all publications share: whose, when and by whom, and whether it was withdrawn and why."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class ZoneVersion(Publication):
    """A dated version of the zones of a stage. ``content``: {"zones": [{"id", "name", "schools"}], "rows": [{"zone",
    "street", "numbers", "community"}]}, canonical JSON; nothing else of the plan is kept.
    """

    stage = models.CharField(max_length=10, choices=STAGES)
    label = models.CharField(max_length=60)
    first_day = models.DateField()
    source = models.CharField(
        max_length=4,
        choices=[
            ("plan", pair("学区划分方案", "a plan of zones")),
            ("list", pair("法定地址清单", "the statutory list")),
        ],
    )
    source_sha256 = models.CharField(max_length=64)  # of what the officer handed in
    content = models.TextField()
    sha256 = models.CharField(max_length=64)  # of content

    class Meta:
        ordering: ClassVar = ["county", "stage", "-first_day", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.label}"


class Draw(Publication):
    """A draw's public folder. ``files``: {name: SHA-256}, canonical JSON; the facts are read from the transcript."""

    draw_id = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    transcript_sha256 = models.CharField(max_length=64)
    folder_name = models.CharField(max_length=80, unique=True)
    files = models.TextField()

    class Meta:
        ordering: ClassVar = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.HOME) / "public" / self.folder_name


class Notice(Publication):
    """A notice, an aid policy or a matter, in plain paragraphs, from a day to a day."""

    kind = models.CharField(max_length=6, choices=NOTICE_KINDS)
    title = models.CharField(max_length=120)
    text = models.TextField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-first_day", "-pk"]

    def __str__(self) -> str:
        return self.title


class OpenData(Publication):
    """A finding's figures as an open package. ``figures``: what the package says, canonical JSON, small cells gone."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")
    standard = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    with_schools = models.BooleanField()
    smallest_cell = models.PositiveSmallIntegerField()
    figures = models.TextField()
    folder_name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)  # of the zip

    class Meta:
        ordering: ClassVar = ["-year", "-published_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.year} {self.standard}"

    @property
    def path(self) -> Path:
        """The package."""
        return Path(settings.HOME) / "public" / self.folder_name / "package.zip"

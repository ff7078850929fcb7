"""Uploads, jobs, and the lines of their logs."""

from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from junheng.basics import Text
from junheng.web.findings.models import Finding
from junheng.web.front.words import half
from junheng.web.jobs.kinds import PLAN_KINDS
from junheng.web.jobs.states import MOVES, OPEN, PRIVATE, State, Work
from junheng.web.people.models import Account, Organisation

_IN_SECONDS = 120
_SILENT_SECONDS = 60  # a job queued for longer may have no worker at all


class Upload(models.Model):
    """A file somebody gave for a county. It lies below the site's folder by its hash; its own name stands only here."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    suffix = models.CharField(max_length=5)  # .xlsx or .zip
    size = models.PositiveBigIntegerField()  # bytes
    name = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    is_private = models.BooleanField(default=False)  # names of minors: kept shortly, ``name`` is ours
    looked: dict[str, Any] | None = None  # what the library saw in it when it was taken; not stored

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie; the same bytes lie once."""
        return Path(settings.HOME) / "uploads" / self.sha256[:2] / f"{self.sha256}{self.suffix}"


class Job(models.Model):
    """One thing asked of the library. ``token`` names the claim of the worker that has it: who lost it keeps nothing."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="jobs")
    work = models.CharField(max_length=10, choices=Work.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="+")
    finding = models.ForeignKey(
        Finding, models.PROTECT, null=True, related_name="jobs"
    )  # asked about, or made
    options = models.JSONField(default=dict)
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    token = models.CharField(max_length=32, blank=True)
    worker = models.CharField(max_length=100, blank=True)
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    cancel_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    cancel_at = models.DateTimeField(null=True)
    done = models.PositiveSmallIntegerField(default=0)  # steps
    total = models.PositiveSmallIntegerField(default=0)  # 0: not known
    error = models.JSONField(null=True)  # [{"zh": …, "en": …}]: what, where, why, what to do
    result = models.JSONField(null=True)
    folder_name = models.CharField(max_length=80, blank=True)  # of papers kept below results/
    place: int | None = None  # in the queue; noted by waiting.expected, not stored
    usual: timedelta | None = None  # how long its kind takes; likewise

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "queued_at"], name="jobs_by_state"),
            models.Index(fields=["county", "-asked_at"], name="jobs_of_county"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=State.RUNNING, token__gt="") | ~models.Q(state=State.RUNNING),
                name="a_running_job_is_claimed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.pk}"

    @property
    def title(self) -> str:
        """The work, of a plan its kind, in the reader's language."""
        kind = PLAN_KINDS.get(self.options.get("kind", ""))
        if kind is None or self.work not in (Work.PLAN, Work.COMPARE, Work.CHECK):
            return str(self.get_work_display())
        name = half(kind.name)
        return name if self.work == Work.PLAN else f"{self.get_work_display()} · {name}"

    @property
    def is_private(self) -> bool:
        """Whether names of minors are in what was given and made."""
        return self.work in PRIVATE

    @property
    def folder(self) -> Path | None:
        """Where the papers it made are kept, if it made any of its own."""
        return Path(settings.HOME) / "results" / self.folder_name if self.folder_name else None

    @property
    def usual_words(self) -> str:
        """What is usual, in words: seconds under two minutes, else minutes."""
        seconds = round(self.usual.total_seconds()) if self.usual else 0
        if seconds < _IN_SECONDS:
            return half(Text(f"{max(seconds, 1)} 秒", f"{max(seconds, 1)} s"))
        return half(Text(f"{seconds // 60} 分钟", f"{seconds // 60} min"))

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in OPEN

    @property
    def may_be_retried(self) -> bool:
        """Whether it can be put into the queue again."""
        return not self.is_open and State.QUEUED in MOVES[State(self.state)]

    @property
    def waits_long(self) -> bool:
        """Whether it has been queued for so long that perhaps no worker runs."""
        waited = (timezone.now() - self.queued_at).total_seconds()
        return self.state == State.QUEUED and waited > _SILENT_SECONDS


class Line(models.Model):
    """A line of a job's log."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="lines")
    at = models.DateTimeField(auto_now_add=True)
    zh = models.TextField()
    en = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.zh

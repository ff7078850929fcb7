"""Findings: folders of the library, known to the site by county, standard and year."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation

VERDICTS = [
    ("met", pair("达标", "met")),
    ("not_met", pair("未达标", "not met")),
    ("cannot_tell", pair("无法判定", "cannot tell")),
]


class Finding(models.Model):
    """One finding. The folder is never changed; a newer one of the same county, standard and year takes its place."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="findings")
    standard = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    passed = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    undecided = models.PositiveIntegerField(default=0)
    over_limit = models.PositiveSmallIntegerField(default=0)  # coefficients of variation over their limit
    limited = models.PositiveSmallIntegerField(default=0)  # of so many that have one
    worst = models.FloatField(null=True)  # the largest coefficient as a share of its limit
    worst_of = models.CharField(max_length=60, blank=True)  # its stage and indicator
    parts = models.CharField(
        max_length=200, blank=True
    )  # "resource:not_met veto:met", in the standard's order
    folder_name = models.CharField(max_length=80, unique=True)
    sha256 = models.CharField(max_length=64)  # of manifest.json, which names the hashes of all other files
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-year", "standard", "-made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "standard", "year"],
                condition=models.Q(is_current=True),
                name="one_current_finding",
            )
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.year} {self.standard}"

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return Path(settings.HOME) / "findings" / self.folder_name

"""Scenarios: changes to a finding's input, with a name, kept; nothing of the finding is
touched by them."""

import json
from typing import Any, ClassVar

from django.db import models

from junheng.web.findings.models import VERDICTS, Finding
from junheng.web.people.models import Account, Organisation


class Scenario(models.Model):
    """Changes somebody tried. ``own_school``: the code of the school it is confined to (a head's), else "".

    ``revision`` counts its savings: who saves from an older one is told so.
    """

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="scenarios")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="scenarios")
    name = models.CharField(max_length=100)
    note = models.CharField(max_length=500, blank=True)
    own_school = models.CharField(max_length=20, blank=True)
    changes = models.TextField()  # canonical JSON, a list
    verdict = models.CharField(max_length=12, choices=VERDICTS)
    passed = models.PositiveIntegerField()
    judged = models.PositiveIntegerField()
    author = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=100)
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["county", "-changed_at"], name="scenarios_of_county")]

    def __str__(self) -> str:
        return self.name

    @property
    def listed(self) -> list[dict[str, Any]]:
        """The changes as plain objects."""
        found: list[dict[str, Any]] = json.loads(self.changes)
        return found

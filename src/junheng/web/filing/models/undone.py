"""Freezings of a year that were taken back."""

from typing import ClassVar

from django.db import models

from junheng.web.filing.models.years import CountyYear
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account


class UndoneFreeze(models.Model):
    """A freezing the leader took back. Its tables and its finding stay as they were; frozen anew, they are superseded."""

    county_year = models.ForeignKey(CountyYear, models.PROTECT, related_name="undone")
    snapshot = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    missing_reason = models.CharField(max_length=500, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    reason = models.CharField(max_length=500)
    superseded_at = models.DateTimeField(null=True)  # the year was frozen again

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.snapshot} {self.sha256[:12]}"

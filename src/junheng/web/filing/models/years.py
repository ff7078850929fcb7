"""A county's year, and the returns of its schools and of the county itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from junheng.basics import Text
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation


class CountyYear(models.Model):
    """One year of filing in a county. Frozen, its accepted returns are a folder of tables (``snapshot``) that never changes."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="filing_years")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    standard = models.CharField(max_length=60)
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True)
    snapshot = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    missing_reason = models.CharField(max_length=500, blank=True)  # why it was frozen without some schools
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "year"], name="a_county_opens_a_year_once"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | ~Q(sha256=""), name="a_frozen_year_has_its_hash"
            ),
        ]

    def __str__(self) -> str:
        return half(Text(f"{self.county} {self.year} 年", f"{self.county} {self.year}"))


class _OfSchools(models.Manager["Filing"]):
    """The returns of schools alone: lists, counts and maps of who reported mean schools."""

    def get_queryset(self) -> QuerySet["Filing"]:
        return super().get_queryset().filter(is_county=False)


class Filing(models.Model):
    """One return of a year. ``revision`` counts its changes: what was checked is known by it.

    ``objects``, and so ``county_year.filings``, are the schools'; ``every`` has the county's own beside them, whose
    ``school`` is the county and whose tables are those a county is asked for.
    """

    county_year = models.ForeignKey(CountyYear, models.PROTECT, related_name="filings")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    checked_revision = models.PositiveIntegerField(null=True)
    problems = models.TextField(default="[]")  # JSON, of ``checked_revision``
    is_county = models.BooleanField(default=False)

    objects = _OfSchools()
    every = models.Manager["Filing"]()  # the second: ``county_year.filings`` uses the first

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county_year", "school"], name="one_return_a_school_a_year")
        ]

    def __str__(self) -> str:
        return half(
            Text(f"{self.school} {self.county_year.year} 年", f"{self.school} {self.county_year.year}")
        )

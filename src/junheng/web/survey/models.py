"""A survey, its codes and its papers. Nothing ties a paper to a code, a person, a machine or an hour."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from junheng.basics import Text
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation


class Survey(models.Model):
    """One survey of a county. ``plan``, ``questionnaire``, ``method`` and ``limits`` are the library's as they stood when it
    was planned (JSON), so that a newer release counts no running survey by other rules. ``outcome``, ``public``
    and ``table`` are what the library counted; empty until then.
    """

    key = models.SlugField(max_length=12, unique=True)  # of the public address
    county = models.ForeignKey(Organisation, models.PROTECT, related_name="surveys")
    year = models.PositiveSmallIntegerField()
    standard = models.CharField(max_length=60)
    plan = models.TextField()
    questionnaire = models.TextField()
    method = models.TextField()
    limits = models.TextField()
    issued_on = models.DateField(null=True)
    codes_sha256 = models.CharField(max_length=64, blank=True)  # of the hashes of all codes
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)  # the last day
    counted_on = models.DateField(null=True)
    answers_sha256 = models.CharField(max_length=64, blank=True)  # of what was counted
    outcome = models.TextField(blank=True)
    outcome_sha256 = models.CharField(max_length=64, blank=True)
    public = models.TextField(blank=True)  # "" also where all together are too few
    table = models.TextField(blank=True)  # survey.csv
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-year", "standard"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "year", "standard"], name="one_survey_a_year"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True, closes_on__isnull=True) | Q(closes_on__gte=F("opens_on")),
                name="a_survey_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(counted_on__isnull=True) | ~Q(outcome_sha256=""),
                name="a_counted_survey_has_its_hash",
            ),
        ]

    def __str__(self) -> str:
        return half(Text(f"{self.year} 年社会认可度调查", f"Recognition survey {self.year}"))


class Code(models.Model):
    """The hash of a one-time code: it is the key, so no number tells in which order codes were made. Deleted when the survey
    is counted. ``school_id`` only where the library lets it stay.
    """

    hash = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="codes")
    group = models.CharField(max_length=20)
    school_id = models.CharField(max_length=20, blank=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["survey", "group"], name="codes_of_a_survey")]

    def __str__(self) -> str:
        return self.group


class Paper(models.Model):
    """One paper: its group and what was ticked, and no more.

    ``id`` is drawn at random by whoever inserts it. It is an integer key because that is the order in which SQLite lays
    rows down: with any other key a hidden row number would keep the order of arrival.
    """

    id = models.BigAutoField(primary_key=True)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="papers")
    group = models.CharField(max_length=20)
    answers = models.CharField(max_length=2000)  # canonical JSON: question → value
    is_valid = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["survey", "group"], name="papers_of_a_survey")]

    def __str__(self) -> str:
        return self.group

"""Findings and hazards at a school, and everything that happened to each."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from junheng.web.evidence.models import Evidence
from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation

WORDS = 500  # characters of a description or a reason


class Severity(models.TextChoices):
    """How grave it is: the ledger's days to mend it follow."""

    GENERAL = "general", pair("一般", "general")
    SERIOUS = "serious", pair("较大", "serious")
    MAJOR = "major", pair("重大", "major")


class Result(models.TextChoices):
    """What the review said."""

    NONE = "", pair("未复查", "not reviewed")
    PASSED = "passed", pair("通过", "passed")
    RETURNED = "returned", pair("退回", "returned")


_CLOSED = Q(result=Result.PASSED)
_PROVEN = Q(
    mended_on__isnull=False, reviewed_on__isnull=False, reviewed_by__isnull=False, after__isnull=False
)


class Hazard(models.Model):
    """One finding, as the library's row ``finding`` has it; its state is the library's answer, never stored.

    The database itself refuses one that is closed without what the library demands, and one reviewed by who found it
    or by who reported it mended.
    """

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="hazards")
    ledger = models.CharField(max_length=40)
    number = models.CharField(max_length=20)
    item = models.CharField(max_length=40, blank=True)
    what = models.CharField(max_length=WORDS)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    found_on = models.DateField()
    found_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    needs_before = models.BooleanField()  # the ledger asks for a photo before
    before = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    mended_on = models.DateField(null=True)
    mended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default=Result.NONE)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        indexes: ClassVar = [models.Index(fields=["county", "result", "due_on"], name="hazards_of_county")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="a_hazard_has_its_number"),
            models.CheckConstraint(condition=~_CLOSED | _PROVEN, name="a_hazard_closes_with_proof"),
            models.CheckConstraint(
                condition=~_CLOSED | Q(needs_before=False) | Q(before__isnull=False),
                name="a_hazard_closes_with_a_photo_before",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True)
                | (~Q(reviewed_by=F("found_by")) & ~Q(reviewed_by=F("mended_by"))),
                name="a_hazard_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(mended_on__isnull=True) | Q(mended_on__gte=F("found_on")))
                & (Q(reviewed_on__isnull=True) | Q(reviewed_on__gte=F("mended_on"))),
                name="a_hazard_s_days_follow",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class HazardStep(models.Model):
    """One thing that happened to a hazard; never changed."""

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    act = models.CharField(max_length=8)
    words = models.CharField(max_length=WORDS, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.act}"

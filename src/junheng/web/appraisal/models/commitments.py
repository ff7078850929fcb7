"""What a place committed itself to by a day – plans, targets, promises – and what happened to each."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from junheng.web.evidence.models import Evidence
from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation

WORDS, MEASURE = 300, 200  # characters


class Kind(models.TextChoices):
    """Where it comes from: the kinds of targets the library's score book knows, and promises of reports."""

    PROMISE = "promise", pair("报告承诺", "promise of a report")
    RECOGNITION = "recognition", pair("达标认定", "recognition")
    PLAN = "three_year_plan", pair("三年规划", "three-year plan")
    PRINCIPAL = "principal", pair("校长责任目标", "principal's target")
    YEARLY = "yearly", pair("年度目标", "yearly target")


_REVIEWED = Q(
    evidence__isnull=False, reported_by__isnull=False, reviewed_by__isnull=False, achieved_on__isnull=False
)


class Commitment(models.Model):
    """One of them. Whether it is kept is the library's answer each time, by a figure or by reviewed evidence.

    ``measure`` is an expression over the facts of the county's (a school's) newest finding, or "". The database
    refuses one that is reached without evidence, or reviewed by who reported it.
    """

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="commitments")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=WORDS)
    source = models.CharField(max_length=100, blank=True)  # the report, plan or document it stands in
    year = models.PositiveSmallIntegerField(null=True)  # the year of a plan it is a goal of
    owner = models.CharField(max_length=100, blank=True)  # who answers for it
    due_on = models.DateField(null=True)
    measure = models.CharField(max_length=MEASURE, blank=True)
    reported_on = models.DateField(null=True)
    reported_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    reviewed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    achieved_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = [F("due_on").asc(nulls_last=True), "number"]
        indexes: ClassVar = [models.Index(fields=["county", "kind", "due_on"], name="commitments_of_county")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="a_commitment_has_its_number"),
            models.CheckConstraint(
                condition=Q(achieved_on__isnull=True) | _REVIEWED, name="a_commitment_is_reached_with_proof"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("reported_by")),
                name="a_commitment_is_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CommitmentStep(models.Model):
    """One thing that happened to it; never changed."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    act = models.CharField(max_length=8)
    words = models.CharField(max_length=WORDS, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.act}"

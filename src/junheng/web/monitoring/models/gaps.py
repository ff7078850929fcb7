"""The ledger: gaps, who answers for them, and everything that happened to them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.web.evidence.models import Evidence
from junheng.web.findings.models import Finding
from junheng.web.front.words import pair
from junheng.web.monitoring.models.alerts import Alert
from junheng.web.monitoring.states import State
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role


class Answer(models.TextChoices):
    """What the last recheck of the data said."""

    NONE = "", pair("尚未复算", "not rechecked yet")
    PASSES = "passes", pair("通过", "passes")
    FAILS = "fails", pair("未通过", "fails")
    UNTOLD = "untold", pair("无法判定", "cannot tell")


class Gap(models.Model):
    """One thing to be put right. It closes by newer data alone: the database asks for the finding that passed."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="gaps")
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="own_gaps")
    title = models.CharField(max_length=200)
    alerts = models.ManyToManyField(Alert, related_name="gaps")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="gaps")  # that showed it
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(Account, models.PROTECT, null=True, related_name="own_gaps")
    owner_place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    owner_role = models.CharField(max_length=15, choices=Role.choices, blank=True)
    due_on = models.DateField()
    measures = models.TextField(max_length=2000)
    passing = models.TextField(max_length=2000)  # the passing condition in words
    rules_on = models.DateField()  # the rules and own values it is rechecked by are those of this day
    overlay = models.TextField(blank=True)
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    ordered_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")  # 督办
    ordered_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)  # of escalation; it never sinks
    before = models.OneToOneField("self", models.PROTECT, null=True, related_name="after")  # failed again
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True, default=Answer.NONE)
    answer_words = models.JSONField(default=list)  # [{"zh", "en"}]: what each rule's recheck said
    answer_finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="closed_gaps")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(state=State.CLOSED) & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="a_gap_closes_by_a_finding",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False) | ~Q(owner_role=""), name="a_gap_has_an_owner"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county", "state", "due_on"], name="gaps_of_county")]

    def __str__(self) -> str:
        return self.title

    @property
    def place(self) -> Organisation:
        """The school it is about, else the county."""
        return self.school or self.county

    @property
    def owner_name(self) -> str:
        """The person, or the post with its place, in the reader's language."""
        if self.owner is not None:
            return str(self.owner)
        return f"{self.owner_place} {self.get_owner_role_display()}"


class Event(models.Model):
    """One thing that happened to a gap; never changed."""

    gap = models.ForeignKey(Gap, models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    act = models.CharField(max_length=12)
    after = models.CharField(max_length=10, choices=State.choices)
    words = models.JSONField()  # {"zh", "en"}: what a person wrote stands in both
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.gap_id} {self.act}"

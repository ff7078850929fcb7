"""What is said of a subject: marks of raters, vetoes, appeals, signatures. Each a row of the library's score book."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from junheng.web.appraisal.models.rounds import Round, Subject
from junheng.web.front.words import pair
from junheng.web.people.models import Account

WORDS = 200  # characters of a ground, a paper's name, a reason


class Mark(models.Model):
    """One rater's mark of one item in a round: a word of the scale, or points as text."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="marks")
    round = models.ForeignKey(Round, models.PROTECT, related_name="marks")
    rater = models.ForeignKey(Account, models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    rating = models.CharField(max_length=20, blank=True)
    points = models.CharField(max_length=12, blank=True)
    visited_on = models.DateField(null=True)
    evidence = models.CharField(max_length=WORDS, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "round", "rater", "item"], name="one_mark_a_rater"),
            models.CheckConstraint(condition=~Q(rating="") | ~Q(points=""), name="a_mark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.item}"


class Veto(models.Model):
    """Whether a veto of the system was found; one nobody answered is not known."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="vetoes")
    veto = models.CharField(max_length=40)
    found = models.BooleanField()
    evidence = models.CharField(max_length=WORDS, blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "veto"], name="a_veto_is_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.veto}"


class AppealState(models.TextChoices):
    """Where an appeal stands, as the score book says it."""

    FILED = "filed", pair("待复核", "to be decided")
    UPHELD = "upheld", pair("成立", "upheld")
    REJECTED = "rejected", pair("不成立", "rejected")


_DECIDED = Q(decided_on__isnull=False, decided_by__isnull=False)


class Appeal(models.Model):
    """An appeal of a subject against an item of a round; whoever scored the item, or filed it, does not decide it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="appeals")
    round = models.ForeignKey(Round, models.PROTECT, related_name="appeals")
    number = models.CharField(max_length=20)
    item = models.CharField(max_length=40)
    ground = models.CharField(max_length=WORDS)
    filed_on = models.DateField()
    filed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=AppealState.choices, default=AppealState.FILED)
    decided_on = models.DateField(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    points = models.CharField(max_length=12, blank=True)
    answer = models.CharField(max_length=WORDS, blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=AppealState.FILED) | _DECIDED, name="an_appeal_is_decided_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("filed_by")),
                name="an_appeal_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Signature(models.Model):
    """A role signed a round of a subject: what stood there has ``fingerprint``; it does not hold for anything else."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="signatures")
    round = models.ForeignKey(Round, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=40)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    signed_on = models.DateField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "round", "role"], name="a_role_signs_once"),
            models.UniqueConstraint(fields=["subject", "round", "by"], name="a_person_signs_for_one_role"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.role}"

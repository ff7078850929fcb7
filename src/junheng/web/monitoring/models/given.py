"""What rules look at beside the findings: a forecast of pupils, the applications of an admission."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation


class GivenKind(models.TextChoices):
    """Which rules look at it: the library's words of ``Rule.over``."""

    FUTURE = "future", pair("学位预测", "seat forecast")
    SEATS = "seats", pair("招生志愿", "applications for admission")


class Given(models.Model):
    """One of them, kept as the text it came in (plan.json, or a CSV). A newer one takes its place, this one stays."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=GivenKind.choices)
    stage = models.CharField(max_length=20, blank=True)  # of applications
    name = models.CharField(max_length=200)
    job = models.PositiveBigIntegerField(null=True)  # the job whose result it is
    sha256 = models.CharField(max_length=64)
    content = models.TextField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["kind", "stage", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "kind", "stage"],
                condition=Q(is_current=True),
                name="one_current_of_what_is_given",
            )
        ]

    def __str__(self) -> str:
        return self.name

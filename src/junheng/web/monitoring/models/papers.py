"""Bulletins and accountability lists that were issued."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation


class PaperKind(models.TextChoices):
    """Which paper."""

    BULLETIN = "bulletin", pair("监测通报", "monitoring bulletin")
    ACCOUNTABILITY = "accountability", pair("问责清单", "accountability list")


class Paper(models.Model):
    """An issued paper. Its bytes lie below the site's folder under their hash and are never changed."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=15, choices=PaperKind.choices)
    standard = models.CharField(max_length=60, blank=True)  # a bulletin's; "" of a list
    number = models.PositiveIntegerField()  # of its kind in the county
    first_day = models.DateField()
    last_day = models.DateField()
    issued_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    issued_by_name = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        ordering: ClassVar = ["-issued_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "kind", "number"], name="one_paper_a_number"),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="a_paper_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.get_kind_display()} {self.number}"

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return Path(settings.HOME) / "papers" / self.sha256[:2] / f"{self.sha256}.docx"

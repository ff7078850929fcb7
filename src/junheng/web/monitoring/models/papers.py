"""Bulletins and accountability lists that were issued."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from junheng.basics import Text
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
    year = models.PositiveSmallIntegerField()  # the numbers begin anew with each
    number = models.PositiveIntegerField()  # of its kind in the county and the year
    first_day = models.DateField()
    last_day = models.DateField()
    issued_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    issued_by_name = models.CharField(max_length=100)
    issued_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    english_sha256 = models.CharField(max_length=64, blank=True)  # the same in English; "" of an older one
    told = models.JSONField(
        null=True
    )  # keys of the alerts a bulletin lists; null of an older one and of a list
    size = models.PositiveIntegerField()  # bytes

    class Meta:
        ordering: ClassVar = ["-issued_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "kind", "year", "number"], name="one_paper_a_number_of_a_year"
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="a_paper_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.get_kind_display()} {self.year}-{self.number}"

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return path_of(self.sha256)

    @property
    def name(self) -> Text:
        """Its number as it is printed: 2026年第2期."""
        return number_words(self.year, self.number)


def number_words(year: int, number: int) -> Text:
    """The number of a paper in a year."""
    return Text(f"{year}年第{number}期", f"No. {number} of {year}")


def path_of(sha256: str) -> Path:
    """Where a paper's bytes lie by their hash."""
    return Path(settings.HOME) / "papers" / sha256[:2] / f"{sha256}.docx"

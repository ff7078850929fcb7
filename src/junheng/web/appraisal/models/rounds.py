"""An appraisal of a year by one of the library's index systems: its rounds with their days, who is scored."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from junheng.web.people.models import Account, Organisation


class Appraisal(models.Model):
    """One appraisal. The index system is the library's as in force on ``opened_on`` in the county."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="appraisals")
    system = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-year", "system"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "system", "year"], name="one_appraisal_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.year}"


class Round(models.Model):
    """A round of the system: when it is open, until when, and who scores. In a self-evaluation nobody is named."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=20)  # its id in the system
    order = models.PositiveSmallIntegerField()
    opens_on = models.DateField()
    due_on = models.DateField()
    raters = models.ManyToManyField(Account, related_name="+")

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appraisal", "name"], name="a_round_is_held_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("opens_on")), name="a_round_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.name}"


class Subject(models.Model):
    """A school or county that is scored; code and name as on the day it was listed."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="subjects")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appraisal", "place"], name="a_subject_is_listed_once"),
        ]

    def __str__(self) -> str:
        return self.name

"""What a school records of an item of a ledger on a day; a later day's record takes its place."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from junheng.web.evidence.models import Evidence
from junheng.web.people.models import Account, Organisation

VALUE, NOTE = 40, 300  # what the database keeps, in characters


class Record(models.Model):
    """One record, as the library's row ``record`` has it: ``ledger`` and ``item`` are ids of the library.

    One a day: two that differ would contradict each other, and neither would count.
    """

    school = models.ForeignKey(Organisation, models.PROTECT, related_name="ledger_records")
    ledger = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    value = models.CharField(max_length=VALUE)  # yes or no, or a number, as text
    dated_on = models.DateField()
    expires_on = models.DateField(null=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=NOTE, blank=True)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-dated_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["ledger", "school", "item"], name="records_of_ledger")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["school", "ledger", "item", "dated_on"], name="one_record_a_day"),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("dated_on")),
                name="a_record_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.item}"

"""Children the lists do not prove to be at school: entries of the library's ledgers, known by their number."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.web.people.models import Account, Organisation

CLOSED = "closed"


class ChildLedger(models.Model):
    """A county's ledger as last taken over from a comparison: its day, and the fingerprint of what was given."""

    county = models.OneToOneField(Organisation, models.PROTECT, related_name="+")
    compared_on = models.DateField()
    sha256 = models.CharField(max_length=64)
    given_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.county_id} {self.compared_on}"


class Child(models.Model):
    """One entry. ``entry`` is what the library writes and reads; the columns beside it are drawn from it to be asked for.

    Nothing but ``number`` may stand in an address, a log or the trail.
    """

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20)
    ledger = models.CharField(max_length=20)
    state = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    entry = models.JSONField()
    said = models.JSONField(
        default=list
    )  # [{"dated", "zh"}]: the results of visits in the words entered here
    reason = models.CharField(max_length=20, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["county", "state", "due_on"], name="children_of_county")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "number"], name="a_child_has_its_number"),
            models.CheckConstraint(
                condition=~Q(state=CLOSED)
                | (~Q(reason="") & ~Q(evidence_sha256="") & Q(closed_on__isnull=False)),
                name="a_child_s_entry_closes_with_proof",
            ),
        ]

    def __str__(self) -> str:
        return self.number

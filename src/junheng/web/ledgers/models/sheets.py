"""Rows of the standing sheets: after-school service by year, off-campus firms, equipment and books by purchase."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.web.evidence.models import Evidence
from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation


class Sheet(models.TextChoices):
    """Which sheet of the library's ledger book."""

    SERVICE = "service", pair("课后服务", "After-school service")
    FIRM = "firm", pair("校外培训机构", "Off-campus firms")
    STOCK = "stock", pair("设备与图书", "Equipment and books")


class SheetRow(models.Model):
    """One row as the library's table of that name has it; ``cells`` by column, as canonical text, without the school.

    ``key`` is what may not occur twice: of a service its year, of a firm its number; "" for stock, each a purchase.
    """

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="sheet_rows")
    sheet = models.CharField(max_length=8, choices=Sheet.choices)
    key = models.CharField(max_length=40, blank=True)
    cells = models.JSONField()
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["place", "key", "pk"]
        indexes: ClassVar = [models.Index(fields=["county", "sheet", "key"], name="sheet_rows_of_county")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "sheet", "key"],
                condition=Q(removed_at__isnull=True) & ~Q(key=""),
                name="a_sheet_row_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sheet_display()} {self.key or self.pk}"

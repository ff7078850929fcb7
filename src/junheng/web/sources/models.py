"""Sources of a county's year, every figure they say, and what officers decided between them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.web.filing.models import Filing
from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation


class SourceKind(models.TextChoices):
    """What kind of source it is; in this order they fill a return, unless the county says another."""

    REGISTER = "register", pair("学籍与教师名册", "registers")
    STATISTICS = "statistics", pair("统计导出", "statistics export")
    WORKBOOK = "workbook", pair("其他数据表", "other tables")


class SourceTable(models.Model):
    """One upload as one source. Of the file its name and hash are kept, and what it says of schools: never persons.

    The newest of a kind is what a source says; an older one stays listed (``replaced_at``) without its figures.
    """

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=SourceKind.choices)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    mapping = models.CharField(max_length=60, blank=True)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(default=0)  # figures it said
    foreign = models.PositiveIntegerField(default=0)  # codes it names that no open school of the county has

    class Meta:
        ordering: ClassVar = ["kind", "-uploaded_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "year", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="one_source_of_a_kind_speaks",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class Saying(models.Model):
    """What a source says of one figure, and where it stands there."""

    source = models.ForeignKey(SourceTable, models.CASCADE, related_name="sayings")
    code = models.CharField(max_length=20)
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=100, blank=True)
    column = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["source", "code"], name="sayings_of_a_school")]

    def __str__(self) -> str:
        return f"{self.code} {self.column} {self.value}"


class FirstFilling(models.Model):
    """The order a county's sources fill the returns of a year in; without one the stated default."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    order = models.CharField(max_length=100)  # kinds and "last_year", comma between
    set_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "year"], name="one_order_a_county_a_year")
        ]

    def __str__(self) -> str:
        return self.order


class Choice(models.TextChoices):
    """What an officer may decide of a figure."""

    TAKE = "take", pair("采用", "take it")
    KEEP = "keep", pair("保留填报数", "keep the return's")
    ASK = "ask", pair("请学校核实", "ask the school")


class Outcome(models.TextChoices):
    """What the decision did."""

    WRITTEN = "written", pair("已写入报表", "written into the return")
    REMARKED = "remarked", pair("已作为意见退回", "sent back as a remark")
    KEPT = "kept", pair("报表不变", "the return stays")


class Decision(models.Model):
    """What was decided of a figure, with all that was said of it then. Never changed: a later one stands beside it."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="decisions")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=100, blank=True)
    column = models.CharField(max_length=40)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    kind = models.CharField(max_length=12, choices=SourceKind.choices, blank=True)  # of the source taken
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    value = models.CharField(max_length=200, blank=True)  # what was taken
    before = models.CharField(max_length=200, blank=True)  # what the return said
    said = models.JSONField(default=list)  # [{"kind", "name", "value", "place"}]
    seen = models.CharField(max_length=64)  # of what the sources said: another saying asks again
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["filing", "table", "column"], name="decisions_of_a_figure")]

    def __str__(self) -> str:
        return f"{self.get_choice_display()} {self.column} {self.value}"

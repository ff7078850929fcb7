"""A county's year, the returns of its schools,
and every cell with where it came from and what it was before."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.basics import Text
from junheng.web.evidence.models import Evidence
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.front.words import half, pair
from junheng.web.people.models import Account, Organisation


class CountyYear(models.Model):
    """One year of filing in a county. Frozen, its accepted returns are a folder of tables (``snapshot``) that never changes."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="filing_years")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    standard = models.CharField(max_length=60)
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(null=True)
    snapshot = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    missing_reason = models.CharField(max_length=500, blank=True)  # why it was frozen without some schools
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "year"], name="a_county_opens_a_year_once"),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True) | ~Q(sha256=""), name="a_frozen_year_has_its_hash"
            ),
        ]

    def __str__(self) -> str:
        return half(Text(f"{self.county} {self.year} 年", f"{self.county} {self.year}"))


class Filing(models.Model):
    """One school's return of a year. ``revision`` counts its changes: what was checked is known by it."""

    county_year = models.ForeignKey(CountyYear, models.PROTECT, related_name="filings")
    school = models.ForeignKey(Organisation, models.PROTECT, related_name="filings")
    code = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    checked_revision = models.PositiveIntegerField(null=True)
    problems = models.TextField(default="[]")  # JSON, of ``checked_revision``

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county_year", "school"], name="one_return_a_school_a_year")
        ]

    def __str__(self) -> str:
        return half(
            Text(f"{self.school} {self.county_year.year} 年", f"{self.school} {self.county_year.year}")
        )


class Row(models.Model):
    """One row of a table of the dictionary; ``key`` are its key columns after the school's code, joined by "|"."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=40)
    key = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_removed = models.BooleanField(default=False)  # its cells' history stays

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "table", "key"], name="one_row_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}"


class Origin(models.TextChoices):
    """Where a cell's value came from."""

    LAST_RETURN = "last_return", pair("上年报表", "last year's return")
    INPUT = "input", pair("上年数据表", "last year's tables")
    TREE = "tree", pair("机构库", "the register of places")
    TYPED = "typed", pair("本年填写", "typed this year")
    REGISTER = "register", pair("学籍与教师名册", "registers of pupils and teachers")
    STATISTICS = "statistics", pair("统计导出", "a statistics export")
    WORKBOOK = "workbook", pair("其他数据表", "another workbook")  # mapped by the county
    OFFLINE = "offline", pair("离线工作簿", "offline workbook")  # the return's own, filled and merged back


class Cell(models.Model):
    """One value as text, canonical where it came from a table, else as typed; "" is missing, never 0."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="cells")
    column = models.CharField(max_length=40)
    value = models.CharField(max_length=200, blank=True)
    last_year = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    place = models.CharField(max_length=200, blank=True)  # file, sheet and cell it was read from

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["row", "column"], name="one_cell_a_column")]

    def __str__(self) -> str:
        return f"{self.column} {self.value}"


class Change(models.Model):
    """One typing of a cell, kept for good: the later one wins, the earlier one stays readable."""

    cell = models.ForeignKey(Cell, models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    old = models.CharField(max_length=200, blank=True)
    new = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Remark(models.Model):
    """An officer's reason, of a cell or (without a row) of the whole return; the school sees it once it was sent."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="remarks")
    row = models.ForeignKey(Row, models.CASCADE, null=True, related_name="remarks")
    column = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # the school submitted again

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.words


class Explanation(models.Model):
    """Why an unlikely figure is right. ``key`` names the problem with its values: another value asks again."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="explanations")
    key = models.CharField(max_length=64)
    problem = models.CharField(max_length=500)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "key"], name="one_explanation_a_problem")
        ]

    def __str__(self) -> str:
        return self.words


class Attachment(models.Model):
    """Evidence of a return, or (with a row and a column) of one figure; what was removed stays readable, and why it was there."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="attachments")
    row = models.ForeignKey(Row, models.PROTECT, null=True, related_name="attachments")
    column = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.evidence.name


class Workbook(models.Model):
    """A filled workbook as it was read: its changes wait here until somebody agrees to them."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="workbooks")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    batch = models.CharField(max_length=32, blank=True)  # uploaded together
    made_of = models.PositiveIntegerField()  # the return's revision when the workbook was handed out
    filled = models.TextField()  # JSON: ``workbooks.Filled``
    not_read = models.TextField()  # JSON: zh, en, sheet, address
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_by_name = models.CharField(max_length=100)
    applied_at = models.DateTimeField(null=True)
    applied = models.PositiveIntegerField(default=0)  # cells it changed

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

"""Rows of a return, and every cell with where it came from and what it was before."""

from typing import ClassVar

from django.db import models

from junheng.web.filing.models.years import Filing
from junheng.web.front.words import pair
from junheng.web.people.models import Account


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

"""The form of a row of a standing sheet: its fields are the headings of the library's table."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from junheng.basics import Text
from junheng.data.books import Form as TableForm
from junheng.data.books import Heading
from junheng.judgement.ledgers import given_book, ledger_forms
from junheng.web.front.words import half
from junheng.web.ledgers.forms import FileForm
from junheng.web.ledgers.models import Sheet

_LONGEST = 200  # characters of a cell
_SCHOOL = "school_id"
_YEARS = 30  # back from this year


def table_of(sheet: str) -> TableForm:
    """The library's table a sheet is."""
    return ledger_forms()[sheet]


def columns_of(sheet: str) -> list[Heading]:
    """Its headings, without the school: that is where the row stands."""
    return [one for one in table_of(sheet).headings.values() if one.name != _SCHOOL]


class RowForm(FileForm):
    """A row of ``sheet``; the library reads it before it is kept."""

    def __init__(self, sheet: str, *args: Any, cells: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=dict(cells or {}), **kwargs)
        self._sheet = sheet
        if sheet == Sheet.SERVICE:
            this = timezone.localdate().year
            label = half(Text("学年（起始年）", "School year (first)"))
            year = forms.IntegerField(label=label, min_value=this - _YEARS, max_value=this + 1)
            year.initial = (cells or {}).get("year", this)
            self.fields["year"] = year
        for one in columns_of(sheet):
            self.fields[one.name] = _field(one)
        names = [one.name for one in columns_of(sheet)]
        self.order_fields(["year", *names, "file"])

    def clean(self) -> dict[str, Any]:
        """Raises nothing: what the library would not read stands beside its field."""
        told = super().clean() or self.cleaned_data
        row = {one.name: told.get(one.name) for one in columns_of(self._sheet)}
        for fault in given_book("", {self._sheet: [{_SCHOOL: "s", **row}]}).faults:
            column = fault.cause.split(".")[1]
            if column in self.fields and column not in self.errors:
                self.add_error(column, ValidationError(half(fault.what)))
        for one in columns_of(self._sheet):
            if one.kind == "number" and _is_negative(told.get(one.name)):
                self.add_error(one.name, half(Text("不能是负数", "must not be below zero")))
        return told

    def cells(self) -> dict[str, str]:
        """The row as canonical text, by column."""
        told = self.cleaned_data
        row: dict[str, object] = {one.name: told.get(one.name) for one in columns_of(self._sheet)}
        (read,) = given_book("", {self._sheet: [{_SCHOOL: "s", **row}]}).rows(self._sheet)
        return {name: text for name, text in read.cells.items() if name != _SCHOOL}

    def key(self) -> str:
        """What may not occur twice."""
        if self._sheet == Sheet.SERVICE:
            return str(self.cleaned_data["year"])
        return str(self.cleaned_data["firm_id"]) if self._sheet == Sheet.FIRM else ""


def _is_negative(value: object) -> bool:
    try:
        return Decimal(str(value or 0).replace(",", "")) < 0
    except InvalidOperation:
        return False


def _field(one: Heading) -> forms.Field:
    label, needed = half(one.title), one.is_required
    if one.values:
        words = [(name, half(Text(word, name))) for name, word in one.values.items()]
        return forms.ChoiceField(label=label, required=needed, choices=[("", "—"), *words])
    if one.kind == "yes_no":
        words = [("yes", half(Text("是", "yes"))), ("no", half(Text("否", "no")))]
        return forms.ChoiceField(label=label, required=needed, choices=[("", "—"), *words])
    if one.kind == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=needed, widget=widget)
    field = forms.CharField(label=label, required=needed, max_length=_LONGEST)
    if one.kind == "number":
        field.widget.attrs["inputmode"] = "decimal"
    field.help_text = half(one.meaning)
    return field

"""One table of a return, ready to be shown: fields, last year, problems, reasons."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from junheng.basics import Text
from junheng.data import ColumnSpec
from junheng.web.filing.checking import Found
from junheng.web.filing.models import Cell, Filing, Remark, Row
from junheng.web.filing.sections import (
    all_sections,
    choices_of,
    fields_of,
    is_list,
    keys_of,
    row_name,
    shown,
    titled,
)


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the form: what it is, what stands in it, what stood there last year, what was said of it."""

    spec: ColumnSpec
    choices: tuple[tuple[str, str], ...]
    row: Row
    value: str
    shown: str
    last_year: str
    origin: str
    origin_name: str
    place: str
    problems: tuple[Found, ...]
    remarks: tuple[Remark, ...]

    @property
    def name(self) -> str:
        """Its name in the form."""
        return f"c-{self.row.pk}-{self.spec.name}"

    @property
    def title(self) -> Text:
        """What it is, with its unit."""
        return titled(self.spec)

    @property
    def mark(self) -> str:
        """The word for its colour."""
        if any(one.is_logic for one in self.problems) or self.remarks:
            return "bad"
        return "floor" if self.problems else ""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form."""

    row: Row
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the form."""

    table: str
    title: Text
    is_list: bool
    has_keys: bool
    keys: tuple[tuple[ColumnSpec, tuple[tuple[str, str], ...]], ...]
    titles: tuple[Text, ...]
    rows: tuple[FormRow, ...]


def section_of(filing: Filing, table: str, found: list[Found], is_office: bool) -> Section:
    """One table of a return, ready to be shown. Three queries."""
    rows = list(filing.rows.filter(table=table, is_removed=False))
    cells: dict[tuple[int, str], Cell] = {
        (cell.row_id, cell.column): cell for cell in Cell.objects.filter(row__in=rows)
    }
    told: dict[tuple[int, str], list[Found]] = defaultdict(list)
    for one in found:
        told[one.row, one.column].append(one)
    said = _remarks(filing, is_office)
    lines = tuple(
        FormRow(
            row,
            row_name(table, row.key),
            tuple(_field(spec, row, cells, told, said) for spec in fields_of(table)),
        )
        for row in rows
    )
    keys = tuple((spec, choices_of(spec)) for spec in keys_of(table))
    title, titles = all_sections()[table].sheet, tuple(map(titled, fields_of(table)))
    return Section(table, title, is_list(table), bool(keys), keys, titles, lines)


def _remarks(filing: Filing, is_office: bool) -> Mapping[tuple[int, str], list[Remark]]:
    """Open reasons by cell; those not sent yet only for the bureau."""
    remarks = filing.remarks.filter(closed_at=None)
    said: dict[tuple[int, str], list[Remark]] = defaultdict(list)
    for one in remarks if is_office else remarks.exclude(sent_at=None):
        said[one.row_id or 0, one.column].append(one)
    return said


def _field(
    spec: ColumnSpec,
    row: Row,
    cells: Mapping[tuple[int, str], Cell],
    told: Mapping[tuple[int, str], list[Found]],
    said: Mapping[tuple[int, str], list[Remark]],
) -> Field:
    at = (row.pk, spec.name)
    cell = cells.get(at) or Cell(row=row, column=spec.name)
    return Field(
        spec,
        choices_of(spec),
        row,
        cell.value,
        shown(spec, cell.value),
        shown(spec, cell.last_year),
        cell.origin,
        cell.get_origin_display() if cell.origin else "",
        cell.place,
        tuple(told.get(at, ())),
        tuple(said.get(at, ())),
    )

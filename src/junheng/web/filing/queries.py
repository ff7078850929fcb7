"""What the pages of filing show."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from junheng.basics import Text
from junheng.data import ColumnSpec
from junheng.web.filing.checking import Found
from junheng.web.filing.models import Cell, CountyYear, Filing, Remark, Row
from junheng.web.filing.sections import (
    choices_of,
    fields_of,
    is_list,
    keys_of,
    row_name,
    sections,
    shown,
    unit_of,
)
from junheng.web.filing.states import EDITABLE, State
from junheng.web.people.models import Organisation

_ORDER = [
    State.SUBMITTED,
    State.DRAFT,
    State.RETURNED,
    State.ACCEPTED,
    State.FROZEN,
]  # what waits for the officer first


def years_of(county: Organisation) -> QuerySet[CountyYear]:
    """The years a county opened, newest first, with how many returns stand where."""
    counts = {state.value: Count("filings", filter=Q(filings__state=state)) for state in State}
    return CountyYear.objects.filter(county=county).annotate(total=Count("filings"), **counts)


def returns_of(school: Organisation) -> QuerySet[Filing]:
    """A school's returns, newest first."""
    found = Filing.objects.filter(school=school).select_related("county_year", "school")
    return found.order_by("-county_year__year")


@dataclass(frozen=True, slots=True)
class Line:
    """One return in the officer's list."""

    filing: Filing
    is_overdue: bool
    explained: int
    remarked: int


def lines_of(year: CountyYear, state: str = "", today: date | None = None) -> list[Line]:
    """Who has reported and who has not, in the order they need the officer. One query."""
    filings = year.filings.select_related("school").annotate(
        explained=Count("explanations", distinct=True), remarked=Count("remarks", distinct=True)
    )
    chosen = filings.filter(state=state) if state in State.values else filings
    late = is_late(year, today)
    lines = [
        Line(one, late and one.state in EDITABLE, one.explained, one.remarked)
        for one in chosen.defer("problems")
    ]
    return sorted(lines, key=lambda line: (_ORDER.index(State(line.filing.state)), line.filing.code))


def is_late(year: CountyYear, today: date | None = None) -> bool:
    """Whether the due date is past."""
    return (today or timezone.localdate()) > year.due_on


@dataclass(frozen=True, slots=True)
class Tally:
    """How many returns stand in a state."""

    state: State
    count: int


def tallies(year: CountyYear) -> list[Tally]:
    """Counts by state, none left out. One query."""
    counts: Counter[str] = Counter(dict(year.filings.values_list("state").annotate(count=Count("pk"))))
    return [Tally(state, counts[state.value]) for state in State]


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of the form: what it is, what stands in it, what stood there last year, what was said of it."""

    spec: ColumnSpec
    unit: Text | None
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
    columns: tuple[ColumnSpec, ...]
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
    title = sections()[table].sheet
    return Section(table, title, is_list(table), bool(keys), keys, fields_of(table), lines)


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
        unit_of(spec),
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

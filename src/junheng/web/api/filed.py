"""Years, returns and cells as the interface tells them."""

from junheng.web.api.problems import Words
from junheng.web.api.service import Schema
from junheng.web.filing.checking import problems_of
from junheng.web.filing.models import Cell, CountyYear, Filing, Row
from junheng.web.filing.states import State


class YearOut(Schema):
    """A county's year of filing. ``returns``: how many stand in which state."""

    id: int
    organisation: int
    year: int
    due_on: str
    standard: str
    frozen_at: str | None
    sha256: str | None
    finding: int | None
    returns: dict[str, int]


class FilingOut(Schema):
    """A return's head; ``revision`` counts its changes."""

    id: int
    year_id: int
    year: int
    organisation: int
    code: str
    state: str
    revision: int
    changed_at: str
    submitted_at: str | None
    accepted_at: str | None


class FiledCellOut(Schema):
    """A cell; null is missing, never 0. ``origin``: last_return, input, tree or typed."""

    column: str
    value: str | None
    last_year: str | None
    origin: str
    place: str


class RowOut(Schema):
    """A row of a table of the dictionary; ``key``: its key columns after the school's code, joined by "|"."""

    id: int
    table: str
    key: str
    cells: list[FiledCellOut]


class ReturnOut(FilingOut):
    """A return whole."""

    rows: list[RowOut]


class FoundOut(Schema):
    """A problem. ``key`` names it, for its explanation; ``explained``: the words given for it."""

    key: str
    check: str
    severity: str
    table: str
    row: int | None
    column: str
    what: Words
    fix: Words
    explained: str | None


class ProblemsOut(Schema):
    """The problems of a return as of ``revision``."""

    revision: int
    problems: list[FoundOut]


def told_year(one: CountyYear) -> YearOut:
    """A year as the page's query counted it (``years_of``)."""
    return YearOut(
        id=one.pk,
        organisation=one.county_id,
        year=one.year,
        due_on=one.due_on.isoformat(),
        standard=one.standard,
        frozen_at=one.frozen_at.isoformat() if one.frozen_at else None,
        sha256=one.sha256 or None,
        finding=one.finding_id,
        returns={state.value: getattr(one, state.value) for state in State},
    )


def told_filing(one: Filing) -> FilingOut:
    """A return's head."""
    return FilingOut(
        id=one.pk, year_id=one.county_year_id, year=one.county_year.year, organisation=one.school_id, code=one.code,
        state=one.state, revision=one.revision, changed_at=one.changed_at.isoformat(),
        submitted_at=one.submitted_at.isoformat() if one.submitted_at else None,
        accepted_at=one.accepted_at.isoformat() if one.accepted_at else None,
    )  # fmt: skip


def told_return(one: Filing) -> ReturnOut:
    """A return with every cell. Two queries."""
    rows = one.rows.filter(is_removed=False).order_by("table", "position", "pk").prefetch_related("cells")
    return ReturnOut(**told_filing(one).model_dump(), rows=[told_row(row) for row in rows])


def told_row(row: Row) -> RowOut:
    """A row with its cells."""
    cells = sorted(row.cells.all(), key=lambda cell: cell.column)
    return RowOut(id=row.pk, table=row.table, key=row.key, cells=[told_cell(cell) for cell in cells])


def told_cell(cell: Cell) -> FiledCellOut:
    """A cell."""
    return FiledCellOut(
        column=cell.column, value=cell.value or None, last_year=cell.last_year or None, origin=cell.origin,
        place=cell.place,
    )  # fmt: skip


def told_problems(filing: Filing) -> ProblemsOut:
    """What the library's checks say of it (0.5 s where it changed since)."""
    words = dict(filing.explanations.values_list("key", "words"))
    found = [
        FoundOut(
            key=one.key, check=one.check, severity=one.severity, table=one.table, row=one.row or None,
            column=one.column, what=Words(zh=one.what_zh, en=one.what_en), fix=Words(zh=one.fix_zh, en=one.fix_en),
            explained=words.get(one.key) or None,
        )
        for one in problems_of(filing)
    ]  # fmt: skip
    return ProblemsOut(revision=filing.revision, problems=found)

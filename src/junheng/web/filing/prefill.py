"""What a return begins with: the county's sources of the year, last year's accepted return or tables,
the tree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pyarrow.compute as pc

from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot, Source
from junheng.web.filing.models import Cell, Filing, Origin, Row
from junheng.web.filing.sections import FIXED, OWNER, fields_of, is_list, keys_of, sections, text_of
from junheng.web.filing.states import State
from junheng.web.filing.tables import content_of

_BATCH = 2000
_ROOT = "school"  # the table with a school's name


@dataclass(frozen=True, slots=True)
class Begun:
    """A cell to begin with; ``last_year`` is what stood there the year before, "" where that is not known."""

    value: str
    place: str
    origin: Origin
    last_year: str = ""


@dataclass(frozen=True, slots=True)
class Seed:
    """A row to begin with."""

    table: str
    key: str
    cells: Mapping[str, Begun] = field(default_factory=dict)


Seeds = Mapping[int, Sequence[Seed]]  # of a school (its id)


def from_returns(filings: Sequence[Filing]) -> Seeds:
    """Of the schools whose return of the year before was accepted, what it says."""
    first = filings[0].county_year
    before = Filing.every.filter(
        county_year__county_id=first.county_id,
        county_year__year=first.year - 1,
        is_county=filings[0].is_county,
        state__in=[State.ACCEPTED, State.FROZEN],
        school_id__in=[filing.school_id for filing in filings],
    )
    held = content_of(before)
    seeds: dict[int, list[Seed]] = defaultdict(list)
    for row in held.rows:
        place = str(first.year - 1)  # the origin says of what
        values = held.values.get(row.pk, {})
        cells = {name: Begun(value, place, Origin.LAST_RETURN, value) for name, value in values.items()}
        seeds[row.filing.school_id].append(Seed(row.table, row.key, cells))
    return seeds


def from_input(snapshot: Snapshot, year: int, schools: Mapping[str, int]) -> Seeds:
    """What the tables of ``year`` say of ``schools`` (code of that year → id)."""
    seeds: dict[int, list[Seed]] = defaultdict(list)
    for name in sections():
        table = snapshot.tables.get(name)
        if table is None:
            continue
        for row in table.filter(pc.equal(table["year"], year)).to_pylist():
            school = schools.get(row[OWNER])
            if school is not None:
                seeds[school].append(seed_of(name, row, snapshot.sources))
    return seeds


def seed_of(table: str, row: Mapping[str, object], sources: Sequence[Source]) -> Seed:
    """A row of the library's table as a row to begin with, each cell with its place."""
    index, line = row[SOURCE_COLUMN], row[ROW_COLUMN]
    source = sources[index] if isinstance(index, int) and 0 <= index < len(sources) else None
    key = "|".join(text_of(row.get(spec.name)) for spec in keys_of(table))
    cells = {}
    for spec in fields_of(table):
        if value := text_of(row.get(spec.name)):
            cells[spec.name] = Begun(value, _place(source, spec.name, line), Origin.INPUT, value)
    return Seed(table, key, cells)


def _place(source: Source | None, column: str, line: object) -> str:
    if source is None:
        return ""
    letters = "+".join(f"{one.letter}{line}" for one in source.columns.get(column, ()))
    return " ".join(part for part in (source.file, source.sheet, letters) if part)[:200]


def from_tree(filing: Filing) -> list[Seed]:
    """Of a school nothing is known of: its name, and an empty row of each table that has one row a school."""
    name = {"name": Begun(filing.school.name, "", Origin.TREE)}
    return [Seed(table, "", name if table == _ROOT else {}) for table in sections() if not keys_of(table)]


def merged(ordered: Sequence[Sequence[Seed]], before: Sequence[Seed]) -> list[Seed]:
    """One school's rows from several sources, the first that says something winning cell by cell.

    Of a table with many rows a school (classes, rooms) the first source that has any says which there are: last year's
    classes are not this year's. ``before`` gives what stood in each cell the year before.
    """
    last = {(seed.table, seed.key): seed.cells for seed in before}
    rows: dict[tuple[str, str], dict[str, Begun]] = {}
    settled: set[str] = set()  # lists whose rows a source has named
    for seeds in ordered:
        for seed in seeds:
            at = (seed.table, seed.key)
            if at in rows or seed.table not in settled:
                rows[at] = {**seed.cells, **rows.get(at, {})}
        settled |= {seed.table for seed in seeds if is_list(seed.table)}
    return [
        Seed(*at, {name: _after(one, last.get(at, {}), name) for name, one in cells.items()})
        for at, cells in rows.items()
    ]


def _after(one: Begun, last: Mapping[str, Begun], column: str) -> Begun:
    return replace(one, last_year=last[column].value if column in last else "")


def fill(filings: Sequence[Filing], seeds: Seeds) -> None:
    """Write the rows and cells returns begin with."""
    rows, kept = [], []
    for filing in filings:
        for position, seed in enumerate(_begun(filing, seeds)):
            rows.append(Row(filing=filing, table=seed.table, key=seed.key, position=position))
            kept.append(seed)
    made = Row.objects.bulk_create(rows, batch_size=_BATCH)
    cells = [cell for row, seed in zip(made, kept, strict=True) for cell in _cells(row, seed)]
    Cell.objects.bulk_create(cells, batch_size=_BATCH)


def _begun(filing: Filing, seeds: Seeds) -> list[Seed]:
    """Its seeds, and of a school an empty row of each table with one row a school that nothing is known of."""
    found = list(seeds.get(filing.school_id, ()))
    if filing.is_county:
        return found
    return found + [one for one in from_tree(filing) if one.table not in {seed.table for seed in found}]


def _cells(row: Row, seed: Seed) -> Iterator[Cell]:
    for column, one in seed.cells.items():
        if column not in FIXED:
            yield Cell(
                row=row,
                column=column,
                value=one.value[:200],
                last_year=one.last_year[:200],
                origin=one.origin,
                place=one.place,
            )

"""What a return begins with: last year's accepted return, else the county's tables of that year,
else the tree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow.compute as pc

from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot, Source
from junheng.web.filing.models import Cell, Filing, Origin, Row
from junheng.web.filing.sections import FIXED, OWNER, fields_of, keys_of, sections, text_of
from junheng.web.filing.states import State
from junheng.web.filing.tables import content_of

_BATCH = 2000
_ROOT = "school"  # the table with a school's name


@dataclass(frozen=True, slots=True)
class Seed:
    """A row to begin with: its cells as (value, place)."""

    table: str
    key: str
    origin: Origin
    cells: Mapping[str, tuple[str, str]] = field(default_factory=dict)


Seeds = Mapping[int, Sequence[Seed]]  # of a school (its id)


def from_returns(filings: Sequence[Filing]) -> Seeds:
    """Of the schools whose return of the year before was accepted, what it says."""
    first = filings[0].county_year
    before = Filing.objects.filter(
        county_year__county_id=first.county_id,
        county_year__year=first.year - 1,
        state__in=[State.ACCEPTED, State.FROZEN],
        school_id__in=[filing.school_id for filing in filings],
    )
    held = content_of(before)
    seeds: dict[int, list[Seed]] = defaultdict(list)
    for row in held.rows:
        place = f"{first.year - 1} 年报表"
        cells = {column: (value, place) for column, value in held.values.get(row.pk, {}).items()}
        seeds[row.filing.school_id].append(Seed(row.table, row.key, Origin.LAST_RETURN, cells))
    return seeds


def from_input(snapshot: Snapshot, year: int, schools: Mapping[str, int]) -> Seeds:
    """What the tables of ``year`` say of ``schools`` (code of that year → id), each cell with its place."""
    seeds: dict[int, list[Seed]] = defaultdict(list)
    for name in sections():
        table = snapshot.tables.get(name)
        if table is None:
            continue
        for row in table.filter(pc.equal(table["year"], year)).to_pylist():
            school = schools.get(row[OWNER])
            if school is not None:
                seeds[school].append(_seed(name, row, snapshot.sources))
    return seeds


def _seed(table: str, row: Mapping[str, object], sources: Sequence[Source]) -> Seed:
    index, line = row[SOURCE_COLUMN], row[ROW_COLUMN]
    source = sources[index] if isinstance(index, int) and 0 <= index < len(sources) else None
    key = "|".join(text_of(row.get(spec.name)) for spec in keys_of(table))
    cells = {}
    for spec in fields_of(table):
        if value := text_of(row.get(spec.name)):
            cells[spec.name] = (value, _place(source, spec.name, line))
    return Seed(table, key, Origin.INPUT, cells)


def _place(source: Source | None, column: str, line: object) -> str:
    if source is None:
        return ""
    letters = "+".join(f"{one.letter}{line}" for one in source.columns.get(column, ()))
    return " ".join(part for part in (source.file, source.sheet, letters) if part)[:200]


def from_tree(filing: Filing) -> list[Seed]:
    """Of a school nothing is known of: its name, and an empty row of each table that has one row a school."""
    single = [name for name in sections() if not keys_of(name)]
    return [
        Seed(name, "", Origin.TREE, {"name": (filing.school.name, "")} if name == _ROOT else {})
        for name in single
    ]


def fill(filings: Sequence[Filing], seeds: Seeds) -> None:
    """Write the rows and cells returns begin with."""
    rows, kept = [], []
    for filing in filings:
        for position, seed in enumerate(seeds.get(filing.school_id) or from_tree(filing)):
            rows.append(Row(filing=filing, table=seed.table, key=seed.key, position=position))
            kept.append(seed)
    made = Row.objects.bulk_create(rows, batch_size=_BATCH)
    cells = [cell for row, seed in zip(made, kept, strict=True) for cell in _cells(row, seed)]
    Cell.objects.bulk_create(cells, batch_size=_BATCH)


def _cells(row: Row, seed: Seed) -> Iterator[Cell]:
    for column, (value, place) in seed.cells.items():
        if column in FIXED:
            continue
        last = "" if seed.origin == Origin.TREE else value
        yield Cell(
            row=row, column=column, value=value[:200], last_year=last[:200], origin=seed.origin, place=place
        )

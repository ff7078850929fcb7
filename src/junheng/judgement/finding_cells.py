"""Every cell a finding rests on: its value, its words as typed, and where it stands in the input."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from junheng.data import ROW_COLUMN, SOURCE_COLUMN, Snapshot, Source, load_dictionary, load_registers
from junheng.indicators import Evaluation, parse_expression
from junheng.judgement.merged import merged_children

SCHEMA = pa.schema(
    [
        ("year", pa.int32()),
        ("table", pa.string()),
        ("school_id", pa.string()),
        ("stage", pa.string()),
        ("column", pa.string()),
        ("value", pa.float64()),
        ("raw", pa.string()),
        ("unit", pa.string()),
        ("file", pa.string()),
        ("sheet", pa.string()),
        ("row", pa.int32()),
        ("cell", pa.string()),
        ("text", pa.string()),
        ("merged_into", pa.string()),
        ("from_register", pa.bool_()),
    ]
)
# What names a school, decides whether a school-stage counts, and how its premises are shared out.
COUNTING = ("name", "county_code", "kind", "ownership", "run_by", "is_counted", "parent_school_id")
# Nothing hangs on these: they tell a reader where a school lies, which group it is of and how large it is.
ABOUT = {
    "school": ("town_code", "urban_rural_code", "lon", "lat", "group_id"),
    "stage": ("classes", "max_class_size"),
    "teacher_count": ("full_time",),
}
FACT_TABLES = ("school", "stage", "teacher_count", "premises", "finance")


def cells_table(snapshot: Snapshot, evaluation: Evaluation, year: int, school_ids: Sequence[str]) -> pa.Table:
    """The cells of ``year`` behind the schools ``school_ids`` and those merged into them.

    ``value`` is the number as used, ``text`` the value of a column that is no number, ``raw`` the words of
    the input. A figure counted from a register has ``from_register``, the register's file, and no row.
    """
    children = merged_children(evaluation.tables, year, evaluation.parameters)
    parent = {child: owner for owner in school_ids for child in children.get(owner, ())}
    ids = pa.array(sorted({*school_ids, *parent}), pa.string())
    found = [
        part
        for table, columns in columns_used(evaluation).items()
        for part in _of_table(snapshot, table, columns, year, ids, parent)
    ]
    if not found:
        return SCHEMA.empty_table()
    order = [
        ("school_id", "ascending"),
        ("stage", "ascending"),
        ("table", "ascending"),
        ("column", "ascending"),
    ]
    return pa.concat_tables(found).sort_by([*order, ("row", "ascending")])


def columns_used(evaluation: Evaluation) -> dict[str, list[str]]:
    """By table, the columns that measures and relaxations read, that counting and splitting look at, and ``ABOUT``."""
    pairs = {
        pair for by_stage in evaluation.lineage.values() for found in by_stage.values() for pair in found
    }
    pairs |= {("school", column) for column in COUNTING} | {("stage", "pupils")}
    pairs |= {(table, column) for table, columns in ABOUT.items() for column in columns}
    for addition in evaluation.parameters.additions:
        when, add = parse_expression(addition.when, kind="boolean"), parse_expression(addition.add)
        pairs |= {(table_of(name), name) for name in (*when.columns, *add.columns)}
    return {table: sorted(column for t, column in pairs if t == table) for table in FACT_TABLES}


def table_of(column: str) -> str:
    """The table a bare column name belongs to; columns are unique among the tables facts are made of."""
    tables = load_dictionary().tables
    return next((name for name in FACT_TABLES if column in tables[name].columns), "school")


def _of_table(
    snapshot: Snapshot,
    name: str,
    columns: Sequence[str],
    year: int,
    ids: pa.Array,
    parent: Mapping[str, str],
) -> Iterator[pa.Table]:
    table = snapshot.tables.get(name)
    if table is None:
        return
    mask = pc.and_(pc.equal(table.column("year"), year), pc.is_in(table.column("school_id"), ids))
    rows = pc.indices_nonzero(pc.fill_null(mask, False))
    yield from cells_of_rows(snapshot, name, rows, columns, "school_id", parent)


def cells_of_rows(
    snapshot: Snapshot,
    name: str,
    rows: pa.Array,
    columns: Sequence[str],
    owner: str,
    parent: Mapping[str, str],
) -> Iterator[pa.Table]:
    """The cells of some rows of table ``name``, column by column; ``owner`` is the column that says whose they are."""
    table = snapshot.tables[name]
    chosen, raw = table.take(rows), _raw(snapshot, name, rows)
    places = _Places(snapshot.sources, name, chosen, raw)
    for column in columns:
        if column in chosen.column_names:
            yield _cells(chosen, name, column, places.of_column(column), parent, owner)


def _raw(snapshot: Snapshot, name: str, rows: pa.Array) -> pa.Table | None:
    """The words of the input for ``rows``; rows beyond those read (added from a register) have none."""
    raw = snapshot.raw.get(name)
    if raw is None:
        return None
    return raw.take(pc.if_else(pc.less(rows, raw.num_rows), rows, pa.scalar(None, rows.type)))


class _Places:
    """Where the cells of one table stand."""

    def __init__(self, sources: Sequence[Source], name: str, table: pa.Table, raw: pa.Table | None) -> None:
        self._name = name
        self._table = table
        self._raw = raw
        absent = [None] * table.num_rows
        index = table.column(SOURCE_COLUMN).to_pylist() if SOURCE_COLUMN in table.column_names else absent
        self.rows = table.column(ROW_COLUMN).to_pylist() if ROW_COLUMN in table.column_names else absent
        self._sources = [sources[i] if i is not None and 0 <= i < len(sources) else None for i in index]
        registers = {found.name for found in load_registers().values() if found.target == name}
        self._register = next((source for source in sources if source.table in registers), None)

    def of_column(self, column: str) -> list["_Place"]:
        """The place of each cell of ``column``, in row order."""
        values = self._table.column(column).to_pylist()
        has_raw = self._raw is not None and column in self._raw.column_names
        raw = (
            self._raw.column(column).to_pylist()
            if self._raw is not None and has_raw
            else [None] * len(values)
        )
        rows = zip(self._sources, self.rows, values, raw, strict=True)
        return [self._place(column, source, row, value, typed) for source, row, value, typed in rows]

    def _place(
        self, column: str, source: Source | None, row: int | None, value: object, typed: str | None
    ) -> "_Place":
        """One cell. A value where the form's own cell is blank was counted from the register."""
        feeding = source.columns.get(column, ()) if source is not None else ()
        is_blank = bool(feeding) and self._raw is not None and typed is None and value is not None
        from_register = (source is not None and source.table != self._name) or is_blank
        if from_register:
            return _Place(self._register or source, None, None, None, None, True)
        cell = "+".join(f"{found.letter}{row}" for found in feeding) if row else ""
        unit = next((found.unit for found in feeding if found.unit), None)
        return _Place(source, row, cell or None, unit, typed, False)


@dataclass(frozen=True, slots=True)
class _Place:
    """One cell: Excel's name ("F12", or "F12+G12" where several were added up), unit and words as typed."""

    source: Source | None
    row: int | None
    cell: str | None
    unit: str | None
    raw: str | None
    from_register: bool


def _cells(
    table: pa.Table,
    name: str,
    column: str,
    places: Sequence[_Place],
    parent: Mapping[str, str],
    owner: str,
) -> pa.Table:
    spec = load_dictionary().tables[name].columns.get(column)
    default = spec.unit if spec else ""
    held = table.column(column)
    is_number = pa.types.is_integer(held.type) or pa.types.is_floating(held.type)
    owners, blank = table.column(owner).to_pylist(), [None] * table.num_rows
    columns: dict[str, object] = {
        "year": table.column("year"),
        "table": [name] * table.num_rows,
        "school_id": owners,
        "stage": table.column("stage") if "stage" in table.column_names else blank,
        "column": [column] * table.num_rows,
        "value": held.cast(pa.float64()) if is_number else blank,
        "raw": [place.raw for place in places],
        "unit": [place.unit or default for place in places],
        "file": [place.source.file if place.source else None for place in places],
        "sheet": [place.source.sheet if place.source else None for place in places],
        "row": [place.row for place in places],
        "cell": [place.cell for place in places],
        "text": blank if is_number else [_text(value) for value in held.to_pylist()],
        "merged_into": [parent.get(one) for one in owners],
        "from_register": [place.from_register for place in places],
    }
    typed = {field.name: _column(columns[field.name], field.type) for field in SCHEMA}
    return pa.table(typed, schema=SCHEMA)


def _column(values: object, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    return values.cast(kind) if isinstance(values, pa.ChunkedArray) else pa.array(values, kind)


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)

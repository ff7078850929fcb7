"""A workbook of 20,000 rows and 60 columns: reading and all checks beside openpyxl's read-only reading alone."""

import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter

from benchmarks.child import Cost, run
from benchmarks.result import Check, Result, cost_note
from junheng.data import ColumnSpec, load_dictionary, make_county

_ROWS, _COLUMNS, _LIMIT = 20_000, 60, 0.4
_TABLES = ("school", "stage", "teacher_count", "premises", "finance")
_RUNS = 3  # of each way, in turn; the fastest of each counts, for others may be at work on the machine
_SPARE = 3  # make so many times more schools than needed: those with several stages are left out

_OURS = """
import sys
from pathlib import Path
from junheng.data import check_snapshot, read_input
snapshot = read_input(Path(sys.argv[1]))
checked = check_snapshot(snapshot)
print(sum(table.num_rows for table in snapshot.tables.values()), len(checked.problems))
"""
_THEIRS = """
import sys
from openpyxl import load_workbook
book = load_workbook(sys.argv[1], read_only=True)
print(sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True)))
"""


def measure(scale: float) -> Result:
    """Each in a process of its own, start-up included; ours also types, places and checks every cell."""
    rows = max(200, int(_ROWS * scale))
    with tempfile.TemporaryDirectory(prefix="junheng-reading-") as name:
        book = Path(name) / "wide.xlsx"
        _write(book, rows)
        run([sys.executable, "-c", _OURS, str(book)])
        ours, theirs = _race(book)
        size = book.stat().st_size
    return Result(
        "reading",
        f"a workbook of {rows:,} rows × {_COLUMNS} columns ({size / 2**20:.1f} MB), read and checked",
        scale,
        [Check("wall, reading + all checks / openpyxl read-only", ours.wall_s / theirs.wall_s, _LIMIT, "×")],
        [
            cost_note("Junheng: read, typed, placed, checked", ours),
            f"it saw (rows of all tables, problems): {ours.printed.strip()}",
            cost_note("openpyxl read-only: cells only", theirs),
            f"it saw (cells): {theirs.printed.strip()}",
        ],
    )


def _race(book: Path) -> tuple[Cost, Cost]:
    """The fastest run of each way."""
    found = [
        tuple(run([sys.executable, "-c", code, str(book)]) for code in (_OURS, _THEIRS)) for _ in range(_RUNS)
    ]
    ours, theirs = (min(costs, key=lambda cost: cost.wall_s) for costs in zip(*found, strict=True))
    return ours, theirs


def _write(path: Path, rows: int) -> None:
    """One sheet, one row per single-stage school, the dictionary's headings."""
    columns = _columns(rows)
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("全区")
    sheet.write_row(0, 0, list(columns))
    for place, values in enumerate(columns.values()):
        for row, value in enumerate(values, start=1):
            if value is not None:
                sheet.write(row, place, value)
    book.close()


def _plain(spec: ColumnSpec) -> float:
    """A figure that may stand in a column the generator does not make: none of a count, else the example."""
    return 0 if spec.type == "integer" or not spec.example else float(spec.example)


def _columns(rows: int) -> dict[str, list[object]]:
    """Heading → cells: what the generator makes, plain figures in further columns up to sixty."""
    tables = make_county(_SPARE * rows, 5)
    single = pc.is_in(tables["school"]["kind"], pa.array(["primary", "junior"]))
    table = tables["school"].filter(single).slice(0, rows)
    table = table.join(tables["stage"].drop_columns(["year"]), "school_id", join_type="inner")
    table = table.join(tables["teacher_count"].drop_columns(["year", "stage"]), "school_id")
    table = table.join(tables["premises"].drop_columns(["year"]), "school_id").sort_by("school_id")
    found: dict[str, list[object]] = {}
    for name in _TABLES:
        for column, spec in load_dictionary().tables[name].columns.items():
            if spec.heading.zh in found or len(found) == _COLUMNS:
                continue
            if column in table.column_names:
                cells = table[column].to_pylist()
                found[spec.heading.zh] = [
                    spec.values[cell].zh if cell in spec.values else cell for cell in cells
                ]
            elif spec.type in ("integer", "number"):
                found[spec.heading.zh] = [_plain(spec)] * rows
    if len(found) != _COLUMNS:
        raise ValueError(f"{len(found)} columns instead of {_COLUMNS}")
    return found

"""Today's way: 3,000 schools of ten counties as a workbook with formulas, recalculated by LibreOffice."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.child import Cost, run
from benchmarks.nation.rules import rules_of
from benchmarks.office import is_installed, recalculate
from benchmarks.result import Check, Result, cost_note
from benchmarks.spreadsheet_answers import compare
from benchmarks.spreadsheet_book import GIVEN, Lines, write_book
from junheng.data import Checked, Snapshot, check_snapshot, make_nation
from junheng.indicators import evaluate, load_catalogue
from junheng.judgement import assess, judge_rows, judge_variation, measures_of, parameters_of
from junheng.standards import Standard, resolve

_SCHOOLS, _COUNTIES, _YEAR, _SEED = 3_000, 10, 2024, 7
_TIMES_FASTER, _RUNS = 20.0, 5
_TABLES = ("school", "stage", "teacher_count", "premises")


def measure(scale: float) -> Result:
    """The same question to both; the answers must agree before a ratio is given."""
    title = f"{int(_SCHOOLS * scale):,} schools of {_COUNTIES} counties beside a workbook of formulas"
    if not is_installed():
        return Result("spreadsheet", f"{title}: not run, no LibreOffice (libreoffice-calc)", scale, [])
    with tempfile.TemporaryDirectory(prefix="junheng-office-") as name:
        folder = Path(name)
        tables = _tables(folder, max(100, int(_SCHOOLS * scale)))
        rows = _rows(tables)
        write_book(folder / "today.xlsx", rows, _lines())
        write_book(folder / "empty.xlsx", rows[:1], _lines())
        recalculate(folder / "empty.xlsx", folder)  # makes the profile
        opening = recalculate(folder / "empty.xlsx", folder)[1]
        answer, cost = recalculate(folder / "today.xlsx", folder)
        checked = check_snapshot(Snapshot(tables=tables, sources=(), inputs=()))
        standard = resolve("quality-2017", on=date(_YEAR, 9, 1))
        asked = _seconds(lambda: _same_question(checked, standard))
        whole = _seconds(lambda: assess(checked, standard, year=_YEAR))
        note = compare(assess(checked, standard, year=_YEAR).evaluation, standard, answer, len(rows))
        process = _own_process(folder)
    working = cost.wall_s - opening.wall_s
    return Result(
        "spreadsheet",
        title,
        scale,
        [
            Check(
                "LibreOffice wall / Junheng warm wall",
                cost.wall_s / asked,
                _TIMES_FASTER,
                "×",
                at_least=True,
            )
        ],
        [
            note,
            cost_note("LibreOffice, open, recalculate, save", cost),
            f"of that, opening and saving an empty workbook {opening.wall_s:.2f} s: recalculating took {working:.2f} s, "
            f"{working / asked:.1f} × Junheng",
            f"Junheng, warm, tables in memory: the same figures (values, verdicts, CVs) {1000 * asked:.0f} ms; the "
            f"whole assessment with reasons, shortfalls and rounding flags {1000 * whole:.0f} ms, "
            f"{cost.wall_s / whole:.1f} × faster",
            cost_note("Junheng in a process of its own, reading Parquet, start-up included", process),
            f"whole process against whole process: {cost.wall_s / process.wall_s:.1f} ×",
        ],
    )


def _tables(folder: Path, schools: int) -> dict[str, pa.Table]:
    """One year without gaps: a formula cannot say "cannot tell"."""
    make_nation(schools, [_YEAR], folder, _SEED, counties=_COUNTIES)
    tables = {name: pq.read_table(folder / f"{name}.parquet") for name in _TABLES}
    pupils = pc.max_element_wise(tables["stage"]["pupils"], 20)
    place = tables["stage"].column_names.index("pupils")
    tables["stage"] = tables["stage"].set_column(place, "pupils", pupils).drop_columns(["max_class_size"])
    premises = tables["premises"]
    for name in ("teaching_area_m2", "sports_ground_area_m2", "equipment_value_yuan"):
        filled = pc.fill_null(premises[name], 20_000.0)
        premises = premises.set_column(premises.column_names.index(name), name, filled)
    tables["premises"] = premises
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    return tables


def _rows(tables: dict[str, pa.Table]) -> list[dict[str, Any]]:
    bare = {name: table.drop_columns(["year"]) for name, table in tables.items() if name != "stage"}
    joined = tables["stage"].join(bare["school"], "school_id").join(bare["premises"], "school_id")
    joined = joined.join(bare["teacher_count"], ["school_id", "stage"])
    joined = joined.sort_by(
        [("county_code", "ascending"), ("school_id", "ascending"), ("stage", "ascending")]
    )
    return [{**row, "lease_walk_min": row["lease_walk_min"] or 0} for row in joined.select(GIVEN).to_pylist()]


def _lines() -> Lines:
    rules = rules_of(_YEAR)
    return Lines(
        {stage: list(lines.values()) for stage, lines in rules.thresholds.items()},
        {stage: list(lines.values()) for stage, lines in rules.floors.items()},
        rules.weights,
        rules.min_met,
    )


def _same_question(checked: Checked, standard: Standard) -> None:
    """What the workbook answers: every value, what reaches its line, which school passes, every CV."""
    evaluation = evaluate(
        checked.snapshot.tables,
        measures_of(standard, load_catalogue()),
        parameters_of(standard),
        years=[_YEAR],
    )
    judge_rows(evaluation, standard)
    judge_variation(evaluation, standard)


def _seconds(work: Callable[[], object]) -> float:
    """Middle of five warm runs."""
    times = []
    for _ in range(_RUNS + 1):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return sorted(times[1:])[_RUNS // 2]


def _own_process(folder: Path) -> Cost:
    """Junheng started cold on the same tables as Parquet."""
    code = (
        "from datetime import date; from pathlib import Path\n"
        "from junheng.data import check_snapshot, read_input\n"
        "from junheng.judgement import assess\nfrom junheng.standards import resolve\n"
        f"tables = Path({str(folder / 'parquet')!r})\n"
        f"assess(check_snapshot(read_input(tables)), resolve('quality-2017', on=date({_YEAR}, 9, 1)), year={_YEAR})\n"
    )
    (folder / "parquet").mkdir()
    for name in _TABLES:
        (folder / f"{name}.parquet").rename(folder / "parquet" / f"{name}.parquet")
    run([sys.executable, "-c", code])
    return run([sys.executable, "-c", code])

"""Are the workbook's answers ours? Every value, count, verdict and CV, or the first that differs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from benchmarks.nation.rules import KEYS
from benchmarks.spreadsheet_book import COUNTIES, DATA
from junheng.indicators import Evaluation
from junheng.judgement import judge_rows
from junheng.standards import Standard

_TOLERANCE = 1e-9


class SpreadsheetDiffers(AssertionError):  # noqa: N818  # says what happened; nothing went wrong in the measuring
    """The spreadsheet and Junheng gave different answers."""


def compare(evaluation: Evaluation, standard: Standard, answer: Path, rows: int) -> str:
    """Every value, met count, school verdict and CV of the workbook against ours; the note of equality."""
    book = CalamineWorkbook.from_path(str(answer))
    schools = _schools(evaluation, standard)
    for row in _records(book, DATA):
        if row["stage"] != "senior" and row["counted"] == 1:
            _equal_school(row, schools[row["school_id"], row["stage"]])
    variation = {
        (row["county_code"], row["stage"], row["indicator"]): row for row in evaluation.variation.to_pylist()
    }
    groups = _records(book, COUNTIES)
    for row in groups:
        ours = variation[row["county_code"], row["stage"], row["indicator"]]
        for figure in ("mean", "sd", "cv"):
            _equal(
                row[figure], ours[figure], f"{row['county_code']} {row['stage']} {row['indicator']} {figure}"
            )
    return (
        f"same answers: {rows:,} rows (seven values to 1e-9, indicators met, school verdict), {len(groups)} county, "
        "stage and indicator lines (mean, deviation, CV to 1e-9)"
    )


def _schools(evaluation: Evaluation, standard: Standard) -> dict[tuple[str, str], dict[str, Any]]:
    codes = judge_rows(evaluation, standard)
    values = evaluation.values.to_pylist()
    return {
        (row["school_id"], row["stage"]): row | {"met": met, "passes": verdict == 1}
        for row, met, verdict in zip(
            values, codes["met"].to_pylist(), codes["verdict"].to_pylist(), strict=True
        )
    }


def _equal_school(theirs: dict[str, Any], ours: dict[str, Any]) -> None:
    where = f"{theirs['school_id']} {theirs['stage']}"
    for key in KEYS:
        _equal(theirs[key], ours[f"{key}_value"], f"{where} {key}")
    if sum(theirs[f"{key}_met"] for key in KEYS) != ours["met"] or bool(theirs["passes"]) != ours["passes"]:
        raise SpreadsheetDiffers(f"{where}: indicators met or verdict")


def _equal(theirs: float, ours: float, where: str) -> None:
    if abs(theirs - ours) > _TOLERANCE * max(1.0, abs(ours)):
        raise SpreadsheetDiffers(f"{where}: {theirs!r} against {ours!r}")


def _records(book: CalamineWorkbook, sheet: str) -> Sequence[dict[str, Any]]:
    names, *rows = book.get_sheet_by_name(sheet).to_python()
    return [dict(zip(names, row, strict=True)) for row in rows]

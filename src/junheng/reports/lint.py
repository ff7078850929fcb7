"""The report's own examiner: parts sum to wholes, percentages recompute, nothing refers to nowhere."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.reports.lint_document import lint_document
from junheng.reports.lint_problem import LintProblem
from junheng.reports.percent import format_share

Json = Mapping[str, Any]
_LEVELS = ("met", "not_met", "undecided")


def lint_report(folder: Path) -> tuple[LintProblem, ...]:
    """Everything wrong with the documents of the finding in ``folder``; empty when all is consistent.

    Checked: in verdict.json, met + not met + undecided = schools, and counts against the list of schools; in
    figures.json, every share against its counts and every value against the file it comes from; in
    report.docx, every printed number, share, table of counts and cross-reference. Raises UserError when a
    file is absent.
    """
    verdict, numbers = _load(folder, "verdict.json"), _load(folder, "figures.json")
    found = [*_counts(verdict), *_numbers(numbers, folder)]
    return (*found, *lint_document(folder / "report.docx", numbers))


def _load(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            Text(f"缺少或无法读取 {name}", f"{name} is absent or unreadable"),
            where=str(folder),
            fix=Text("先运行 junheng report", "run junheng report first"),
        ) from error


def _counts(verdict: Json) -> Iterator[LintProblem]:
    for stage, counts in verdict["stages"].items():
        rows = [school for school in verdict["schools"] if school["stage"] == stage]
        where = f"verdict.json stages.{stage}"
        yield from _same(where + ".schools", counts["schools"], len(rows))
        for word, key in (("met", "passed"), ("cannot_tell", "undecided")):
            listed = sum(row["verdict"] == word for row in rows)
            yield from _same(f"{where}.{key}", counts[key], listed)
        for key, found in counts["indicators"].items():
            cells = [row["indicators"][key]["verdict"] for row in rows if key in row["indicators"]]
            if any(cell is not None for cell in cells):
                total = sum(found[level] for level in _LEVELS)
                yield from _same(f"{where}.indicators.{key}", counts["schools"], total)
                yield from _same(f"{where}.indicators.{key}.met", found["met"], cells.count("met"))


def _same(where: str, stated: int, counted: int) -> Iterator[LintProblem]:
    if stated != counted:
        yield LintProblem(
            where, Text(f"写的是{stated}，合计为{counted}", f"states {stated}, the parts give {counted}")
        )


def _numbers(numbers: list[Json], folder: Path) -> Iterator[LintProblem]:
    by_id = {entry["id"]: entry for entry in numbers}
    if len(by_id) != len(numbers):
        yield LintProblem("figures.json", Text("编号重复", "an id occurs twice"))
    files: dict[str, Any] = {}
    for entry in numbers:
        yield from _share(entry, by_id)
        refs = entry["refs"]
        if str(refs.get("file", "")).endswith(".json") and refs.get("path"):
            if refs["file"] not in files:
                files[refs["file"]] = _load(folder, refs["file"])
            yield from _source(entry, files[refs["file"]])


def _share(entry: Json, by_id: Mapping[str, Json]) -> Iterator[LintProblem]:
    refs = entry["refs"]
    if entry["kind"] != "share" or entry["value"] is None:
        return
    where = f"figures.json {entry['id']}"
    missing = [refs[name] for name in ("part", "whole") if refs[name] not in by_id]
    if missing:
        yield LintProblem(
            where, Text(f"引用了不存在的编号 {missing[0]}", f"refers to unknown id {missing[0]}")
        )
        return
    part, whole = by_id[refs["part"]]["value"], by_id[refs["whole"]]["value"]
    expected = format_share(part, whole, mode=refs["mode"], digits=refs["digits"])
    if entry["text"] != expected or entry["value"] != float(expected):
        text = f"{part}÷{whole} 应为 {expected}%，写的是 {entry['text']}%"
        yield LintProblem(where, Text(text, f"{part}/{whole} is {expected} %, printed {entry['text']} %"))


def _source(entry: Json, source: Any) -> Iterator[LintProblem]:
    where = f"figures.json {entry['id']}"
    try:
        value = look_up(source, entry["refs"]["path"])
    except (KeyError, IndexError, TypeError):
        path = entry["refs"]["path"]
        yield LintProblem(where, Text(f"出处 {path} 不存在", f"its source {path} does not exist"))
        return
    if entry["refs"].get("measure") == "length":
        value = len(value)
    if value != entry["value"]:
        text = f"出处的值为 {value}，编号的值为 {entry['value']}"
        yield LintProblem(where, Text(text, f"the source says {value}, the number {entry['value']}"))


def look_up(source: Any, path: str) -> Any:
    """The value at a dotted path ("stages.primary.indicators.R1.met")."""
    for step in path.split("."):
        source = source[int(step)] if isinstance(source, list) else source[step]
    return source

"""Opens every figure of a composed report in the results again: which no longer stand there as printed."""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.reports.compose.definition import load_library
from junheng.reports.compose.place import Absent, look_up
from junheng.reports.compose.sources import Source, open_sources
from junheng.reports.compose.told import Told, read_told


def check_composed(
    report: Path, folders: Sequence[Path], told: Path | None = None
) -> tuple[int, tuple[Text, ...]]:
    """How many figures were looked up or reckoned again, and the differences; a figure whose result is not given is one.

    Raises UserError when ``report`` has no figures.json beside it, or a folder is no result.
    """
    library = load_library()
    entries = _entries(report)
    sources = open_sources(folders, library.sources)
    data = read_told(told, library.told) if told else {}
    by_id = {entry["id"]: entry for entry in entries}
    found = tuple(
        words for entry in entries if (words := _difference(entry, by_id, sources, data)) is not None
    )
    return len(entries), found


def _entries(report: Path) -> list[dict[str, Any]]:
    path = report.with_suffix(".figures.json")
    try:
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["figures"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            Text("没有这份报告的数字清单", "The report's list of figures cannot be read"),
            where=str(path),
            fix=Text("请给出 junheng compose 写出的报告", "give a report written by junheng compose"),
        ) from error
    return entries


def _difference(
    entry: Mapping[str, Any],
    by_id: Mapping[str, Any],
    sources: Mapping[str, Source],
    told: Mapping[str, Told],
) -> Text | None:
    refs = entry["refs"]
    if "path" in refs:
        found = _opened(refs, sources)
    elif "told" in refs:
        found = str(told[refs["told"]].value) if refs["told"] in told else None
    else:
        found = _again(entry["kind"], refs, by_id)
    if found == str(entry["value"]):
        return None
    now = "没有" if found is None else found
    return Text(
        f"{entry['id']} {entry['label']}：报告为 {entry['value']}，现为 {now}",
        f"{entry['id']}: {entry['value']} in the report, now {found or 'absent'}",
    )


def _opened(refs: Mapping[str, Any], sources: Mapping[str, Source]) -> str | None:
    source = sources.get(refs["source"])
    if source is None or not source.has(refs["file"]):
        return None
    try:
        return str(look_up(source.content(refs["file"]), refs["path"]))
    except Absent:
        return None


def _again(kind: str, refs: Mapping[str, Any], by_id: Mapping[str, Any]) -> str | None:
    ids = [refs["part"], refs["whole"]] if kind == "share" else refs["parts"]
    numbers = [Fraction(by_id[one]["value"]) for one in ids]
    if kind == "sum":
        return str(sum(numbers, Fraction(0)))
    if kind == "difference":
        return str(numbers[0] - numbers[1])
    return str(numbers[0] / numbers[1]) if numbers[1] else None

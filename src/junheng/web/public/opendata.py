"""The open package of a finding: tables with small cells hidden, dictionary, terms, in one zip."""

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.admissions import default_publication, hide_small
from junheng.draws import canonical_bytes
from junheng.web.findings.models import Finding
from junheng.web.findings.queries import verdict_of

Json = Mapping[str, Any]
HIDDEN = "*"  # in the tables: hidden because too few; an empty cell: there is no such figure
_COUNTS = ("met", "not_met", "undecided")
_FORMULA = ("=", "+", "@", "-", "\t", "\r")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # one and the same package gives the same bytes


def smallest_cell() -> int:
    """JUNHENG_SMALL_CELL, else the library's own default: counts above 0 and below it are hidden."""
    return int(os.environ.get("JUNHENG_SMALL_CELL") or default_publication().smallest_cell)


@cache
def about() -> Json:
    """Columns and terms (opendata.yaml)."""
    found: Json = yaml.safe_load(Path(__file__).with_name("opendata.yaml").read_text(encoding="utf-8"))
    return found


def figures(finding: Finding, *, with_schools: bool, least: int) -> dict[str, Any]:
    """{"county", "stages", "indicators", "schools" where chosen}: rows of the tables, text cells, small cells hidden.

    Counts of schools: hidden below ``least``, with whatever else of the row would give them away; where all schools are
    shown, anybody counts them, so nothing is. Of a school with fewer pupils than ``least`` nothing is shown, and then
    no figure of its stage's whole either: mean, CV and counts would give it back.
    """
    told = verdict_of(finding)
    standard = json.loads((finding.folder / "standard.json").read_bytes())
    few = {(s["stage"], s["school_id"]) for s in told["schools"] if _is_few(s["pupils"], least)}
    closed = {stage for stage, _ in few} if with_schools else set()
    closed |= {stage for stage, found in told["stages"].items() if found["schools"] < least}
    limit = 0 if with_schools else least
    stages, indicators = [], []
    for stage, found in told["stages"].items():
        stages.append([stage, *_counts(found["schools"], _passed(found), limit, stage in closed)])
        for key, one in found["indicators"].items():
            counts = _counts(found["schools"], one, limit, stage in closed)
            names = _names(standard["measures"].get(key, {}))
            indicators.append([stage, key, *names, *counts, *_whole(one, stage in closed)])
    county = [_county(told, standard, least)]
    made: dict[str, Any] = {"county": county, "stages": stages, "indicators": indicators}
    if with_schools:
        made["schools"] = [row for school in told["schools"] for row in _school(school, few)]
    return made


def _passed(stage: Json) -> dict[str, int]:
    """Schools of a stage by verdict."""
    found = {"met": stage["passed"], "undecided": stage["undecided"]}
    return found | {"not_met": stage["schools"] - sum(found.values())}


def _names(measure: Json) -> list[str]:
    return [str(measure[key]["zh"]) if measure.get(key) else "" for key in ("name", "unit")]


def _whole(one: Json, is_closed: bool) -> list[str]:
    """Mean, CV, its limit and verdict."""
    keys = ("mean", "cv", "cv_limit", "cv_verdict")
    return [HIDDEN] * len(keys) if is_closed else [_cell(one[key]) for key in keys]


def _is_few(pupils: float | None, least: int) -> bool:
    """Missing is missing: of a school whose pupils nobody knows nothing is shown."""
    return pupils is None or pupils < least


def _county(told: Json, standard: Json, least: int) -> list[str]:
    county = told["county"]
    return [
        *(county["code"], county["name"], str(told["year"]), told["standard"]),
        *(standard.get("document") or "", county["verdict"], str(least)),
    ]


def _counts(schools: int, counts: Json, least: int, is_closed: bool) -> list[str]:
    """schools, met, not met, undecided; the total too is hidden where it is itself small."""
    if is_closed:
        return [HIDDEN] * (1 + len(_COUNTS))
    (row,) = hide_small([[counts[key] for key in _COUNTS]], least)
    return [str(schools), *(HIDDEN if count is None else str(count) for count in row)]


def _school(school: Json, few: set[tuple[str, str]]) -> Iterable[list[str]]:
    is_few = (school["stage"], school["school_id"]) in few
    for key, one in school["indicators"].items():
        cells = [_cell(one[k]) for k in ("value", "threshold", "verdict")]
        head = [school["stage"], school["school_id"], school["name"], key]
        yield [*head, *([HIDDEN] * len(cells) if is_few else cells)]


def _cell(value: float | str | None) -> str:
    return "" if value is None else str(value)


def headings(table: str) -> list[str]:
    """The columns of a table, as the dictionary has them."""
    return [column for file, column, *_ in about()["columns"] if file == f"{table}.csv"]


def package(made: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The zip: a CSV a table, dictionary.csv, licence.txt, figures.json."""
    files = {f"{name}.csv": _csv([headings(name), *rows]) for name, rows in made.items()}
    kept = [row for row in about()["columns"] if row[0].removesuffix(".csv") in made]
    files["dictionary.csv"] = _csv(
        [
            ["file", "column", "说明", "meaning", "unit"],
            *kept,
            ["", HIDDEN, "数字过小，隐去", "hidden: too few", ""],
        ]
    )
    files["licence.txt"] = str(about()["licence"]).encode("utf-8")
    files["figures.json"] = canonical_bytes(dict(made))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), files[name], zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def words(made: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """The cells that are words, a line each: the digits of a fraction are nobody's telephone."""
    cells = {cell for rows in made.values() for row in rows for cell in row if not _is_number(cell)}
    return "\n".join(sorted(cells)).encode("utf-8")


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark, as Excel wants it."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([plain(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def plain(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula, kept as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True

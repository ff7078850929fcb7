"""What findings and the county's own input say: needs, indicator values, schools and their places."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from pathlib import Path
from typing import Any

from junheng.data.books import Place
from junheng.data.books import Record as Row
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.pair.schools import Needs
from junheng.planning.pair.settings import PAGE
from junheng.planning.sheet_records import Record

STAGES = ("primary", "junior")


def read_findings(
    paths: Iterable[Path], need: Mapping[str, Any], asked: Iterable[str]
) -> tuple[Needs, list[Json]]:
    """Needs by (school, stage) from the last year's finding, and the values of ``asked`` of every finding.

    Need = Σ max(0, 1 - value / line) × unit over the need's indicators, rounded up; a stage of which one of them is
    not known has none. UserError: no finding, or two of one year.
    """
    from junheng.judgement import read_finding

    findings = sorted((read_finding(path) for path in paths), key=lambda finding: finding.year)
    years = [finding.year for finding in findings]
    if len(set(years)) < len(years):
        raise Gathered(PAGE).ending(
            "findings", f"有两份同一年的结论：{years}", f"two findings of one year: {years}"
        )
    rows = [row for finding in findings for row in _values(finding, set(asked))]
    return (_needs(findings[-1].verdict["schools"], need) if findings else {}), rows


def _needs(schools: Iterable[Mapping[str, Any]], need: Mapping[str, Any]) -> Needs:
    found = {}
    for school in schools:
        parts = [_part(school["indicators"].get(key)) for key in need["indicators"]]
        if school["stage"] in STAGES and None not in parts:
            total = sum((part for part in parts if part is not None), Fraction(0))
            found[school["school_id"], school["stage"]] = ceil(total * Fraction(need["unit"]))
    return found


def _part(result: Mapping[str, Any] | None) -> Fraction | None:
    """How much of the line is lacking; exactly 0 where the line is met, whatever the last digit of the value."""
    if result is None or result["value"] is None or not result["threshold"]:
        return None
    if result["verdict"] == "met":
        return Fraction(0)
    return max(Fraction(0), 1 - Fraction(repr(result["value"])) / Fraction(repr(result["threshold"])))


def _values(finding: Any, asked: set[str]) -> list[Json]:
    return [
        {
            "indicator": row["indicator"],
            "stage": row["stage"],
            "school": row["school_id"],
            "year": row["year"],
            "value": number(Fraction(repr(row["value"]))),
        }
        for row in finding.values().to_pylist()
        if row["state"] == "ok" and row["indicator"] in asked and row["stage"] in STAGES
    ]


def read_county(path: Path, year: int) -> tuple[list[Record], list[Record]]:
    """School and stage records of ``year`` from the county's input, checked; only schools with pupils of the nine years.

    UserError: unreadable, or without that year. A cell that breaks a rule of logic is absent here.
    """
    from junheng.data import check_snapshot, read_input

    snapshot = check_snapshot(read_input(path)).snapshot
    if year not in snapshot.years():
        raise Gathered(PAGE).ending(str(path.name), f"没有 {year} 年的数据", f"there are no data of {year}")
    stages = [
        _record(row, path, {"school": row["school_id"], "stage": row["stage"], "pupils": row["pupils"]})
        for row in snapshot.tables["stage"].to_pylist()
        if row["year"] == year and row["stage"] in STAGES and row["pupils"]
    ]
    paired = {record["school"] for record in stages}
    schools = [
        _record(row, path, _school_cells(row))
        for row in snapshot.tables["school"].to_pylist()
        if row["year"] == year and row["school_id"] in paired and row["is_counted"] is not False
    ]
    counted = {record["id"] for record in schools}
    return schools, [record for record in stages if record["school"] in counted]


def _school_cells(row: Mapping[str, Any]) -> dict[str, Any]:
    cells = {name: row[column] for name, column in _SCHOOL_COLUMNS.items()}
    return cells | {"role": "weak" if row["is_weak"] else None}


_SCHOOL_COLUMNS = {
    "id": "school_id",
    "name": "name",
    "county": "county_code",
    "place": "urban_rural_code",
    "lon": "lon",
    "lat": "lat",
}


def _record(row: Mapping[str, Any], path: Path, cells: Mapping[str, Any]) -> Record:
    texts = {name: str(value) for name, value in cells.items() if value is not None}
    return Record(Row(Place(path.name, row=row["_row"]), texts, {}))

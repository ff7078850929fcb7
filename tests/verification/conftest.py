"""Small reported years for the tests of verification, written cell by cell."""

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from junheng.data import Snapshot, load_dictionary
from junheng.standards import Citation, CountingRule, SplitRule, Standard, resolve
from junheng.verification.cells import Cells, Year, empty, exact

CITATION = Citation(document="d", title="t", certainty="derived", in_force_from=date(2017, 1, 1))
WEIGHTS = {
    "nine_year": {"primary": Decimal(1), "junior": Decimal("1.1")},
    "complete_secondary": {"junior": Decimal(1), "senior": Decimal("1.2")},
    "twelve_year": {"primary": Decimal(1), "junior": Decimal("1.1"), "senior": Decimal("1.32")},
}


def counting(policy: str = "separate_if_ge_min", **changes: object) -> CountingRule:
    given = {"exclude_kinds": ("special", "vocational"), "teaching_point_min_pupils": 50} | changes
    return CountingRule.model_validate(
        {"teaching_point_policy": policy, "citation": CITATION, **given}, strict=False
    )


def standard(counting: CountingRule) -> Standard:
    """quality-2017 with another rule of counting."""
    return resolve("quality-2017", on=date(2024, 9, 1)).model_copy(update={"counting": counting})


def split(*columns: str) -> SplitRule:
    return SplitRule.model_validate({"weights": WEIGHTS, "columns": columns, "citation": CITATION})


def row(table: str, **cells: object) -> Cells:
    return {**empty(table), **{name: exact(cell) for name, cell in cells.items()}}


def school(school_id: str, kind: str = "primary", **cells: object) -> dict[str, Cells]:
    return {school_id: row("school", school_id=school_id, kind=kind, county_code="150102", **cells)}


def stages(school_id: str, **pupils: float | None) -> dict[tuple[str, str], Cells]:
    return {
        (school_id, stage): row("stage", school_id=school_id, stage=stage, pupils=count)
        for stage, count in pupils.items()
    }


def year(
    schools: Mapping[str, Cells],
    reported: Mapping[tuple[str, str], Cells],
    premises: Mapping[str, Cells] | None = None,
) -> Year:
    return Year(2024, dict(schools), dict(reported), {}, dict(premises or {}), {})


_ARROW = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}


def snapshot(**tables: list[dict[str, object]]) -> Snapshot:
    """An input of the year 2024 with these rows; columns not named are absent."""
    return Snapshot({name: _arrow(name, rows) for name, rows in tables.items()}, (), ())


def _arrow(name: str, rows: list[dict[str, object]]) -> pa.Table:
    specs = load_dictionary().tables[name].columns
    named = dict.fromkeys(column for row in rows for column in row)
    columns = {
        c: pa.array([row.get(c) for row in rows], _ARROW.get(specs[c].type, pa.string())) for c in named
    }
    return pa.table({"year": pa.array([2024] * len(rows), pa.int32()), **columns})


@pytest.fixture(scope="session")
def build() -> SimpleNamespace:
    """The builders of this file, for tests to take as one argument."""
    return SimpleNamespace(
        counting=counting,
        standard=standard,
        split=split,
        row=row,
        school=school,
        stages=stages,
        year=year,
        citation=CITATION,
        snapshot=snapshot,
        write_csv=write_csv,
        varied_county=varied_county,
    )


def write_csv(folder: Path, **tables: list[dict[str, object]]) -> Path:
    """The tables as a folder of CSV files with canonical names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def varied_county(years: Sequence[int]) -> dict[str, list[dict[str, object]]]:
    """A county with one school of every kind that is treated in its own way, in each of ``years``."""
    found: dict[str, list[dict[str, object]]] = {}
    for year in years:
        for table, rows in _varied_year(year % 7).items():
            found.setdefault(table, []).extend({"year": year, **row} for row in rows)
    return found


# school, kind, more of the school, pupils by stage
_SCHOOLS: list[tuple[str, str, dict[str, object], dict[str, float | None]]] = [
    ("2199000001", "primary", {"name": "甲小学", "urban_rural_code": "111"}, {"primary": 900}),
    ("2199000002", "primary", {"urban_rural_code": "220"}, {"primary": 80}),
    ("2199000003", "primary", {"is_dense_core": "true"}, {"primary": 700}),
    ("2199000004", "nine_year", {"ownership": "private"}, {"primary": 300, "junior": 200}),
    ("2199000005", "twelve_year", {}, {"primary": 100, "junior": 90, "senior": 60}),
    ("2199000006", "nine_year", {}, {"primary": 60, "junior": None}),
    (
        "2199000007",
        "teaching_point",
        {"parent_school_id": "2199000001", "is_counted": "false"},
        {"primary": 30},
    ),
    ("2199000008", "primary", {"parent_school_id": "2199000002", "is_counted": "false"}, {"primary": 20}),
    ("2199000009", "primary", {}, {"primary": 0}),
    ("5199000010", "special", {}, {"primary": 40}),
    ("3199000011", "junior", {"run_by": "city"}, {"junior": 1000}),
]


def _varied_year(shift: int) -> dict[str, list[dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = {
        "school": [],
        "stage": [],
        "teacher_count": [],
        "premises": [],
    }
    for place, (school_id, kind, more, pupils) in enumerate(_SCHOOLS):
        given = {"ownership": "public", "run_by": "county", "county_code": "999901", **more}
        tables["school"].append({"school_id": school_id, "kind": kind, **given})
        total = sum(count or 0 for count in pupils.values()) or 50
        tables["premises"].append({"school_id": school_id, **_premises(total, place, shift)})
        for stage, count in pupils.items():
            key = {"school_id": school_id, "stage": stage}
            tables["stage"].append({**key, "pupils": count, "classes": None})
            tables["teacher_count"].append({**key, **_teachers(int(count or 50), place, shift)})
    return tables


def _premises(pupils: float, place: int, shift: int) -> dict[str, object]:
    return {
        "teaching_area_m2": round(pupils * (4.1 + 0.31 * place) + shift, 1),
        "indoor_sports_area_m2": None if place == 2 else round(pupils * 0.4, 1),
        "sports_ground_area_m2": round(pupils * (6.6 + 0.4 * place), 1),
        "converted_sports_m2": 120.5,
        "leased_sports_m2": 300,
        "lease_walk_min": 8 + place,
        "lease_id": "ZL-1",
        "equipment_value_yuan": round(pupils * (1800 + 97 * place), 2),
        "multimedia_rooms": int(pupils * 0.024) + 1,
        "computers": int(pupils * 0.1),
        "books": int(pupils * 25),
    }


def _teachers(pupils: int, place: int, shift: int) -> dict[str, object]:
    full = pupils // 15 + 4
    high = full - place % 3
    counts = {
        "doctor": 0,
        "master": 1,
        "bachelor": high - 1,
        "associate": full - high,
        "secondary_or_below": 0,
    }
    subjects = {"pe": 1, "music": 1, "art": pupils // 200, "arts": shift % 2, "extra_pe_arts": 2}
    return {
        "full_time": full,
        **counts,
        "backbone": pupils // 95,
        **subjects,
        "mid_or_senior_title": full // 2,
    }


@pytest.fixture(scope="session")
def varied_input(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of the varied county, with what is known of the county itself."""
    county = [
        {"year": 2024, "county_code": "999901", "county_name": "样例县", "basic_recognised_on": "2017-12-20"}
    ]
    tables = varied_county([2023, 2024])
    return write_csv(tmp_path_factory.mktemp("varied") / "input", **tables, county=county)


@pytest.fixture(scope="session")
def finding_of() -> Callable[..., Path]:
    """A function that evaluates an input and writes its findings, as the command does."""

    def write(given: Path, out: Path, standards: Sequence[str] = ("quality-2017",), **options: Any) -> Path:
        from junheng.data import check_snapshot, read_input
        from junheng.judgement import assess, write_findings
        from junheng.standards import resolve, school_year_start

        checked = check_snapshot(read_input(given))
        years = options.pop("years", (max(checked.snapshot.years()),))
        wanted = [(resolve(s, on=school_year_start(y), **options), y) for s in standards for y in years]
        write_findings([assess(checked, s, year=y) for s, y in wanted], out, command="junheng evaluate")
        return out

    return write


@pytest.fixture(scope="session")
def varied_finding(
    varied_input: Path, finding_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The finding of the varied county in 2024 by quality-2017."""
    return finding_of(varied_input, tmp_path_factory.mktemp("finding") / "out")

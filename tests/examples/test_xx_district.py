"""The shipped district: committed workbooks equal the generator, and the product finds the designed counts."""

from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from junheng.basics import STAGES
from junheng.data import (
    ROW_COLUMN,
    SOURCE_COLUMN,
    Checked,
    Snapshot,
    check_snapshot,
    make_district,
    read_input,
)
from junheng.data.synthetic.design import INDICATORS, load_design
from junheng.judgement import Assessment, Verdict, assess
from junheng.standards import Standard, resolve

YEARS = (2022, 2023, 2024)


@pytest.fixture(scope="module")
def snapshot(example_district: Path) -> Snapshot:
    return read_input(example_district)


@pytest.fixture(scope="module")
def checked(snapshot: Snapshot) -> Checked:
    return check_snapshot(snapshot)


@pytest.fixture(scope="module")
def standard() -> Standard:
    return resolve("quality-2017", on=date(2024, 9, 1), region=load_design().county_code)


@pytest.fixture(scope="module")
def assessment(checked: Checked, standard: Standard) -> Assessment:
    return assess(checked, standard, year=2024)


def test_committed_workbooks_equal_the_generator(snapshot: Snapshot) -> None:
    made = make_district()
    for name, table in made.items():
        read = snapshot.tables[name].drop_columns([SOURCE_COLUMN, ROW_COLUMN]).sort_by("year")
        assert (
            read.select(table.column_names).cast(table.schema).combine_chunks() == table.combine_chunks()
        ), name


def test_every_workbook_is_read_and_nothing_is_left_over(snapshot: Snapshot) -> None:
    assert sorted(found.name for found in snapshot.inputs) == ["2022.xlsx", "2023.xlsx", "2024.xlsx"]
    assert snapshot.years() == YEARS
    assert snapshot.problems == ()


def test_no_rule_of_logic_is_broken_and_few_of_experience(checked: Checked) -> None:
    assert [problem for problem in checked.problems if problem.severity == "logic"] == []
    causes = Counter(problem.check for problem in checked.problems)
    assert causes["change.school_new"] == 1
    assert 10 < sum(causes.values()) < 60


@pytest.mark.parametrize(
    ("stage", "schools", "passed", "met"),
    [("primary", 66, 5, (46, 15, 17, 46, 35, 22, 43)), ("junior", 30, 0, (26, 14, 4, 24, 16, 14, 15))],
)
def test_counts_of_the_report(
    assessment: Assessment, stage: str, schools: int, passed: int, met: tuple[int, ...]
) -> None:
    (county,) = assessment.counties
    found = county.as_json()["stages"][stage]
    assert (found["schools"], found["passed"], found["undecided"]) == (schools, passed, 0)
    assert tuple(found["indicators"][key]["met"] for key in INDICATORS) == met
    assert all(found["indicators"][key]["undecided"] == 0 for key in INDICATORS)


def test_the_county_does_not_meet_the_standard(assessment: Assessment) -> None:
    (county,) = assessment.counties
    assert county.verdict is Verdict.NOT_MET
    second = county.as_json()["stages"]["primary"]["indicators"]["R2"]
    assert second["cv"] > second["cv_limit"] == 0.5
    assert second["cv_verdict"] == "not_met"


def test_one_passing_row_is_the_primary_part_of_a_nine_year_school(assessment: Assessment) -> None:
    rows = assessment.counties[0].as_json()["schools"]
    passing = [(row["kind"], row["stage"]) for row in rows if row["verdict"] == "met"]
    assert sorted(passing) == [("nine_year", "primary"), *[("primary", "primary")] * 4]


def test_design_lines_are_those_of_the_standard(standard: Standard) -> None:
    design = load_design()
    for rule in standard.indicators:
        for stage in ("primary", "junior"):
            assert design.lines[stage][rule.id] == rule.thresholds[stage]
        assert rule.floor_ratio == design.floor_ratio
    weights = {kind: dict(found) for kind, found in standard.split.weights.items()}
    assert {kind: dict(found) for kind, found in design.split.items()} == weights


def test_relaxations_and_exclusions_show(assessment: Assessment) -> None:
    values = [row for row in assessment.evaluation.values.to_pylist() if row["year"] == 2024]
    relaxed = {
        found for row in values for key in INDICATORS for found in (row[f"{key}_relaxed"] or "").split(",")
    }
    assert {"R3s", "R5d", "R5l"} <= relaxed
    reasons = Counter(row["not_counted"] for row in values if not row["counted"])
    assert reasons["teaching_point:<50"] == 4
    assert reasons["kind:special"] == 2
    assert not any(row["school_name"].endswith("校区") for row in values)


@pytest.mark.parametrize("year", YEARS[:2])
def test_earlier_years_are_judged_too(checked: Checked, standard: Standard, year: int) -> None:
    (county,) = assess(checked, standard, year=year).counties
    stages = county.as_json()["stages"]
    assert stages["primary"]["passed"] <= 5
    assert stages["primary"]["schools"] == (65 if year == 2022 else 66)
    assert stages["primary"]["undecided"] == 0


def test_a_single_workbook_is_enough(example_district: Path) -> None:
    tables = read_input(example_district / "2024.xlsx").tables
    made = make_district(years=[2024])
    assert {name: table.num_rows for name, table in tables.items()} == {
        name: table.num_rows for name, table in made.items()
    }
    assert isinstance(tables["stage"], pa.Table)
    assert set(tables["stage"]["stage"].to_pylist()) == set(STAGES)

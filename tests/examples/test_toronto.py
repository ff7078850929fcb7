"""660 real schools by another mapping file: acres and square feet converted exactly, absent sites stay absent."""

import csv
import math
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from junheng.basics import normalise
from junheng.data import Checked, check_snapshot, read_input
from junheng.judgement import Assessment, assess
from junheng.standards import resolve

FOLDER = Path(__file__).parents[2] / "examples" / "toronto"
YEAR = 2020
SQUARE_FOOT = Fraction("0.3048") ** 2
ACRE = 43_560 * SQUARE_FOOT
STAGE_OF = {"E": "primary", "ES": "primary", "S": "senior"}

pytestmark = pytest.mark.real_input
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def source(shared_data: Path) -> Path:
    return shared_data / "toronto" / "tdsb_schools_2020.csv"


@pytest.fixture(scope="module")
def checked(source: Path) -> Checked:
    return check_snapshot(read_input(source, mapping=FOLDER / "mapping.yaml"))


@pytest.fixture(scope="module")
def assessment(checked: Checked) -> Assessment:
    return assess(checked, resolve(FOLDER / "standard", on=date(YEAR, 9, 1)), year=YEAR)


@pytest.fixture(scope="module")
def plain(source: Path) -> list[Row]:
    with source.open(encoding="utf-8-sig", newline="") as stream:
        return [{**row, "school": normalise(row["school"])} for row in csv.DictReader(stream)]


def _area(row: Row, column: str, factor: Fraction) -> float | None:
    return float(Fraction(row[column]) * factor) if row[column] else None


def test_areas_are_converted_exactly_and_rounded_once(checked: Checked, plain: list[Row]) -> None:
    found = {row["school_id"]: row for row in checked.snapshot.tables["premises"].to_pylist()}
    assert len(found) == 660
    for row in plain:
        assert found[row["school"]]["site_area_m2"] == _area(row, "site_acres", ACRE)
        assert found[row["school"]]["teaching_area_m2"] == _area(row, "facility_sqft", SQUARE_FOOT)


def test_fifty_one_sites_are_missing_and_five_are_reported_as_nothing(checked: Checked) -> None:
    """Absent is not zero: five buildings (no day schools) truly report 0 acres."""
    sites = checked.snapshot.tables["premises"]["site_area_m2"]
    assert sites.null_count == 51
    assert sites.to_pylist().count(0.0) == 5


def test_area_per_pupil_of_every_school(assessment: Assessment, plain: list[Row]) -> None:
    rows = {row["school_id"]: row for row in assessment.evaluation.values.to_pylist()}
    schools = [row for row in plain if row["panel"] in STAGE_OF]
    assert len(rows) == len(schools) == 583
    for row in schools:
        site, pupils = _area(row, "site_acres", ACRE), row["total_hc"]
        found = rows[row["school"]]["S1_value"]
        if site is None or not pupils:
            assert found is None
        else:
            assert found == pytest.approx(site / int(pupils), rel=1e-12)


def _by_hand(rows: list[Row], column: str, factor: Fraction) -> float | None:
    """Weighted CV of an area per pupil; None when a school lacks the area or the pupils."""
    if any(not row[column] or not row["total_hc"] for row in rows):
        return None
    pairs = [(int(row["total_hc"]), float(Fraction(row[column]) * factor)) for row in rows]
    total = sum(pupils for pupils, _ in pairs)
    mean = math.fsum(area for _, area in pairs) / total
    return math.sqrt(math.fsum(p * (area / p - mean) ** 2 for p, area in pairs) / total) / mean


def test_variation_of_every_ward_is_that_found_by_hand(assessment: Assessment, plain: list[Row]) -> None:
    known = 0
    for row in assessment.evaluation.variation.to_pylist():
        column, factor = {"S1": ("site_acres", ACRE), "S2": ("facility_sqft", SQUARE_FOOT)}[row["indicator"]]
        schools = [
            found
            for found in plain
            if f"W{int(found['ward']):02d}" == row["county_code"]
            and STAGE_OF.get(found["panel"]) == row["stage"]
        ]
        cv = _by_hand(schools, column, factor)
        if cv is None:
            assert row["cv"] is None
            assert row["missing"] + row["unknown_pupils"] > 0
        else:
            assert row["cv"] == pytest.approx(cv, rel=1e-9)
            known += 1
    assert 0 < known < 88


def test_a_building_dated_after_the_year_is_pointed_at(checked: Checked) -> None:
    (problem,) = [problem for problem in checked.problems if problem.severity == "logic"]
    assert problem.check == "school.built_after_year"
    assert problem.cell


def test_sites_without_day_pupils_are_reported_and_not_judged(checked: Checked) -> None:
    assert sum(problem.check == "school.without_stage" for problem in checked.problems) == 77

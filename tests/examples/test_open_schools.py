"""2,663 real primary schools by a mapping file: every CV recomputed here from the file with nothing but csv."""

import csv
import math
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from junheng.data import Checked, check_snapshot, read_input
from junheng.judgement import Assessment, Verdict, assess
from junheng.standards import resolve

FOLDER = Path(__file__).parents[2] / "examples" / "open_schools_114"
YEAR = 2025
AREAS = 22

pytestmark = pytest.mark.real_input
Row = dict[str, int | str]


@pytest.fixture(scope="module")
def source(shared_data: Path) -> Path:
    return shared_data / "open_schools_114" / "114_basec.csv"


@pytest.fixture(scope="module")
def checked(source: Path) -> Checked:
    return check_snapshot(read_input(source, mapping=FOLDER / "mapping.yaml"))


@pytest.fixture(scope="module")
def monitored(checked: Checked) -> Assessment:
    return assess(checked, resolve(FOLDER / "standard", on=date(YEAR, 9, 1)), year=YEAR)


@pytest.fixture(scope="module")
def plain(source: Path) -> list[Row]:
    """The file by hand: area name, pupils, classes, teachers; headings matched by what they end in."""
    with source.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {
                "area": row["縣市名稱"],
                "school": row["學校代碼"],
                "pupils": sum(int(cell) for name, cell in row.items() if name.endswith("學生數")),
                "classes": sum(int(cell) for name, cell in row.items() if name.endswith("班級數")),
                "teachers": int(row["男專任教師"]) + int(row["女專任教師"]),
            }
            for row in csv.DictReader(stream)
        ]


def _by_hand(rows: list[Row], count: str, scale: int) -> tuple[float, float]:
    """County value and weighted CV of ``count`` per pupil, by the words of the rule."""
    pairs = [(int(row["pupils"]), int(row[count])) for row in rows if row["pupils"]]
    total = sum(pupils for pupils, _ in pairs)
    mean = scale * sum(number for _, number in pairs) / total
    squares = math.fsum(pupils * (scale * number / pupils - mean) ** 2 for pupils, number in pairs)
    return mean, math.sqrt(squares / total) / mean


def test_every_area_has_the_mean_and_variation_found_by_hand(monitored: Assessment, plain: list[Row]) -> None:
    areas: dict[str, list[Row]] = {}
    for row in plain:
        areas.setdefault(str(row["area"]), []).append(row)
    area_of = {row["school"]: str(row["area"]) for row in plain}
    labels = {
        row["county_code"]: area_of[row["school_id"]] for row in monitored.evaluation.values.to_pylist()
    }
    assert len(areas) == len(set(labels.values())) == len(labels) == AREAS
    checked_figures = 0
    for row in monitored.evaluation.variation.to_pylist():
        count, scale = {"M1": ("teachers", 1), "M2": ("classes", 100)}[row["indicator"]]
        mean, cv = _by_hand(areas[labels[row["county_code"]]], count, scale)
        assert row["mean"] == pytest.approx(mean, rel=1e-12)
        assert row["cv"] == pytest.approx(cv, rel=1e-9)
        checked_figures += 1
    assert checked_figures == 2 * AREAS


def test_all_schools_are_read_with_their_sums(checked: Checked, plain: list[Row]) -> None:
    tables = checked.snapshot.tables
    assert tables["school"].num_rows == 2663
    for table, column, name in (("stage", "pupils", "pupils"), ("teacher_count", "full_time", "teachers")):
        found = {row["school_id"]: row[column] for row in tables[table].to_pylist()}
        assert found == {row["school"]: row[name] for row in plain}


def test_schools_without_pupils_are_reported_and_left_out(checked: Checked, monitored: Assessment) -> None:
    reported = [problem for problem in checked.problems if problem.check == "stage.zero_pupils"]
    assert len(reported) == 12
    assert {problem.severity for problem in reported} == {"experience"}
    assert all(problem.cell for problem in reported)
    variation = monitored.evaluation.variation.to_pylist()
    first = [row for row in variation if row["indicator"] == "M1"]
    assert sum(row["without_pupils"] for row in first) == 12
    assert sum(row["schools"] for row in first) == 2651


def test_tiny_schools_stay_in(monitored: Assessment) -> None:
    rows = monitored.evaluation.values.to_pylist()
    assert sum(row["pupils"] < 50 for row in rows) == 529
    assert all(row["counted"] for row in rows)


def test_no_rule_of_logic_is_broken(checked: Checked) -> None:
    assert [problem for problem in checked.problems if problem.severity == "logic"] == []


def test_what_the_file_lacks_cannot_be_told(checked: Checked, plain: list[Row]) -> None:
    """No area can be told but those with a school over the widest limit of size (G4a: 2,400): these fail."""
    found = assess(checked, resolve("quality-2017", on=date(YEAR, 9, 1)), year=YEAR)
    assert len(found.counties) == AREAS
    over = {str(row["area"]) for row in plain if int(row["pupils"]) > 2400}
    assert 0 < len(over) < AREAS
    failed = [county for county in found.counties if county.verdict is Verdict.NOT_MET]
    assert len(failed) == len(over)
    for county in found.counties:
        failing = {reason.code for reason in county.reasons if reason.code.startswith("item_failed")}
        assert failing == ({"item_failed:G4"} if county in failed else set())
        stage = county.as_json()["stages"]["primary"]
        assert stage["passed"] == 0
        assert stage["undecided"] == stage["schools"]
        assert all(indicator["met"] == 0 for indicator in stage["indicators"].values())
        assert all(indicator["cv"] is None for indicator in stage["indicators"].values())


def test_monitoring_tests_nothing_and_says_so(monitored: Assessment) -> None:
    verdicts = Counter(county.verdict for county in monitored.counties)
    assert verdicts == {Verdict.CANNOT_TELL: AREAS}
    reasons = monitored.counties[0].as_json()["county"]["reasons"]
    assert [reason["code"] for reason in reasons] == ["nothing_tested"]


def test_labels_are_plain(checked: Checked) -> None:
    codes = set(checked.snapshot.tables["school"]["county_code"].to_pylist())
    assert codes == {f"A{number:02d}" for number in range(1, AREAS + 1)}

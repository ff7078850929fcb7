"""Lines of the standard in force on 1 September of the target year; what no plan can be made to."""

from pathlib import Path

import pytest
from tests.planning.invest.small_input import YAML, A, write_small

from junheng.basics import UserError
from junheng.planning.gathered import Gathered
from junheng.planning.invest import read_problem, write_problem_templates
from junheng.planning.invest.library_files import PAGE, load_measures
from junheng.planning.invest.reading.lines import Lines, lines_of
from junheng.planning.invest.reading.measures import possible_measures
from junheng.planning.invest.reading.records import read_records
from junheng.standards import resolve, school_year_start

OVERLAY = """\
overlay:
  id: stricter-2028
  name: {zh: 试设提高, en: a stricter line}
  standard: quality-2017
documents:
  试设:
    title: 试设
patches:
  - path: indicators.R4.thresholds.primary
    versions:
      - in_force_from: 2028-01-01
        source: {document: 试设, article: 无, certainty: local, last_checked_on: 2026-01-31}
        value: 5
"""


def lines(year: int, *overlays: Path) -> Lines:
    return lines_of(resolve("quality-2017", on=school_year_start(year), overlays=overlays), has_cv=True)


def test_the_lines_of_the_clause() -> None:
    found = {row["id"]: row["lines"]["primary"] for row in lines(2028).indicators}
    assert {key: line["line"] for key, line in found.items()} == {
        "R1": "4.2",
        "R2": 1,
        "R3": "0.9",
        "R4": "4.5",
        "R5": "7.5",
        "R6": 2000,
        "R7": "2.3",
    }
    assert found["R7"]["floor"] == "1.955"


def test_the_rules_of_the_target_year_count(tmp_path: Path) -> None:
    overlay = tmp_path / "stricter.yaml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    for year, line in ((2027, "4.5"), (2028, 5)):
        (row,) = [row for row in lines(year, overlay).indicators if row["id"] == "R4"]
        assert row["lines"]["primary"]["line"] == line


def test_overlay_beside_the_problem(tmp_path: Path) -> None:
    (tmp_path / "stricter.yaml").write_text(OVERLAY.replace("2028-01-01", "2026-01-01"), encoding="utf-8")
    found = read_problem(write_small(tmp_path, YAML + "overlays: [stricter.yaml]\n"))
    assert found["standard"]["overlays"] == ["stricter-2028"]
    assert found["standard"]["asked_overlays"] == ["stricter.yaml"]  # as written, from the problem's folder
    assert found["indicators"][3]["lines"]["primary"] == {"line": 5, "floor": "4.25", "cv": "0.5"}


def test_without_a_school_rule() -> None:
    with pytest.raises(UserError, match="没有规定每所学校要达到什么"):
        lines_of(resolve("basic-2012", on=school_year_start(2028)), has_cv=True)


def test_cv_left_out(tmp_path: Path) -> None:
    assert read_problem(write_small(tmp_path, YAML + "cv: off\n"))["cv"] == "off"


def test_every_set_of_attributes_can_be_hired() -> None:
    found = [key for key in possible_measures(lines(2028)) if key.startswith("hire:junior")]
    kinds = ["R1", "R2", "R3", "R1+R2", "R1+R3", "R2+R3", "R1+R2+R3"]
    assert found == [f"hire:junior:{kind}" for kind in kinds]


def test_no_cost_is_shipped() -> None:
    assert "cost" not in repr(load_measures())
    assert all("cost_yuan" not in measure for measure in possible_measures(lines(2028)).values())


def test_templates_are_empty_and_read_back(tmp_path: Path) -> None:
    paths = write_problem_templates(tmp_path)
    assert [path.name for path in paths] == ["costs.xlsx", "limits.xlsx", "forecast.xlsx", "problem.yaml"]
    faults = Gathered(PAGE)
    records = read_records(paths[0], "costs", faults)
    assert [record["measure"] for record in records] == list(possible_measures(lines(2028)))
    assert not any(record[name] for record in records for name in ("cost", "yearly", "low", "high"))
    assert len(faults.found) == len(records)  # the source of each is still blank; nothing else is amiss
    for path, table in ((paths[1], "ceilings"), (paths[1], "limits"), (paths[2], "forecast")):
        faults = Gathered(PAGE)
        assert read_records(path, table, faults) == []
        assert not faults.found


def test_unknown_names_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="标准没有指标 R9"):
        read_problem(write_small(tmp_path / "a", YAML + "leave_out: [R9]\n"))
    with pytest.raises(UserError, match="数据中没有学校 2199999999"):
        read_problem(write_small(tmp_path / "b", YAML + "weak: [2199999999]\n"))
    with pytest.raises(UserError, match="没有这个县：150102"):
        read_problem(write_small(tmp_path / "c", YAML + "county: 150102\n"))
    with pytest.raises(UserError, match="没有可作基年的年份"):
        read_problem(write_small(tmp_path / "d", YAML + "base_year: 2023\n"))
    bad = "transfers:\n  - {stage: primary, gives: [R4], cost: 1, unit: 元, at_most: 5%}\n"
    with pytest.raises(UserError, match="调动写法不对：R4"):
        read_problem(write_small(tmp_path / "e", YAML + bad))
    bad = "transfers:\n  - {stage: primary, gives: [R1], cost: 1, at_most: 5%}\n"
    with pytest.raises(UserError, match="没有写明每调动一人的费用"):
        read_problem(write_small(tmp_path / "f", YAML + bad))


def test_weak_by_the_input(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    school = tmp_path / "input" / "school.csv"
    rows = school.read_text(encoding="utf-8").splitlines()
    marked = [
        row + ("is_weak" if n == 0 else "是" if A in row[:16] else "")
        for n, row in enumerate(r + "," for r in rows)
    ]
    school.write_text("\n".join(marked) + "\n", encoding="utf-8")
    assert [row["id"] for row in read_problem(path)["schools"] if row["weak"]] == [A]

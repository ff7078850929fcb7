"""The shipped statistics export and the real tables, read by their mappings."""

from pathlib import Path

import pyarrow.compute as pc
import pytest

from junheng.data import read_input

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def test_the_statistics_export() -> None:
    snapshot = read_input(EXAMPLES / "statistics_export")
    school, stage = snapshot.tables["school"], snapshot.tables["stage"]
    assert school.column("kind").to_pylist() == [
        *("primary", "nine_year", "primary", "primary", "teaching_point", "junior")
    ]
    assert school.column("is_counted").to_pylist() == [True, True, True, False, False, True]
    assert school.column("parent_school_id").to_pylist()[3] == "2115000003"
    assert set(school.column("county_code").to_pylist()) == {"150199"}
    assert stage.column("pupils").to_pylist() == [1240, 860, 433, 61, 12, 720, 512]
    assert snapshot.years() == (2024,)
    teachers = snapshot.tables["teacher_count"].to_pylist()[1]
    assert [teachers[name] for name in ("full_time", "bachelor", "pe", "music", "arts", "backbone")] == [
        *(44, 35, 4, 2, 1, 9)
    ]
    premises = snapshot.tables["premises"]
    assert premises.num_rows == 6  # the nine-year school stands on both sheets and counts once
    assert premises.column("equipment_value_yuan").to_pylist()[1] == 5_023_600.0
    assert premises.column("equipment_value_yuan").to_pylist()[3] == 88_000.0
    assert premises.column("indoor_sports_area_m2").to_pylist()[2:5] == [None, None, None]


@pytest.mark.real_input
def test_open_schools(shared_data: Path) -> None:
    snapshot = read_input(
        shared_data / "open_schools_114" / "114_basec.csv",
        mapping=EXAMPLES / "open_schools_114" / "mapping.yaml",
    )
    stage = snapshot.tables["stage"]
    assert stage.num_rows == 2663
    assert pc.sum(pc.equal(stage.column("pupils"), 0)).as_py() == 12
    assert not [problem for problem in snapshot.problems if problem.severity == "logic"]
    first = stage.filter(pc.equal(stage.column("school_id"), "011301")).to_pylist()[0]
    assert (first["pupils"], first["classes"]) == (498, 16)  # added up by hand from the file


@pytest.mark.real_input
def test_toronto(shared_data: Path) -> None:
    snapshot = read_input(
        shared_data / "toronto" / "tdsb_schools_2020.csv", mapping=EXAMPLES / "toronto" / "mapping.yaml"
    )
    premises = snapshot.tables["premises"]
    assert premises.column("site_area_m2").null_count == 51
    first = premises.to_pylist()[0]
    assert first["site_area_m2"] == 24807.229869312  # 6.13 acres
    assert first["teaching_area_m2"] == 5266.02301632  # 56,683 ft²

from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from junheng.data import load_dictionary
from junheng.data.synthetic import make_county, make_nation


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation")
    make_nation(600, range(2022, 2025), folder, 3, counties=12, teachers=20_000)
    return folder


def test_a_county_has_the_size_asked_for_and_sums_that_agree() -> None:
    county = make_county(300, 1)
    assert county["school"].num_rows == 300
    assert county["stage"].num_rows == county["teacher_count"].num_rows > 300
    teachers = county["teacher_count"]
    education = ("doctor", "master", "bachelor", "associate", "secondary_or_below")
    total = np.sum([teachers[name].to_numpy() for name in education], axis=0)
    assert np.array_equal(total, teachers["full_time"].to_numpy())


def test_a_seed_gives_the_same_county_again() -> None:
    assert make_county(50, 4) == make_county(50, 4)
    assert make_county(50, 4)["stage"] != make_county(50, 5)["stage"]


def test_nation_tables_have_the_dictionary_types(nation: Path) -> None:
    county = make_county(50, 4)
    for name, table in county.items():
        assert pq.read_schema(nation / f"{name}.parquet").names == table.column_names
        assert set(table.column_names) <= {"year", *load_dictionary().tables[name].columns}


def test_every_year_has_every_school_and_every_county_some(nation: Path) -> None:
    schools = pq.read_table(nation / "school.parquet")
    assert schools.num_rows == 3 * 600
    counts = schools.group_by(["year", "county_code"]).aggregate([("school_id", "count_distinct")])
    assert counts["school_id_count_distinct"].to_pylist() == [50] * 36


def test_the_register_stands_in_for_the_counts_of_the_last_year(nation: Path) -> None:
    register = pq.read_table(nation / "teacher.parquet")
    assert register.num_rows == 20_000
    assert pc.unique(register["year"]).to_pylist() == [2024]
    assert len(pc.unique(register["teacher_id"])) == 20_000
    counts = pq.read_table(nation / "teacher_count.parquet")
    assert pc.unique(counts["year"]).to_pylist() == [2022, 2023]


def test_a_few_cells_are_absent_and_never_zero_in_their_place(nation: Path) -> None:
    premises = pq.read_table(nation / "premises.parquet")
    assert 0 < premises["sports_ground_area_m2"].null_count < 0.02 * premises.num_rows
    assert pc.min(premises["sports_ground_area_m2"]).as_py() > 0

"""The made-up district: exact counts for every seed, tables that agree with each other."""

from collections import Counter
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import load_dictionary
from junheng.data.synthetic import make_district
from junheng.data.synthetic.design import load_design

PRIMARY = (46, 15, 17, 46, 35, 22, 43)
JUNIOR = (26, 14, 4, 24, 16, 14, 15)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def district() -> dict[str, pa.Table]:
    return make_district()


def _exact(value: float | int | None) -> Fraction:
    return Fraction(repr(value or 0))


def _rows(tables: dict[str, pa.Table], name: str, year: int = 2024) -> Rows:
    return [row for row in tables[name].to_pylist() if row["year"] == year]


def _merged(tables: dict[str, pa.Table]) -> tuple[dict[str, Any], dict[tuple[str, str], Any], dict[str, Any]]:
    """Schools, and sums of stage + teachers and of premises after campuses joined their parent."""
    schools = {row["school_id"]: row for row in _rows(tables, "school")}
    home = {key: key if row["is_counted"] else row["parent_school_id"] for key, row in schools.items()}
    stages: dict[tuple[str, str], Counter[str]] = {}
    for name in ("stage", "teacher_count"):
        for row in _rows(tables, name):
            found = stages.setdefault((home[row["school_id"]], row["stage"]), Counter())
            found.update(
                {key: value for key, value in row.items() if isinstance(value, int) and key != "year"}
            )
    premises: dict[str, dict[str, Fraction]] = {}
    for row in _rows(tables, "premises"):
        found_premises = premises.setdefault(home[row["school_id"]], {})
        for key, value in row.items():
            if isinstance(value, (int, float)):
                found_premises[key] = found_premises.get(key, Fraction(0)) + _exact(value)
    return schools, stages, premises


def _counted(school: dict[str, Any], pupils: int) -> bool:
    if school["kind"] == "teaching_point":
        return pupils >= 50
    return bool(school["is_counted"]) and school["kind"] != "special"


def _school_values(
    school: dict[str, Any], stage: str, counts: Any, premises: dict[str, Fraction], weighted: Fraction
) -> list[Fraction]:
    """R1..R7 by the words of the rule, in exact arithmetic; ``weighted`` shares out the premises."""
    pupils = Fraction(counts["pupils"])
    above = counts["doctor"] + counts["master"] + counts["bachelor"]
    above += counts["associate"] if stage == "primary" else 0
    small_rural = school["urban_rural_code"] in ("210", "220") and 50 <= pupils < 100
    taught = counts["pe"] + counts["music"] + counts["art"] + counts["arts"]
    taught += counts["extra_pe_arts"] if small_rural else 0
    sports = premises["sports_ground_area_m2"] + premises["indoor_sports_area_m2"]
    if school["is_dense_core"]:
        sports += premises["converted_sports_m2"] + premises["leased_sports_m2"]
    rooms = premises["teaching_area_m2"] - premises["indoor_sports_area_m2"]
    return [
        *(100 * count / pupils for count in (Fraction(above), counts["backbone"], Fraction(taught))),
        *(total / weighted for total in (rooms, sports, premises["equipment_value_yuan"])),
        100 * premises["multimedia_rooms"] / weighted,
    ]


def _facts(tables: dict[str, pa.Table], wanted: str) -> dict[str, list[Fraction]]:
    """School → R1..R7 of every counted row of one stage, recomputed here without the product."""
    schools, stages, premises = _merged(tables)
    split = load_design().split
    found = {}
    for (school_id, stage), counts in stages.items():
        school = schools[school_id]
        if stage != wanted or not _counted(school, counts["pupils"]):
            continue
        weights = split.get(school["kind"], {})
        parts = {other: row["pupils"] for (owner, other), row in stages.items() if owner == school_id}
        total = sum((weights.get(other, Fraction(1)) * count for other, count in parts.items()), Fraction(0))
        weighted = total / weights.get(stage, Fraction(1))
        found[school_id] = _school_values(school, stage, counts, premises[school_id], weighted)
    return found


def _result(tables: dict[str, pa.Table], stage: str) -> tuple[int, tuple[int, ...], int]:
    design = load_design()
    lines = [design.lines[stage][f"R{place}"] for place in range(1, 8)]
    facts = list(_facts(tables, stage).values())
    met = [[value >= line for value, line in zip(row, lines, strict=True)] for row in facts]
    floors = [
        all(value >= line * design.floor_ratio for value, line in zip(row, lines, strict=True))
        for row in facts
    ]
    passing = sum(sum(row) >= 6 and floor for row, floor in zip(met, floors, strict=True))
    return len(facts), tuple(sum(column) for column in zip(*met, strict=True)), passing


@settings(max_examples=examples(8), deadline=None)
@given(seed=st.integers(0, 10**9))
def test_counts_of_the_last_year_hold_for_every_seed(seed: int) -> None:
    tables = make_district(seed, years=[2024])
    assert _result(tables, "primary") == (66, PRIMARY, 5)
    assert _result(tables, "junior") == (30, JUNIOR, 0)


def test_five_passing_primaries_include_the_primary_part_of_a_nine_year_school(
    district: dict[str, pa.Table],
) -> None:
    design = load_design()
    lines = design.lines["primary"]
    schools = {row["school_id"]: row["kind"] for row in _rows(district, "school")}
    passing = [
        schools[school_id]
        for school_id, values in _facts(district, "primary").items()
        if sum(value >= line for value, line in zip(values, lines.values(), strict=True)) >= 6
        and all(
            value >= design.floor_ratio * line for value, line in zip(values, lines.values(), strict=True)
        )
    ]
    assert sorted(passing) == ["nine_year", "primary", "primary", "primary", "primary"]


def test_junior_part_has_eleven_tenths_of_the_primary_part(district: dict[str, pa.Table]) -> None:
    primary, junior = _facts(district, "primary"), _facts(district, "junior")
    both = primary.keys() & junior.keys()
    assert len(both) == 9
    for school_id in both:
        assert junior[school_id][3:] == [Fraction(11, 10) * value for value in primary[school_id][3:]]


def test_means_and_variation_are_near_the_published_ones(district: dict[str, pa.Table]) -> None:
    """published figures of one district: means within 6 %, CVs within 0.015; the second CV lies just above one half."""
    _, stages, _ = _merged(district)
    facts = _facts(district, "primary")
    means = (5.515273, 0.887611, 0.879277, 4.563288, 7.925946, 2496.674864, 2.784743)
    variations = (0.297929, 0.501787, 0.401952, 0.288419, 0.37545, 0.312782, 0.394205)
    pupils = {school_id: stages[school_id, "primary"]["pupils"] for school_id in facts}
    total = sum(pupils.values())
    for place, (mean_wanted, cv_wanted) in enumerate(zip(means, variations, strict=True)):
        mean = float(sum(pupils[key] * row[place] for key, row in facts.items()) / total)
        spread = sum(pupils[key] * (float(row[place]) - mean) ** 2 for key, row in facts.items()) / total
        assert mean == pytest.approx(mean_wanted, rel=0.06)
        assert spread**0.5 / mean == pytest.approx(cv_wanted, abs=0.015)
        if place == 1:
            assert spread**0.5 / mean > 0.5


@pytest.mark.parametrize("year", [2022, 2023, 2024])
def test_tables_agree_with_each_other(district: dict[str, pa.Table], year: int) -> None:
    classes: dict[tuple[str, str], list[int]] = {}
    for row in _rows(district, "class", year):
        classes.setdefault((row["school_id"], row["stage"]), []).append(row["pupils"])
    for row in _rows(district, "stage", year):
        sizes = classes[row["school_id"], row["stage"]]
        assert (sum(sizes), len(sizes), max(sizes)) == (row["pupils"], row["classes"], row["max_class_size"])
        assert row["inclusive_pupils"] + row["home_taught_pupils"] <= row["disabled_pupils"] <= row["pupils"]
    for row in _rows(district, "teacher_count", year):
        education = ("doctor", "master", "bachelor", "associate", "secondary_or_below")
        assert sum(row[name] for name in education) == row["full_time"]
        assert row["pe"] + row["music"] + row["art"] + row["arts"] <= row["full_time"]
        assert row["rotated_backbone"] <= min(row["rotated"], row["backbone"])
        assert row["rotated"] <= row["eligible_to_rotate"] <= row["full_time"]
    for row in _rows(district, "premises", year):
        assert row["indoor_sports_area_m2"] < row["teaching_area_m2"]
        assert row["sports_ground_area_m2"] > 0
    for row in _rows(district, "cohort", year):
        stayed = row["entrants_3y_ago"] + row["transferred_in"] - row["transferred_out"] - row["deaths"]
        assert 0 <= stayed - row["graduates"] <= 0.04 * row["graduates"]


def test_keys_are_unique_and_rows_have_their_school(district: dict[str, pa.Table]) -> None:
    schools = {(row["year"], row["school_id"]) for row in district["school"].to_pylist()}
    for name, table in district.items():
        key = ("year", *load_dictionary().tables[name].key)
        rows = [tuple(row[column] for column in key) for row in table.to_pylist()]
        assert len(rows) == len(set(rows)), name
        if "school_id" in table.column_names:
            assert {row[:2] for row in rows} <= schools, name


def test_values_stay_within_what_the_dictionary_believes(district: dict[str, pa.Table]) -> None:
    for name, table in district.items():
        specs = load_dictionary().tables[name].columns
        assert table.column_names == list(specs), name
        for column, spec in specs.items():
            values = {value for value in table[column].to_pylist() if value is not None}
            if spec.type == "enum":
                assert values <= set(spec.values), (name, column)
            if spec.minimum is not None and values:
                assert spec.minimum <= min(values), (name, column)
            if spec.maximum is not None and values:
                assert max(values) <= spec.maximum, (name, column)


def test_cases_that_must_be_left_out_or_relaxed_are_there(district: dict[str, pa.Table]) -> None:
    schools = {row["school_id"]: row for row in _rows(district, "school")}
    kinds = Counter(row["kind"] for row in schools.values())
    assert {"special", "twelve_year", "complete_secondary", "senior"} <= kinds.keys()
    assert sum(row["ownership"] == "private" for row in schools.values()) == 1
    assert sum(not row["is_counted"] for row in schools.values()) == 2
    small = {row["school_id"] for row in _rows(district, "stage") if row["pupils"] < 50}
    assert sum(schools[key]["kind"] == "teaching_point" for key in small) == 4
    visiting = [row["school_id"] for row in _rows(district, "teacher_count") if row["extra_pe_arts"]]
    assert [schools[key]["urban_rural_code"][0] for key in visiting] == ["2"]
    leases = [row for row in _rows(district, "premises") if row["lease_id"]]
    assert [schools[row["school_id"]]["is_dense_core"] for row in leases] == [True]


def test_the_district_grows_over_the_years(district: dict[str, pa.Table]) -> None:
    totals = [sum(row["pupils"] for row in _rows(district, "stage", year)) for year in (2022, 2023, 2024)]
    schools = [len(_rows(district, "school", year)) for year in (2022, 2023, 2024)]
    assert totals[0] < totals[1] < totals[2]
    assert schools == [94, 95, 95]


def test_names_and_codes_are_of_no_real_place(district: dict[str, pa.Table]) -> None:
    for row in district["school"].to_pylist():
        assert row["name"].startswith("XX区")
        assert row["county_code"] == "999901"
        assert row["school_id"][2:4] == "99"
        assert row["school_id"][:2] in {"21", "31", "34", "51"}


def test_a_seed_gives_the_same_tables_again_and_another_seed_others() -> None:
    first = make_district(7, years=[2024])
    assert make_district(7, years=[2024]) == first
    assert make_district(8, years=[2024])["premises"] != first["premises"]

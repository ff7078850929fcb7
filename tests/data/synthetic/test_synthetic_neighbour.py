"""The made-up county beside XX区: no name or code in common, the same years, the same on every machine."""

import pyarrow as pa
import pytest

from junheng.data import NEIGHBOUR_CODE, make_district, make_neighbour

_LAST = 2031


@pytest.fixture(scope="module")
def neighbour() -> dict[str, pa.Table]:
    return make_neighbour(last=_LAST)


def test_the_three_years_end_where_they_are_asked_to(neighbour: dict[str, pa.Table]) -> None:
    for table in neighbour.values():
        assert set(table["year"].to_pylist()) == {_LAST - 2, _LAST - 1, _LAST}


def test_no_name_or_code_of_the_other_county(neighbour: dict[str, pa.Table]) -> None:
    words = {
        word
        for table in neighbour.values()
        for place, field in enumerate(table.schema)
        if pa.types.is_string(field.type)
        for word in table.column(place).to_pylist()
        if word
    }
    assert not [word for word in words if "XX区" in word or word.startswith("999901")]
    assert set(neighbour["school"]["county_code"].to_pylist()) == {NEIGHBOUR_CODE}
    theirs = set(make_district(years=[2024])["school"]["school_id"].to_pylist())
    own = set(neighbour["school"]["school_id"].to_pylist())
    assert not theirs & own
    assert len(own) < len(theirs) / 2


def test_every_row_of_a_school_names_a_school_of_the_county(neighbour: dict[str, pa.Table]) -> None:
    own = set(neighbour["school"]["school_id"].to_pylist())
    named = ("school_id", "parent_school_id", "senior_school_id", "junior_school_id")
    for table in neighbour.values():
        for name in set(named) & set(table.column_names):
            assert set(table[name].drop_null().to_pylist()) <= own, name


def test_the_same_arguments_give_the_same_county(neighbour: dict[str, pa.Table]) -> None:
    assert make_neighbour(last=_LAST) == neighbour
    assert make_neighbour(1, last=_LAST)["stage"] != neighbour["stage"]


def test_the_district_told_of_later_years_keeps_its_counts() -> None:
    now, later = make_district(years=[2024]), make_district(years=[_LAST], last=_LAST)
    for table, kept in (
        ("stage", ["school_id", "stage", "pupils"]),
        ("premises", ["school_id", "teaching_area_m2"]),
    ):
        assert later[table].select(kept) == now[table].select(kept), table
    assert set(later["monitoring"]["subject"].to_pylist()) == set(now["monitoring"]["subject"].to_pylist())

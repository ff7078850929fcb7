"""Earlier years of the made-up district: cohorts move up, what is known stays, births answer to entrants."""

import pytest

from junheng.data import make_district, past_births, past_pupils

_LAST, _YEARS = 2030, 8
Pupils = dict[tuple[int, str, str, int], int]


@pytest.fixture(scope="module")
def district() -> tuple[Pupils, dict[str, str], list[dict[str, object]]]:
    tables = make_district(last=_LAST)
    towns = {row["school_id"]: row["town_code"] for row in tables["school"].to_pylist()}
    return past_pupils(tables["class"], _YEARS), towns, tables["class"].to_pylist()


def test_the_known_years_are_kept_and_the_others_come_before_them(district) -> None:  # type: ignore[no-untyped-def] # a fixture
    pupils, _, classes = district
    assert {key[0] for key in pupils} == set(range(_LAST - _YEARS + 1, _LAST + 1))
    for year in {int(str(row["year"])) for row in classes}:
        told = sum(int(str(row["pupils"])) for row in classes if row["year"] == year)
        assert sum(number for key, number in pupils.items() if key[0] == year) == told


def test_a_cohort_loses_few_as_it_moves_up(district) -> None:  # type: ignore[no-untyped-def] # a fixture
    pupils, _, _ = district
    first = _LAST - _YEARS + 1
    for (year, school, stage, grade), number in pupils.items():
        above = pupils.get((year + 1, school, stage, grade + 1))
        if year == first and above is not None and grade not in (6, 9) and number > 30:
            assert 0.9 * number <= above <= 1.05 * number


def test_births_answer_to_the_entrants_six_years_later_and_then_fall(district) -> None:  # type: ignore[no-untyped-def] # a fixture
    pupils, towns, _ = district
    births = past_births(pupils, towns)
    town = max(births, key=lambda key: births[key])[1]
    entered = sum(
        number for (year, school, _, grade), number in pupils.items()
        if (year, grade, towns[school]) == (_LAST, 1, town)
    )  # fmt: skip
    assert 0.9 * births[_LAST - 6, town] <= entered <= births[_LAST - 6, town]
    later = [births[year, town] for year in range(_LAST - 6, _LAST + 1)]
    assert later == sorted(later, reverse=True)

"""The made-up city and district: document 0's totals, the same children everywhere."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.admissions import make_city, make_junior_draw, market_from, parse_problem
from junheng.admissions.synthetic import make_people
from junheng.admissions.synthetic.city import CLASSES, NEW_PUPILS, SCHOOLS, _class_counts
from junheng.admissions.synthetic.numbers import Numbers, share_out
from junheng.basics import UserError, is_identity_number
from junheng.draws import Entrant


def rows_of(entrants: list[Entrant]) -> list[dict[str, Any]]:
    """Rows with made-up pids, as a roll would have them."""
    return [
        {**entrant.row, "pid": f"{i:06d}", "unit": f"f{entrant.family}" if entrant.family else f"{i:06d}"}
        for i, entrant in enumerate(entrants)
    ]


def test_the_city_has_the_totals_of_document_0() -> None:
    counts = _class_counts(Numbers("made-up city/classes"), SCHOOLS, CLASSES)
    assert (NEW_PUPILS, CLASSES, SCHOOLS) == (49_425, 1_053, 96)
    assert sum(counts) == CLASSES
    assert len(counts) == SCHOOLS
    assert min(counts) >= 3
    assert max(counts) <= 18


def test_a_small_city_is_whole() -> None:
    city = make_city(0.02)
    assert len(city.intake) == 988
    assert sum(group["classes"] for group in city.groups) == 21
    assert len(city.applicants) == 500
    homes = Counter(entrant.row["school"] for entrant in city.intake)
    assert set(homes) == {group["school"] for group in city.groups}
    for group in city.groups:
        assert len(group["teams"]) == group["classes"]
        assert abs(homes[group["school"]] / group["classes"] - 988 / 21) < 1
    marks = [mark for entrant in city.intake for mark in entrant.row["marks"].values()]
    assert 0 <= min(marks) <= max(marks) <= 200


@pytest.mark.parametrize("kind", ["intake", "applicants"])
def test_twins_share_school_and_everything_the_draw_binds(kind: str) -> None:
    families: dict[str, list[Entrant]] = {}
    for entrant in getattr(make_city(0.05), kind):
        if entrant.family:
            families.setdefault(entrant.family, []).append(entrant)
    assert families
    shared = ("school", "grade") if kind == "intake" else ("choices", "classes")
    for members in families.values():
        assert len(members) == 2
        assert all(members[0].row[name] == members[1].row[name] for name in shared)
        assert members[0].identity["id_number"][6:14] == members[1].identity["id_number"][6:14]


def test_the_junior_draw_is_a_market() -> None:
    problem, entrants = make_junior_draw(400, 8)
    assert parse_problem(problem).as_json() == problem
    market = market_from(problem, rows_of(entrants))
    assert len(market.pids) == 400
    assert sum(school["plan"] for school in problem["schools"]) == 392
    assert all(3 <= len(entrant.row["choices"]) <= 5 for entrant in entrants)


def test_the_same_arguments_give_the_same_city() -> None:
    assert make_city(0.004) == make_city(0.004)
    assert make_city(0.004) != make_city(0.004, seed="other")
    first = make_city(0.004).applicants[0]
    assert (first.identity["id_number"], first.row["choices"]) == (
        "99990120150801001X",
        ["J001", "J004", "J002", "J003"],
    )


def test_people_are_well_formed_and_nobody_twice() -> None:
    people = make_people(Numbers("t"), 500, date(2015, 3, 1), date(2015, 3, 9), twins=20)
    numbers = [person.id_number for person in people]
    assert len(set(numbers)) == 500
    assert all(map(is_identity_number, numbers))
    assert all(number.startswith("9999") for number in numbers), "a region assigned to no place"
    assert all(int(p.id_number[16]) % 2 == p.sex % 2 for p in people)
    for first, second in zip(people[:40:2], people[1:40:2], strict=True):
        assert (first.birth, first.guardian, first.family) == (second.birth, second.guardian, second.family)
        assert first.name != second.name


def test_more_people_than_identity_numbers_are_refused() -> None:
    with pytest.raises(UserError):
        make_people(Numbers("t"), 500, date(2015, 3, 1), date(2015, 3, 1))


@given(st.integers(0, 500), st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_shares_add_up_and_stay_near_their_weight(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * w / sum(weights)) < 1 for part, w in zip(parts, weights, strict=True))


def test_numbers_are_even_and_named() -> None:
    numbers = Numbers("x")
    counts = Counter(numbers.below("d", 6_000, 6).tolist())
    assert set(counts) == set(range(6))
    assert max(counts.values()) < 1_150
    assert numbers.below("d", 5, 10).tolist() == numbers.below("d", 9, 10).tolist()[:5]
    bell = numbers.bell("b", 20_000, 30)
    assert abs(float(bell.mean())) < 1.5
    assert 25 < float(bell.std()) < 35

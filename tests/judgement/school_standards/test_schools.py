"""Misses that are allowed, groups, rates by kind and place, totals, order; facts of campuses, rooms and stages."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.judgement.school_standards.made import county, judged, row, school, snapshot, standard

from junheng.judgement import Verdict
from junheng.judgement.school_standards import SchoolRate, SchoolStandardReport

MET, NOT_MET, OPEN = Verdict.MET, Verdict.NOT_MET, Verdict.CANNOT_TELL


def rows(count: int) -> list[str]:
    """Rows that ask for 1, 2, 3 … books."""
    return [row(f"[{{at_least: {at}}}]", name=f"r{at}", bottom="1") for at in range(1, count + 1)]


@pytest.mark.parametrize(("books", "verdict"), [(11, MET), (10, MET), (9, MET), (8, NOT_MET), (None, OPEN)])
def test_each_side_of_two_misses_of_eleven(tmp_path: Path, books: int | None, verdict: Verdict) -> None:
    found = judged(standard(tmp_path, *rows(11), misses=2), snapshot(school(premises={"books": books})))
    assert found.schools[0].verdict is verdict
    assert found.schools[0].misses == (0 if books is None else 11 - books)


@pytest.mark.parametrize(
    ("known", "unknown", "misses", "verdict"),
    [
        ([0, 0, 5], 1, 2, OPEN),  # two missed, one open: it decides
        ([0, 5, 5], 1, 2, MET),  # one missed, one open: met whatever it turns out
        ([0, 0, 0], 1, 2, NOT_MET),
        ([5, 5, 5], 1, 0, OPEN),
        ([5, 5, 0], 1, 0, NOT_MET),
    ],
)
def test_unknown_rows_leave_a_school_open_only_where_they_decide(
    tmp_path: Path, known: list[int], unknown: int, misses: int, verdict: Verdict
) -> None:
    texts = [
        row("[{at_least: 1}]", name=f"k{n}", top=str(value), bottom="1") for n, value in enumerate(known)
    ]
    texts += [row("[{at_least: 1}]", name=f"u{n}", top="bath_m2", bottom="1") for n in range(unknown)]
    found = judged(standard(tmp_path, *texts, misses=misses), snapshot(school()))
    assert found.schools[0].verdict is verdict
    assert found.schools[0].unknown == unknown


def test_a_group_has_its_own_misses(tmp_path: Path) -> None:
    text = [
        row("[{at_least: 1}]", name=f"{g}{n}", top=str(n), bottom="1", group=g) for g in "gh" for n in (0, 1)
    ]
    found = judged(standard(tmp_path, *text, misses=2), snapshot(school())).schools[0]
    assert found.groups == {"g": NOT_MET, "h": MET}
    assert (found.verdict, found.misses) == (MET, 2)


def test_a_school_that_no_row_concerns_is_in_no_rate(tmp_path: Path) -> None:
    text = row("[{schools: kind = 'junior', at_least: 1}]")
    found = judged(standard(tmp_path, text), snapshot(school()))
    assert found.schools[0].verdict is None
    assert (found.rate().whole, found.rate().span) == (0, None)


def county_of_five(folder: Path) -> SchoolStandardReport:
    held = snapshot(
        school("S1", premises={"books": 9}),
        school("S2", premises={"books": 5}, urban_rural_code="121"),
        school("S3", premises={"books": None}, urban_rural_code="220"),
        school("S4", premises={"books": 10}, urban_rural_code="220", kind="teaching_point", is_weak=True),
        school("S5", premises={"books": 7}, urban_rural_code=None, is_weak=True),
    )
    return judged(standard(folder, row("[{at_least: 9}]", bottom="1", whole=True)), held)


def test_rates_by_kind_and_place_with_the_unknown_as_an_interval(tmp_path: Path) -> None:
    found = county_of_five(tmp_path)
    assert found.rate() == SchoolRate("all", "all", "", 2, 1, 5)
    assert found.rate().span == (Fraction(2, 5), Fraction(3, 5))
    told = {(one.by, one.key): (one.met, one.unknown, one.whole) for one in found.rates if one.of == "g"}
    assert told == {
        ("all", ""): (2, 1, 5), ("kind", "primary"): (1, 1, 4), ("kind", "teaching_point"): (1, 0, 1),
        ("area", "urban"): (1, 0, 1), ("area", "town"): (0, 0, 1), ("area", "rural"): (1, 1, 2),
        ("area", "unknown"): (0, 0, 1),
    }  # fmt: skip


def test_the_totals_add_up_what_is_known_and_the_weak_come_first(tmp_path: Path) -> None:
    found = county_of_five(tmp_path)
    (total,) = found.totals
    assert (total.concerned, total.schools, total.unknown, total.lacks) == (5, 2, 1, 4 + 2)
    assert [one.school.school_id for one in found.schools] == ["S5", "S4", "S2", "S3", "S1"]


def campus_of(parent: str, **more: Any) -> dict[str, Any]:
    return school("S2", parent_school_id=parent, is_counted=False, **more)


def test_a_campus_is_counted_with_its_school(tmp_path: Path) -> None:
    text = row("[{at_least: 10}]")
    both = judged(
        standard(tmp_path, text),
        snapshot(school(premises={"books": 1500}), campus_of("S1", premises={"books": 500})),
    )
    (found,) = both.schools
    assert (found.rows[0].numerator, found.rows[0].denominator) == (2000, 200)
    assert found.school.facts["books"].cells == ("表.xlsx [premises] F2", "表.xlsx [premises] F3")
    alone = judged(standard(tmp_path, text), snapshot(school(premises={"books": 1500}), campus_of("S1")))
    assert alone.schools[0].verdict is OPEN  # the campus's books are not known: the school's neither


def test_who_fills_in_the_book_are_all_schools_and_campuses() -> None:
    assert county(snapshot(school(), campus_of("S1"))).listed() == [("S1", "S1校"), ("S2", "S2校")]


def test_senior_pupils_are_pupils_of_the_school_and_a_senior_school_is_not_judged(tmp_path: Path) -> None:
    stages = tuple({"stage": stage, "pupils": 50, "classes": 1} for stage in ("junior", "senior"))
    senior = ({"stage": "senior", "pupils": 9, "classes": 1},)
    held = snapshot(
        school(stages=stages, kind="complete_secondary", premises={"books": 1}),
        school("S9", stages=senior, kind="senior", premises={"books": 1}),
    )
    found = judged(
        standard(tmp_path, row("[{at_least: 1}]"), row("[{at_least: 1}]", name="b", bottom="senior_pupils")),
        held,
    )
    assert [(one.row, one.denominator) for one in found.schools[0].rows] == [("a", 100), ("b", 50)]
    assert len(found.schools) == 1


def test_rooms_are_counted_by_kind_and_unknown_where_the_county_lists_none(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_least: 1}]", top="rooms_music", bottom="1"))
    music = {"school_id": "S1", "room_id": "M1", "kind": "music", "area_m2": 96}
    listed = judged(rules, snapshot(school(), school("S2"), rooms=(music,)))
    assert {one.school.school_id: one.rows[0].numerator for one in listed.schools} == {"S1": 1, "S2": 0}
    assert judged(rules, snapshot(school())).schools[0].verdict is OPEN

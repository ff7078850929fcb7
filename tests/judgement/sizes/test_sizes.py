"""Class sizes: bands, large classes, targets, rooms needed; what is unknown stays unknown."""

from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import Snapshot
from junheng.judgement.sizes import SizeReport, assess_sizes, size_rules_on
from junheng.judgement.sizes.count import ClassRow
from junheng.judgement.sizes.dissolve import needs
from junheng.judgement.verdict import Verdict
from junheng.standards import resolve

RULES = size_rules_on(date(2024, 9, 1))


def row(grade: int | None, pupils: int | None, number: int = 1) -> ClassRow:
    return ClassRow("S1", "甲校", "primary", grade, str(number), pupils, "urban", 0, number + 1)


@pytest.mark.parametrize(
    ("pupils", "name"),
    [
        (0, "≤25"),
        (25, "≤25"),
        (26, "26–30"),
        (45, "41–45"),
        (46, "46–50"),
        (65, "61–65"),
        (66, "≥66"),
        (99, "≥66"),
    ],
)
def test_each_side_of_a_band(pupils: int, name: str) -> None:
    assert RULES.bands.names()[RULES.bands.index(pupils)] == name


def report(sizes: list[int | None], *, told: int | None = None, county: str = "999901") -> SizeReport:
    schools = [
        {"year": 2024, "school_id": "S1", "name": "甲校", "county_code": county, "urban_rural_code": "111"}
    ]
    stages = [{"year": 2024, "school_id": "S1", "stage": "primary", "classes": told or len(sizes)}]
    classes: list[dict[str, Any]] = [
        {"year": 2024, "school_id": "S1", "stage": "primary", "grade": 1, "class_no": str(n), "pupils": size}
        for n, size in enumerate(sizes, start=1)
    ]
    for place, one in enumerate(classes):
        one |= {"_source": 0, "_row": place + 2}
    tables = {"school": schools, "stage": stages, "class": classes}
    snapshot = Snapshot({name: pa.Table.from_pylist(rows) for name, rows in tables.items()}, (), (), ())
    standard = resolve("quality-2017", on=date(2024, 9, 1))
    return assess_sizes(snapshot, standard, year=2024, county=county)


@pytest.mark.parametrize(
    ("sizes", "large", "super_large"),
    [([55], 0, 0), ([56], 1, 0), ([65], 1, 0), ([66], 1, 1)],
)
def test_each_side_of_large_and_super_large(sizes: list[int | None], large: int, super_large: int) -> None:
    tally = report(sizes).tallies[0]
    assert (tally.large, tally.super_large) == (large, super_large)


def test_a_target_holds_at_its_very_limit() -> None:
    """5 of 100 classes are 5 %: not above."""
    verdicts = [
        {target.id: target.verdict for target in report(sizes).targets}["large-2020"]
        for sizes in ([60] * 5 + [40] * 95, [60] * 6 + [40] * 94)
    ]
    assert verdicts == [Verdict.MET, Verdict.NOT_MET]


def test_an_unknown_class_leaves_a_target_open_only_where_it_decides() -> None:
    found = {target.id: target for target in report([40] * 20 + [None]).targets}
    assert found["super-2018"].verdict is Verdict.CANNOT_TELL
    assert (found["super-2018"].least, found["super-2018"].greatest) == (0, Fraction(1, 21))
    assert found["large-2020"].verdict is Verdict.MET


def test_rooms_needed_on_each_side_of_the_limit() -> None:
    assert report([45, 45]).needs == ()
    (need,) = report([46, 44]).needs
    assert (need.rooms, need.needed, need.rows) == (0, 2, (2, 3))  # two classes hold 90: spread them
    (need,) = report([46, 45]).needs
    assert need.rooms == 1


def test_rooms_that_dissolve_large_classes_alone() -> None:
    found = report([60, 60])
    assert (found.needs[0].rooms, found.large_needs[0].rooms) == (1, 1)
    assert report([50, 50]).large_needs == ()


def test_a_grade_with_an_unknown_class_cannot_be_told() -> None:
    found = report([60, None])
    assert found.needs == ()
    assert [one.rows for one in found.untold] == [(2, 3)]


def test_a_list_of_classes_that_is_not_whole_is_told() -> None:
    (words,) = report([40, 40], told=3).uncounted
    assert words.zh == "甲校（小学）：报3个班，列出2个"


def test_the_mean_limit_of_a_region_only_there() -> None:
    assert not [target for target in report([56]).targets if target.id == "mean-urban"]
    verdicts = [
        next(target.verdict for target in report(sizes, county="150202").targets if target.id == "mean-urban")
        for sizes in ([55, 55], [55, 56])
    ]
    assert verdicts == [Verdict.MET, Verdict.NOT_MET]


@given(st.lists(st.integers(0, 80), min_size=1, max_size=8), st.integers(20, 60))
@settings(max_examples=examples(80), deadline=None)
def test_the_classes_needed_are_the_fewest_that_hold(sizes: list[int], limit: int) -> None:
    found, _ = needs([row(1, size, n) for n, size in enumerate(sizes)], {"primary": limit})
    fewest = next(n for n in range(200) if n * limit >= sum(sizes))
    if max(sizes) <= limit:
        assert found == []
    else:
        assert found[0].rooms == max(0, fewest - len(sizes))

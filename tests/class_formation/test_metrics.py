from fractions import Fraction
from typing import Any

import pytest
from tests.class_formation.small import Json, plan, row

from junheng.class_formation import certificate, load_anchors, metrics
from junheng.class_formation.expected import (
    arithmetic_floor,
    balance_bits,
    layout_bits,
    mean_range,
    random_gap,
)
from junheng.class_formation.metrics import chi2_per_freedom

# Tippett 1925, in every textbook of quality control.
D2 = {2: 1.128379, 3: 1.692569, 5: 2.325929, 10: 3.077505, 20: 3.734950}


@pytest.mark.parametrize(("k", "expected"), D2.items())
def test_the_range_of_normal_values(k: int, expected: float) -> None:
    assert mean_range(k) == pytest.approx(expected, abs=2e-6)


def test_the_random_gap_of_a_school_of_ten_classes() -> None:
    assert random_gap(34.6, 10, 46) == pytest.approx(15.7, abs=0.05)


def test_the_floor_and_the_bits_of_a_school_of_ten_classes() -> None:
    assert arithmetic_floor(Fraction("0.5"), [46, 47]) == Fraction(1, 94)
    assert layout_bits(464, 10) == pytest.approx(1541, abs=1)
    # σ of the total 34.6 and of three subjects 13, in steps of 0.5: the text's 283 bits.
    assert balance_bits(10, 46.4, [69.2, 26, 26, 26]) == pytest.approx(283, abs=5)
    assert layout_bits(464, 1) == 0


def graded() -> tuple[list[Json], dict[str, int]]:
    """Two classes of three with marks 10 20 30 and 20 30 40, in half points; one child without a mark."""
    marks = [20, 40, 60, 40, 60, 80]
    rows = [
        row(i, sex=1 + (i in (0, 3, 4)), marks={"数学": m}, feeder="东西"[i % 2]) for i, m in enumerate(marks)
    ]
    rows.append(row(6, sex=2, marks={}))
    return rows, {child["pid"]: 1 if i < 3 or i == 6 else 2 for i, child in enumerate(rows)}


def measured(**fields: Any) -> Any:
    rows, classes = graded()
    return metrics(plan(2, mark_unit="0.5", **fields), rows, classes)[0]


def test_means_gap_and_spread_by_hand() -> None:
    mark = measured().marks[0]
    assert mark.means == (Fraction(20), Fraction(30))
    assert mark.gap == 10
    assert mark.missing == 1
    assert mark.deviation_gap == pytest.approx(0)
    # SST = 550, SSB = 150 (means 20 and 30 about 25): both in marks².
    assert mark.eta_squared == pytest.approx(150 / 550)
    # MSB = 150, MSW = 100, m₀ = 3.
    assert mark.icc == pytest.approx((150 - 100) / (150 + 2 * 100))
    assert mark.floor == Fraction(1, 6)


def test_counts_and_chi_squares_by_hand() -> None:
    found = measured()
    assert found.held.heads == (4, 3)
    assert found.held.boys == (2, 1)
    assert found.held.girls == (2, 2)
    assert chi2_per_freedom(["a", "a", "b", "b"], [1, 1, 2, 2], 2) == pytest.approx(4)
    assert chi2_per_freedom(["a", "b", "a", "b"], [1, 1, 2, 2], 2) == 0
    assert chi2_per_freedom(["a", "a"], [1, 2], 2) is None


def test_broken_constraints_are_named() -> None:
    rows, classes = graded()
    rows[0]["unit"] = rows[3]["unit"] = "a" * 64
    rows[1]["apart"] = rows[2]["apart"] = ["x"]
    found = {v.kind: set(v.pids) for v in metrics(plan(2), rows, classes)[0].violations}
    assert found == {
        "together": {rows[0]["pid"], rows[3]["pid"]},
        "apart": {rows[1]["pid"], rows[2]["pid"]},
    }


def test_the_certificate_stands_beside_the_published_yardstick() -> None:
    rows, classes = graded()
    found = certificate(plan(2, mark_unit="0.5"), rows, classes)
    anchor = load_anchors()["xiamen_2016"]
    assert found.anchor == anchor
    assert (anchor.most, anchor.usual) == (1, Fraction(1, 2))
    assert found.worst_gap == 10
    assert found.is_within(found.groups[0]) is False
    shown = found.to_json()
    assert shown["worst_gap"] == "10.0000"
    assert shown["groups"][0]["marks"][0]["means"] == ["20.0000", "30.0000"]
    assert shown["anchor"]["source"]["certainty"] == "local"


def test_a_gap_of_exactly_the_anchor_is_within_and_nothing_is_rounded_first() -> None:
    rows, classes = graded()
    for child, mark in zip(rows, [20, 40, 60, 22, 42, 62], strict=False):
        child["marks"] = {"数学": mark}
    found = certificate(plan(2, mark_unit="0.5"), rows, classes)
    assert found.worst_gap == 1
    assert found.is_within(found.groups[0]) is True
    rows[5]["marks"] = {"数学": 63}
    assert certificate(plan(2, mark_unit="0.5"), rows, classes).is_within(found.groups[0]) is True
    worse = certificate(plan(2, mark_unit="0.5"), rows, classes)
    assert worse.worst_gap == Fraction(7, 6)
    assert worse.is_within(worse.groups[0]) is False


def test_a_grade_without_marks_is_not_judged() -> None:
    rows = [row(i, marks={}) for i in range(6)]
    classes = {child["pid"]: 1 + i % 2 for i, child in enumerate(rows)}
    found = certificate(plan(2, "stratified"), rows, classes)
    assert found.worst_gap is None
    assert found.is_within(found.groups[0]) is None

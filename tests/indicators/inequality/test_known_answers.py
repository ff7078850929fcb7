"""Worked examples and closed forms."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from junheng.basics import UserError
from junheng.indicators.inequality import atkinson, gini, max_min_ratio, theil, theil_by_group, variation

PUPILS = [45, 37, 89, 76, 55]
BOOKS = [279, 137, 935, 160, 402]
VALUES = [books / pupils for books, pupils in zip(BOOKS, PUPILS, strict=True)]


def test_the_official_worked_example() -> None:
    found = variation(VALUES, PUPILS)
    assert found.mean == pytest.approx(6.334437, abs=5e-7)
    assert found.sd == pytest.approx(3.263861, abs=5e-7)
    assert found.cv == pytest.approx(0.515257, abs=5e-7)


def test_the_wrong_formula_would_pass_where_the_rule_fails() -> None:
    unweighted = variation(VALUES).cv
    assert unweighted == pytest.approx(0.488771, abs=5e-7)
    assert unweighted < 0.5 < variation(VALUES, PUPILS).cv


def test_the_official_file_gives_its_published_figures(shared_data: Path) -> None:
    with (shared_data / "cv" / "cv_official_worked_example.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        *schools, total = list(csv.DictReader(file))
    values = [float(row["books"]) / float(row["pupils"]) for row in schools]
    found = variation(values, [float(row["pupils"]) for row in schools])
    assert found.mean == pytest.approx(float(total["books_per_pupil_published"]), abs=0.005)
    assert found.cv == pytest.approx(0.52, abs=0.005)


def test_gini_of_one_who_has_everything() -> None:
    assert gini([0, 0, 0, 1]) == pytest.approx(0.75)
    assert gini([1, 2, 3, 4, 5]) == pytest.approx(4 / 15)


def test_gini_is_half_the_mean_difference_over_the_mean() -> None:
    pairs = sum(
        wi * wj * abs(xi - xj)
        for xi, wi in zip(VALUES, PUPILS, strict=True)
        for xj, wj in zip(VALUES, PUPILS, strict=True)
    )
    mean = np.average(VALUES, weights=PUPILS)
    assert gini(VALUES, PUPILS) == pytest.approx(pairs / (2 * sum(PUPILS) ** 2 * mean))


def test_theil_of_one_who_has_everything_is_ln_n() -> None:
    assert theil([0, 0, 0, 8]) == pytest.approx(math.log(4))


def test_theil_between_groups_by_hand() -> None:
    found = theil_by_group([1, 1, 3, 3], ["rural", "rural", "urban", "urban"])
    assert found is not None
    assert found.within == pytest.approx(0)
    assert found.between == pytest.approx(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    assert [group.group for group in found.groups] == ["rural", "urban"]
    assert [group.weight_share for group in found.groups] == [0.5, 0.5]


def test_atkinson_with_aversion_one_compares_the_geometric_mean() -> None:
    assert atkinson([1, 4], epsilon=1) == pytest.approx(1 - 2 / 2.5)
    assert atkinson([1, 4], epsilon=0.5) == pytest.approx(1 - 1.5**2 / 2.5)
    assert atkinson([1, 4], epsilon=2) == pytest.approx(1 - 1.6 / 2.5)
    assert atkinson([0, 4], epsilon=1) == 1.0


def test_ratio() -> None:
    assert max_min_ratio([2, 8, 4]) == 4
    assert max_min_ratio([0, 8]) is None


@pytest.mark.parametrize("measure", [gini, theil, atkinson, lambda v: variation(v).cv])
def test_a_total_of_nothing_has_no_index(measure: Any) -> None:
    assert measure([0.0, 0.0]) is None


def test_a_group_with_nothing_adds_nothing_within() -> None:
    found = theil_by_group([0, 0, 2, 4], ["a", "a", "b", "b"])
    assert found is not None
    assert found.groups[0].theil is None
    assert found.total == pytest.approx(theil([0, 0, 2, 4]))
    assert theil_by_group([0, 0], ["a", "b"]) is None


@pytest.mark.parametrize("measure", [gini, theil, atkinson, max_min_ratio])
@pytest.mark.parametrize("values", [[], [1.0, math.nan], [1.0, math.inf], [1.0, -1.0], [[1.0], [2.0]]])
def test_what_is_absent_or_undefined_is_refused(measure: Any, values: Any) -> None:
    with pytest.raises(UserError):
        measure(values)


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, -2.0], [1.0, math.nan]])
def test_weights_must_be_positive_and_match(weights: list[float]) -> None:
    with pytest.raises(UserError):
        variation([1.0, 2.0], weights)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, math.nan, math.inf])
def test_the_aversion_must_be_positive(epsilon: float) -> None:
    with pytest.raises(UserError, match="Atkinson"):
        atkinson([1.0, 2.0], epsilon=epsilon)


@pytest.mark.parametrize("groups", [["a"], ["a", None]])
def test_every_value_needs_a_group(groups: list[str]) -> None:
    with pytest.raises(UserError, match="group"):
        theil_by_group([1.0, 2.0], groups)

"""What every measure of inequality must obey, whatever the distribution."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.indicators.inequality import atkinson, gini, theil, theil_by_group, variation

MEASURES: dict[str, Callable[[list[float], list[float]], float | None]] = {
    "cv": lambda values, weights: variation(values, weights).cv,
    "gini": gini,
    "theil": theil,
    "atkinson": atkinson,
    "atkinson 1": lambda values, weights: atkinson(values, weights, epsilon=1),
    "atkinson 2": lambda values, weights: atkinson(values, weights, epsilon=2),
}
SCHOOLS = st.lists(st.tuples(st.floats(0.5, 1000), st.integers(1, 500)), min_size=2, max_size=12)
CLOSE = {"rel": 1e-7, "abs": 1e-9}
few = settings(max_examples=examples(40), deadline=None)
each_measure = pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES)


def _apart(schools: list[tuple[float, int]]) -> tuple[list[float], list[float]]:
    return [value for value, _ in schools], [float(weight) for _, weight in schools]


@each_measure
@few
@given(schools=SCHOOLS, factor=st.floats(0.01, 100))
def test_the_unit_does_not_matter(measure: Any, schools: Any, factor: Any) -> None:
    values, weights = _apart(schools)
    assert measure([value * factor for value in values], weights) == pytest.approx(
        measure(values, weights), **CLOSE
    )


@each_measure
@few
@given(schools=SCHOOLS, times=st.integers(2, 4))
def test_copies_of_the_county_are_as_unequal(measure: Any, schools: Any, times: Any) -> None:
    values, weights = _apart(schools)
    assert measure(values * times, weights * times) == pytest.approx(measure(values, weights), **CLOSE)


@each_measure
@few
@given(schools=SCHOOLS)
def test_weights_are_so_many_pupils(measure: Any, schools: Any) -> None:
    small = [(value, weight % 5 + 1) for value, weight in schools]
    values, weights = _apart(small)
    each = [value for value, weight in small for _ in range(weight)]
    assert measure(each, [1.0] * len(each)) == pytest.approx(measure(values, weights), **CLOSE)


@each_measure
@few
@given(value=st.floats(0.5, 1000), weights=st.lists(st.floats(1, 500), min_size=1, max_size=9))
def test_equal_schools_are_not_unequal(measure: Any, value: Any, weights: Any) -> None:
    assert measure([value] * len(weights), weights) == pytest.approx(0, abs=1e-7)


@each_measure
@few
@given(schools=SCHOOLS, part=st.floats(0.01, 0.5))
def test_giving_from_rich_to_poor_lessens_it(measure: Any, schools: Any, part: Any) -> None:
    values = np.array([value for value, _ in schools])
    poor, rich = int(values.argmin()), int(values.argmax())
    after = values.copy()
    gift = part * (values[rich] - values[poor])
    after[poor] += gift
    after[rich] -= gift
    ones = [1.0] * len(values)
    assert measure(list(after), ones) <= measure(list(values), ones) + 1e-9


@each_measure
@few
@given(schools=SCHOOLS, order=st.randoms(use_true_random=False))
def test_names_do_not_matter(measure: Any, schools: Any, order: Any) -> None:
    shuffled = order.sample(schools, len(schools))
    assert measure(*_apart(shuffled)) == pytest.approx(measure(*_apart(schools)), **CLOSE)


@few
@given(schools=SCHOOLS, names=st.lists(st.sampled_from(["urban", "town", "rural"]), min_size=12, max_size=12))
def test_theil_splits_without_remainder(schools: list[tuple[float, int]], names: list[str]) -> None:
    values, weights = _apart(schools)
    found = theil_by_group(values, names[: len(values)], weights)
    assert found is not None
    assert found.between + found.within == pytest.approx(theil(values, weights), **CLOSE)
    assert found.total == pytest.approx(sum(group.between + group.within for group in found.groups), **CLOSE)
    assert found.between >= -1e-12
    assert sum(group.weight_share for group in found.groups) == pytest.approx(1)


@few
@given(schools=SCHOOLS)
def test_the_bounds(schools: list[tuple[float, int]]) -> None:
    values, weights = _apart(schools)
    assert -1e-12 <= (gini(values, weights) or 0) < 1
    assert -1e-12 <= (atkinson(values, weights) or 0) <= 1

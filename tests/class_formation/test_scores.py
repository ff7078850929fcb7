import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.class_formation.scores import scale_of, squared


def scores(values: list[int | None]) -> list[int]:
    return scale_of(values).scores(values)


def test_two_values_are_one_deviation_each_side() -> None:
    # n = 2, T = 4: deviations -2 and 2, divided by 2: -1 and 1; V = 2, R = isqrt(16) = 4, M = 4.
    assert scores([1, 3]) == [-1024, 1024]


def test_the_worked_column_of_the_text() -> None:
    # n = 4, T = 10, deviations -6 -2 2 6, g = 2: -3 -1 1 3; V = 20, R = isqrt(80) = 8, M = 8.
    assert scores([1, 2, 3, 4]) == [-1536, -512, 512, 1536]


def test_somebody_far_out_stands_at_4095_and_is_not_cut() -> None:
    found = scores([0] * 99 + [100])
    assert found[-1] == 4095
    assert found[0] == -41  # 4095 / 99 = 41.36


def test_equal_values_score_nothing() -> None:
    assert scores([7, 7, None, 7]) == [0, 0, 0, 0]


def test_a_missing_value_stands_at_the_mean_and_moves_nobody() -> None:
    assert scores([1, None, 3]) == [-1024, 0, 1024]


@pytest.mark.parametrize(
    ("score", "value"), [(0, 0), (45, 0), (46, 1), (1024, 256), (-1024, 256), (4095, 4094)]
)
def test_squares_are_brought_back_to_4095(score: int, value: int) -> None:
    assert squared(score) == value


COLUMNS = st.lists(st.one_of(st.none(), st.integers(-(10**6), 10**6)), min_size=1, max_size=40)


@given(COLUMNS, st.integers(1, 1000), st.integers(-(10**6), 10**6))
def test_scores_do_not_feel_scale_or_shift(values: list[int | None], factor: int, shift: int) -> None:
    moved = [None if v is None else factor * v + shift for v in values]
    assert scores(moved) == scores(values)


@given(COLUMNS)
def test_scores_keep_order_and_bounds(values: list[int | None]) -> None:
    found = scores(values)
    assert all(abs(score) <= 4095 for score in found)
    pairs = sorted((v, s) for v, s in zip(values, found, strict=True) if v is not None)
    assert [s for _, s in pairs] == sorted(s for _, s in pairs)


@given(COLUMNS)
def test_turning_marks_around_turns_the_scores(values: list[int | None]) -> None:
    assert scores([None if v is None else -v for v in values]) == [-s for s in scores(values)]

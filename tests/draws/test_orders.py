"""Local orders: Nanchang's official example, numbers from outside, tail digits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import external_order, ring_order, tail_order


def test_nanchang_2023() -> None:
    """南昌市 2023 民办小学招生电脑随机派位规则, worked example: three rounds of the ring."""
    rounds = [[6, 9, 12, 15, 18, 1, 4], [8, 13, 17, 2, 7], [14, 20, 10]]
    assert ring_order(20, 6, 3, 15) == [place for turn in rounds for place in turn]


@settings(max_examples=examples(60))
@given(st.integers(1, 30), st.data())
def test_ring_against_counting_on_a_list(n: int, data: st.DataObject) -> None:
    start, step = data.draw(st.integers(1, n)), data.draw(st.integers(1, n))
    left, at, found = list(range(1, n + 1)), start - 1, []
    while left:
        at %= len(left)
        found.append(left.pop(at))
        at += step - 1
    assert ring_order(n, start, step) == found
    assert ring_order(n, start, step, n // 2) == found[: n // 2]


@pytest.mark.parametrize(
    "given_", [(0, 1, 1, 0), (3, 0, 1, 1), (3, 4, 1, 1), (3, 1, 0, 1), (3, 1, 4, 1), (3, 1, 1, 4)]
)
def test_ring_refuses(given_: tuple[int, int, int, int]) -> None:
    with pytest.raises(UserError):
        ring_order(*given_)


def test_external_numbers() -> None:
    numbers = {"a": "0000000007", "b": "0000000010", "c": "9999999999"}
    assert external_order(numbers) == ["a", "b", "c"]
    assert external_order(numbers, "descending") == ["c", "b", "a"]


def test_guids_of_either_case() -> None:
    numbers = {
        "a": "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6",
        "b": "f81d4fae-7dec-11d0-a765-00a0c91e6bf5",
        "c": "00000000-0000-0000-0000-000000000000",
    }
    assert external_order(numbers) == ["c", "b", "a"]


@pytest.mark.parametrize(
    "numbers",
    [
        {"a": "1", "b": "10"},
        {"a": "12", "b": "12"},
        {"a": "1x", "b": "12"},
        {"a": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "b": "000000000000000000000000000000000000"},
        {"a": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "b": "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"},
        {"a": "１２", "b": "13"},
    ],
)
def test_numbers_without_one_order_are_refused(numbers: dict[str, str]) -> None:
    with pytest.raises(UserError):
        external_order(numbers)


def test_tails_group_the_numbers() -> None:
    numbers = {f"u{i}": f"{i:03}" for i in range(30)}
    order = tail_order(numbers, ["7", "0"])
    assert order[:6] == ["u7", "u17", "u27", "u0", "u10", "u20"]
    assert order[6:] == [f"u{i}" for i in range(30) if i % 10 not in (7, 0)]
    assert tail_order(numbers, []) == [f"u{i}" for i in range(30)]
    assert tail_order(numbers, ["12", "02"])[:2] == ["u12", "u2"]


@pytest.mark.parametrize("tails", [["1", "1"], ["1", "02"], ["x"], ["0001"], [""]])
def test_tails_that_do_not_fit(tails: list[str]) -> None:
    with pytest.raises(UserError):
        tail_order({"a": "001", "b": "002"}, tails)

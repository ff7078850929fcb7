"""Tickets: lanes give the library's bytes; shown numbers keep the order; ranks settle every tie."""

import hashlib
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import (
    rank_tickets,
    school_tickets,
    shown_number,
    ticket_array,
    tickets,
)
from junheng.draws.ticketing import stdlib_tickets

needs_numba = pytest.mark.skipif(find_spec("numba") is None, reason="the extra numba is not installed")
SEED = hashlib.sha256(b"seed").digest()


def _units(n: int) -> list[str]:
    return [hashlib.sha256(b"%d" % i).hexdigest() for i in range(n)]


@needs_numba
@pytest.mark.parametrize("n", [1, 127, 128, 129, 1000])
@pytest.mark.parametrize("school", [None, "", "S", "第一中学", "x" * 47, "x" * 48])
def test_lanes_give_the_legal_bytes(n: int, school: str | None) -> None:
    units = _units(n)
    found = ticket_array("sha256", SEED, units, school, engine="numba")
    assert [bytes(row) for row in found] == stdlib_tickets("sha256", SEED, units, school)


@needs_numba
@settings(max_examples=examples(25))
@given(st.binary(max_size=100), st.lists(st.text("0123456789abcdef", min_size=64, max_size=64), min_size=1))
def test_lanes_under_any_key(seed: bytes, units: list[str]) -> None:
    assert tickets("sha256", seed, units, engine="numba") == stdlib_tickets("sha256", seed, units)


@pytest.mark.parametrize("units", [[], ["p1"], ["甲" * 64], ["a" * 63, "b" * 65]])
@pytest.mark.parametrize("engine", ["auto", "python", "numpy", "numba"])
def test_unusual_ids_take_the_plain_way(units: list[str], engine: str) -> None:
    if engine == "numba" and find_spec("numba") is None:
        pytest.skip("the extra numba is not installed")
    assert tickets("sha256", SEED, units, engine=engine) == stdlib_tickets("sha256", SEED, units)
    assert ticket_array("sha256", SEED, units, engine=engine).shape == (len(units), 32)


def test_school_tickets_differ_from_school_to_school() -> None:
    units = _units(5)
    assert school_tickets("sha256", SEED, units, "A") == stdlib_tickets("sha256", SEED, units, "A")
    assert not set(school_tickets("sha256", SEED, units, "A")) & set(
        school_tickets("sha256", SEED, units, "B")
    )


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(UserError):
        tickets("sha256", SEED, ["a"], engine="rust")


def test_a_ticket_depends_on_nobody_else() -> None:
    units = _units(50)
    assert tickets("sha256", SEED, units[:10]) == tickets("sha256", SEED, units)[:10]


@settings(max_examples=examples(50))
@given(st.lists(st.binary(min_size=32, max_size=32), min_size=2, max_size=8), st.integers(1, 30))
def test_shown_numbers_keep_the_order(raw: list[bytes], digits: int) -> None:
    shown = [shown_number(made, digits) for made in sorted(raw)]
    assert shown == sorted(shown)
    assert {len(number) for number in shown} == {digits}


def test_shown_number_ends() -> None:
    assert shown_number(bytes(32), 10) == "0000000000"
    assert shown_number(b"\xff" * 32, 9) == "999999999"
    assert shown_number(b"\x80" + bytes(31), 9) == "500000000"
    for digits in (0, 78):
        with pytest.raises(UserError):
            shown_number(bytes(32), digits)


@settings(max_examples=examples(60))
@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 255]), st.sampled_from([0, 1, 255])), max_size=12),
    st.sampled_from(["ascending", "descending"]),
)
def test_ranks_with_many_ties(parts: list[tuple[int, int]], order: str) -> None:
    """Tickets that agree in their first 64 bits, and altogether."""
    raw = [bytes([a]) * 8 + bytes([b]) * 24 for a, b in parts]
    units = [f"u{(i * 7) % 13:02}" for i in range(len(raw))]
    array = np.frombuffer(b"".join(raw), dtype=np.uint8).reshape(-1, 32)
    ranks = rank_tickets(array, units, order)
    flip = (lambda made: made) if order == "ascending" else (lambda made: bytes(255 - b for b in made))
    best = sorted(range(len(raw)), key=lambda i: (flip(raw[i]), units[i]))
    assert [int(ranks[i]) for i in best] == list(range(len(raw)))


def test_ranks_refuse_what_has_no_order() -> None:
    array = np.zeros((2, 32), dtype=np.uint8)
    with pytest.raises(UserError):
        rank_tickets(array, ["a", "a"])
    with pytest.raises(UserError):
        rank_tickets(array, ["a"])
    with pytest.raises(UserError):
        rank_tickets(array, ["a", "b"], "random")

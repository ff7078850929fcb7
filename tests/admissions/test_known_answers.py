"""Published markets with published answers: every engine must give them."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from tests.admissions.small import by_school, make, one_order, own_orders, placed

from junheng.admissions import Market, Ranks, assign, order_of
from junheng.admissions.engines import EngineName

ENGINES: list[EngineName] = ["python", "numpy", "numba"]


def _roth(band_width: int) -> tuple[Market, Ranks]:
    """Roth 1982; Abdulkadiroğlu & Sönmez 2003, example 2."""
    wishes = {"1": "b a c", "2": "a b c", "3": "a b c"}
    market = make(wishes, {"a": 1, "b": 1, "c": 1}, tickets="per_school", band_width=band_width)
    return market, own_orders(market, {"a": "1 3 2", "b": "2 1 3", "c": "2 1 3"})


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("band_width", "expected"),
    [
        (3, {"1": "a", "2": "b", "3": "c"}),
        (2, {"1": "a", "2": "b", "3": "c"}),
        (1, {"1": "b", "2": "c", "3": "a"}),
    ],
)
def test_roth(engine: EngineName, band_width: int, expected: dict[str, str]) -> None:
    market, ranks = _roth(band_width)
    assert placed(market, assign(market, ranks, engine)) == expected


def test_roth_deferred_acceptance_is_pareto_dominated() -> None:
    market, ranks = _roth(3)
    found = placed(market, assign(market, ranks, "python"))
    better = {"1": "b", "2": "a", "3": "c"}
    wishes = {"1": "b a c", "2": "a b c", "3": "a b c"}
    gains = [wishes[u].split().index(found[u]) - wishes[u].split().index(better[u]) for u in wishes]
    assert min(gains) == 0
    assert max(gains) > 0


@pytest.mark.parametrize("engine", ENGINES)
def test_erdil_and_ergin(engine: EngineName) -> None:
    """Erdil & Ergin 2008, with ties broken 1 > 2 > 3."""
    wishes = {"1": "y z x", "2": "z y x", "3": "y z x"}
    market = make(wishes, {"x": 1, "y": 1, "z": 1}, tickets="per_school")
    ranks = own_orders(market, {"x": "1 2 3", "y": "2 1 3", "z": "3 1 2"})
    assert placed(market, assign(market, ranks, engine)) == {"1": "x", "2": "y", "3": "z"}


@pytest.mark.parametrize("engine", ENGINES)
def test_readme_of_matching(engine: EngineName) -> None:
    """The hospital-resident example in the README of the Python library ``matching``."""
    wishes = {"A": "C", "S": "C M", "D": "C M G", "J": "C G M", "L": "M C G"}
    market = make(wishes, {"M": 2, "C": 2, "G": 2}, tickets="per_school")
    ranks = own_orders(market, {"M": "D L S J", "C": "D A S L J", "G": "D J L"})
    found = by_school(market, assign(market, ranks, engine))
    assert found == {"M": {"L", "S"}, "C": {"D", "A"}, "G": {"J"}}


@pytest.mark.parametrize("engine", ENGINES)
def test_issue_67_of_matching(engine: EngineName) -> None:
    wishes = {"G1": "I P", "G2": "P F", "G3": "P S"}
    market = make(wishes, {"F": 2, "I": 2, "P": 2, "S": 2}, tickets="per_school")
    ranks = own_orders(market, {"F": "G2", "I": "G1", "P": "G3 G2 G1", "S": "G3"})
    found = by_school(market, assign(market, ranks, engine))
    assert found == {"I": {"G1"}, "P": {"G3", "G2"}, "F": set(), "S": set()}


@pytest.mark.parametrize("engine", ENGINES)
def test_bogomolnaia_and_moulin(engine: EngineName) -> None:
    """Bogomolnaia & Moulin 2001: random priority over all 24 orders, exactly."""
    wishes = {"1": "a b c d", "2": "a b c d", "3": "b a d c", "4": "b a d c"}
    market = make(wishes, dict.fromkeys("abcd", 1))
    counts = np.zeros((4, 4), dtype=int)
    for order in permutations(range(4)):
        found = assign(market, np.array(order), engine)
        counts[np.arange(4), found.school] += 1
    shares = [[Fraction(int(count), 24) for count in row] for row in counts]
    first = [Fraction(n, 12) for n in (5, 1, 5, 1)]
    second = [Fraction(n, 12) for n in (1, 5, 1, 5)]
    assert shares == [first, first, second, second]


def test_couples_are_not_offered() -> None:
    """A pair with wishes of its own at two schools may have no stable result at all: members must wish the same."""
    wishes = {"c*2": "h1", "s": "h1 h2"}
    market = make(wishes, {"h1": 1, "h2": 1})
    found = assign(market, one_order(market, "c s"), "python")
    assert placed(market, found) == {"c": "h1", "s": "h2"}  # both children of the unit in one school


def test_nanchang_official_ring_draw() -> None:
    """南昌 2023: 20 numbers, start 6, step 3, 15 places; the official worked example."""
    numbers = {f"u{n:02d}": f"{n:02d}" for n in range(1, 21)}
    market = make(
        dict.fromkeys(numbers, "s"),
        {"s": 15},
        ranking={"method": "ring", "start": 6, "step": 3, "numbers": numbers},
    )
    ranks = order_of(market, "sha256", bytes(32)).ranks
    found = assign(market, ranks, "python")
    drawn = [market.units[unit] for unit in np.argsort(ranks.single)][:15]
    expected = [6, 9, 12, 15, 18, 1, 4, 8, 13, 17, 2, 7, 14, 20, 10]
    assert drawn == [f"u{n:02d}" for n in expected]
    assert by_school(market, found)["s"] == set(drawn)

"""What must hold whatever the market: orders that do not matter, seats that never hurt, mechanisms that are one."""

from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_market, random_markets, spec_of
from tests.effort import examples

from junheng.admissions import Assignment, Market, Ranks, assign, market_from, order_of, run_draw

TRIES = settings(max_examples=examples(80))
PLAIN: dict[str, Any] = {"units": "overflow", "leftovers": "none"}


def _decided(problem: Json, rows: list[Json]) -> tuple[Market, Ranks, Assignment]:
    market = market_from(problem, rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    return market, ranks, assign(market, ranks, "numpy")


def _singles(problem: Json, rows: list[Json]) -> tuple[Json, list[Json]]:
    """One stage, one open pool a school, one child a unit."""
    for school in problem["schools"]:
        school["pools"] = [{"id": "all", "seats": school["plan"]}]
    problem["stages"] = [{"id": "main", "schools": [school["id"] for school in problem["schools"]]}]
    problem["ranking"] = {"method": "hmac"}  # numbers drawn in the hall are for the units as they were
    return problem, [row | {"unit": row["pid"]} for row in rows]


@TRIES
@given(random_markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(given_market: tuple[Json, list[Json]], random: Random) -> None:
    problem, rows = given_market
    shuffled = random.sample(rows, len(rows))
    one = run_draw(spec_of(problem), rows, SEED_OF_DRAWS)
    other = run_draw(spec_of(problem), shuffled, SEED_OF_DRAWS)
    assert one.public == other.public
    assert [leaf["pid"] for leaf in other.leaves] == [row["pid"] for row in shuffled]
    assert sorted(other.leaves, key=lambda leaf: str(leaf["pid"])) == one.leaves


@TRIES
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_processing_does_not_matter(seed: int, random: Random) -> None:
    """New names change in what order units are taken up; with the same ranks nothing else changes."""
    market, ranks, found = _decided(*random_market(seed, ranking={"method": "hmac"}, leftovers="spec_order"))
    count = len(market.units)
    moved = np.array(random.sample(range(count), count), dtype=np.int64)
    place_of = dict(zip(moved.tolist(), range(count), strict=True))
    rows = [
        {
            "pid": f"{number:05d}",
            "unit": f"{place_of[unit]:05d}",
            "choices": [market.school_ids[s] for s in market.school[_of(market, unit)]],
            "classes": [market.codes[k] for k in market.klass[_of(market, unit)]],
            "fallback": [market.school_ids[s] for s in _fallback(market, unit)],
        }
        for number, unit in enumerate(market.row_unit.tolist())
    ]
    renamed = market_from(market.problem, rows)
    by_application = ranks.by_application
    told = [a for unit in moved.tolist() for a in range(*_of(market, unit).indices(market.school.size))]
    own = None if by_application is None else by_application[np.array(told, dtype=np.int64)]
    again = assign(renamed, Ranks(ranks.single[moved], own), "numba")
    assert again.school.tolist() == found.school[moved].tolist()
    assert again.pool.tolist() == found.pool[moved].tolist()
    assert again.proposals == found.proposals


def _of(market: Market, unit: int) -> slice:
    return slice(int(market.start[unit]), int(market.start[unit + 1]))


def _fallback(market: Market, unit: int) -> list[int]:
    found: list[int] = market.fallback[market.fallback_start[unit] : market.fallback_start[unit + 1]].tolist()
    return found


@TRIES
@given(random_markets(**PLAIN, tickets="single"))
def test_relabelling_schools_commutes(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    _, _, found = _decided(problem, rows)
    problem["schools"].reverse()
    _, _, other = _decided(problem, rows)
    last = len(problem["schools"]) - 1
    assert [last - s if s >= 0 else s for s in other.school.tolist()] == found.school.tolist()


@TRIES
@given(random_markets(**PLAIN), st.integers(0, 100))
def test_one_seat_more_hurts_nobody(given_market: tuple[Json, list[Json]], which: int) -> None:
    problem, rows = given_market
    problem["stages"] = [{"id": "main", "schools": [school["id"] for school in problem["schools"]]}]
    market, _, found = _decided(problem, rows)
    pools = [(school, pool) for school in problem["schools"] for pool in school["pools"]]
    school, pool = pools[which % len(pools)]
    school["plan"], pool["seats"] = school["plan"] + 1, pool["seats"] + 1
    _, _, after = _decided(problem, rows)
    worst = np.diff(market.start)
    before = np.where(found.choice >= 0, found.choice, worst)
    assert (np.where(after.choice >= 0, after.choice, worst) <= before).all()


@TRIES
@given(random_markets(**PLAIN, band_width=9))
def test_deferred_acceptance_has_no_envy_and_no_waste(given_market: tuple[Json, list[Json]]) -> None:
    market, ranks, found = _decided(*_singles(*given_market))
    taken = found.taken(market)
    for unit in range(len(market.units)):
        for place, a in enumerate(range(int(market.start[unit]), int(market.start[unit + 1]))):
            if found.school[unit] >= 0 and place >= found.choice[unit]:
                break
            school = market.school[a]
            assert taken[school] >= market.seats.plan[school]
            for other in np.flatnonzero(found.school == school).tolist():
                assert _priority(market, ranks, int(found.application[other])) < _priority(market, ranks, a)


def _priority(market: Market, ranks: Ranks, application: int) -> tuple[int, int]:
    own = ranks.by_application
    ticket = ranks.single[market.applicant[application]] if own is None else own[application]
    return int(market.klass[application]), int(ticket)


@TRIES
@given(random_markets(**PLAIN, band_width=9))
def test_the_unplaced_are_the_same_when_schools_propose(given_market: tuple[Json, list[Json]]) -> None:
    """Rural hospitals theorem (Roth 1986)."""
    market, ranks, found = _decided(*_singles(*given_market))
    assert set(np.flatnonzero(found.school < 0).tolist()) == _unplaced_if_schools_propose(market, ranks)


def _unplaced_if_schools_propose(market: Market, ranks: Ranks) -> set[int]:
    holds: dict[int, int] = {}  # unit → the application it holds
    asked: set[int] = set()
    while True:
        offers = []
        for school, plan in enumerate(market.seats.plan.tolist()):
            own = [a for a in np.flatnonzero(market.school == school).tolist() if a not in asked]
            own.sort(key=lambda a: _priority(market, ranks, a))
            filled = sum(1 for a in holds.values() if market.school[a] == school)
            offers += own[: max(0, plan - filled)]
        if not offers:
            return set(range(len(market.units))) - set(holds)
        for application in offers:
            asked.add(application)
            unit = int(market.applicant[application])
            holds[unit] = min(holds.get(unit, application), application)  # the earlier wish is the dearer


@TRIES
@given(random_markets(**PLAIN, band_width=9, tickets="single", classes=[{"code": 0, "name": "全体"}]))
def test_one_class_is_serial_dictatorship(given_market: tuple[Json, list[Json]]) -> None:
    problem, rows = given_market
    rows = [row | {"classes": [0 for _ in row["choices"]]} for row in rows]
    for school in problem["schools"]:
        school["pools"] = [{"id": "all", "seats": school["plan"]}]
    problem["stages"] = [{"id": "main", "schools": [school["id"] for school in problem["schools"]]}]
    market, ranks, found = _decided(problem, rows)
    left = market.seats.plan.tolist()
    for unit in np.argsort(ranks.single).tolist():
        wishes = market.school[_of(market, unit)].tolist()
        got = next((school for school in wishes if left[school] > 0), -1)
        assert found.school[unit] == got
        if got >= 0:
            left[got] -= int(market.size[unit])


@TRIES
@given(random_markets(**PLAIN, band_width=9), st.randoms(use_true_random=False))
def test_true_order_is_never_worse_for_single_children(
    given_market: tuple[Json, list[Json]], random: Random
) -> None:
    """Strategy-proofness of deferred acceptance, for singles: another order of the own list gains nothing."""
    problem, rows = _singles(*given_market)
    if not rows:
        return
    market, ranks, found = _decided(problem, rows)
    unit = random.randrange(len(rows))
    true = market.school[_of(market, unit)].tolist()
    permutation = random.sample(range(len(true)), len(true))
    told = list(range(market.school.size))
    told[_of(market, unit)] = [int(market.start[unit]) + p for p in permutation]
    own = ranks.by_application
    lied = Market(
        **{name: getattr(market, name) for name in ("problem", "pids", "row_unit", "units", "size", "start")},
        school=market.school[told],
        klass=market.klass[told],
        fallback_start=market.fallback_start,
        fallback=market.fallback,
    )
    after = assign(lied, Ranks(ranks.single, None if own is None else own[told]), "python")
    worth = {school: place for place, school in enumerate(true)}
    assert worth.get(int(found.school[unit]), 99) <= worth.get(int(after.school[unit]), 99)

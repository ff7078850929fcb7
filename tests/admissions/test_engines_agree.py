"""Three engines, one answer: bit for bit, under every rule and edge that random markets bring."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.admissions.random_markets import SEED_OF_DRAWS, Json, random_market, random_markets
from tests.admissions.small import make
from tests.effort import examples

from junheng.admissions import Market, Ranks, assign, choose_engine, engines, market_from, order_of
from junheng.admissions.engines import EngineName
from junheng.basics import UserError

OTHERS: list[EngineName] = ["numpy", "numba"]


def _same(problem: Json, rows: list[Json]) -> None:
    market = market_from(problem, rows)
    ranks = order_of(market, "sha256", SEED_OF_DRAWS).ranks
    definition = assign(market, ranks, "python")
    for engine in OTHERS:
        assert definition.same_as(assign(market, ranks, engine)), engine


@settings(max_examples=examples(300))
@given(random_markets())
def test_engines_agree(given_market: tuple[Json, list[Json]]) -> None:
    _same(*given_market)


@pytest.mark.parametrize("units", ["overflow", "skip", "stop"])
@pytest.mark.parametrize("number", range(40))
def test_engines_agree_under_every_last_seat_rule(units: str, number: int) -> None:
    _same(*random_market(number, units_at_most=40, units=units))


@pytest.mark.parametrize("number", range(10))
@pytest.mark.parametrize("rules", [{"tickets": "per_school"}, {"tickets": "single"}])
def test_engines_agree_on_larger_markets(number: int, rules: dict[str, Any]) -> None:
    market = _crowd(number, **rules)
    ranks = _ranks(market, number)
    definition = assign(market, ranks, "python")
    for engine in OTHERS:
        assert definition.same_as(assign(market, ranks, engine)), engine


def _crowd(number: int, **rules: Any) -> Market:
    """Some hundred units of one to three, ten schools, pools that pass on."""
    random = np.random.default_rng(number)
    names = [f"s{i}" for i in range(10)]
    pools = [
        [
            {"id": "a", "seats": int(random.integers(0, 9)), "classes": [0]},
            {"id": "b", "seats": int(random.integers(0, 9)), "classes": [0, 1], "unfilled": "close"},
            {"id": "c", "seats": int(random.integers(0, 15))},
        ]
        for _ in names
    ]
    wishes = {
        f"{unit:03d}*{random.integers(1, 4)}": " ".join(random.permutation(names)[: random.integers(0, 8)])
        for unit in range(300)
    }
    classes = [{"code": code, "name": str(code)} for code in range(3)]
    market = make(wishes, dict(zip(names, pools, strict=True)), classes=classes, band_width=2, **rules)
    market.klass[:] = random.integers(0, 3, market.klass.size)
    return market


def _ranks(market: Market, number: int) -> Ranks:
    random = np.random.default_rng(number)
    own = random.permutation(market.school.size) if market.problem.tickets == "per_school" else None
    return Ranks(random.permutation(len(market.units)), own)


def test_auto_does_not_wait_for_a_compiler() -> None:
    assert choose_engine(20) == "python"
    assert choose_engine(2_000_000) == "numba"
    assert choose_engine(5_000, times=1_000) == "numba"


def test_auto_falls_back_where_numba_cannot_keep_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    real = engines._decide_of

    def refuses(name: EngineName) -> engines.Decide:
        if name == "numba":
            raise RuntimeError("cannot cache function: no locator available")
        return real(name)

    monkeypatch.setattr(engines, "_decide_of", refuses)
    decide = engines.engine_for("auto", 2_000_000)
    assert decide.__module__.endswith("cutoff_rounds")
    with pytest.raises(RuntimeError):
        engines.engine_for("numba", 10)


def test_numba_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, junheng.admissions; print('numba' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_unknown_engine_is_refused() -> None:
    market = make({"1": "a"}, {"a": 1})
    with pytest.raises(UserError, match="no engine fast"):
        assign(market, np.array([0]), "fast")  # type: ignore[arg-type]  # what a user may type


@pytest.mark.parametrize("ranks", [[0, 0, 1], [0, 1], [1, 2, 3], [-1, 0, 1]])
def test_an_order_that_does_not_fit_is_refused(ranks: list[int]) -> None:
    market = make({"1": "a", "2": "a", "3": "a"}, {"a": 1})
    with pytest.raises(UserError, match="one place for each of 3 units"):
        assign(market, np.array(ranks))

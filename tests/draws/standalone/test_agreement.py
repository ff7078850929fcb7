"""Three programs, one answer: the engines, verify_draw.py, and the script of verify.html, on random draws.

Not only the verdict: every check, its state, and what it says must be the same in both verifiers. `make properties` asks
10,000 markets and 5,000 intakes.
"""

from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.admissions.random_markets import random_market
from tests.class_formation.random_intakes import random_intake
from tests.draws.standalone.verifiers import Case, by_javascript, by_python, failed, states
from tests.draws.standalone.whole_draws import whole_draw
from tests.effort import examples

from junheng.admissions import run_draw as admit
from junheng.basics import UserError
from junheng.class_formation import run_draw as form
from junheng.class_formation.synthetic import make_city

pytestmark = pytest.mark.hypothesis  # no hypothesis inside, but random: made longer by make properties
MARKETS, INTAKES = examples(500), examples(250)


def _case(kind: str, problem: Any, rows: Any, number: int) -> Case | None:
    """A draw decided by the engine, with what one of three people holds; None where the engine refuses it."""
    try:
        hash_name = "sm3" if number % 4 == 0 else "sha256"
        drawn = whole_draw(
            kind, problem, rows, admit if kind == "admission" else form, seed=number, hash=hash_name
        )
    except UserError:
        return None
    slip = number % len(rows) if rows and number % 5 else None
    return drawn.case(slip=slip, with_rows=number % 3 > 0, with_results=number % 3 == 1)


def _agree(cases: list[Case], folder: Path) -> list[dict[str, str]]:
    """All checks pass, and both verifiers say the same; the states of each case."""
    told = [by_python(case) for case in cases]
    assert told == by_javascript(cases, folder)
    assert [failed(checks) for checks in told] == [[]] * len(cases)
    return [states(checks) for checks in told]


def test_markets(tmp_path: Path) -> None:
    sizes = [300 if number % 50 == 7 else 12 for number in range(MARKETS)]
    markets = [random_market(number, units_at_most=size) for number, size in enumerate(sizes)]
    cases = [_case("admission", *market, number) for number, market in enumerate(markets)]
    made = _agree([case for case in cases if case is not None], tmp_path)
    assert len(made) == MARKETS
    assert sum(state.get("Full re-run: proposals") == "passed" for state in made) > MARKETS / 2
    assert sum(state.get("Result by the cut-offs") == "passed" for state in made) > MARKETS / 2


def test_markets_ordered_without_tickets(tmp_path: Path) -> None:
    cases = []
    for number in range(MARKETS // 5):
        problem, rows = random_market(number, tickets="single", ranking={"method": "hmac"})
        if units := sorted({row["unit"] for row in rows}):
            problem["ranking"] = _ranking(Random(number), units)
            cases.append(_case("admission", problem, rows, 3 * number + 1))
    made = _agree([case for case in cases if case is not None], tmp_path)
    assert {state["Full re-run: results"] for state in made} == {"passed"}
    assert len(made) > MARKETS / 10


def _ranking(random: Random, units: list[str]) -> dict[str, Any]:
    drawn = {
        "numbers": dict(
            zip(units, (f"{n:05d}" for n in random.sample(range(10**5), len(units))), strict=True)
        )
    }
    ring = {"method": "ring", "start": random.randint(1, len(units)), "step": random.randint(1, len(units))}
    tails = [str(tail) for tail in random.sample(range(10), random.randint(0, 6))]
    return random.choice(
        [
            ring,
            {**ring, **drawn},
            {"method": "tail_digits", "tails": tails, **drawn},
            {"method": "external", **drawn},
        ]
    )


def test_intakes(tmp_path: Path) -> None:
    cases = [_case("classes", *random_intake(number), number) for number in range(INTAKES)]
    made = _agree([case for case in cases if case is not None], tmp_path)
    assert len(made) > INTAKES / 2
    assert sum(state.get("Full re-run: results") == "passed" for state in made) > INTAKES / 3


def test_a_school_of_common_size_with_the_polish(tmp_path: Path) -> None:
    """Some 500 children, 11 classes, 11 columns: the numbers are as large as they come in practice."""
    problem, rows = make_city(515, 11, 1)
    drawn = whole_draw("classes", {**problem, "polish": 1}, rows, form)
    (checks,) = by_javascript([drawn.case(with_rows=True, with_results=True)], tmp_path)
    assert failed(checks) == []
    assert states(checks)["Full re-run: results"] == "passed"

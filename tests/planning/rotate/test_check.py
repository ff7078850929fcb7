"""The check sees every change to an outcome, and stands apart from what it checks."""

import ast
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.planning.rotate.small import person, problem

import junheng.planning.rotate as room
from junheng.planning.rotate import check, solve

Json = dict[str, Any]


def _asked() -> Json:
    persons = [person(f"a{n}", "A", ["backbone"]) for n in range(4)] + [
        person(f"b{n}", "B") for n in range(3)
    ]
    persons += [
        person("c0", "C"),
        person("c1", "C", years=1),
        person("a9", "A", subject="数学"),
        person("d0", "C", certificate=[]),
    ]
    rule = {
        "moved_of_eligible": "0.2",
        "most_moved_of_eligible": "0.5",
        "backbone_of_moved": "0.2",
        "most_out_of_school": "0.5",
    }
    return problem({"A": 110, "B": 100, "C": 90}, persons, rule)


def _swap_to(outcome: Json) -> None:
    first = outcome["moves"][0]
    first["to"] = "C" if first["to"] == "B" else "B"


def _new_mover(outcome: Json) -> None:
    outcome["moves"].append({**outcome["moves"][0], "person": "c1", "from": "C", "to": "A"})


CHANGES: dict[str, Callable[[Json], object]] = {
    "hash": lambda o: o.update(problem_hash="0" * 64),
    "kind": lambda o: o.update(kind="staff"),
    "status": lambda o: o.update(status="excellent"),
    "a move less": lambda o: o["moves"].pop(),
    "a move twice": lambda o: o["moves"].append(o["moves"][-1]),
    "another school": _swap_to,
    "not eligible": _new_mover,
    "home": lambda o: o["moves"][0].update(to=o["moves"][0]["from"]),
    "metres": lambda o: o["moves"][0].update(metres=1),
    "post": lambda o: o["moves"][0].update(post="数学"),
    "objective": lambda o: o["objective"].update(between_schools="0.1"),
    "burden": lambda o: o["objective"].update(burden=0),
    "start": lambda o: o.update(start=9),
    "bound up": lambda o: o["bound"].update(between_schools=10**6),
    "solver bound up": lambda o: o["bound"].update(solver_between_schools=10**6),
    "gap": lambda o: o.update(gap="0.5"),
    "price": lambda o: o["prices"].update(moved="0.5"),
    "price of a wrong sign": lambda o: o["prices"].update(backbone="-0.5"),
    "numerator": lambda o: o["shares"][0]["numerator"].pop(),
    "denominator": lambda o: o["shares"][0]["denominator"].pop(),
    "share left out": lambda o: o["shares"].pop(),
    "after": lambda o: o["units"][0]["after"].update(backbone=99),
    "part": lambda o: o["units"][0].update(part=99),
    "cv": lambda o: o["evenness"][0].update(cv_after="0.000000"),
    "fairness": lambda o: o["fairness"].update(never_moved=0),
    "blocked": lambda o: o["blocked"].pop(),
    "paper": lambda o: o["paper"].append({"person": "a0", "school": "A", "paid_at": "B"}),
    "no moves": lambda o: o.pop("moves"),
    "called impossible": lambda o: o.update(status="infeasible", reasons=[{"row": "no_eligible"}], moves=[]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_seen(name: str) -> None:
    asked = _asked()
    outcome = solve(asked)
    assert check(asked, outcome) == ()
    assert outcome["moves"]
    spoiled = deepcopy(outcome)
    CHANGES[name](spoiled)
    assert check(asked, spoiled)


def test_another_rule_breaks_the_same_plan() -> None:
    """A stricter rule with the right hash: the shares are judged, not only the fingerprint."""
    asked = _asked()
    outcome = solve(asked)
    stricter = {**asked, "rule": asked["rule"] | {"moved_of_eligible": "0.9", "most_moved_of_eligible": "1"}}
    from junheng.planning.frozen import problem_hash

    told = check(stricter, outcome | {"problem_hash": problem_hash(stricter)})
    assert any("moved_of_eligible" in text.en and "below" in text.en for text in told)


def test_the_check_imports_no_producer() -> None:
    allowed = {
        "junheng.basics",
        "junheng.planning.frozen",
        "collections",
        "collections.abc",
        "fractions",
        "math",
        "typing",
    }
    for path in sorted(Path(str(room.__file__)).parent.glob("check*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            assert all(n in allowed or n.startswith("junheng.planning.rotate.check") for n in names if n), (
                path
            )

"""The second mind finds every change of an outcome, and does not fall over what is malformed."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.planning.staff.made import one_subject, problem, school, stage

from junheng.planning.staff import check, solve

_TOLD_ONLY = {"zh", "en", "status", "solver_unmet", "value", "missing", "row"}


def _small() -> dict[str, Any]:
    """Three schools that use every part of an outcome."""
    teachers = {
        "full_time": 10, "doctor": 0, "master": 1, "bachelor": 8, "associate": 1, "secondary_or_below": 0,
        "trained_360h": 9,
    }  # fmt: skip
    schools = []
    for at, (need, have, staff) in enumerate([(2, 4, 11), (3, 1, 5), (4, 2, 9)]):
        level = stage(
            "primary", 190 if at else 90, 6, grades={"1": need}, subjects={"chinese": have}, teachers=teachers,
            forecast={"2025": {"pupils": 200, "classes": 6}, "2026": {"pupils": 240, "classes": 6}},
        )  # fmt: skip
        schools.append(
            school(
                f"s{at}", level, in_quota=staff, area="1", ages=[{"category": "men", "born": "1966-03", "persons": staff}],
                titles={"top": 0, "senior": 1, "middle": 4, "junior": 4, "untitled": 1},
                training=[{"cycle_year": 2, "hours": 100, "persons": 10}],
            )
        )  # fmt: skip
    sums = [{"name": "合计", "total": 3, "parts": [{"name": "甲", "number": 1}, {"name": "乙", "number": 2}]}]
    pay = {"teacher": 98600, "civil_servant": 97800}
    rules = one_subject()
    return problem(*schools, given=rules, sums=sums, pay=pay, approved_total=28)


def _changes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every figure of an outcome that somebody might change."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in _TOLD_ONLY:
                yield from _changes(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _changes(inner, (*path, at))
    elif isinstance(value, int) or (isinstance(value, str) and value[:1].isdigit()):
        yield path


def test_every_changed_figure_is_found() -> None:
    made = _small()
    outcome = solve(made)
    assert check(made, outcome) == ()
    assert outcome["moves"]
    paths = [path for path in _changes(outcome) if path[0] != "problem_hash"]
    missed = []
    for path in paths:
        wrong = copy.deepcopy(outcome)
        holder = wrong
        for key in path[:-1]:
            holder = holder[key]
        old = holder[path[-1]]
        holder[path[-1]] = old + 1 if isinstance(old, int) else "987654321"
        if not check(made, wrong):
            missed.append((path, old))
    assert len(paths) > 150
    assert missed == []


@pytest.mark.parametrize(
    "part", ["quotas", "staffing", "subjects", "unmet", "moves", "needs", "recruitment", "sums"]
)
def test_a_missing_or_doubled_entry_is_found(part: str) -> None:
    made = _small()
    outcome = solve(made)
    shorter, longer = copy.deepcopy(outcome), copy.deepcopy(outcome)
    del shorter[part][0]
    longer[part].append(longer[part][0])
    assert check(made, shorter)
    assert check(made, longer)


def test_a_silenced_cannot_tell_is_found() -> None:
    made = problem(school("a", stage("primary")))
    outcome = solve(made)
    del outcome["cannot_tell"][0]
    assert check(made, outcome)


def test_another_problem_and_malformed_outcomes_are_told() -> None:
    made = _small()
    outcome = solve(made)
    assert "指纹" in check({**made, "base_year": 2023}, outcome)[0].zh
    for part in ("quotas", "totals", "structure", "bound", "cannot_tell"):
        assert check(made, {key: value for key, value in outcome.items() if key != part})
        assert check(made, {**outcome, part: 3})
    assert check(made, {**outcome, "status": "perfect"})


def test_the_check_stands_alone() -> None:
    """No module of the producer, no numpy, no solver: basics, frozen and the standard library."""
    folder = Path(check.__code__.co_filename).parent
    allowed = ("junheng.basics", "junheng.planning.frozen", "junheng.planning.staff.check")
    for path in folder.glob("check*.py"):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith(("import ", "from ")):
                module = line.split()[1]
                assert not module.startswith("junheng") or module.startswith(allowed), (path.name, line)
                assert module.split(".")[0] not in ("numpy", "scipy", "highspy", "yaml")


def test_outcomes_are_plain_json() -> None:
    made = _small()
    outcome = solve(made)
    assert json.loads(json.dumps(outcome)) == outcome

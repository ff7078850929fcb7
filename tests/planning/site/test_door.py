"""One door for the county's question and for the models of the literature."""

from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.planning.site import check, maps, read_problem, solve, summary, tables, walking
from junheng.planning.site.classical.synthetic import random_problem


def test_a_classical_model_passes_through_the_same_door() -> None:
    frozen = random_problem("p_median", 1, 12, 6)
    outcome = solve(frozen, seconds=10)
    assert outcome["problem_hash"]
    assert check(frozen, outcome) == ()
    assert summary(frozen, outcome)
    assert tables(frozen, outcome)
    assert (maps(frozen, outcome), walking(frozen, outcome, True)) == ((), [])


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "problem.yaml"
    path.write_text("kind: pair\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_problem(path)
    assert "kind: site" in str(caught.value)


def test_an_outcome_of_the_other_model_is_wrong() -> None:
    frozen = random_problem("p_median", 1, 12, 6)
    outcome = solve(frozen, seconds=10)
    assert check(frozen | {"model": "schools"}, outcome)

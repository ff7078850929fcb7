"""The rules written out in full: the same plan again, and every field the verifiers ask for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.class_formation import declared_problem, plan_from

SHORT = {"method": "random", "groups": [{"school": "甲校", "grade": "七年级", "classes": 2}]}


def test_what_the_rules_leave_out_is_written_out() -> None:
    """A group without teams once made a draw that no verifier could read."""
    declared = declared_problem(plan_from(SHORT))
    assert declared["groups"][0]["teams"] == []
    assert set(declared) == {"method", "sweeps", "polish", "relief", "mark_unit", "covariates", "groups"}


@pytest.mark.parametrize("more", [{"cap": 50}, {"score": ["语文"]}, {"tolerance": {"size": 1}}])
def test_what_the_rules_say_stays(more: dict[str, object]) -> None:
    assert declared_problem(plan_from({**SHORT, **more})).items() >= more.items()


COVARIATES = st.sampled_from(
    [
        {"name": "语文", "source": "mark"},
        {"name": "总分", "source": "mark", "of": ["语文", "数学"], "weight": 4},
        {"name": "离散", "source": "squared", "of": ["语文"], "weight": 2},
        {"name": "特殊", "source": "special"},
        {"name": "migrant", "source": "flag"},
        {"name": "学校", "source": "feeder", "top": 3},
    ]
)


@settings(max_examples=examples(40))
@given(st.lists(COVARIATES, unique_by=lambda entry: entry["name"]), st.integers(0, 9), st.integers(0, 1))
def test_reading_it_again_gives_the_same_plan(covariates: list[object], sweeps: int, polish: int) -> None:
    problem = {**SHORT, "method": "swaps", "covariates": covariates, "sweeps": sweeps, "polish": polish}
    plan = plan_from(problem)
    assert plan_from(declared_problem(plan)) == plan
    assert declared_problem(plan_from(declared_problem(plan))) == declared_problem(plan)

"""Findings of the example district, three years, made once; and states written by hand."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from junheng.data import check_snapshot, read_input
from junheng.judgement import Question, assess_regions, write_findings
from junheng.judgement.monitoring import State, Subject, read_states

COUNTY = "150102"


@pytest.fixture(scope="session")
def findings(example_district: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Path]:
    """Year → finding folder, without documents."""
    found = {}
    for year in (2022, 2023, 2024):
        checked = check_snapshot(read_input(example_district / f"{year}.xlsx"))
        folder = tmp_path_factory.mktemp("findings") / str(year)
        assessments = assess_regions(checked, Question("quality-2017", year))
        write_findings(assessments, folder, command=["test"], documents=lambda _: None)
        found[year] = folder
    return found


@pytest.fixture(scope="session")
def states(findings: Mapping[int, Path], example_district: Path) -> tuple[State, ...]:
    """The three years with their tables."""
    return read_states(list(findings.values()), [example_district / f"{year}.xlsx" for year in findings])


def made_state(year: int, schools: Mapping[str, Mapping[str, Any]], **others: Mapping[str, Any]) -> State:
    """A state of primary schools with these facts; ``others``: the county's facts by what a rule looks over."""
    subjects: dict[Any, list[Subject]] = {
        "school": [
            Subject(key, f"{key}校", "primary", "", {"stage": "primary", **_exact(facts)})
            for key, facts in schools.items()
        ]
    }
    for over, facts in others.items():
        subjects[over] = [Subject("", "", "primary", "", {"stage": "primary", **_exact(facts)})]
    known = frozenset((key, "primary") for key in schools)
    return State(year, "quality-2017", COUNTY, "甲县", subjects, "", "", known)


def _exact(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Fraction(str(value))
        if isinstance(value, int | float) and not isinstance(value, bool)
        else value
        for name, value in facts.items()
    }

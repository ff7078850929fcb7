from fractions import Fraction
from types import SimpleNamespace

import pytest

from junheng.basics import Text
from junheng.verification.cells import exact
from junheng.verification.counting import not_counted
from junheng.verification.facts import Extra, Fact, Formula, fact
from junheng.verification.meaning import Value
from junheng.verification.parse import parse

STAGE: dict[str, Value] = {"stage": "primary", "pupils": Fraction(60)}


def _formula(numerator: str, denominator: str = "pupils", **extra: str) -> Formula:
    extras = [Extra("R3s", parse(extra["when"]), parse(extra["add"]))] if extra else []
    expressions = ({"primary": parse(numerator)}, {"primary": parse(denominator)})
    return Formula("R3", Fraction(100), True, Text("人", "persons"), *expressions, extras, frozenset())


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"pe": 2, "extra": 1, "rural": True}, (3, 5, ("R3s",))),
        ({"pe": 2, "extra": 0, "rural": True}, (2, Fraction(10, 3), ())),
        ({"pe": 2, "extra": None, "rural": True}, (2, Fraction(10, 3), ())),
        ({"pe": 2, "extra": 1, "rural": False}, (2, Fraction(10, 3), ())),
        ({"pe": 2, "extra": 1, "rural": None}, (2, Fraction(10, 3), ())),
        ({"pe": None, "extra": 1, "rural": True}, (None, None, ("R3s",))),
    ],
)
def test_a_relaxation_adds_what_it_has_where_its_condition_holds(
    cells: dict[str, int | bool | None], expected: tuple[object, ...]
) -> None:
    row = {name: exact(cell) for name, cell in cells.items()}
    found = fact(_formula("pe", when="rural", add="extra"), "primary", {**STAGE, **row})
    assert (found.numerator, found.value, found.relaxed) == expected


def test_nothing_is_divided_by_nobody() -> None:
    found = fact(_formula("pe"), "primary", {"pe": Fraction(2), "pupils": Fraction(0)})
    assert found == Fact(Fraction(2), Fraction(0), None)


def test_a_stage_without_a_formula_has_no_numerator() -> None:
    assert fact(_formula("pe"), "senior", {**STAGE, "pe": Fraction(2)}) == Fact(None, None, None)


@pytest.mark.parametrize(
    ("school", "pupils", "policy", "expected"),
    [
        ({"kind": "primary"}, 60, "separate_if_ge_min", None),
        ({"kind": "special"}, 60, "separate_if_ge_min", "kind:special"),
        ({"kind": "teaching_point"}, 50, "separate_if_ge_min", None),
        ({"kind": "teaching_point"}, 49, "separate_if_ge_min", "teaching_point:<50"),
        ({"kind": "teaching_point"}, None, "separate_if_ge_min", None),
        ({"kind": "teaching_point", "is_counted": False}, 50, "separate_if_ge_min", None),
        ({"kind": "teaching_point"}, 500, "exclude", "teaching_point"),
        ({"kind": "teaching_point"}, 5, "merge_into_parent", None),
        ({"kind": "primary", "ownership": "private"}, 60, "exclude", "private"),
        ({"kind": "primary", "run_by": "city"}, 60, "exclude", "run_by:city"),
        ({"kind": "primary", "is_counted": False}, 60, "exclude", "not_counted_row"),
        ({"kind": None}, 60, "exclude", None),
    ],
)
def test_who_is_counted(
    build: SimpleNamespace, school: dict[str, object], pupils: int | None, policy: str, expected: str | None
) -> None:
    counting = build.counting(policy, exclude_run_by=("city",), private_counted=False)
    standard = build.standard(counting)
    stage = build.row("stage", stage="primary", pupils=pupils)
    assert not_counted(build.row("school", **school), stage, standard) == expected


def test_a_stage_the_standard_does_not_judge(build: SimpleNamespace) -> None:
    standard = build.standard(build.counting())
    stage = build.row("stage", stage="senior", pupils=60)
    assert not_counted(build.row("school", kind="senior"), stage, standard) == "stage:senior"

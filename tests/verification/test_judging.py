from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import Text
from junheng.standards import IndicatorRule, SchoolRule
from junheng.verification.facts import Fact, Formula
from junheng.verification.judging import (
    CANNOT_TELL,
    MET,
    NOT_MET,
    Judged,
    all_of,
    judge_indicator,
    judge_school,
    school_shares,
)

LINE, FLOOR = Decimal("4.2"), Decimal("3.57")
# One letter per indicator: A reaches T, B lies between floor and T, C below the floor, U unknown.
LETTERS = {
    "A": Judged(LINE, FLOOR, MET, MET, Fraction(0), Fraction(0)),
    "B": Judged(LINE, FLOOR, NOT_MET, MET, Fraction(1), Fraction(0)),
    "C": Judged(LINE, FLOOR, NOT_MET, NOT_MET, Fraction(2), Fraction(1)),
    "U": Judged(LINE, FLOOR, CANNOT_TELL, CANNOT_TELL, None, None),
}


def _rule(build: SimpleNamespace, **changes: object) -> IndicatorRule:
    given = {"id": "R1", "indicator": "i", "name": Text("甲", "a"), "text": "…", "citation": build.citation}
    lines = {"thresholds": {"primary": LINE}, "floor_ratio": Decimal("0.85")}
    return IndicatorRule.model_validate({**given, **lines, **changes})


def _formula(whole: bool) -> Formula:
    return Formula("R1", Fraction(100), whole, Text("人", "persons"), {}, {}, (), frozenset())


def _school_rule(build: SimpleNamespace) -> SchoolRule:
    return SchoolRule(min_met=6, of=7, text="…", citation=build.citation)


def _school(build: SimpleNamespace, pattern: Sequence[str]) -> str | None:
    return judge_school(_school_rule(build), [LETTERS[letter] for letter in pattern])


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("AAAAAAA", MET),
        ("AAAAAAB", MET),
        ("AAAAAAC", NOT_MET),
        ("AAAAABB", NOT_MET),
        ("AAAAAAU", CANNOT_TELL),
        ("AAAAABU", CANNOT_TELL),
        ("AAAABBU", NOT_MET),
        ("CUUUUUU", NOT_MET),
        ("UUUUUUU", CANNOT_TELL),
    ],
)
def test_the_school_rule(build: SimpleNamespace, pattern: str, expected: str) -> None:
    assert _school(build, pattern) == expected


@settings(max_examples=examples(60), deadline=None)
@given(st.text(alphabet="ABCU", min_size=7, max_size=7))
def test_an_unknown_decides_nothing_that_its_completion_could_change(
    build: SimpleNamespace, pattern: str
) -> None:
    """The rule with unknowns is what all completions agree on; computed by trying them all."""
    choices = ["ABC" if letter == "U" else letter for letter in pattern]
    completions = {_school(build, completed) for completed in product(*choices)}
    expected = completions.pop() if len(completions) == 1 else CANNOT_TELL
    assert _school(build, pattern) == expected


@pytest.mark.parametrize(
    ("teachers", "pupils", "verdict", "floor", "shortfall", "floor_shortfall"),
    [
        (42, 1000, MET, MET, 0, 0),
        (41, 1000, NOT_MET, MET, 1, 0),
        (357, 10000, NOT_MET, MET, 63, 0),
        (35, 1000, NOT_MET, NOT_MET, 7, 1),
        (0, 3, NOT_MET, NOT_MET, 1, 1),
    ],
)
def test_lines_are_inclusive_and_persons_come_whole(
    build: SimpleNamespace,
    teachers: int,
    pupils: int,
    verdict: str,
    floor: str,
    shortfall: int,
    floor_shortfall: int,
) -> None:
    value = Fraction(100 * teachers, pupils)
    fact = Fact(Fraction(teachers), Fraction(pupils), value)
    found = judge_indicator(_rule(build), _formula(whole=True), "primary", fact)
    assert (found.verdict, found.floor_verdict) == (verdict, floor)
    assert [found.shortfall, found.floor_shortfall] == [Fraction(shortfall), Fraction(floor_shortfall)]


def test_areas_are_lacking_to_the_last_digit(build: SimpleNamespace) -> None:
    fact = Fact(Fraction("41.9"), Fraction(1000), Fraction("4.19"))
    found = judge_indicator(_rule(build), _formula(whole=False), "primary", fact)
    assert found.shortfall == Fraction("0.1")


def test_no_line_no_verdict_and_no_value_no_telling(build: SimpleNamespace) -> None:
    unknown = Fact(None, Fraction(10), None)
    formula = _formula(whole=True)
    no_line = judge_indicator(_rule(build), formula, "junior", unknown)
    no_value = judge_indicator(_rule(build), formula, "primary", unknown)
    assert (no_line.verdict, no_line.shortfall) == (None, None)
    assert (no_value.verdict, no_value.floor_verdict, no_value.shortfall) == (CANNOT_TELL, CANNOT_TELL, None)


@pytest.mark.parametrize(
    ("verdicts", "share", "expected"),
    [
        ([MET, MET], "1", MET),
        ([MET, CANNOT_TELL], "1", CANNOT_TELL),
        ([NOT_MET, CANNOT_TELL], "1", NOT_MET),
        ([MET, NOT_MET, CANNOT_TELL], "0.6", CANNOT_TELL),
        ([MET, MET, NOT_MET], "0.6", MET),
        ([MET, NOT_MET, NOT_MET], "0.6", NOT_MET),
    ],
)
def test_share_of_schools_that_pass(verdicts: list[str], share: str, expected: str) -> None:
    assert school_shares(verdicts, Decimal(share)) == expected


def test_three_valued_and() -> None:
    assert [all_of(v) for v in ([], [MET, CANNOT_TELL], [CANNOT_TELL, NOT_MET])] == [
        MET,
        CANNOT_TELL,
        NOT_MET,
    ]

"""Every trigger of the library on both sides: facts on which its sentence is printed, and facts on which it is not."""

from fractions import Fraction

import pytest

from junheng.judgement.promises import check_measure
from junheng.reports.compose import load_library

# (facts that print it, facts that do not): a trigger stands here once for all stages and indicators.
Facts = dict[str, int | str]
SIDES: dict[str, tuple[Facts, Facts]] = {
    "passed": ({"passed": 1}, {"passed": 0}),
    "none_passed": ({"schools": 30, "passed": 0}, {"schools": 30, "passed": 1}),
    "met": ({"schools": 1}, {"schools": 0}),
    "weak": ({"schools": 66, "not_met": 34}, {"schools": 66, "not_met": 33}),
    "uneven": ({"cv": "0.5001", "limit": "0.5"}, {"cv": "0.5", "limit": "0.5"}),
    "promises": ({"all": 1}, {"all": 0}),
    "rotation_short": (
        {"moved": 100, "backbone": 19, "line": "0.2"},
        {"moved": 100, "backbone": 20, "line": "0.2"},
    ),
    "pay": ({"teacher": 100, "servant": 100}, {"teacher": 99, "servant": 100}),
    "pay_short": ({"teacher": 99, "servant": 100}, {"teacher": 100, "servant": 100}),
    "large": ({"large": 1}, {"large": 0}),
    "no_large": ({"large": 0}, {"large": 1}),
    "rooms_needed": ({"rooms": 1}, {"rooms": 0}),
    "town_large": ({"town": 2, "rural": 1}, {"town": 1, "rural": 1}),
    "hazards": ({"all": 1}, {"all": 0}),
    "hazards_late": ({"overdue": 1}, {"overdue": 0}),
    "firms_short": ({"prepaid": 2, "supervised": 1}, {"prepaid": 1, "supervised": 1}),
    "full_hours": ({"all": 1}, {"all": 0}),
    "subject_short": ({"periods": 1}, {"periods": 0}),
    "funds_due": ({"undecided": 0}, {"undecided": 1}),
    "funds_known": ({"undecided": 1}, {"undecided": 0}),
    "arrears": ({"schools": 1}, {"schools": 0}),
    "aid_poor": ({"times": 1}, {"times": 0}),
    "aid_loans": ({"times": 1}, {"times": 0}),
    "forecast_warned": ({"warnings": 1}, {"warnings": 0}),
    "schools_scored": ({"all": 1}, {"all": 0}),
    "d.campus": ({"after": 2, "before": 1}, {"after": 1, "before": 1}),
    "d.merge": ({"points": 1}, {"points": 0}),
    "c.classes": ({"pupils": 1}, {"pupils": 0}),
    "survey_met": (
        {"satisfied": 850, "limit": "17/20", "valid": 1000},
        {"satisfied": 849, "limit": "17/20", "valid": 1000},
    ),
    "survey_short": (
        {"satisfied": 849, "limit": "17/20", "valid": 1000},
        {"satisfied": 850, "limit": "17/20", "valid": 1000},
    ),
    "survey_return_short": (
        {"valid": 699, "limit": "7/10", "issued": 1000},
        {"valid": 700, "limit": "7/10", "issued": 1000},
    ),
    "survey_near": (
        {"low": "0.8499", "limit": "17/20", "high": "0.8501"},
        {"low": "0.85", "limit": "17/20", "high": "0.87"},
    ),
    "roll_checked": ({"listed": 100, "rest": 1}, {"listed": 100, "rest": 0}),
    "roll_all_found": ({"listed": 100, "rest": 0}, {"listed": 0, "rest": 0}),
    "onsite_checked": ({"listed": 100, "rest": 1}, {"listed": 100, "rest": 0}),
    "onsite_all_found": ({"listed": 100, "rest": 0}, {"listed": 100, "rest": 1}),
    "dropout_overdue": ({"overdue": 1}, {"overdue": 0}),
    "draw_placed": ({"children": 1}, {"children": 0}),
    "draw_over_plan": ({"over": 1}, {"over": 0}),
    "classes_drawn": ({"pupils": 1}, {"pupils": 0}),
    "quota_shared": (
        {"seats": 500, "least": "1/2", "plan": 1000},
        {"seats": 499, "least": "1/2", "plan": 1000},
    ),
    "quota_shared_short": (
        {"seats": 499, "least": "1/2", "plan": 1000},
        {"seats": 500, "least": "1/2", "plan": 1000},
    ),
    "quota_tilt": ({"rural": "0.3001", "other": "0.3"}, {"rural": "0.3", "other": "0.3"}),
    "c.capital": ({"estimate": 1}, {"estimate": 0}),
}


def _base(name: str) -> str:
    """The id without stage, indicator and the like: the longest that the table knows."""
    parts = name.split(".")
    return next((known for n in range(len(parts), 0, -1) if (known := ".".join(parts[:n])) in SIDES), name)


TRIGGERED = [rule for rule in load_library().sentences.values() if rule.when != "TRUE"]


@pytest.mark.parametrize("name", [rule.id for rule in TRIGGERED])
def test_a_trigger_holds_on_one_side_and_not_on_the_other(name: str) -> None:
    rule = load_library().sentences[name]
    for facts, expected in zip(SIDES[_base(name)], (True, False), strict=True):
        exact = {key: Fraction(value) for key, value in facts.items()}
        assert check_measure(rule.when, exact, rule.id).holds(exact) is expected


def test_the_table_holds_no_other_trigger() -> None:
    assert {_base(rule.id) for rule in TRIGGERED} == set(SIDES)


@pytest.mark.parametrize("name", [rule.id for rule in load_library().sentences.values() if rule.needs])
def test_what_a_sentence_needs_is_on_both_sides(name: str) -> None:
    rule = load_library().sentences[name]
    names = check_measure(rule.needs, rule.figures, rule.id).names
    good: dict[str, Fraction | bool | str | None]
    bad: dict[str, Fraction | bool | str | None]
    if names == ("counties",):
        good, bad = {"counties": Fraction(1)}, {"counties": Fraction(2)}
    elif names == ("purpose",):
        good, bad = {"purpose": "official"}, {"purpose": "rehearsal"}
    elif names in (("valid",), ("plan",)):
        good, bad = {names[0]: Fraction(1)}, {names[0]: Fraction(0)}
    else:
        good = {key: Fraction(0) for key in names}
        bad = good | {names[-1]: Fraction(1)}
    assert check_measure(rule.needs, good).holds(good) is True
    assert check_measure(rule.needs, bad).holds(bad) is False


def test_every_trigger_names_figures_of_its_sentence() -> None:
    for rule in load_library().sentences.values():
        for text in filter(None, (rule.when, rule.needs)):
            assert set(check_measure(text, rule.figures, rule.id).names) <= set(rule.figures)


def test_every_sentence_and_datum_is_used() -> None:
    library = load_library()
    used = {name for shape in library.shapes.values() for name in shape.sentences}
    assert used == set(library.sentences)
    told = {
        figure.told for rule in library.sentences.values() for figure in rule.figures.values() if figure.told
    }
    assert told == set(library.told)

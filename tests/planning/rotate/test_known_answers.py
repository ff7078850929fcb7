"""Rotations worked by hand."""

import threading
from fractions import Fraction

import pytest
from tests.planning.rotate.small import person, problem

from junheng.planning.frozen import exact
from junheng.planning.rotate import check, solve, summary, tables


def two_schools(**rule: object) -> dict[str, object]:
    """A has four backbone teachers, B none; 100 pupils each: even is two and two."""
    persons = [person(f"a{n}", "A", ["backbone"]) for n in range(4)] + [
        person(f"b{n}", "B") for n in range(4)
    ]
    return problem({"A": 100, "B": 100}, persons, rule)


def test_two_and_two() -> None:
    """Mean 2 per 100; before |4-2|, |0-2| → 2; two exchanged for two → 0."""
    outcome = solve(two_schools())
    assert outcome["start"] == 2
    assert (outcome["status"], outcome["objective"]["between_schools"], outcome["gap"]) == ("optimal", 0, 0)
    assert sorted((m["from"], m["to"]) for m in outcome["moves"]) == [("A", "B")] * 2 + [("B", "A")] * 2


def test_the_ceiling_stops_at_one_pair() -> None:
    """Of eight eligible at most 25 % = 2: one pair; 3 and 1 → distance 1. The ceiling binds and has a price."""
    outcome = solve(two_schools(most_moved_of_eligible="0.25"))
    assert outcome["objective"]["between_schools"] == 1
    assert outcome["bound"]["between_schools"] == 1
    assert [row["row"] for row in outcome["binding"]] == ["moved"]


def test_shares_are_listed_by_name() -> None:
    outcome = solve(
        two_schools(moved_of_eligible="0.5", most_moved_of_eligible="0.5", backbone_of_moved="0.5")
    )
    moved, backbone = outcome["shares"]
    assert moved["denominator"] == ["a0", "a1", "a2", "a3", "b0", "b1", "b2", "b3"]
    assert len(moved["numerator"]) == 4
    assert backbone["denominator"] == moved["numerator"]
    assert backbone["numerator"] == [name for name in moved["numerator"] if name[0] == "a"]


def test_one_for_one_needs_a_partner_of_the_subject() -> None:
    persons = [person("a", "A", ["backbone"]), person("b", "B", subject="数学")]
    outcome = solve(problem({"A": 100, "B": 100}, persons))
    assert outcome["moves"] == []
    assert outcome["blocked"] == [{"person": "a", "reason": "partner"}, {"person": "b", "reason": "partner"}]


def test_who_never_moved_goes_first_and_then_the_nearest_home() -> None:
    persons = [
        person("a1", "A", ["backbone"], last_rotation=2015), person("a2", "A", ["backbone"], home="far"),
        person("a3", "A", ["backbone"], home="near"), person("b", "B"),
    ]  # fmt: skip
    homes = {"far": {"B": 9000}, "near": {"B": 100}}
    outcome = solve(problem({"A": 100, "B": 100}, persons, homes=homes))
    assert [move["person"] for move in outcome["moves"]] == ["a3", "b"]
    assert outcome["fairness"]["never_moved"] == 2


def test_the_coefficient_of_variation() -> None:
    """Three and one of 100 pupils each: CV² = ((3-2)²+(1-2)²)/2 / 2² = 1/4."""
    outcome = solve(two_schools(most_moved_of_eligible="0.25") | {"objective": "cv"})
    assert exact(outcome["start"]) == 1
    assert exact(outcome["objective"]["between_schools"]) == Fraction(1, 4)
    assert outcome["evenness"][0]["cv_after"] == "0.500000"


def test_family_and_certificate_limits() -> None:
    """a0 may only go to C, a1 has no certificate: only a2 can be exchanged with B, and he is."""
    persons = [
        person("a0", "A", ["backbone"], reach=["C"]), person("a1", "A", ["backbone"], certificate=[]),
        person("a2", "A", ["backbone"]), person("b0", "B"), person("c0", "C", subject="数学"),
    ]  # fmt: skip
    outcome = solve(problem({"A": 100, "B": 100, "C": 100}, persons))
    assert [(m["person"], m["to"]) for m in outcome["moves"]] == [("a2", "B"), ("b0", "A")]
    assert {r["person"]: r["reason"] for r in outcome["blocked"]} == {
        "a0": "partner",
        "a1": "certificate",
        "c0": "partner",
    }


def test_unknown_years_count_in_the_denominator_and_never_move() -> None:
    persons = [person(f"a{n}", "A", ["backbone"]) for n in range(2)] + [
        person("b0", "B"),
        person("b1", "B", years=None),
    ]
    outcome = solve(problem({"A": 100, "B": 100}, persons, {"moved_of_eligible": "0.5"}))
    assert len(outcome["shares"][0]["denominator"]) == 4
    assert "b1" not in outcome["shares"][0]["numerator"]
    assert outcome["blocked"] == [{"person": "b1", "reason": "possible"}]


def test_nobody_eligible_is_said() -> None:
    asked = problem({"A": 100, "B": 100}, [person("a", "A", years=2), person("b", "B", exempt="哺乳期")])
    outcome = solve(asked)
    assert outcome["status"] == "infeasible"
    assert outcome["reasons"][0]["row"] == "no_eligible"
    assert "2" in outcome["reasons"][0]["zh"]
    assert check(asked, outcome) == ()
    assert len(summary(asked, outcome)) == 2


def test_too_much_asked_is_short_by_two_and_proven() -> None:
    """Six of eight asked, but one subject of each school has no partner: four can move, two are short."""
    persons = [person(f"a{n}", "A", ["backbone"]) for n in range(2)] + [
        person(f"b{n}", "B") for n in range(2)
    ]
    persons += [person(f"m{n}", "A", subject="数学") for n in range(4)]
    asked = problem({"A": 100, "B": 100}, persons, {"moved_of_eligible": "0.75"})
    outcome = solve(asked)
    assert outcome["status"] == "infeasible"
    assert (outcome["reasons"][0]["row"], outcome["reasons"][0]["short"]) == ("moved", 2)
    assert exact(outcome["bound"]["short"]) > Fraction(19, 10)
    assert outcome["reasons"][1] | {"zh": "", "en": ""} == {
        "row": "blocked:partner",
        "persons": 4,
        "zh": "",
        "en": "",
    }
    assert tables(asked, outcome)[0].rows[0][1] == 2


def test_graduating_grades_and_principals() -> None:
    persons = [person(f"a{n}", "A", ["backbone"], graduating=1) for n in range(2)]
    persons += [person(f"b{n}", "B", graduating=int(n == 0)) for n in range(2)]
    persons += [
        person("pa", "A", role="principal", terms=2, years=8),
        person("pb", "B", role="principal", terms=3),
    ]
    persons += [person("pc", "B", role="deputy", terms=1)]
    rule = {"graduating_of_eligible": "1", "principal_terms": 2, "principals_of_due": "1"}
    outcome = solve(problem({"A": 100, "B": 100}, persons, rule))
    assert {m["person"] for m in outcome["moves"]} >= {"a0", "a1", "b0", "pa", "pb"}
    names = {share["id"]: share for share in outcome["shares"]}
    assert names["graduating_of_eligible"]["numerator"] == ["a0", "a1", "b0"]
    assert names["principals_of_due"]["denominator"] == ["pa", "pb"]
    assert "pa" not in names["moved_of_eligible"]["denominator"]


def test_pay_or_timetable_elsewhere_is_flagged() -> None:
    persons = [person("a", "A", ["backbone"], paid_at="B"), person("b", "B", timetabled_at="B")]
    outcome = solve(problem({"A": 100, "B": 100}, persons))
    assert outcome["paper"] == [{"person": "a", "school": "A", "paid_at": "B"}]


def test_two_runs_are_the_same() -> None:
    asked = two_schools(most_moved_of_eligible="0.25")
    assert solve(asked) == solve(asked)


@pytest.mark.parametrize("objective", ["gap", "cv"])
def test_an_early_stop_is_a_checked_answer(objective: str) -> None:
    stop = threading.Event()
    stop.set()
    asked = two_schools(most_moved_of_eligible="0.25") | {"objective": objective}
    outcome = solve(asked, stop=stop)
    assert outcome["status"] in {"optimal", "within_gap", "interrupted", "time_limit"}
    assert check(asked, outcome) == ()


def test_telling_is_whole() -> None:
    asked = two_schools(most_moved_of_eligible="0.25")
    outcome = solve(asked)
    told = summary(asked, outcome)
    assert 3 <= len(told) <= 8
    assert all(text.zh and text.en for text in told)
    for table in tables(asked, outcome):
        assert all(len(row) == len(table.columns) for row in table.rows)

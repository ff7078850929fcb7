"""Who gets a quota seat: eligibility, lowest score, wishes, ties, unfilled seats."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.quota.made_problem import LOT, YEAR, junior, rules, senior
from tests.effort import examples

from junheng.admissions import QuotaInput, QuotaLot, allocate_quota
from junheng.admissions.quota.admit import Admission, admit, require_rule
from junheng.admissions.quota.lot import numbers_lot
from junheng.admissions.quota.problem import Pupil
from junheng.basics import UserError

A, B = "S001", "S002"


def pupil(number: int, score: float, *wishes: str, **facts: Any) -> Pupil:
    facts = {"junior": "J001", "years": Fraction(3), **facts}
    return Pupil(f"P{number:03}", score=Fraction(str(score)), wishes=wishes, **facts)


def run(
    pupils: list[Pupil],
    seats: tuple[int, int] = (1, 1),
    order: str = "score_first",
    lot: QuotaLot = LOT,
    line: dict[str, Any] | None = None,
    **facts: Any,
) -> Admission:
    admission = {"order": order, "minimum_score": line or {"kind": "none"}}
    rules_ = rules(eligibility={"years": "3"}, admission=admission)
    seniors = (replace(senior(1, seats[0]), **facts), replace(senior(2, seats[1]), **facts))
    given_ = QuotaInput(YEAR, seniors, (junior(1, 10),), tuple(pupils))
    return admit(allocate_quota(given_, rules_, lot), require_rule(rules_.admission))


def outcomes(admission: Admission) -> list[str]:
    return [row.senior or row.outcome for row in admission.placed]


def test_by_score_each_takes_the_best_open_wish() -> None:
    found = run([pupil(1, 600, A, B), pupil(2, 590, A, B), pupil(3, 580, A, B)])
    assert outcomes(found) == [A, B, "no_seat"]
    assert [row.wish for row in found.placed] == [1, 2, 0]


def test_by_wish_the_first_wishes_go_first() -> None:
    """The second pupil's second wish comes after the third pupil's first, though he has more marks."""
    pupils = [pupil(1, 600, A, B), pupil(2, 590, A, B), pupil(3, 580, B)]
    assert outcomes(run(pupils, order="wish_first")) == [A, "no_seat", B]
    assert outcomes(run(pupils)) == [A, B, "no_seat"]


def test_three_years_at_the_same_school() -> None:
    found = run([pupil(1, 600, A, years=Fraction(5, 2)), pupil(2, 500, A)])
    assert outcomes(found) == ["not_eligible", A]
    assert "2.5 年，不满 3 年" in found.placed[0].reason.zh


@pytest.mark.parametrize(
    ("line", "admitted"),
    [
        ({"kind": "none"}, [A, B]),
        ({"kind": "control_line"}, [A, "below_line"]),
        ({"kind": "below_reference_line", "points": "20"}, ["below_line", "below_line"]),
        ({"kind": "below_reference_line", "points": "30.5"}, [A, "below_line"]),
    ],
)
def test_the_lowest_score(line: dict[str, Any], admitted: list[str]) -> None:
    """Control line 549.5, usual line 580; scores 549.5 and 549."""
    facts = {"control_line": Fraction("549.5"), "reference_line": Fraction(580)}
    found = run([pupil(1, 549.5, A, B), pupil(2, 549, A, B)], line=line, **facts)
    assert outcomes(found) == admitted


def test_a_line_the_rules_need_may_not_be_blank() -> None:
    with pytest.raises(UserError, match="最低控制线"):
        run([pupil(1, 600, A)], line={"kind": "control_line"})


def test_equal_scores_are_parted_by_marks_then_by_lot() -> None:
    first, second = pupil(1, 600, A, ties=(Fraction(99),)), pupil(2, 600, A, ties=(Fraction(100),))
    assert outcomes(run([first, second], lot=QuotaLot())) == ["no_seat", A]
    equal = [replace(first, ties=()), replace(second, ties=())]
    with pytest.raises(UserError, match="需要抽签"):
        run(equal, lot=QuotaLot())
    drawn = numbers_lot([("P001", "2", "a"), ("P002", "1", "b")])
    assert outcomes(run(equal, lot=drawn)) == ["no_seat", A]
    assert outcomes(run(equal, lot=drawn, order="wish_first")) == ["no_seat", A]


def test_equals_who_want_different_schools_need_no_lot() -> None:
    equal = [pupil(1, 600, A), pupil(2, 600, B)]
    for order in ("score_first", "wish_first"):
        assert outcomes(run(equal, lot=QuotaLot(), order=order)) == [A, B]


def test_unfilled_seats_return_to_the_area() -> None:
    found = run([pupil(1, 600, A)], seats=(3, 2))
    assert [(row.senior, row.area, row.seats) for row in found.returned] == [(A, "甲区", 2), (B, "甲区", 2)]


def test_pupils_of_an_open_pack_compete_together() -> None:
    rules_ = rules(
        packs={"inside": "open"},
        eligibility={"years": "3"},
        admission={"order": "score_first", "minimum_score": {"kind": "none"}},
    )
    juniors = (junior(1, 5, pack="组"), junior(2, 5, pack="组"))
    pupils = (pupil(1, 500, A), pupil(2, 510, A, junior="J002"))
    allocation = allocate_quota(QuotaInput(YEAR, (senior(1, 1),), juniors, pupils), rules_, QuotaLot())
    assert outcomes(admit(allocation, require_rule(rules_.admission))) == ["no_seat", A]


def test_pupils_without_a_rule_of_admission_are_refused() -> None:
    with pytest.raises(UserError, match="没有写录取办法"):
        require_rule(None)


@st.composite
def applicants(draw: st.DrawFn) -> list[Pupil]:
    wishes = st.sampled_from([(A,), (B,), (A, B), (B, A), ()])
    return [
        pupil(
            n,
            draw(st.sampled_from([500, 510, 510.5, 520])),
            *draw(wishes),
            years=draw(st.sampled_from([2, 3])),
        )
        for n in range(draw(st.integers(0, 9)))
    ]


@given(applicants(), st.integers(0, 4), st.integers(0, 4), st.sampled_from(["score_first", "wish_first"]))
@settings(max_examples=examples(80), deadline=None)
def test_laws_of_admission(pupils: list[Pupil], first: int, second: int, order: str) -> None:
    found = run(pupils, seats=(first, second), order=order)
    capacity = {A: first, B: second}
    filled = {senior_: sum(row.senior == senior_ for row in found.placed) for senior_ in (A, B)}
    returned = {row.senior: row.seats for row in found.returned}
    by_id = {row.id: row for row in pupils}
    assert len({row.pupil for row in found.placed}) == len(found.placed) == len(pupils)
    for senior_ in (A, B):
        assert filled[senior_] + returned.get(senior_, 0) == capacity[senior_]
    for row in found.placed:
        who = by_id[row.pupil]
        assert row.senior == "" or (row.senior in who.wishes and who.years >= 3)
        if row.outcome == "no_seat":  # nobody waits while a seat he wished for is empty
            assert all(filled[wish] == capacity[wish] for wish in who.wishes)
        if order == "score_first" and row.outcome == "no_seat":  # and nobody below him sits in it
            taken = [by_id[other.pupil].score for other in found.placed if other.senior in who.wishes]
            assert all(score >= who.score for score in taken)

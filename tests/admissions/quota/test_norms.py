"""Item G14 on an allocation: the standard's share or the region's own, and rural tilt."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.admissions.quota.made_problem import LOT, YEAR, junior, problem, rules, senior

from junheng.admissions import QuotaInput, allocate_quota
from junheng.admissions.quota.norms import Checks, check_norms, norm_of
from junheng.judgement import Verdict


def _checks(plan: int | None, seats: int, region: str = "", **facts: object) -> Checks:
    given = QuotaInput(YEAR, (replace(senior(1, seats), plan=plan),), (junior(1, 10), junior(2, 10, **facts)))
    return check_norms(allocate_quota(given, rules(region=region), LOT))


@pytest.mark.parametrize(
    ("plan", "seats", "region", "verdict"),
    [
        (600, 300, "", Verdict.MET),
        (600, 299, "", Verdict.NOT_MET),
        (1999, 1000, "", Verdict.MET),
        (2001, 1000, "", Verdict.NOT_MET),  # 49.98 %: rounding would pass it
        (600, 300, "1502", Verdict.NOT_MET),
        (600, 360, "1502", Verdict.MET),
        (None, 300, "", Verdict.CANNOT_TELL),
        (0, 0, "", Verdict.CANNOT_TELL),
    ],
)
def test_the_share_is_judged_exactly(plan: int | None, seats: int, region: str, verdict: Verdict) -> None:
    checks = _checks(plan, seats, region)
    assert checks.overall.verdict is verdict
    assert checks.seniors[0].verdict is verdict
    assert checks.seniors[0].rate == (Fraction(seats, plan) if plan else None)


def test_one_school_without_a_plan_leaves_the_whole_open() -> None:
    given = replace(problem([60, 50], [10]), seniors=(replace(senior(1, 60), plan=100), senior(2, 50)))
    checks = check_norms(allocate_quota(given, rules(), LOT))
    assert [fact.verdict for fact in checks.seniors] == [Verdict.MET, Verdict.CANNOT_TELL]
    assert checks.overall.verdict is Verdict.CANNOT_TELL
    assert "没有招生计划数" in checks.overall.reason.zh


def test_the_norm_is_the_standards_with_its_source() -> None:
    assert norm_of(YEAR, "").least == Fraction(1, 2)
    assert norm_of(YEAR, "").citation.document == "教督〔2017〕6号"
    assert norm_of(YEAR, "1502").least == Fraction(3, 5)
    assert norm_of(YEAR, "1502").citation.overlay == "baotou"


def _tilt(rural: bool | None, coefficient: str = "1", graduates: int | None = 10) -> Checks:
    juniors = (junior(1, 10), replace(junior(2, 10, is_rural=rural, examinees=10), graduates=graduates))
    juniors = (replace(juniors[0], examinees=10), juniors[1])
    given = QuotaInput(YEAR, (senior(1, 30),), juniors)
    return check_norms(
        allocate_quota(given, rules(basis="examinees", rural={"coefficient": coefficient}), LOT)
    )


def test_the_tilt_is_rural_seats_per_graduate_against_the_others() -> None:
    plain, tilted = _tilt(True).tilt, _tilt(True, "2").tilt
    assert (plain.rural, plain.others, plain.verdict) == (Fraction(3, 2), Fraction(3, 2), Verdict.NOT_MET)
    assert (tilted.rural, tilted.others, tilted.verdict) == (Fraction(2), Fraction(1), Verdict.MET)


@pytest.mark.parametrize(("rural", "graduates"), [(None, 10), (False, 10), (True, None)])
def test_a_blank_leaves_the_tilt_open(rural: bool | None, graduates: int | None) -> None:
    assert _tilt(rural, "1", graduates).tilt.verdict is Verdict.CANNOT_TELL


def test_an_open_pack_of_both_kinds_leaves_the_tilt_open() -> None:
    juniors = (junior(1, 50), junior(2, 10, pack="组", is_rural=True), junior(3, 10, pack="组"))
    given = QuotaInput(YEAR, (senior(1, 30),), juniors)
    checks = check_norms(allocate_quota(given, rules(packs={"inside": "open"}), LOT))
    assert checks.tilt.verdict is Verdict.CANNOT_TELL
    assert "城乡混合" in checks.tilt.reason.zh

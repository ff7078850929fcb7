"""What if: another forecast, share or coefficient; differences, the Alabama paradox named."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from tests.admissions.quota.made_problem import YEAR, junior, problem, rules, senior, table

from junheng.admissions import QuotaAllocation, QuotaInput, QuotaLot, allocate_quota
from junheng.admissions.quota.what_if import differences, load_what_if, reallocate
from junheng.basics import UserError


def _before(plan: int = 20) -> QuotaAllocation:
    given = QuotaInput(
        YEAR,
        (replace(senior(1, 0), quota=None, plan=plan),),
        (junior(1, 6), junior(2, 6), junior(3, 2, is_rural=True)),
    )
    return allocate_quota(given, rules("50%"), QuotaLot())


def _after(tmp_path: Path, text: str, before: QuotaAllocation | None = None) -> QuotaAllocation:
    path = tmp_path / "what_if.yaml"
    path.write_text("name: {zh: 测算, en: what if}\n" + text, encoding="utf-8")
    return reallocate(before or _before(), *load_what_if(path))


def test_a_higher_share_and_the_paradox_by_name(tmp_path: Path) -> None:
    """From 10 to 11 seats the smallest school falls from 2 to 1 although its share rises: said, not hidden."""
    before = _before()
    after = _after(tmp_path, "share: 55%")
    assert (table(before), table(after)) == ([[4, 4, 2]], [[5, 5, 1]])
    totals = {row.id: row for row in differences(before, after) if not row.senior}
    assert [(totals[name].change, totals[name].is_paradox) for name in ("J001", "J002", "J003")] == [
        (1, False), (1, False), (-1, True),
    ]  # fmt: skip


def test_fewer_graduates_are_no_paradox(tmp_path: Path) -> None:
    before = _before()
    after = _after(tmp_path, "basis: {J003: 0}")
    totals = {row.id: row for row in differences(before, after) if not row.senior}
    assert table(after) == [[5, 5, 0]]
    assert (totals["J003"].change, totals["J003"].is_paradox) == (-2, False)


def test_another_coefficient_plan_and_year(tmp_path: Path) -> None:
    assert table(_after(tmp_path, "rural_coefficient: 4")) == [[3, 3, 4]]
    after = _after(tmp_path, "rural_coefficient: 2\nplans: {S001: 32}\nyear: 2028")
    assert table(after) == [[6, 6, 4]]
    assert after.given.year == 2028
    assert after.rules.rural is not None
    assert after.rules.rural.coefficient == Fraction(2)


def test_seats_given_outright_stay_unless_the_plan_changes(tmp_path: Path) -> None:
    before = allocate_quota(problem([14], [6, 8]), rules(), QuotaLot())
    assert table(_after(tmp_path, "basis: {J001: 8}", before)) == [[7, 7]]
    assert table(_after(tmp_path, "plans: {S001: 30}", before)) == [[8, 10]]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("basis: {J009: 4}", 2, "J009 不在数据中"),
        ("plans: {S009: 4}", 2, "S009 不在数据中"),
        ("basis: {J001: -4}", 2, "-4"),
        ("share: 140%", 2, "140%"),
        ("\nshares: 60%", 3, "最接近的键是 share"),
        ("minimum: {seats: 1, of: each}\nschools: {totals: lot, cells: deal}", 2, "of: total"),
    ],
)
def test_bad_changes_are_told_with_their_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(UserError) as refused:
        _after(tmp_path, text)
    assert words in " ".join(map(str, refused.value.lines()))
    assert refused.value.where.startswith(f"what_if.yaml:{line}")


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="无法读取"):
        load_what_if(tmp_path / "nothing.yaml")

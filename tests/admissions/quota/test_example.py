"""The shipped example: the committed workbook equals its generator, and both sets of rules run on it."""

import importlib.util
from pathlib import Path

import pytest

from junheng.admissions import QuotaLot, QuotaResult, quota_seed_lot, read_quota_input, share_out_quota
from junheng.basics import UserError

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "quota"
SEED = "0123456789abcdef" * 4  # the seed the example's page gives


def _run(rules: str) -> QuotaResult:
    book = FOLDER / "quota_2027.xlsx"
    return share_out_quota(book, FOLDER / rules, quota_seed_lot(SEED), FOLDER / "what_if.yaml")


def test_the_committed_workbook_equals_the_generator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("make_quota", FOLDER / "make_quota.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.setattr(made, "FOLDER", tmp_path)
    made.main()
    fresh, kept = (read_quota_input(folder / "quota_2027.xlsx") for folder in (tmp_path, FOLDER))
    assert fresh.seniors == kept.seniors
    assert fresh.juniors == kept.juniors
    assert fresh.pupils == kept.pupils


def test_the_first_rules() -> None:
    """60 % of every plan, 1,866 seats in all; every school has one; the county schools' seats stay in the county."""
    result = _run("rules.yaml")
    assert result.allocation.rules.made_up
    assert [quota.seats for quota in result.allocation.quotas] == [480, 393, 300, 423, 270]
    totals: dict[str, int] = {}
    for row in result.allocation.seats:
        totals[row.id] = totals.get(row.id, 0) + row.seats
    assert len(totals) == 24
    assert min(totals.values()) >= 1
    assert result.checks.overall.verdict == "met"
    assert result.checks.tilt.verdict == "met"
    assert result.admission is not None
    assert sum(result.admission.filled.values()) + sum(row.seats for row in result.admission.returned) == 1866
    assert result.compared is not None
    assert sum(quota.seats for quota in result.compared.after.quotas) > 1866


def test_the_second_rules_go_through_districts_and_deal() -> None:
    result = _run("rules_two_levels.yaml")
    kinds = {table.task.id.split(":")[0] for table in result.allocation.tables}
    assert {"districts", "city"} <= kinds
    assert any(row.kind == "pack" for row in result.allocation.seats)


def test_without_a_seed_the_tie_of_the_example_is_told() -> None:
    with pytest.raises(UserError, match="甲区第4中学"):
        share_out_quota(FOLDER / "quota_2027.xlsx", FOLDER / "rules.yaml", QuotaLot())

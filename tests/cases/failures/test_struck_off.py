"""核减一人，约一人变动 A child struck off moves about one other. 用“种子洗牌”的地方，少一个人全盘皆变。"""

import random
from collections.abc import Sequence
from statistics import fmean

import numpy as np
import pytest
from tests.cases.failures.hall import EXAMPLE, PASSED, REFUSED, Hall, lines
from tests.effort import examples

from junheng.admissions import (
    Assignment,
    Market,
    Ranks,
    assign,
    make_entrants,
    market_from,
    order_of,
    read_applications,
    read_exceptions,
    read_intake_rule,
    read_problem,
    strike_off,
)
from junheng.draws.ceremony.freezing import name_rows

SEED = bytes(range(32))
STRIKES = 60


@pytest.fixture(scope="module")
def market() -> Market:
    """The 1,200 applications of the example, with salts that are the same in every run."""
    problem, rule = read_problem(EXAMPLE / "rules.yaml"), read_intake_rule(EXAMPLE / "intake.yaml")
    exceptions = read_exceptions(EXAMPLE / "exceptions.yaml")
    entrants = make_entrants(read_applications(EXAMPLE / "applications.xlsx"), rule, problem, exceptions)
    salts = random.Random(1).randbytes
    rows, _ = name_rows("admission", "sha256", entrants, salts)
    return market_from(problem, rows)


def test_one_child_fewer_moves_about_one_other(market: Market) -> None:
    """曾经：号码由种子洗牌排出，少一个人，其他人的号全变，只好重摇。现在：号码各算各的，核减一人平均约一人变动。

    Once: numbers came from a seeded shuffle; one child fewer changed everybody's and it was drawn again. Now: about one moves.
    """
    chosen = random.Random(2).sample(market.pids, examples(STRIKES))
    ours = [len(_moved_by_tickets(market, [pid])) for pid in chosen]
    shuffled = [len(_moved_by_shuffle(market, pid)) for pid in chosen[:10]]
    assert 0.4 < fmean(ours) < 2.5  # 1.0 over many markets; 1.4 here, where seats go on to leftovers
    assert max(ours) < 15
    assert fmean(shuffled) > 30  # 66 of 1,200 here, where classes decide much; every eighth child without
    assert fmean(shuffled) > 20 * fmean(ours)


def test_the_others_keep_their_numbers(hall: Hall) -> None:
    """曾经：核减以后家长手里的号码作废。现在：其余孩子的编号和号码一个不变，凭条继续有效。

    Once: after a child was struck off the others' numbers were void. Now: they stay, and slips still check.
    """
    draw, slips, public = hall.play(), hall.desk / "凭条", hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public, "--slips", slips).code == PASSED
    before = {path.name: path.read_bytes() for path in slips.glob("*.json")}
    leaves = lines(draw / "result" / "results.jsonl")
    leaving = next(leaf["pid"] for leaf in leaves if leaf["school"])
    assert hall.draw("strike-off", draw, "--pid", leaving[:12], "--reason", "转出本区").code == PASSED
    done = hall.draw("publish", draw, "--out", public, "--slips", slips)
    assert done.code == PASSED, done.err
    assert {path.name: path.read_bytes() for path in slips.glob("*.json")} == before
    other = next(path for path in slips.glob("*.json") if path.stem != leaving)
    assert hall.draw("verify", public, "--slip", other).code == PASSED


def test_who_moved_and_why_is_public_but_nobody_is_named(hall: Hall) -> None:
    """曾经：递补不公开，说不清谁顶了谁。现在：更正写明编号、前后去向和事由；事由里写了姓名电话就拒绝。

    Once: who moved up was not told. Now: codes, places before and after, and the cause; a name in the cause is refused.
    """
    draw = hall.play()
    names = {line["identity"]["name"] for line in lines(draw / "private" / "identities.jsonl")}
    leaving = next(leaf["pid"] for leaf in lines(draw / "result" / "results.jsonl") if leaf["school"])
    for reason in (f"{min(names)}放弃", "电话 14012345678 告知放弃", " "):
        assert hall.draw("strike-off", draw, "--pid", leaving, "--reason", reason).code == REFUSED
    assert not (draw / "corrections").exists()
    assert hall.draw("strike-off", draw, "--pid", leaving, "--reason", "放弃入学").code == PASSED
    again = hall.draw("strike-off", draw, "--pid", leaving, "--reason", "放弃入学")
    assert again.code == REFUSED  # struck off once is enough
    assert hall.draw("strike-off", draw, "--pid", "0" * 64, "--reason", "放弃入学").code == REFUSED


def _moved_by_tickets(market: Market, pids: Sequence[str]) -> tuple[str, ...]:
    ranks = order_of(market, "sha256", SEED).ranks
    return strike_off(market, ranks, assign(market, ranks), pids).moved


def _moved_by_shuffle(market: Market, pid: str) -> list[str]:
    """Whom the same seeded shuffle of one name fewer sends elsewhere."""
    gone = market.units[int(market.row_unit[market.pids.index(pid)])]
    before = assign(market, _shuffled(market.units, market.units))
    after = assign(market, _shuffled(market.units, [unit for unit in market.units if unit != gone]))
    return _changed(market, before, after, gone)


def _shuffled(units: Sequence[str], listed: Sequence[str]) -> Ranks:
    """Places by a shuffle of ``listed``; a unit struck off comes last of all, where it displaces nobody."""
    order = list(listed)
    random.Random(SEED).shuffle(order)
    place = {unit: rank for rank, unit in enumerate(order)}
    return Ranks(np.array([place.get(unit, len(order)) for unit in units], dtype=np.int64))


def _changed(market: Market, before: Assignment, after: Assignment, gone: str) -> list[str]:
    pairs = zip(market.pids, market.row_unit.tolist(), strict=True)
    return [
        pid for pid, unit in pairs if market.units[unit] != gone and before.school[unit] != after.school[unit]
    ]

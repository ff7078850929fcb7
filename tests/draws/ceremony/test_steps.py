"""The order of the steps: each admits only the one after it, and none can be done twice differently."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.draws.ceremony import playing
from tests.draws.ceremony.playing import LATE, OBSERVED, ROLES, STEPS, contents, decide, play, value

from junheng.basics import Text, UserError
from junheng.draws import (
    Step,
    commit,
    commitment,
    fix_seed,
    make_seed,
    observe,
    receipts,
    reveal,
    run,
    slips,
    spec_digest,
    state,
    strike_off,
    void,
)
from junheng.draws.seeds import beacon_bytes

REACHED = {
    "freeze": Step.FROZEN,
    "commits": Step.FROZEN,
    "declare": Step.DECLARED,
    "reveals": Step.REVEALED,
    "observe": Step.OBSERVED,
    "seed": Step.SEEDED,
    "run": Step.DECIDED,
    "publish": Step.PUBLISHED,
}
# What each step is refused before: the steps that must have been done.
NEEDS = {"commits": "freeze", "declare": "commits", "reveals": "declare", "observe": "reveals"}
NEEDS |= {"seed": "observe", "run": "seed", "publish": "run"}


@pytest.mark.parametrize("until", STEPS)
def test_state_after_each_step(tmp_path: Path, until: str) -> None:
    folder = tmp_path / "draw"
    assert state(folder) is Step.EMPTY
    assert state(play(folder, until)) is REACHED[until]


EARLY_CALLS = [
    (step, done) for step, needed in NEEDS.items() for done in ["", *STEPS][: list(STEPS).index(needed) + 1]
]


@pytest.mark.parametrize(("step", "done"), EARLY_CALLS)
def test_no_step_comes_early(tmp_path: Path, step: str, done: str) -> None:
    """A step is refused as long as what it needs was not done."""
    folder = tmp_path / "draw"
    if done:
        play(folder, done)
    before = contents(folder)
    with pytest.raises(UserError):
        STEPS[step](folder)
    assert contents(folder) == before


@pytest.mark.parametrize("step", [name for name in STEPS if name != "freeze"])
def test_the_same_again_changes_nothing(tmp_path: Path, step: str) -> None:
    folder = play(tmp_path / "draw")
    before = contents(folder)
    STEPS[step](folder)
    assert contents(folder) == before


def test_a_roll_is_frozen_once(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "freeze")
    with pytest.raises(UserError):
        playing.do_freeze(folder)


def test_the_seed_is_the_format_s(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw")
    spec = json.loads((folder / "spec.json").read_bytes())
    expected = make_seed("sha256", spec_digest(spec), [value(role) for role in ROLES], beacon_bytes(OBSERVED))
    assert fix_seed(folder) == expected
    assert [party["role"] for party in spec["parties"]] == list(ROLES)


@pytest.mark.parametrize(
    "change",
    [
        {"problem": {**playing.PROBLEM, "seats": {"A": 9, "B": 5}}},
        {"rules": {"id": "别的办法", "text_hash": "0" * 64}},
        {"beacons": playing.BEACONS[:1]},
        {"schedule": {**playing.SCHEDULE, "beacon_from": "2026-07-02T10:00:00+08:00"}},
        {"programs": {"engine": "2" * 64}},
        {"latest_beacon_seen": {"id": "drand", "value": "1"}},
    ],
)
@pytest.mark.parametrize("until", ["declare", "observe", "publish"])
def test_a_parameter_changed_after_declaring_is_refused(
    tmp_path: Path, change: dict[str, Any], until: str
) -> None:
    folder = play(tmp_path / "draw", until)
    before = contents(folder)
    with pytest.raises(UserError):
        playing.do_declare(folder, **change)
    assert contents(folder) == before


def test_another_commitment_or_party_after_declaring_is_refused(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "commits")
    other = commitment("sha256", "D1", ROLES[0], bytes(32))
    with pytest.raises(UserError):
        commit(folder, ROLES[0], "某人", other)
    playing.do_declare(folder)
    for role in (ROLES[0], "后来者"):
        with pytest.raises(UserError):
            commit(folder, role, "某人", other)


@pytest.mark.parametrize("role", ["../x", "a/b", "", "x" * 41, "a b", ".hidden", "a\0"])
def test_roles_cannot_leave_the_folder(tmp_path: Path, role: str) -> None:
    folder = play(tmp_path / "draw", "freeze")
    with pytest.raises(UserError):
        commit(folder, role, "某人", "0" * 64)


def test_without_parties_or_beacons_nothing_is_declared(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "freeze")
    with pytest.raises(UserError):
        playing.do_declare(folder)
    playing.do_commits(folder)
    with pytest.raises(UserError):
        playing.do_declare(folder, beacons=[])


def test_declaring_asks_the_owner_of_the_rules_first(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "commits")
    seen = []

    def check(spec: dict[str, Any], rows: list[dict[str, Any]]) -> None:
        seen.append((spec["problem"], len(rows)))
        raise UserError(Text("志愿与方案不符", "rows do not fit the problem"))

    with pytest.raises(UserError):
        playing.do_declare(folder, check=check)
    assert seen == [(playing.PROBLEM, 30)]
    assert state(folder) is Step.FROZEN


@pytest.mark.parametrize(
    "wrong", [lambda: "00" * 32, lambda: value(ROLES[1]).hex(), lambda: "zz", lambda: ""]
)
def test_a_wrong_reveal_is_refused(tmp_path: Path, wrong: Callable[[], str]) -> None:
    folder = play(tmp_path / "draw", "declare")
    with pytest.raises(UserError):
        reveal(folder, ROLES[0], wrong(), now=playing.EARLY)
    with pytest.raises(UserError):
        reveal(folder, "旁人", value(ROLES[0]).hex(), now=playing.EARLY)
    assert state(folder) is Step.DECLARED


def test_other_numbers_after_observing_are_refused(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "observe")
    other = [{**OBSERVED[0], "text": "4.0.5./"}, OBSERVED[1]]
    with pytest.raises(UserError):
        observe(folder, other, now=LATE)
    assert len(observe(folder, OBSERVED, now=LATE)) == 2


def test_papers_come_in_time(tmp_path: Path) -> None:
    folder = tmp_path / "draw"
    with pytest.raises(UserError):
        next(receipts(folder))
    play(folder, "seed")
    with pytest.raises(UserError):
        next(slips(folder))
    with pytest.raises(UserError):
        strike_off(folder, ["x"], "转学", decide)


def test_a_void_draw_takes_no_further_step(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "seed")
    void(folder, "停电")
    with pytest.raises(UserError):
        run(folder, decide)
    with pytest.raises(UserError):
        void(folder, "又一次")

"""Ledgers kept by another program: what is read, continued, stepped on and counted is this room's to say."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.enrolment import (
    allowed_actions,
    as_of,
    close_step,
    left_behind,
    load_rules,
    read_standing,
    run_match,
    standing_counts,
    standing_json,
    stepped,
    visit_step,
)
from junheng.enrolment.views import public_tables

_LISTS = Path(__file__).parents[2] / "examples" / "enrolment" / "名单"
_ON, _LATER = date(2026, 10, 1), date(2026, 10, 20)
RULES = load_rules(_ON)[0]
_PROOF = "ab" * 32


@pytest.fixture(scope="module")
def entries() -> list[dict[str, Any]]:
    """The example's ledger, as the command writes it."""
    return [dict(one) for one in run_match(_LISTS, _ON).entries]


def test_what_the_command_writes_is_read_and_written_again(entries: list[dict[str, Any]]) -> None:
    on, found = read_standing(standing_json(entries, _ON), RULES)
    assert on == _ON
    assert [as_of(one, RULES, _ON) for one in found] == entries


def test_counts_are_those_of_the_run(entries: list[dict[str, Any]]) -> None:
    told = public_tables(run_match(_LISTS, _ON).tables, RULES.privacy.small_cell)
    counted = standing_counts(entries, RULES)
    assert counted == {name: told[name] for name in counted}
    assert None in counted["ledger_states"].values()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("state", "gone"), ("ledger", "x"), ("table", "relief"), ("number", "张三"), ("priority", "first"),
        ("focus", ["x"]), ("opened", "昨天"), ("near", {}), ("state", "closed"), ("reason", 7), ("number", "A2026-1"),
        ("steps", [{"action": "dance", "dated": "2026-10-02"}]), ("steps", [{"action": "visit", "dated": "2026-09-01"}]),
        ("name", "\0"), ("due", float("nan")),
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused_without_a_name(
    column: str, value: object, entries: list[dict[str, Any]]
) -> None:
    content = {"view": "full", "on": "2026-10-01", "entries": [{**entries[0], column: value}]}
    with pytest.raises(UserError) as refused:
        read_standing(json.dumps(content).encode(), RULES)
    assert entries[0]["name"] not in str(refused.value)


def test_a_step_follows_the_table_and_the_days(entries: list[dict[str, Any]]) -> None:
    first = entries[0]
    assert allowed_actions(first, RULES) == {"visit", "confirm"}
    with pytest.raises(UserError):
        stepped(first, close_step("moved", _LATER, _PROOF, RULES), RULES, _LATER)
    seen = stepped(first, visit_step("确认辍学", _LATER, "王", RULES), RULES, _LATER)
    assert (seen["state"], seen["ledger"], seen["due"]) == ("confirmed", "dropout", "2026-11-30")
    with pytest.raises(UserError):
        stepped(seen, close_step("moved", _ON, _PROOF, RULES), RULES, _LATER)  # before the visit
    with pytest.raises(UserError):
        stepped(seen, close_step("moved", date(2026, 11, 1), _PROOF, RULES), RULES, _LATER)  # not yet
    closed = stepped(seen, close_step("moved", _LATER, _PROOF, RULES), RULES, _LATER)
    assert (closed["state"], closed["ledger"], closed["due"]) == ("closed", first["ledger"], "")
    assert allowed_actions(closed, RULES) == {"reopen"}
    assert first["steps"] == [], "the entry given is left as it was"
    assert left_behind([closed], [first]) == [first["number"]]
    assert left_behind([first], [closed]) == []
    assert left_behind([first], []) == [first["number"]]


@pytest.mark.parametrize(("reason", "proof"), [("whim", _PROOF), ("moved", ""), ("moved", "ab")])
def test_no_closing_without_reason_and_proof(reason: str, proof: str) -> None:
    with pytest.raises(UserError):
        close_step(reason, _ON, proof, RULES)
    with pytest.raises(UserError):
        visit_step("随便", _ON, "王", RULES)

"""The states of a gap, and every way from one to another: who may take it, and what must hold.

``python -m junheng.web.monitoring.states > docs/site_gap_states.md`` writes the page of the manual; a test
compares them.
"""

from dataclasses import dataclass
from enum import Enum

from django.db import models

from junheng.basics import Text
from junheng.web.front.state_page import StatePage
from junheng.web.front.words import pair


class State(models.TextChoices):
    """Where a gap stands."""

    OPEN = "open", pair("待整改", "open")
    IN_HAND = "in_hand", pair("整改中", "in hand")
    REPORTED = "reported", pair("已报告", "reported")
    RETURNED = "returned", pair("已退回", "returned")
    RECHECK = "recheck", pair("待复算", "awaiting recheck")
    CLOSED = "closed", pair("已销号", "closed")


class Act(models.TextChoices):
    """What may be done to a gap."""

    TAKE = "take", pair("接办", "take in hand")
    REPORT = "report", pair("报告进展", "report")
    SEND_BACK = "send_back", pair("退回", "send back")
    PASS_ON = "pass_on", pair("提请复算", "pass on to recheck")
    FAIL = "fail", pair("复算未通过", "data fail")
    CLOSE = "close", pair("销号", "close")


class Who(Enum):
    """Who takes a way. ``DATA`` is no person: the library's recheck of newer data."""

    OWNER = Text("责任人", "the owner")
    OFFICE = Text("县级业务人员", "county officer")
    DATA = Text("复算结果", "recomputed data")


@dataclass(frozen=True, slots=True)
class Transition:
    """One way: ``act`` leads from ``before`` to ``after``; ``who`` takes it when ``needs`` holds."""

    act: Act
    before: State
    after: State
    who: Who
    needs: Text


_NONE = Text("", "")
_WORDS = Text("写明做了什么，可附佐证", "what was done; evidence may be added")
_REASON = Text("写明理由", "a reason")
_PASSES = Text("较新的数据全部通过", "newer data pass, all of them")
_FAILS = Text("较新的数据仍不通过", "newer data still fail")
TRANSITIONS = (
    Transition(Act.TAKE, State.OPEN, State.IN_HAND, Who.OWNER, _NONE),
    Transition(Act.REPORT, State.IN_HAND, State.REPORTED, Who.OWNER, _WORDS),
    Transition(Act.REPORT, State.RETURNED, State.REPORTED, Who.OWNER, _WORDS),
    Transition(Act.SEND_BACK, State.REPORTED, State.RETURNED, Who.OFFICE, _REASON),
    Transition(Act.PASS_ON, State.REPORTED, State.RECHECK, Who.OFFICE, _NONE),
    Transition(Act.FAIL, State.RECHECK, State.IN_HAND, Who.DATA, _FAILS),
    *(
        Transition(Act.CLOSE, before, State.CLOSED, Who.DATA, _PASSES)
        for before in State
        if before != State.CLOSED
    ),
)
STANDING = frozenset(State) - {State.CLOSED}  # what is not closed


def transition(act: Act, before: str) -> Transition | None:
    """The way ``act`` leads on from ``before``; None where it is forbidden."""
    return next((one for one in TRANSITIONS if one.act == act and one.before == before), None)


def page() -> str:
    """The page of the manual: the diagram (Mermaid) and the table, in Markdown."""
    return StatePage(
        title="整改台账的状态 | The states of a gap",
        module="junheng.web.monitoring.states",
        path="docs/site_gap_states.md",
        states=State,
        begins=(State.OPEN, "立项 open"),
        ends=State.CLOSED,
        ways=[(one, f"{one.who.value.zh} {one.who.value.en}", _when(one.needs)) for one in TRANSITIONS],
        notes=_NOTES,
    ).text()


def _when(needs: Text) -> str:
    return f"{needs.zh} {needs.en}" if needs.zh else ""


_NOTES = (
    "没有人工销号：“销号”只由复算结果触发；“无法判定”时台账保持原状并写明原因。",
    "*Nobody closes a gap by hand: recomputed data alone do. What cannot be told leaves it open, with the reason.*",
    "",
    "销号后数据又不通过：另立新账，写明接续哪一项。升级（负责人、市级督导）是期限的事，与状态并行，不改变状态。",
    "*Closed and failing again: a new gap that names the old one. Escalation follows the deadline beside the",
    "states and changes none of them.*",
)


if __name__ == "__main__":
    print(page(), end="")

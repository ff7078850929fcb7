"""The states of a return, and every way from one to another: who may take it, and what must hold.

``python -m junheng.web.filing.states > docs/site_states.md`` writes the page of the manual; a test compares them.
"""

from dataclasses import dataclass

from django.db import models

from junheng.web.front.state_page import StatePage
from junheng.web.front.words import pair
from junheng.web.people.roles import Role


class State(models.TextChoices):
    """Where a return stands."""

    DRAFT = "draft", pair("填报中", "draft")
    SUBMITTED = "submitted", pair("待审核", "submitted")
    RETURNED = "returned", pair("已退回", "sent back")
    ACCEPTED = "accepted", pair("已通过", "accepted")
    FROZEN = "frozen", pair("已定稿", "frozen")


class Act(models.TextChoices):
    """What may be done to a return."""

    SUBMIT = "submit", pair("提交", "submit")
    SEND_BACK = "send_back", pair("退回", "send back")
    ACCEPT = "accept", pair("通过", "accept")
    REOPEN = "reopen", pair("撤销通过", "reopen")
    FREEZE = "freeze", pair("定稿", "freeze")
    UNFREEZE = "unfreeze", pair("撤销定稿", "unfreeze")


@dataclass(frozen=True, slots=True)
class Transition:
    """One way: ``act`` leads from ``before`` to ``after``; ``roles`` may take it when ``needs`` holds."""

    act: Act
    before: State
    after: State
    roles: frozenset[Role]
    needs: str


SCHOOL = frozenset({Role.CLERK, Role.HEAD})  # of that school
BUREAU = frozenset({Role.OFFICER})  # of that county
LEADER = frozenset({Role.LEADER})  # of that county
_SUBMITS = "无逻辑问题，经验问题都有说明"
TRANSITIONS = (
    Transition(Act.SUBMIT, State.DRAFT, State.SUBMITTED, SCHOOL, _SUBMITS),
    Transition(Act.SUBMIT, State.RETURNED, State.SUBMITTED, SCHOOL, _SUBMITS),
    Transition(Act.SEND_BACK, State.SUBMITTED, State.RETURNED, BUREAU, "至少一条理由"),
    Transition(Act.ACCEPT, State.SUBMITTED, State.ACCEPTED, BUREAU, ""),
    Transition(Act.REOPEN, State.ACCEPTED, State.RETURNED, BUREAU, "定稿之前，写明理由"),
    Transition(
        Act.FREEZE, State.ACCEPTED, State.FROZEN, BUREAU, "全县各校都已通过；负责人写明理由，可不含未通过的"
    ),
    Transition(
        Act.UNFREEZE, State.FROZEN, State.ACCEPTED, LEADER, "写明理由；由它作出的结论未公布，也不在评估中"
    ),
)
EDITABLE = frozenset({State.DRAFT, State.RETURNED})


def transition(act: Act, before: str) -> Transition | None:
    """The way ``act`` leads on from ``before``; None where it is forbidden."""
    return next((one for one in TRANSITIONS if one.act == act and one.before == before), None)


_UNDONE = (
    "撤销定稿由县级负责人写明理由：全部已定稿的报表回到“已通过”，业务人员当即得到通知。原定稿数据和它的结论原样保留，列在年度页；",
    "重新定稿时标为“已被新定稿取代”。正在评估的先等完成或取消；结论已公布的先撤回公布。",
    "*The leader takes a freezing back with a reason. Its tables and its finding stay as they are, and are marked superseded once the",
    "year is frozen again; not while it is being judged, nor while figures of its finding are published.*",
)


def page() -> str:
    """The page of the manual: the diagram (Mermaid) and the table, in Markdown."""
    editable = "、".join(str(state.label) for state in State if state in EDITABLE)
    return StatePage(
        title="报表的状态 | The states of a return",
        module="junheng.web.filing.states",
        path="docs/site_states.md",
        states=State,
        begins=(State.DRAFT, "开始填报 open"),
        ends=State.FROZEN,
        ways=[(one, _who(one), one.needs) for one in TRANSITIONS],
        notes=[f"只有“{editable}”时可以改数。 *Cells change only in these states.*", "", *_UNDONE],
    ).text()


def _who(one: Transition) -> str:
    return "、".join(str(role.label) for role in Role if role in one.roles)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    print(page(), end="")

"""What the pages of children not at school show."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from junheng.basics import Text
from junheng.enrolment import as_of, clocks_of, masked_entry, standing_counts
from junheng.web.ledgers.child_acts import rules_on
from junheng.web.ledgers.models import Child
from junheng.web.ledgers.models.children import CLOSED
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind

TABS = {
    "standing": Text("未销号", "Standing"),
    "overdue": Text("逾期未走访", "Overdue"),
    "closed": Text("已销号", "Closed"),
}
STATUS = {  # what the comparison says
    "not_found": Text("找不到", "not found"),
    "to_check": Text("待核", "to check"),
    "age_unknown": Text("无法判断年龄", "age cannot be told"),
    "excused": Text("有说明", "explained"),
    "found_now": Text("本期找到", "found now"),
}
TABLES = {
    "ledger_states": Text("各台账的状态", "States of the ledgers"),
    "focus": Text("重点群体（未销号）", "Focus groups (standing)"),
    "priority": Text("帮扶名单优先（未销号）", "On the relief list (standing)"),
    "reasons": Text("销号理由", "Reasons of closing"),
    "overdue": Text("逾期", "Overdue"),
}
_PRIORITY = {
    "yes": Text("优先", "first"),
    "no": Text("不在名单", "not listed"),
    "to_check": Text("待核", "to check"),
    "unknown": Text("没有名单", "no list given"),
}
_SEX = {"1": Text("男", "boy"), "2": Text("女", "girl")}


@dataclass(frozen=True, slots=True)
class ChildLine:
    """An entry in words. ``entry`` is the library's full or masked one, as of today."""

    child: Child
    entry: dict[str, Any]
    ledger: Text
    state: Text
    status: Text
    priority: Text
    sex: Text
    focus: list[Text]
    reason: Text
    steps: list[tuple[str, Text, str, str]]  # day, action, visitor, result in words


def _of(place: Organisation) -> QuerySet[Child]:
    of = {"county": place} if place.kind == Kind.COUNTY else {"school": place}
    return Child.objects.filter(**of).select_related("school")


def _asked(tab: str, today: date) -> Q:
    return {
        "standing": ~Q(state=CLOSED),
        "overdue": ~Q(state=CLOSED) & Q(due_on__lt=today),
        "closed": Q(state=CLOSED),
    }[tab]


def children_of(place: Organisation, tab: str, today: date) -> QuerySet[Child]:
    """The entries of a county or a school on a tab, those due first."""
    return _of(place).filter(_asked(tab, today)).order_by("due_on", "number")


def tab_counts(place: Organisation, today: date) -> dict[str, int]:
    """How many on each tab. One query."""
    asked = {key: Count("pk", filter=_asked(key, today)) for key in TABS}
    return _of(place).aggregate(**asked)


def line_of(child: Child, today: date, *, is_masked: bool) -> ChildLine:
    """An entry in words, as of today."""
    rules = rules_on(today)
    whole = as_of(child.entry, rules, today)
    entry = masked_entry(whole, rules.privacy) if is_masked else whole
    reasons = rules.reasons.words
    said = {one["dated"]: one["zh"] for one in child.said}
    actions = {
        "visit": Text("走访", "visit"),
        "confirm": Text("确认辍学", "confirmed dropout"),
        "close": Text("销号", "closed"),
        "reopen": Text("重开", "reopened"),
    }
    return ChildLine(
        child, entry,
        rules.ledgers.kinds[entry["ledger"]].text,
        rules.states.names[entry["state"]].text,
        STATUS.get(entry["status"], Text(entry["status"], entry["status"])),
        _PRIORITY[entry["priority"]],
        _SEX.get(str(entry.get("sex", "")), Text("", "")),
        [rules.focus.words[one].text for one in entry["focus"]],
        reasons[entry["reason"]].text if entry["reason"] in reasons else Text("", ""),
        [
            (step["dated"], actions[step["action"]], step.get("visitor", ""), said.get(step["dated"], ""))
            for step in entry["steps"]
        ],
    )  # fmt: skip


def counts(county: Organisation, today: date) -> list[tuple[Text, list[tuple[Text, int | None]]]]:
    """The library's counts of the standing ledgers without small cells, in words; None where a cell is hidden."""
    rules = rules_on(today)
    entries = [as_of(one, rules, today) for one in _of(county).values_list("entry", flat=True)]
    tables = standing_counts(entries, rules)
    return [
        (words, [(_cell(name, key, rules), count) for key, count in tables[name].items()])
        for name, words in TABLES.items()
        if tables.get(name)
    ]


def _cell(table: str, key: str, rules: Any) -> Text:
    if table == "ledger_states":
        ledger, _, state = key.partition(".")
        one, other = rules.ledgers.kinds[ledger], rules.states.names[state]
        return Text(f"{one.zh}：{other.zh}", f"{one.en}: {other.en}")
    if table == "focus":
        return Text(rules.focus.words[key].zh, rules.focus.words[key].en)
    if table == "reasons":
        return Text(rules.reasons.words[key].zh, rules.reasons.words[key].en)
    return _PRIORITY.get(key, Text("逾期未走访", "overdue without a visit"))


def clocks(today: date) -> list[tuple[Text, str]]:
    """Who reports by when."""
    return [(Text(one["zh"], one["en"]), one["due"]) for one in clocks_of(rules_on(today), today).values()]

"""The change of operating funds in sentences and as a table, every sum with its arithmetic."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.funding import shown
from junheng.planning.entitled.asked import AS_BASE
from junheng.planning.frozen import Json
from junheng.planning.tables import Column, Table

_SLOTS: Mapping[str, Text] = {
    "base": Text("基准定额", "base"),
    "small_school": Text("不足100人补足", "small schools made up to 100"),
    "boarding": Text("寄宿生", "boarders"),
    "special": Text("特殊教育", "special education"),
    "bilingual": Text("双语教育", "bilingual"),
    "heating": Text("采暖", "heating"),
}
_NAMED = 5  # schools named in a sentence


def funding_words(found: Json) -> tuple[Text, ...]:
    """Yearly entitlement of the schools that change, before and after, and what cannot be told."""
    sums, year = found["sums"], found["budget_year"]
    if not sums["changed"]:
        return (
            Text(
                f"公用经费（{year} 年预算）：各校学生数不变，应拨不变。",
                f"Operating funds (budget of {year}): no school's pupils change, nor what is due.",
            ),
        )
    lines = [_sum(found)] if sums["told"] else []
    return (*lines, *_untold(found), *_assumed(found))


def _sum(found: Json) -> Text:
    sums, year = found["sums"], found["budget_year"]
    before, after = (Fraction(sums[side]["total_yuan"]) for side in ("before", "after"))
    change = Fraction(sums["change_yuan"])
    turn = Text("增加", "more") if change >= 0 else Text("减少", "less")
    parts = [
        (name, "→".join(_shown(sums[side]["slots"].get(slot, 0)) for side in ("before", "after")))
        for slot, name in _SLOTS.items()
        if slot in sums["before"]["slots"] or slot in sums["after"]["slots"]
    ]
    zh = "、".join(f"{name.zh} {told}" for name, told in parts)
    en = ", ".join(f"{name.en} {told}" for name, told in parts)
    return Text(
        f"公用经费（{year} 年预算，同一套规则）：学生数有变的 {sums['changed']} 所中可判定 {sums['told']} 所，年应拨由 "
        f"{shown(before)} 元变为 {shown(after)} 元，每年{turn.zh} {shown(abs(change))} 元（{zh}）。",
        f"Operating funds (budget of {year}, the same rules): of {sums['changed']} schools whose pupils change "
        f"{sums['told']} can be told: {shown(before)} to {shown(after)} yuan a year, {shown(abs(change))} {turn.en} ({en}).",
    )


def _untold(found: Json) -> tuple[Text, ...]:
    open_ = [one for one in found["schools"] if one["change_yuan"] is None]
    if not open_:
        return ()
    zh = "；".join(f"{one['name']}：{'、'.join(r['zh'] for r in _reasons(one))}" for one in open_[:_NAMED])
    en = "; ".join(f"{one['name']}: {', '.join(r['en'] for r in _reasons(one))}" for one in open_[:_NAMED])
    more = Text("等", " and others") if len(open_) > _NAMED else Text("", "")
    return (
        Text(
            f"公用经费无法判定、未计入的 {len(open_)} 所：{zh}{more.zh}。",
            f"Not told, and in no sum: {len(open_)} schools: {en}{more.en}.",
        ),
    )


def _reasons(one: Json) -> list[Mapping[str, str]]:
    found = [reason for side in ("due_before", "due_after") if one[side] for reason in one[side]["reasons"]]
    return [reason for at, reason in enumerate(found) if reason not in found[:at]]


def _assumed(found: Json) -> tuple[Text, ...]:
    schools = {row["school_id"] for row in found["filled"] if row["how"] == AS_BASE}
    if not schools:
        return ()
    present = {one["school_id"] for one in found["schools"] if one["before"] is not None}
    new = Text("，新开学校按没有", ", none in new schools") if schools - present else Text("", "")
    return (
        Text(
            f"其中 {len(schools)} 所的寄宿、随班就读等人数没有预测，按假设沿用现在的人数{new.zh}（groups: {AS_BASE}）。",
            f"For {len(schools)} schools the groups (boarders, inclusive …) have no forecast: assumed as now{new.en} "
            f"(groups: {AS_BASE}).",
        ),
    )


def funding_table(found: Json) -> Table:
    """Every school that changes: pupils, what is due, and the arithmetic of both sides."""
    columns = [
        Column(Text("学校", "school")),
        *(Column(Text(f"学生，{when.zh}", f"pupils, {when.en}"), "人") for when in _WHEN.values()),
        *(Column(Text(f"年应拨，{when.zh}", f"due a year, {when.en}"), "元", 2) for when in _WHEN.values()),
        Column(Text("变化", "change"), "元", 2),
        *(Column(Text(f"算式，{when.zh}", f"arithmetic, {when.en}")) for when in _WHEN.values()),
    ]
    rows = [
        (
            one["name"],
            *(_pupils(one[side]) for side in _WHEN),
            *(_yuan(one[f"due_{side}"]) for side in _WHEN),
            None if one["change_yuan"] is None else Fraction(one["change_yuan"]),
            *(_arithmetic(one[f"due_{side}"]) for side in _WHEN),
        )
        for one in found["schools"]
        if not one["unchanged"]
    ]
    sums = found["sums"]
    told = [Fraction(sums[side]["total_yuan"]) for side in _WHEN]
    change = Fraction(sums["change_yuan"])
    total = (Text("可判定的合计", "those told, together"), None, None, *told, change, None, None)
    note = Text(
        f"{found['budget_year']} 年预算的规则；空白是无法判定，不在合计里；撤并的学校方案后为 0",
        f"by the rules of the budget of {found['budget_year']}; a blank is not told and in no sum; a closed school is due 0",
    )
    return Table(Text("公用经费应拨", "operating funds due"), columns, [*rows, total], note)


_WHEN: Mapping[str, Text] = {"before": Text("现在", "now"), "after": Text("方案后", "after")}


def _pupils(side: Mapping[str, Any] | None) -> int | None:
    counts = [stage["pupils"] for stage in side["stages"]] if side else [0]
    return None if None in counts else sum(counts)


def _yuan(due: Mapping[str, Any] | None) -> Fraction | None:
    if due is None:
        return Fraction(0)
    return None if due["total_yuan"] is None else Fraction(due["total_yuan"])


def _shown(text: int | str) -> str:
    return shown(Fraction(text))


def _arithmetic(due: Mapping[str, Any] | None) -> str | Text:
    """“小学基准定额 120×720=86,400；…”, or why it cannot be told."""
    if due is None:
        return Text("没有这所学校", "not there")
    if due["total_yuan"] is None:
        return Text(*("；".join(r[lang] for r in due["reasons"]) for lang in ("zh", "en")))
    return "；".join(
        f"{STAGE_NAMES[a['stage']].zh if a['stage'] else ''}{_SLOTS[a['slot']].zh} "
        f"{_shown(a['quantity'])}×{_shown(a['rate'])}={_shown(a['yuan'])}"
        for a in due["addends"]
    )

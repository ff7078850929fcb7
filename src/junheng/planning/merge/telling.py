"""What a plan of mergers says in a few sentences, claiming no more than was shown."""

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.merge.library_files import library

_STATUS = {
    "optimal": Text("已证明没有更好的安排", "proven: nothing better exists"),
    "within_gap": Text("在要求的差距以内", "within the gap asked for"),
    "time_limit": Text("时间到，给出找到的最好安排", "time was up: the best plan found"),
    "interrupted": Text("被中断，给出找到的最好安排", "interrupted: the best plan found"),
}
_SHOWN = 6  # mergers named in one sentence


def state_names() -> dict[str, Text]:
    """The states in words."""
    return {state["id"]: Text(state["zh"], state["en"]) for state in library("duties")["states"]}


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Three to eight sentences: how many mergers, what holds, what bars approval, who was held back, ways, seats."""
    rows = outcome["mergers"]
    ready = [row for row in rows if row["reachable"] in ("approved", "carried_out")]
    pupils = sum(row["pupils"] for row in rows)
    found = [
        Text(
            f"{len(rows)} 项撤并，涉及学生 {pupils} 人：义务齐备、可以批准的 {len(ready)} 项，缺义务的 {len(rows) - len(ready)} 项",
            f"{len(rows)} mergers of {pupils} pupils: {len(ready)} fulfil every duty, {len(rows) - len(ready)} lack some",
        ),
        _holding(outcome),
    ]
    found += _held_back(rows) + _barring(problem, rows) + _search(problem, outcome)
    if told := _ways(rows):
        found.append(told)
    found.append(
        Text(
            "本方案只核对义务，不建议撤并：撤与不撤由县级政府依法决定",
            "duties are checked, no closure is advised: that is for the county government to decide by law",
        )
    )
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def _holding(outcome: Json) -> Text:
    """How many hold by the data, which they are, and that the planned state holds these and no others."""
    held = outcome["holds"]
    shown = "、".join(held[:_SHOWN]) + ("等" if len(held) > _SHOWN else "")
    shown_en = ", ".join(held[:_SHOWN]) + (" and others" if len(held) > _SHOWN else "")
    zh = f"由数据决定的义务（时间、班额、学位、寄宿等）全部满足的 {len(held)} 项"
    en = f"{len(held)} {'holds' if len(held) == 1 else 'hold'} by the data alone (time, classes, seats, boarding)"
    if held:
        zh, en = f"{zh}：{shown}", f"{en}: {shown_en}"
    if "state" in outcome:
        zh += "；规划状态只含这些撤并（材料可能还缺）" if held else "；规划状态与现状相同"
        en += (
            "; the planned state contains these and no others, though papers may be lacking"
            if held
            else "; the planned state is that of today"
        )
    return Text(zh, en)


def _held_back(rows: list[Json]) -> list[Text]:
    names, back = state_names(), [row for row in rows if row["state"] != row["stated"]]
    return [
        Text(
            f"{row['id']} 填报“{names[row['stated']].zh}”，但义务只够“{names[row['state']].zh}”，按后者列",
            f"{row['id']} is reported as {names[row['stated']].en}; its duties only allow {names[row['state']].en}",
        )
        for row in back[:2]
    ]


def _barring(problem: Json, rows: list[Json]) -> list[Text]:
    names = {duty["id"]: Text(duty["zh"], duty["en"]) for duty in problem["duties"]}
    count = {key: sum(key in row["bars"] for row in rows) for key in names}
    worst = sorted((key for key in names if count[key]), key=lambda key: -count[key])[:4]
    if not worst:
        return []
    zh = "、".join(f"{names[key].zh}（{count[key]}）" for key in worst)
    en = ", ".join(f"{names[key].en} ({count[key]})" for key in worst)
    return [Text(f"挡住批准最多的义务：{zh}", f"most often in the way: {en}")]


def _search(problem: Json, outcome: Json) -> list[Text]:
    if problem["mode"] == "stated":
        return []
    own, bound, word = outcome["objective"], outcome["bound"], _STATUS[outcome["status"]]
    gap = f"{float(exact(outcome['gap'])):.3%}"
    return [
        Text(
            f"为 {own['mergers']} 项找到接收学校（任何安排至多 {bound['mergers']} 项），{word.zh}；与独立复核的界相差 {gap}",
            f"receiving schools were found for {own['mergers']} (at most {bound['mergers']} can have them); {word.en}; "
            f"{gap} from the independent bound",
        )
    ]


def _ways(rows: list[Json]) -> Text | None:
    """Time before and after over the mergers in which both are known of everybody."""
    known = [
        row
        for row in rows
        if not row["before"]["minutes_untold"] and not row["after"]["minutes_untold"] and row["pupils"]
    ]
    if not known:
        return None
    pupils = sum(row["pupils"] for row in known)
    means = [
        sum(exact(row[when]["minutes_mean"]) * row["pupils"] for row in known) / pupils
        for when in ("before", "after")
    ]
    most = max(exact(row["after"]["minutes_most"]) for row in known)
    one, other, top = (f"{float(value):.1f}" for value in (*means, most))
    return Text(
        f"路程齐全的 {len(known)} 项：单程平均由 {one} 分钟变为 {other} 分钟，最长 {top} 分钟",
        f"in the {len(known)} whose ways are known: {one} to {other} minutes one way on average, {top} at most",
    )

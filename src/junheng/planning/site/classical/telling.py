"""What a classical location plan says: a few sentences, claiming no more than was shown."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

NAMES = {
    "p_median": Text("p-中值（总路程最小）", "p-median (least total way)"),
    "p_centre": Text("p-中心（最远的人最近）", "p-centre (least farthest way)"),
    "set_covering": Text("集合覆盖（站点最少）", "set covering (fewest sites)"),
    "maximal_covering": Text("最大覆盖", "maximal covering"),
    "capacitated": Text("有容量的选址", "capacitated facility location"),
}
KEYS = {"p_median": "cost", "p_centre": "radius", "set_covering": "cost", "maximal_covering": "covered"}
_WORDS = {
    "optimal": Text("已证明没有更好的方案", "proven: nothing better exists"),
    "within_gap": Text("在要求的差距以内", "within the gap asked for"),
    "time_limit": Text("时间或搜索量用完，给出找到的最好方案", "time or effort was up: the best plan found"),
    "interrupted": Text("被中断，给出找到的最好方案", "interrupted: the best plan found"),
}


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Two to six sentences: the plan, its proof, the farthest and the mean, who is left, who could not be told."""
    if outcome["status"] == "infeasible":
        found = [Text("没有可行的方案", "there is no plan at all")]
        found += [way_out(problem, row) for row in outcome["reasons"]]
    else:
        found = [_plan(problem, outcome), _proof(problem, outcome), *_ground(problem, outcome)]
    empty = sum("empty" in row for row in problem["cannot_tell"])
    count = len(problem["cannot_tell"]) - empty
    if count:
        found.append(
            Text(
                f"{count} 个需求点或站点缺数据，没有计入（见表）",
                f"points or sites that lack data and are left out: {count}",
            )
        )
    if empty:
        found.append(Text(f"{empty} 个需求点人数为 0，不需服务", f"demand points with nobody: {empty}"))
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def way_out(problem: Json, reason: Json) -> Text:
    """A reason, and which key or column to change: nothing is changed by itself."""
    if reason["kind"] == "unreachable" and problem["model"] == "set_covering":
        now = f"{shown(exact(problem['radius']))} {problem['unit']['zh']}"
        zh, en = (
            f"加大 radius（现为 {now}），或增加站点",
            f"raise radius (now {problem['radius']}), or add sites",
        )
    else:
        zh, en = _WAYS_OUT[reason["kind"]]
    return Text(f"{reason['zh']}。可改：{zh}", f"{reason['en']}. What to change: {en}")


_WAYS_OUT = {
    "unreachable": (
        "加大 reach_m（米），或在“路程”表里补上它们的行，或增加站点",
        "raise reach_m (metres), add their rows to the table of ways, or add sites",
    ),
    "count": (
        "加大 count（站点数），或加大 reach_m（米）、radius",
        "raise count (of sites), or reach_m (metres), or radius",
    ),
    "capacity": ("增加站点，或加大“站点”表的容量（人）", "add sites, or raise their capacity (people)"),
    "crowded": (
        "加大 reach_m（米），或加大附近站点的容量（人），或增加站点",
        "raise reach_m (metres) or the capacity (people) of sites nearby, or add sites",
    ),
}


def shown(value: Fraction) -> str:
    """A number for reading: whole, or with two digits."""
    return f"{int(value):,}" if value.denominator == 1 else f"{float(value):,.2f}"


def _plan(problem: Json, outcome: Json) -> Text:
    model, count, many = problem["model"], len(outcome["open"]), len(problem["sites"])
    key = KEYS.get(model, "cost")
    value = shown(exact(outcome["objective"][key]))
    unit = problem["unit"]
    said = {
        "p_median": Text(f"人数×路程合计 {value} 人·{unit['zh']}", f"people × way {value} × {unit['en']}"),
        "p_centre": Text(f"最远路程 {value} {unit['zh']}", f"the farthest way is {value} {unit['en']}"),
        "set_covering": Text(
            f"合计 {value}（没有费用时为站点数）", f"{value} in all (sites where nothing costs)"
        ),
        "maximal_covering": Text(f"半径内覆盖 {value} 人", f"{value} people lie within the radius"),
        "capacitated": Text(f"固定费用加服务费用 {value}", f"fixed and serving cost {value}"),
    }[model]
    name = NAMES[model]
    return Text(
        f"{name.zh}：{many} 个站点中开设 {count} 个，{said.zh}",
        f"{name.en}: {count} of {many} sites, {said.en}",
    )


def _proof(problem: Json, outcome: Json) -> Text:
    key, word = KEYS.get(problem["model"], "cost"), _WORDS[outcome["status"]]
    bound, gap = shown(exact(outcome["bound"][key])), exact(outcome["gap"])
    most = problem["model"] == "maximal_covering"
    side = ("不会超过", "above") if most else ("不会低于", "below")
    apart = Text("差距 0（由价格独立复核）", "gap 0 (confirmed independently by prices)")
    if gap:
        apart = Text(
            f"独立的界还差 {float(gap * 100):.3g}%", f"the independent bound is {float(gap * 100):.3g} % away"
        )
    return Text(
        f"任何方案{side[0]} {bound}；{word.zh}，{apart.zh}",
        f"no plan goes {side[1]} {bound}; {word.en}, {apart.en}",
    )


def _ground(problem: Json, outcome: Json) -> list[Text]:
    """What it means for people: mean and farthest way, how full the sites are, who is left."""
    found, unit = [], problem["unit"]
    ways = [(exact(row["way"]), row) for row in outcome["assignment"] if "way" in row]
    names = {row["id"]: row for row in problem["demand"]}
    if ways:
        people = sum(names[row["demand"]]["weight"] for _, row in ways)
        far, row = max(ways, key=lambda pair: (pair[0], pair[1]["demand"]))
        total = sum((way * names[row["demand"]]["weight"] for way, row in ways), Fraction(0))
        mean = shown(total / people) if people else "–"
        name = names[row["demand"]]["name"]
        whom = Text("", "")
        if problem["model"] == "maximal_covering":
            whom = Text("（只算半径内的人）", " (of those within the radius alone)")
        zh = f"平均每人 {mean} {unit['zh']}{whom.zh}，最远的是 {name}，{shown(far)} {unit['zh']}"
        found.append(
            Text(
                zh,
                f"{mean} {unit['en']} on average{whom.en}; the farthest is {name}, {shown(far)} {unit['en']}",
            )
        )
    if problem["model"] == "capacitated":
        room = {site["id"]: site["capacity"] for site in problem["sites"]}
        full = [row["site"] for row in outcome["sites"] if row["weight"] == room[row["site"]]]
        parts = len(outcome["assignment"]) - len(problem["demand"])
        zh = f"{len(full)} 个站点已满，{parts} 处需求分到一个以上的站点"
        found.append(Text(zh, f"{len(full)} sites are full; {parts} times demand is split over sites"))
    if outcome["uncovered"]:
        left = len(outcome["uncovered"])
        found.append(
            Text(
                f"半径外还有 {left} 个需求点（见表）",
                f"{left} demand points lie beyond the radius (see the table)",
            )
        )
    return found

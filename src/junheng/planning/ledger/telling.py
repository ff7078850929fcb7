"""What a ledger says in a few sentences."""

from junheng.basics import Text
from junheng.planning.frozen import Json, exact

_WAN = 10000


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """Projects and money, outliers, funds and seats behind their promise, totals that do not agree."""
    found = []
    if outcome["projects"]:
        found += [_projects(outcome), _outliers(problem, outcome), *_promises(outcome)]
    if outcome["totals"]:
        found.append(_totals(outcome))
    if outcome["claims"]:
        found.append(_claims(outcome))
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def _projects(outcome: Json) -> Text:
    known = [row for row in outcome["batches"] if "invest_yuan" in row]
    money = sum(exact(row["invest_yuan"]) for row in known) / _WAN
    seats = sum(exact(row["seats"]) for row in outcome["batches"] if "seats" in row)
    untold = sum(row["untold"]["invest_yuan"] for row in outcome["batches"])
    count = len(outcome["projects"])
    return Text(
        f"台账 {count} 个项目，投资合计 {float(money):,.1f} 万元（{untold} 个没有填），新增学位 {int(seats):,} 个",
        f"{count} projects of {float(money):,.1f} times 10,000 yuan ({untold} do not say), {int(seats):,} seats",
    )


def _outliers(problem: Json, outcome: Json) -> Text:
    names = {row["id"]: f"{row.get('batch', '')} {row['name']}".strip() for row in problem["projects"]}
    out = [names[row["id"]] for row in outcome["projects"] if row["outliers"]]
    open_ones = sum(not row["judged"] for row in outcome["spreads"])
    told, told_en = "、".join(out[:5]) or "无", ", ".join(out[:5]) or "none"
    return Text(
        f"单价异常 {len(out)} 个（{told}）；{open_ones} 组可比项目太少，不判",
        f"{len(out)} {'project' if len(out) == 1 else 'projects'} with unusual unit costs ({told_en}); {open_ones} groups not judged",
    )


def _promises(outcome: Json) -> list[Text]:
    found = []
    for key, zh, en in (("arrived_share", "资金没有全部到位", "without all their funds"),
                        ("delivered_share", "学位没有全部交付", "without all their seats")):  # fmt: skip
        known = [row for row in outcome["projects"] if key in row]
        behind = sum(exact(row[key]) < 1 for row in known)
        if known:
            found.append(
                Text(
                    f"{len(known)} 个有数的项目中 {behind} 个{zh}",
                    f"{behind} of {len(known)} projects that say are {en}",
                )
            )
    late = sum("late_years" in row for row in outcome["projects"])
    return [*found, Text(f"{late} 个项目晚于计划交付年", f"{late} projects are later than planned")]


def _totals(outcome: Json) -> Text:
    words = [row["verdict"] for row in outcome["totals"]]
    good = sum(word in ("agrees", "agrees_rounded", "about") for word in words)
    return Text(
        f"公布合计 {len(words)} 个：相符（含四舍五入、约数）{good} 个，不符 {words.count('differs')} 个，"
        f"缺数无法核对 {words.count('cannot_tell')} 个",
        f"{len(words)} published totals: {good} agree (rounded, about), {words.count('differs')} do not, "
        f"{words.count('cannot_tell')} cannot be told",
    )


def _claims(outcome: Json) -> Text:
    words = [row["verdict"] for row in outcome["claims"] if "verdict" in row]
    good = sum(word.startswith("agrees") for word in words)
    return Text(
        f"公开材料里的数字复算 {len(outcome['claims'])} 个，其中印有结果的 {len(words)} 个：相符 {good} 个，"
        f"不符 {words.count('differs')} 个，口径不同只并列的 {words.count('beside')} 个",
        f"{len(outcome['claims'])} published figures recomputed, {len(words)} with a printed result: {good} agree, "
        f"{words.count('differs')} do not, {words.count('beside')} count different things and stand side by side",
    )

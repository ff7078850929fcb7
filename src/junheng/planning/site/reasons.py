"""Why there is no plan: duties that contradict each other, money that does not reach,
seats that cannot be had."""

from dataclasses import replace

import numpy as np

from junheng.planning.clock import Clock
from junheng.planning.frozen import Json, number
from junheng.planning.site.bound import spending
from junheng.planning.site.case import Case
from junheng.planning.site.model import build, whole_scope
from junheng.planning.site.transport import Plan, plan_of

_HALF = 0.5


def contradictions(problem: Json) -> list[Json]:
    """Schools that must open before they can, or larger than they may be; money short of what must be opened."""
    found = []
    for row in problem["sites"]:
        must = row.get("must")
        if must and must["year"] < row["from"] and (row["existing"] == 0 or must["steps"]):
            zh = f"{row['name']}须在 {must['year']} 年建成，最早 {row['from']} 年才能建成"
            en = f"{row['name']} must be open by {must['year']}, it cannot before {row['from']}"
            found.append({"limit": "must", "site": row["id"], "zh": zh, "en": en})
        if must and must["steps"] > row["most"]:
            zh = f"{row['name']}须建 {must['steps']} 步，用地只容 {row['most']} 步"
            en = f"{row['name']} must take {must['steps']} steps, its land holds {row['most']}"
            found.append({"limit": "most", "site": row["id"], "zh": zh, "en": en})
    return found + _money(problem)


def _money(problem: Json) -> list[Json]:
    """Years by which the schools that must open cost more than may have been spent."""
    if "budget" not in problem:
        return []
    spent, allowed, found = 0, 0, []
    for year in problem["years"]:
        allowed += problem["budget"][str(year)]
        for row in problem["sites"]:
            must = row.get("must")
            if must and max(must["year"], problem["years"][0]) == year:
                spent += must["steps"] * row["step_yuan"] + (0 if row["existing"] else row["fixed_yuan"])
        if spent > allowed:
            zh = f"到 {year} 年必须建成的学校至少要 {spent} 元，投资上限累计 {allowed} 元，差 {spent - allowed} 元"
            en = f"by {year} the schools that must open cost {spent} yuan, {allowed} may be spent: {spent - allowed} lack"
            found.append({"limit": f"budget:{year}", "lacking_yuan": spent - allowed, "zh": zh, "en": en})
    return found


def least_lacking(case: Case, clock: Clock) -> tuple[Plan | None, int]:
    """The plan with the fewest children without a seat (of these the cheapest), and how many seat-years they lack."""
    first = build(case, whole_scope(case), is_lack_alone=True)
    solved = first.block.solve(gap=0.0, seconds=max(1.0, clock.left / 2), stop=clock.stop)
    if not solved.is_found:
        return None, -1
    most = int(solved.objective + _HALF)
    second = build(case, whole_scope(case), lacking_most=most)
    known = second.block.solve(
        gap=clock.gap, seconds=max(1.0, clock.left), stop=clock.stop, start=solved.values
    )
    state = second.states(known.values) if known.is_found else first.states(solved.values)
    return plan_of(_lenient(case), state), most


def _lenient(case: Case) -> Case:
    """The same case with so dear a seat that no child goes without one that could have it."""
    dear = int(case.way.max(initial=0)) * 4 + case.scale * 10**6
    return replace(case, unmet=dear)


def no_seats(case: Case, cuts: list[Json], lacking: int, clock: Clock) -> list[Json]:
    """Why children of this scenario lack seats though none may: within reach, or within the money."""
    found = []
    for cut in cuts:
        names = "、".join(cut["blocks"][:5]) + ("…" if len(cut["blocks"]) > 5 else "")
        zh = f"{_ZH[case.scenario]} {cut['year']} 年：{names} 等 {len(cut['blocks'])} 个片块有儿童 {cut['children']} 人，"
        zh += f"可达的学校全部扩到最大也只有 {cut['seats']} 个学位，差 {cut['lacking']}"
        en = f"{case.scenario}, {cut['year']}: {len(cut['blocks'])} blocks ({names}) have {cut['children']} children; all sites "
        en += f"within reach at their largest have {cut['seats']} seats: {cut['lacking']} lack"
        found.append({"limit": "seats", **cut, "zh": zh, "en": en})
    beyond = lacking - sum(cut["lacking"] for cut in cuts)
    if beyond > 0:
        found.append(_limits(case, beyond, clock))
    return found


def _limits(case: Case, beyond: int, clock: Clock) -> Json:
    """Seats lacking for want of money or for a least size; with how much more money a plan was found."""
    free = replace(case, budget=(None,) * len(case.years))
    plan, left = least_lacking(free, clock)
    told = {"limit": "budget", "scenario": case.scenario, "lacking": beyond}
    zh = f"{_ZH[case.scenario]}：投资上限或最小规模之内还差 {beyond} 个学位·年"
    en = f"{case.scenario}: within the budget and the least sizes {beyond} seat-years lack"
    if plan is not None and left >= 0 and any(limit is not None for limit in case.budget):
        spent = np.cumsum(spending(case, plan.state))
        over = max(int(s) - b for s, b in zip(spent, case.budget, strict=True) if b is not None)
        yuan = max(0, -(-over // case.scale))
        told["more_yuan"] = number(yuan)
        zh += f"；多投 {yuan} 元就有一个差 {left} 的方案"
        en += f"; with {yuan} yuan more there is a plan that lacks {left}"
    return told | {"zh": zh, "en": en}


_ZH = {"low": "低方案", "mid": "中方案", "high": "高方案"}

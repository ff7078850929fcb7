"""Check of one scenario's plan: every child once, no seat twice, what stands may stand there,
and what it costs."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.site.check_words import word


def plan_faults(problem: Json, plan: Json) -> list[Text]:
    """What is wrong with a plan, its proof aside."""
    sites = {row["id"]: row for row in problem["sites"]}
    told = {row["site"]: row for row in plan["sites"]}
    if [row["site"] for row in plan["sites"]] != sorted(sites):
        return [Text("校址不全或重复", "sites are missing or doubled")]
    found = _children(problem, plan, told)
    for name in sorted(sites):
        found += [
            Text(f"{sites[name]['name']}：{text.zh}", f"{sites[name]['name']}: {text.en}")
            for text in _site(problem, sites[name], told[name])
        ]
    if not found:
        found += _budget(problem, sites, told)
        found += _costs(problem, plan, sites, told)
    return found


def _children(problem: Json, plan: Json, told: dict[str, Json]) -> list[Text]:
    """Every child of every block goes to one site within reach that is open, or is counted as without a seat."""
    years, found = range(len(problem["years"])), []
    arrived = {name: [0 for _ in years] for name in told}
    lacking = {row["block"]: row["pupils"] for row in plan["unmet"]}
    blocks = {row["id"]: row for row in problem["blocks"]}
    if set(plan["flows"]) - set(blocks) or set(lacking) - set(blocks) or len(lacking) != len(plan["unmet"]):
        return [Text("有不存在或重复的片块", "blocks that do not exist or are doubled")]
    for name, block in blocks.items():
        flows, short = plan["flows"].get(name, {}), lacking.get(name, [0 for _ in years])
        if set(flows) - set(block["ways"]):
            found.append(Text(f"{name} 有去不了的学校", f"{name}: a site out of reach"))
            continue
        for year in years:
            parts = [flow[year] for flow in flows.values()]
            if any(not isinstance(part, int) or part < 0 for part in [*parts, short[year]]):
                found.append(Text(f"{name} 的人数不是非负整数", f"{name}: pupils are no whole numbers"))
            if sum(parts) + short[year] != block["pupils"][plan["scenario"]][year]:
                found.append(Text(f"{name} 的儿童没有安排完", f"{name}: children are not all accounted for"))
        for site, flow in flows.items():
            for year in years:
                arrived[site][year] += flow[year]
    for name in sorted(told):
        if arrived[name] != told[name]["pupils"]:
            found.append(
                Text(f"{name} 的学生数与各片块之和不符", f"{name}: pupils are not the sum of the blocks")
            )
    if sum(sum(row["pupils"]) for row in plan["unmet"]) != plan["unmet_seats"]:
        found.append(Text("无学位人数之和不符", "the sum of children without a seat is wrong"))
    return found + _why(problem, plan, blocks)


def _why(problem: Json, plan: Json, blocks: dict[str, Json]) -> list[Text]:
    """Where none may be without a seat, none is but in a plan called infeasible; out of reach is what has no way."""
    found = []
    if problem["unmet"] == "none" and plan["unmet_seats"] and plan["status"] != "infeasible":
        found.append(Text("要求人人有学位，方案没有做到", "every child was to have a seat"))
    for row in plan["unmet"]:
        if (row["why"] == "out_of_reach") != (not blocks[row["block"]]["ways"]):
            found.append(Text(f"{row['block']} 无学位的原因不对", f"{row['block']}: the reason is wrong"))
    return found


def steps_of(row: Json, told: Json, year: int) -> int:
    """Steps added by a year. Raises ValueError where the classes are no whole steps."""
    more = told["classes"][year] - row["classes"][year]
    if more % row["step"]:
        raise ValueError(f"{row['id']}: {told['classes'][year]} classes are no whole steps")
    return int(more // row["step"])


def _site(problem: Json, row: Json, told: Json) -> list[Text]:
    """What a site may become, year by year, and what it holds."""
    years, found = problem["years"], []
    was_open, stood = row["existing"], 0
    for at, year in enumerate(years):
        is_open = told["open"][at]
        if is_open not in (0, 1) or (not is_open and (told["classes"][at] or told["pupils"][at])):
            found.append(
                Text(f"{year} 年没有开办却有班级或学生", f"{year}: classes or pupils though not open")
            )
            continue
        found += _turn(row, year, was_open, is_open)
        if is_open:
            steps = steps_of(row, told, at)
            found += _size(problem, row, told, at, steps)
            if steps < stood or (steps > stood and year < row["from"]):
                found.append(Text(f"{year} 年的班数不能这样变", f"{year}: classes cannot change so"))
            stood = steps
        elif stood:
            found.append(
                Text(f"{year} 年关闭了扩建过的学校", f"{year}: a school that was expanded is closed")
            )
        must = row.get("must")
        if must and year >= must["year"] and (not is_open or stood < must["steps"]):
            found.append(Text(f"{year} 年必须建成", f"must be open in {year}"))
        was_open = is_open
    return found


def _turn(row: Json, year: int, was_open: int, is_open: int) -> list[Text]:
    """Only a candidate opens, only a school that may be closed closes, once, not before its year."""
    if was_open == is_open:
        return []
    may = (
        row["existing"] == 0
        if is_open
        else row["existing"] == 1 and row["may_close"] == 1 and "must" not in row
    )
    if may and year >= row["from"]:
        return []
    return [Text(f"{year} 年不能这样开办或撤并", f"{year}: it may not open or close so")]


def _size(problem: Json, row: Json, told: Json, at: int, steps: int) -> list[Text]:
    """Steps within the land, pupils within seats and sizes."""
    year, pupils, found = problem["years"][at], told["pupils"][at], []
    if not (0 if row["existing"] else row["least"]) <= steps <= row["most"]:
        found.append(Text(f"{year} 年的班数不在允许范围", f"{year}: classes out of range"))
    if pupils > min(problem["class_pupils"] * told["classes"][at], row["pupils_most"]):
        found.append(
            Text(f"{year} 年超过学位或规模上限", f"{year}: more pupils than seats or than a school may hold")
        )
    is_free = "must" not in row and (row["may_close"] == 1 or row["existing"] == 0)
    if at == len(problem["years"]) - 1 and is_free and pupils < row["pupils_least"]:
        found.append(Text(f"{year} 年不到最小规模", f"{year}: below the least size"))
    return found


def spent_in(problem: Json, row: Json, told: Json, at: int) -> int:
    """Yuan spent on building at a site in a year."""
    if not told["open"][at]:
        return 0
    was_open = row["existing"] if at == 0 else told["open"][at - 1]
    before = steps_of(row, told, at - 1) if at and told["open"][at - 1] else 0
    total = (steps_of(row, told, at) - before) * row["step_yuan"]
    return int(total + (0 if was_open else row["fixed_yuan"]))


def _budget(problem: Json, sites: dict[str, Json], told: dict[str, Json]) -> list[Text]:
    if "budget" not in problem:
        return []
    spent, allowed, found = 0, 0, []
    for at, year in enumerate(problem["years"]):
        spent += sum(spent_in(problem, sites[name], told[name], at) for name in sites)
        allowed += problem["budget"][str(year)]
        if spent > allowed:
            found.append(Text(f"到 {year} 年投资超限", f"more is spent by {year} than may be"))
    return found


def _costs(problem: Json, plan: Json, sites: dict[str, Json], told: dict[str, Json]) -> list[Text]:
    """Every kind of cost, and their sum."""
    years = range(len(problem["years"]))
    price, ways = exact(problem["way_yuan"]), {row["id"]: row["ways"] for row in problem["blocks"]}
    capital = sum(spent_in(problem, sites[name], told[name], at) for name in sites for at in years)
    closing = sum(
        row["close_yuan"] for name, row in sites.items() if row["existing"] and not told[name]["open"][-1]
    )
    running = sum(
        row["yearly_yuan"] + row["class_yearly_yuan"] * told[name]["classes"][at]
        for name, row in sites.items()
        for at in years
        if told[name]["open"][at]
    )
    length = sum(
        ways[block][site] * sum(flow)
        for block, flows in plan["flows"].items()
        for site, flow in flows.items()
    )
    unmet = problem["unmet_yuan"] * plan["unmet_seats"] if problem["unmet"] == "priced" else 0
    own = {"capital": capital, "closing": closing, "running": running, "ways": price * length, "unmet": unmet}
    found = [
        Text(f"{word(name)}应为 {cost} 元", f"the cost of {name} should be {cost} yuan")
        for name, cost in own.items()
        if exact(plan["costs"][f"{name}_yuan"]) != cost
    ]
    if exact(plan["cost_yuan"]) != sum(own.values(), Fraction(0)):
        found.append(Text("总费用不是各项之和", "the cost is not the sum of its parts"))
    return found

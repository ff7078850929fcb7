"""The tables of a siting plan; a table without rows is left out."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.site.telling_sites import closings, estates, idle, sites
from junheng.planning.site.telling_words import (
    KINDS,
    SCENARIOS,
    STATUS,
    UNITS,
    WHY,
    gaps_of,
    last_first,
    names_of,
    some_of,
    unfinished,
)
from junheng.planning.tables import Cell, Column, Table, column

_WAN = 10_000


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see."""
    made = [_reasons(outcome)]
    if outcome["plans"]:
        made += [
            _scenarios(outcome), _choices(problem, outcome), _stress(problem, outcome), sites(problem, outcome), estates(problem, outcome),
            closings(problem, outcome), _unmet(problem, outcome), idle(problem, outcome),
        ]  # fmt: skip
    made += [
        _short(problem, outcome),
        _untold(problem),
        _doubts(problem),
        _aside(problem, outcome),
        _defaults(problem),
    ]
    return tuple(table for table in made if table.rows)


def _table(
    zh: str, en: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: Text | None = None
) -> Table:
    return Table(Text(zh, en), columns, [*rows], note)


def _wan(yuan: int | str) -> Fraction:
    return exact(yuan) / _WAN


def _reasons(outcome: Json) -> Table:
    rows = [(Text(row["zh"], row["en"]),) for row in outcome.get("reasons", [])]
    return _table("不可行的原因", "why it is infeasible", [column("原因", "reason")], rows)


def _scenarios(outcome: Json) -> Table:
    columns = [
        *(
            column("情景", "scenario"),
            column("结果", "result"),
            column("差距", "gap", "%", 4),
            column("缺学位", "seats lacking", "人·年"),
        ),
        *(
            column("投资", "building", "万元"),
            column("运行", "running", "万元"),
            column("撤并费用", "closing", "万元"),
            column("总代价", "cost", "万元"),
        ),
        *(column("路程计价", "ways priced", "万元"), column("缺学位计价", "lack priced", "万元")),
        *(column("独立的界", "own bound", "万元"), column("求解器的界", "solver's bound", "万元")),
    ]
    rows = []
    for plan in outcome["plans"]:
        costs, bound = plan["costs"], plan["bound"]
        rows.append(
            (
                *(SCENARIOS[plan["scenario"]], STATUS[plan["status"]]),
                *(exact(plan["gap"]) * 100 if bound else None, plan["unmet_seats"]),
                *(_wan(costs[f"{key}_yuan"]) for key in ("capital", "running", "closing")),
                _wan(plan["cost_yuan"]),
                *(_wan(costs[f"{key}_yuan"]) for key in ("ways", "unmet")),
                *(_wan(bound[key]) if key in bound else None for key in ("cost_yuan", "solver_cost_yuan")),
            )
        )
    note = Text(
        "任何方案都不会低于两个界；独立的界由学位价格重算，不靠求解器。总代价含缺学位、路程的计价，不全是钱",
        "no plan costs less than either bound; the own one is recomputed from prices without the solver. Not all of the cost is money",
    )
    return _table("情景", "scenarios", columns, rows, note)


def _choices(problem: Json, outcome: Json) -> Table:
    names, asked = names_of(problem), [plan["scenario"] for plan in outcome["plans"]]
    columns = [
        *(
            column("校址编号", "site id"),
            column("名称", "name"),
            column("做什么", "what"),
            column("各情景一致", "in all scenarios"),
        ),
        *(column(SCENARIOS[name].zh, SCENARIOS[name].en) for name in asked),
    ]
    order, open_ones = ("open", "expand", "close"), unfinished(outcome)
    rows = [
        (
            *(row["site"], names[row["site"]], KINDS[row["kind"]]),
            None if open_ones else Text("是", "yes") if row["in_all"] else Text("否", "no"),
            *(_done(row, name) for name in asked),
        )
        for row in sorted(
            outcome["choices"], key=lambda row: (order.index(row["kind"]), -row["in_all"], row["site"])
        )
    ]
    note = Text(
        "各情景一致的可以先办；只在部分情景里选中的，等学龄人口明朗再定，用地先留。每行的年份是第一次变动的年份",
        "what all scenarios choose can begin; for what only some choose, keep the land until numbers are clearer",
    )
    if open_ones:
        gaps = gaps_of(open_ones)
        note = Text(
            f"没有解完（差距至多：{gaps.zh}），各情景是否一致不能说，那一列留空；每行的年份是第一次变动的年份",
            f"not solved to the end (gaps at most: {gaps.en}): whether scenarios agree cannot be told and is left blank",
        )
    return _table("选址", "what is chosen", columns, rows, note)


def _done(row: Json, scenario: str) -> Cell:
    if scenario not in row["by"]:
        return None
    told = row["by"][scenario]
    if row["kind"] == "close":
        return Text(f"{told['year']} 年", f"{told['year']}")
    more = "+" if row["kind"] == "expand" else ""
    return Text(
        f"{told['year']} 年，{more}{told['classes']} 班", f"{told['year']}, {more}{told['classes']} classes"
    )


def _stress(problem: Json, outcome: Json) -> Table:
    """Children without a seat at least, when a plan was built and another scenario comes true."""
    columns = [
        *(column("按此情景建", "built for"), column("实际出现", "comes true")),
        *(column(f"{year} 年", f"{year}", "人") for year in last_first(problem["years"])),
    ]
    lacking = {(row["plan"], row["under"], row["year"]): row["lacking"] for row in outcome["stress"]}
    names = [plan["scenario"] for plan in outcome["plans"]]
    rows = [
        (
            SCENARIOS[one],
            SCENARIOS[other],
            *(lacking.get((one, other, year), 0) for year in last_first(problem["years"])),
        )
        for one in names
        for other in names
        if one != other
    ]
    note = Text(
        "学校按一种情景建好，儿童按另一种出现：无论怎样安排，至少缺这么多学位（含可达范围内没有学校的）",
        "schools built for one scenario, children of another: so many lack a seat at least, those out of reach included",
    )
    return _table("换一种情景", "under another scenario", columns, rows, note)


def _unmet(problem: Json, outcome: Json) -> Table:
    names = names_of(problem)
    columns = [
        *(
            column("情景", "scenario"),
            column("片块编号", "block id"),
            column("片块", "block"),
            column("原因", "why"),
        ),
        *(column(f"{year} 年", f"{year}", "人") for year in last_first(problem["years"])),
    ]
    rows = [
        (
            *(SCENARIOS[plan["scenario"]], row["block"], names[row["block"]], WHY[row["why"]]),
            *last_first(row["pupils"]),
        )
        for plan in outcome["plans"]
        for row in plan["unmet"]
    ]
    return _table("缺学位", "children without a seat", columns, rows)


def _short(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("情景", "scenario"),
            column("年份", "year"),
            column("片块", "blocks"),
            column("儿童", "children", "人"),
        ),
        *(
            column("可达学位（全部最大）", "seats within reach, all at their largest", "个"),
            column("缺", "lacking", "人"),
        ),
    ]
    names = names_of(problem)
    rows = [
        (
            *(
                SCENARIOS[cut["scenario"]],
                cut["year"],
                some_of([names[block] for block in cut["blocks"]]),
            ),
            *(cut["children"], cut["seats"], cut["lacking"]),
        )
        for cut in outcome["unavoidable"]
        if cut["seats"]
    ]
    note = Text(
        "可达范围内没有学校的片块见“缺学位”。这些片块可达的学校、校址全部建到最大也不够；只有增加校址、寄宿、放宽范围才能解决",
        "Blocks that reach no site are in the table before. Here all sites within reach at their largest do not "
        "suffice: only new sites, boarding or a wider reach would help",
    )
    return _table("避免不了的缺口", "shortages no plan avoids", columns, rows, note)


def _untold(problem: Json) -> Table:
    rows = [
        (row["id"], Text("片块", "block") if row["what"] == "block" else Text("校址", "site"), Text(row["zh"], row["en"]),
         row["pupils"][problem["lead"]][0] if "pupils" in row else None)
        for row in problem["cannot_tell"]
    ]  # fmt: skip
    columns = [
        column("编号", "id"),
        column("种类", "kind"),
        column("缺什么", "what is wanted"),
        column("儿童", "children", "人"),
    ]
    return _table("无法进入规划", "not in the plan", columns, rows)


def _doubts(problem: Json) -> Table:
    rows = [(Text(row["zh"], row["en"]),) for row in problem.get("doubts", [])]
    return _table(
        "有疑问的输入", "doubtful input", [column("疑问（照写的算）", "doubt (taken as written)")], rows
    )


def _aside(problem: Json, outcome: Json) -> Table:
    """Blocks without children, sites that no block reaches, places no road comes near."""
    used = {site for row in problem["blocks"] for site in row["ways"]}
    rows: list[Sequence[Cell]] = [
        (name, Text("没有儿童，不进入规划", "no children: not in the plan")) for name in problem["empty"]
    ]
    rows += [
        (row["id"], Text("没有片块在可达范围内", "no block within reach"))
        for row in problem["sites"]
        if row["id"] not in used
    ]
    rows += [
        (name, Text("不在路网上，按直线距离", "off the network: by great circle"))
        for name in problem.get("off_network", [])
    ]
    return _table("其他说明", "also to know", [column("编号", "id"), column("说明", "note")], rows)


def _defaults(problem: Json) -> Table:
    basis = problem["basis"]
    rows: list[Sequence[Cell]] = [
        (Text(row["zh"], row["en"]), row["value"], UNITS.get(row["item"]), row["source"])
        for row in problem["defaults"]
    ]
    rows.append((Text("路程", "ways"), None, None, Text(basis["zh"], basis["en"])))
    return _table(
        "口径",
        "figures used",
        [column("项目", "item"), column("取值", "value"), column("单位", "unit"), column("出处", "source")],
        rows,
    )

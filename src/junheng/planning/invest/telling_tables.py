"""The tables of an investment plan: actions by school and year, money, who complies, prices,
what cannot be done."""

from collections.abc import Callable
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.invest.reasons import stage_name
from junheng.planning.tables import Cell, Column, Table

_SCHOOL, _NAME = Column(Text("学校代码", "school id")), Column(Text("学校", "school"))
_STAGE, _YEAR = Column(Text("学段", "stage")), Column(Text("年份", "year"))
_WHY = Column(Text("理由", "reason"))
_MONEY = Column(Text("费用", "cost"), "元", 2)


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; empty tables are left out."""
    every: tuple[Callable[[Json, Json], Table], ...] = (
        _reasons,
        _actions,
        _moves,
        _totals,
        _spending,
        _complying,
        _variations,
        _prices,
        _unreachable,
        _cannot_tell,
        _frontier,
        _sensitivity,
    )
    return tuple(table for make in every if (table := make(problem, outcome)).rows)


def _names(problem: Json) -> dict[str, str]:
    return {row["id"]: row["name"] for row in problem["schools"]}


def _indicators(problem: Json, ids: list[str]) -> str:
    """Names of indicators; what is no indicator (a missing column, say) as it stands."""
    names = {row["id"]: row["zh"] for row in problem["indicators"]}
    return "、".join(names.get(key, key) for key in ids)


def _stage(row: Json) -> Cell:
    return stage_name(row["stage"]) if "stage" in row else Text("全校", "whole school")


def _measures(problem: Json) -> dict[str, Json]:
    return {row["id"]: row for row in (*problem["measures"], *problem.get("transfers", ()))}


def _reasons(problem: Json, outcome: Json) -> Table:
    rows = [[Text(row["zh"], row["en"])] for row in outcome.get("reasons", ())]
    return Table(Text("无解原因", "why there is no plan"), [_WHY], rows)


def _actions(problem: Json, outcome: Json) -> Table:
    names, measures = _names(problem), _measures(problem)
    rows = [
        [
            row["school_id"],
            names[row["school_id"]],
            _stage(row),
            row["year"],
            Text(measures[row["measure"]]["zh"], measures[row["measure"]]["en"]),
            exact(row["quantity"]),
            measures[row["measure"]]["unit"],
            exact(row["cost_yuan"]),
            Text(row["zh"], row["en"]),
        ]
        for row in outcome.get("actions", ())
    ]
    columns = [
        _SCHOOL,
        _NAME,
        _STAGE,
        _YEAR,
        Column(Text("措施", "measure")),
        Column(Text("数量", "quantity"), digits=2),
        Column(Text("单位", "unit")),
        _MONEY,
        _WHY,
    ]
    return Table(
        Text("行动", "actions"),
        columns,
        rows,
        Text("费用含岗位以后各年的支出", "the cost of a post includes its later years"),
    )


def _moves(problem: Json, outcome: Json) -> Table:
    names, transfers = _names(problem), _measures(problem)
    rows = [
        [
            _transfer(transfers[row["transfer"]]),
            names[row["from"]],
            names[row["to"]],
            row["year"],
            row["persons"],
            exact(row["cost_yuan"]),
        ]
        for row in outcome.get("moves", ())
    ]
    columns = [
        Column(Text("调配", "transfer")),
        Column(Text("调出学校", "from")),
        Column(Text("调入学校", "to")),
        _YEAR,
        Column(Text("人数", "persons"), "人"),
        _MONEY,
    ]
    return Table(Text("教师调配", "moves"), columns, rows)


def _transfer(row: Json) -> Text:
    """The name of a kind of move; its id where the problem gives none."""
    return Text(str(row.get("zh", row["id"])), str(row.get("en", row["id"])))


def _totals(problem: Json, outcome: Json) -> Table:
    """Quantity and money by measure."""
    measures = _measures(problem)
    units: dict[str, Fraction] = {}
    money: dict[str, Fraction] = {}
    for row in outcome.get("actions", ()):
        units[row["measure"]] = units.get(row["measure"], Fraction(0)) + exact(row["quantity"])
        money[row["measure"]] = money.get(row["measure"], Fraction(0)) + exact(row["cost_yuan"])
    rows = [
        [key, Text(measures[key]["zh"], measures[key]["en"]), units[key], measures[key]["unit"], money[key]]
        for key in sorted(units)
    ]
    columns = [
        Column(Text("措施代码", "measure id")),
        Column(Text("措施", "measure")),
        Column(Text("数量", "quantity"), digits=2),
        Column(Text("单位", "unit")),
        _MONEY,
    ]
    return Table(Text("措施合计", "by measure"), columns, rows)


def _spending(problem: Json, outcome: Json) -> Table:
    budgets = problem.get("budgets", {})
    rows = [
        [int(year), exact(money), exact(budgets[year]) if year in budgets else None]
        for year, money in outcome.get("spending", {}).items()
    ]
    return Table(
        Text("分年支出", "by year"),
        [_YEAR, Column(Text("支出", "spending"), "元", 2), Column(Text("预算", "budget"), "元", 2)],
        rows,
    )


def _complying(problem: Json, outcome: Json) -> Table:
    names = _names(problem)
    exempt: dict[tuple[str, str], list[str]] = {}
    for row in outcome.get("exempt", ()):
        exempt.setdefault((row["school_id"], row["stage"]), []).append(row["indicator"])
    rows = [
        [
            row["school_id"],
            names[row["school_id"]],
            _stage(row),
            _indicators(problem, exempt.get((row["school_id"], row["stage"]), [])),
        ]
        for row in outcome.get("complies", ())
    ]
    return Table(
        Text("达标校段", "complying"),
        [_SCHOOL, _NAME, _STAGE, Column(Text("只到底线的指标", "at its floor only"))],
        rows,
    )


def _variations(problem: Json, outcome: Json) -> Table:
    rows = [
        [
            _stage(row),
            _indicators(problem, [row["indicator"]]),
            exact(row["before"]),
            exact(row["after"]),
            exact(row["limit"]),
        ]
        for row in outcome.get("cv", ())
    ]
    columns = [
        _STAGE,
        Column(Text("指标", "indicator")),
        *(
            Column(Text(zh, en), digits=4)
            for zh, en in (("现状", "before"), ("规划后", "after"), ("限值", "limit"))
        ),
    ]
    return Table(Text("校际差异系数", "variation"), columns, rows)


def _prices(problem: Json, outcome: Json) -> Table:
    rows = [
        [row["row"], exact(row["value"]), Text(row["zh"], row["en"])] for row in outcome.get("prices", ())
    ]
    columns = [
        Column(Text("限制", "limit")),
        Column(Text("价格", "price"), digits=6),
        Column(Text("含义", "meaning")),
    ]
    return Table(
        Text("价格与证明", "prices"),
        columns,
        rows,
        Text("由这些价格可以不用求解器复算下界", "the bound follows from these prices without a solver"),
    )


def _unreachable(problem: Json, outcome: Json) -> Table:
    names = _names(problem)
    rows = [
        [
            row["school_id"],
            names[row["school_id"]],
            _stage(row),
            _indicators(problem, row["indicators"]),
            Text(row["zh"], row["en"]),
        ]
        for row in outcome["unreachable"]
    ]
    return Table(
        Text("不能达标", "unreachable"),
        [_SCHOOL, _NAME, _STAGE, Column(Text("受限指标", "blocking")), _WHY],
        rows,
    )


def _cannot_tell(problem: Json, outcome: Json) -> Table:
    rows = [
        [row["school_id"], _stage(row), _indicators(problem, row["missing"]), Text(row["zh"], row["en"])]
        for row in problem.get("cannot_tell", ())
    ]
    return Table(
        Text("缺数据", "cannot tell"), [_SCHOOL, _STAGE, Column(Text("先补的数据", "missing")), _WHY], rows
    )


def _frontier(problem: Json, outcome: Json) -> Table:
    rows = [
        [row["stages"], exact(row["cost_yuan"]), exact(row["bound_yuan"])]
        for row in outcome.get("pareto", ())
    ]
    return Table(
        Text("投入与达标数", "cost and number"),
        [
            Column(Text("达标校段", "school-stages")),
            Column(Text("最少花费", "least cost"), "元", 2),
            Column(Text("已证明的下限", "proven floor"), "元"),
        ],
        rows,
    )


def _sensitivity(problem: Json, outcome: Json) -> Table:
    """What the same actions cost at the low and high end of each measure's price range."""
    measures, rows = _measures(problem), []
    money: dict[str, Fraction] = {}
    for row in outcome.get("actions", ()):
        money[row["measure"]] = money.get(row["measure"], Fraction(0)) + exact(row["cost_yuan"])
    for key in sorted(money):
        measure = measures[key]
        cost = exact(measure["cost_yuan"]) + exact(
            measure.get("yearly_yuan", 0)
        )  # of the first year, as the range
        if not cost or "low_yuan" not in measure or "high_yuan" not in measure:
            continue
        low, high = (money[key] * exact(measure[end]) / cost for end in ("low_yuan", "high_yuan"))
        name = Text(measure["zh"], measure["en"])
        rows.append([name, low, money[key], high, measure.get("source", "")])
    columns = [
        Column(Text("措施", "measure")),
        *(
            Column(Text(zh, en), "元", 2)
            for zh, en in (
                ("单价低限时", "at the low price"),
                ("本方案", "as planned"),
                ("单价高限时", "at the high price"),
            )
        ),
        Column(Text("来源", "source")),
    ]
    return Table(
        Text("单价影响", "price range"),
        columns,
        rows,
        Text("行动不变，只换单价", "the same actions at other unit costs"),
    )

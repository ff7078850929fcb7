"""The tables of a ledger: projects, unit costs, batches, funds by source, totals, published figures."""

from collections.abc import Sequence

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.ledger.words import NAMES, UNITS, VERDICTS
from junheng.planning.tables import Cell, Column, Table, column


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; a table without rows is left out."""
    made = (
        _projects(problem, outcome), _spreads(problem, outcome), _batches(outcome), _origins(outcome),
        _differences(problem, outcome), _totals(problem, outcome), _claims(problem, outcome),
    )  # fmt: skip
    return tuple(table for table in made if table.rows)


def _n(row: Json, key: str, factor: int = 1) -> Cell:
    return exact(row[key]) * factor if key in row else None


def _projects(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("批次", "batch"),
            column("项目", "project"),
            column("类别", "kind"),
            column("建筑面积", "area", "㎡"),
            column("学位", "seats", "个"),
        ),
        *(
            column("已交付", "delivered", "个"),
            column("投资", "investment", "元"),
            column("到位", "arrived", "元"),
            column("到位率", "arrived", "%", 1),
        ),
        *(
            column("元/学位", "yuan per seat", "元"),
            column("元/㎡", "yuan per m²", "元"),
            column("㎡/学位", "m² per seat", "㎡", 2),
        ),
        *(column("异常", "unusual"), column("晚于计划", "late", "年")),
    ]
    rows: list[Sequence[Cell]] = []
    for own, row in zip(problem["projects"], outcome["projects"], strict=True):
        names = [NAMES[name] for name in row["outliers"]]
        odd = Text("、".join(n.zh for n in names), ", ".join(n.en for n in names)) if names else None
        rows.append(
            (
                *(own.get("batch"), own["name"], own.get("group")),
                *(_n(own, key) for key in ("area_m2", "seats", "delivered", "invest_yuan", "arrived_yuan")),
                _n(row, "arrived_share", 100),
                *(_n(row, key) for key in ("yuan_per_seat", "yuan_per_m2", "m2_per_seat")),
                *(odd, row.get("late_years")),
            )
        )
    note = Text("空白是没有填，不是 0", "a blank was not filled in: it is not 0")
    return Table(Text("项目台账", "ledger"), columns, rows, note)


def _spreads(problem: Json, outcome: Json) -> Table:
    rule = problem["outlier"]
    columns = [
        *(
            column("单价", "unit cost"),
            column("单位", "unit"),
            column("批次", "batch"),
            column("类别", "kind"),
            column("项目", "projects", "个"),
            column("中位数", "median", "", 2),
        ),
        *(
            column("离差中位数（MAD）", "MAD", "", 2),
            column("下限", "low", "", 2),
            column("上限", "high", "", 2),
            column("是否判", "judged"),
        ),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(
                NAMES[row["measure"]],
                UNITS[row["measure"]],
                row["batch"] or None,
                row["group"] or None,
                row["projects"],
            ),
            *(_n(row, key) for key in ("median", "mad", "low", "high")),
            Text("判", "yes") if row["judged"] else Text("不判：可比项目太少", "no: too few"),
        )
        for row in outcome["spreads"]
    ]
    note = Text(
        f"异常：与中位数之差超过 {rule['cut']} × MAD ÷ {rule['scale']}（{problem['sources']['outlier']}）"
        f"且超过中位数的 {rule['share']}；同批次同类不足 {rule['least']} 个不判",
        f"unusual: farther from the median than {rule['cut']} × MAD / {rule['scale']} and than {rule['share']} of it; "
        f"fewer than {rule['least']} of a batch and kind are not judged",
    )
    return Table(Text("单价", "unit costs"), columns, rows, note)


def _batches(outcome: Json) -> Table:
    keys = ("area_m2", "seats", "delivered", "classes", "invest_yuan", "arrived_yuan")
    columns = [
        column("批次", "batch"),
        column("项目", "projects", "个"),
        *(Column(NAMES[key], UNITS[key]) for key in keys),
        column("缺数（项目数）", "absent, projects"),
    ]
    rows: list[Sequence[Cell]] = []
    for row in outcome["batches"]:
        lack = [(NAMES[key], count) for key, count in row["untold"].items() if count]
        said = Text("、".join(f"{n.zh} {c}" for n, c in lack), ", ".join(f"{n.en} {c}" for n, c in lack))
        rows.append(
            (row["batch"] or None, row["projects"], *(_n(row, key) for key in keys), said if lack else None)
        )
    note = Text(
        "缺数：有几个项目没有填；合计只含填了的",
        "absent: how many projects do not say; sums are of those that do",
    )
    return Table(Text("批次合计", "sums by batch"), columns, rows, note)


def _origins(outcome: Json) -> Table:
    columns = [
        column("资金来源", "source"),
        column("计划", "planned", "元"),
        column("到位", "arrived", "元"),
        column("没有填的行", "blank rows", "行"),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(row["origin"], _n(row, "planned_yuan"), _n(row, "arrived_yuan")),
            row["untold_planned_yuan"] + row["untold_arrived_yuan"],
        )
        for row in outcome["origins"]
    ]
    return Table(Text("资金来源", "funds by source"), columns, rows)


def _differences(problem: Json, outcome: Json) -> Table:
    names = {row["id"]: row["name"] for row in problem["projects"]}
    columns = [
        column("项目", "project"),
        column("哪个数", "figure"),
        column("来源合计", "sum of sources", "元"),
        column("项目填报减来源合计", "difference", "元"),
    ]
    said = {
        "planned_yuan": Text("计划资金与总投资", "planned and investment"),
        "arrived_yuan": Text("到位资金", "arrived"),
    }
    rows: list[Sequence[Cell]] = [
        (names[row["id"]], words, _n(row, f"sources_{key}"), _n(row, f"differs_{key}"))
        for row in outcome["projects"]
        for key, words in said.items()
        if f"differs_{key}" in row
    ]
    return Table(Text("资金对不上", "funds that differ"), columns, rows)


def _totals(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("批次", "batch"),
            column("数字", "figure"),
            column("单位", "unit"),
            column("公布", "published", "", 2),
            column("项目合计", "sum of projects", "", 2),
        ),
        *(
            column("公布减合计", "difference", "", 2),
            column("缺数项目", "projects without", "个"),
            column("结论", "verdict"),
        ),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(
                row["batch"] or None,
                NAMES[row["measure"]],
                UNITS[row["measure"]],
                exact(total["value"]),
                _n(row, "sum"),
                _n(row, "difference"),
            ),
            *(row["untold"], VERDICTS[row["verdict"]]),
        )
        for total, row in zip(problem["totals"], outcome["totals"], strict=True)
    ]
    return Table(Text("公布合计核对", "published totals"), columns, rows)


def _claims(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("公布材料", "published text"),
            column("数字", "figure"),
            column("复算", "recomputed", "", 2),
            column("单位", "unit"),
        ),
        *(
            column("公布", "printed", "", 2),
            column("公布减复算", "difference", "", 2),
            column("结论", "verdict"),
        ),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(claim.get("document"), Text(claim["zh"], claim["en"]), exact(row["value"]), _unit(claim)),
            *(
                _n(claim, "printed"),
                _n(row, "difference"),
                VERDICTS[row["verdict"]] if "verdict" in row else None,
            ),
        )
        for claim, row in zip(problem["claims"], outcome["claims"], strict=True)
    ]
    return Table(Text("公布数字复算", "published figures"), columns, rows)


def _unit(claim: Json) -> Cell:
    """A figure's unit; one without a unit is a share."""
    return Text("比值", "share") if claim.get("unit") == "1" else claim.get("unit")

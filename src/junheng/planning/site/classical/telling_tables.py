"""The tables of a classical location plan: open sites, who goes where, prices, what is left out."""

from collections.abc import Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.site.classical.telling import way_out
from junheng.planning.tables import Cell, Table, column

_PRICE_NOTE = Text(
    "证明用的第一组价格（各站点须开须关的分支另有价格，见 plan.json）。需求点的价格：多服务它一次，总费用至多值这么多；"
    "站点的价格：多一个学位至多省这么多",
    "the first vector of the proof (branches have their own, see plan.json). Of a demand point: what serving it is worth at "
    "most; of a site: what one more place saves at most",
)


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; a table without rows is left out."""
    made = (
        _sites(problem, outcome),
        _assignment(problem, outcome),
        _uncovered(problem, outcome),
        _proof(outcome),
        _prices(problem, outcome),
        _reasons(problem, outcome),
        _untold(problem),
    )
    return tuple(table for table in made if table.rows)


def _names(rows: Sequence[Json]) -> dict[str, str]:
    return {row["id"]: row["name"] for row in rows}


def _sites(problem: Json, outcome: Json) -> Table:
    unit, rows = problem["unit"]["zh"], []
    known = {site["id"]: site for site in problem["sites"]}
    for row in outcome["sites"]:
        site = known[row["site"]]
        rows.append(
            (
                *(row["site"], site["name"], row["points"], row["weight"], site.get("capacity")),
                *(_number(row.get("mean")), _number(row.get("farthest")), _number(site.get("cost"))),
            )
        )
    columns = [
        *(column("站点编号", "site id"), column("名称", "name"), column("需求点", "demand points", "个")),
        *(
            column("人数", "people", "人"),
            column("容量", "capacity", "人"),
            column("平均路程", "mean way", unit, 1),
        ),
        *(column("最远路程", "farthest way", unit, 1), column("固定费用", "fixed cost", "", 2)),
    ]
    basis = problem.get("basis")
    note = None if basis is None else Text(f"路程依据：{basis['zh']}", f"ways: {basis['en']}")
    if problem["model"] == "maximal_covering":
        within = Text(
            "人数、平均路程、最远路程只算半径内的", "people and ways are of those within the radius alone"
        )
        note = within if note is None else Text(f"{note.zh}。{within.zh}", f"{note.en}. {within.en}")
    return Table(Text("开设站点", "open sites"), columns, rows, note)


def _number(value: int | str | None) -> Cell:
    return None if value is None else exact(value)


def _assignment(problem: Json, outcome: Json) -> Table:
    demand, sites = _names(problem["demand"]), _names(problem["sites"])
    weight = {row["id"]: row["weight"] for row in problem["demand"]}
    rows = [
        (
            *(row["demand"], demand[row["demand"]], row.get("units", weight[row["demand"]])),
            *(row["site"], sites[row["site"]], _number(row.get("way"))),
        )
        for row in outcome["assignment"]
    ]
    columns = [
        *(
            column("需求点编号", "demand point id"),
            column("需求点", "demand point"),
            column("人数", "people", "人"),
        ),
        *(
            column("站点编号", "site id"),
            column("站点", "site"),
            column("路程", "way", problem["unit"]["zh"], 1),
        ),
    ]
    return Table(Text("去向", "who goes where"), columns, rows)


def _uncovered(problem: Json, outcome: Json) -> Table:
    known = {row["id"]: row for row in problem["demand"]}
    rows = [(name, known[name]["name"], known[name]["weight"]) for name in outcome["uncovered"]]
    columns = [
        column("需求点编号", "demand point id"),
        column("需求点", "demand point"),
        column("人数", "people", "人"),
    ]
    return Table(Text("半径外", "beyond the radius"), columns, rows)


def _proof(outcome: Json) -> Table:
    if outcome["status"] == "infeasible":
        return Table(Text("证明", "proof"), [], [])
    (key, value), *_ = outcome["objective"].items()
    proof = outcome.get("proof", {"vectors": [], "leaves": [], "rules": {"opened": [], "shut": []}})
    rows: list[tuple[Cell, Cell]] = [
        (Text("方案", "plan"), exact(value)),
        (Text("由价格得出的界", "bound by prices"), exact(outcome["bound"][key])),
        (Text("差距（%）", "gap (%)"), 100 * exact(outcome["gap"])),
        (Text("价格组数", "vectors of prices"), Fraction(len(proof["vectors"]))),
        (Text("分支（叶）数", "leaves"), Fraction(len(proof["leaves"]))),
        (Text("由价格排除的站点", "sites ruled out by prices"), Fraction(len(proof["rules"]["shut"]))),
    ]
    if "solver_" + key in outcome["bound"]:
        rows.append(
            (
                Text("求解器的界（须信求解器）", "the solver's bound (by its word)"),
                exact(outcome["bound"]["solver_" + key]),
            )
        )
    return Table(Text("证明", "proof"), [column("项目", "item"), column("数值", "value", "", 4)], rows)


def _prices(problem: Json, outcome: Json) -> Table:
    vectors = outcome.get("proof", {}).get("vectors", [])
    if not vectors:
        return Table(Text("价格", "prices"), [], [])
    rows: list[tuple[Cell, ...]] = []
    for part, kind, names in (
        ("demand", Text("需求点", "demand point"), _names(problem["demand"])),
        ("sites", Text("站点", "site"), _names(problem["sites"])),
    ):
        for name, price in vectors[0].get(part, {}).items():
            rows.append((kind, name, names[name], exact(price)))
    columns = [
        column("类别", "kind"),
        column("编号", "id"),
        column("名称", "name"),
        column("价格", "price", "", 3),
    ]
    return Table(Text("价格", "prices"), columns, rows, _PRICE_NOTE)


def _reasons(problem: Json, outcome: Json) -> Table:
    rows = [(way_out(problem, row),) for row in outcome["reasons"]]
    return Table(Text("为什么不可行", "why it cannot be done"), [column("理由", "reason")], rows)


def _untold(problem: Json) -> Table:
    kinds = {"demand": Text("需求点", "demand point"), "site": Text("站点", "site")}
    rows = [(kinds[row["what"]], row["id"], Text(row["zh"], row["en"])) for row in problem["cannot_tell"]]
    columns = [column("类别", "kind"), column("编号", "id"), column("缺什么", "what is lacking")]
    return Table(Text("未计入", "left out"), columns, rows)

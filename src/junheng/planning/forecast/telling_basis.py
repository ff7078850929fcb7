"""What a forecast rests on: ratios and their parts, seats to come, policy years, peaks."""

from fractions import Fraction

from junheng.basics import Text
from junheng.planning.forecast.words import stage_text
from junheng.planning.frozen import Json, exact
from junheng.planning.tables import Cell, Table, column

_EFFECTS = {
    "exclude": Text("这一年的变化不用于估计", "what changed into this year is not used"),
    "restart": Text("只用这一年之后的变化", "only later changes are used"),
}


def basis_tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Entry ratios with their parts, county grade ratios, seats to come, policy years, peaks."""
    return (
        _entry(problem, outcome),
        _progress(outcome),
        _coming(problem),
        _interruptions(problem),
        _peaks(outcome),
    )


def _entry(problem: Json, outcome: Json) -> Table:
    """Entrants per child = survival × (1 + net flow) ÷ (1 - 随迁 share): the flow is what remains."""
    columns = [
        *(
            column("学段", "stage"),
            column("来源", "source"),
            column("入学比", "ratio", "", 4),
            column("存活", "survival", "", 4),
        ),
        *(column("随迁占比", "share of migrants", "%", 1), column("净流动", "net flow", "%", 1)),
    ]
    names = {row["id"]: row["name"] for row in problem["zones"]}
    first = problem["stages"][0]["id"]
    rows: list[tuple[Cell, ...]] = []
    for row in outcome["ratios"]["entry"]:
        ratio, share = exact(row["ratio"]), exact(row["migrants"]) if "migrants" in row else None
        source: Cell = (
            names.get(row["pool"], row["pool"])
            if row["pool"]
            else Text("全县毕业生", "leavers of the county")
        )
        alive = exact(problem["survival"]) if row["stage"] == first else None
        local = ratio * (1 - (share or Fraction(0)))
        flow = (local / alive - 1 if alive else ratio - 1) * 100
        shown = None if share is None else share * 100
        rows.append((stage_text(row["stage"]), source, ratio, alive, shown, flow))
    note = Text(
        "入学比 = 存活 ×（1 + 净流动）÷（1 - 随迁占比）；没有随迁数的片区，随迁包含在净流动里",
        "ratio = survival × (1 + net flow) ÷ (1 - share of migrants); where the share is unknown it stands in the flow",
    )
    return Table(Text("入学比", "entry ratios"), columns, rows, note)


def _progress(outcome: Json) -> Table:
    columns = [
        *(
            column("学段", "stage"),
            column("年级", "grade"),
            column("升到下一年级", "to the next grade", "", 4),
        ),
        column("来由", "from"),
    ]
    told, made = Text("历史估计", "history"), Text("问题文件所设，是假设", "assumed in the problem file")
    rows = [
        (
            stage_text(row["stage"]),
            f"{row['grade']} → {row['grade'] + 1}",
            exact(row["ratio"]),
            made if "assumed" in row else told,
        )
        for row in outcome["ratios"]["county"]
    ]
    note = Text(
        "全县的升级率；各校的向它收缩，学校越小收缩越多",
        "of the county; each school's is drawn to it, the more the smaller",
    )
    return Table(Text("升级率", "grade ratios"), columns, rows, note)


def _coming(problem: Json) -> Table:
    columns = [
        *(column("年份", "year"), column("学校", "school"), column("学段", "stage")),
        *(column("教室", "rooms", "间"), column("学位", "seats", "个"), column("来由", "why")),
    ]
    names = {row["id"]: row["name"] for row in problem["schools"]}
    limits = {(row["school"], row["stage"]): row["limit"] for row in problem["capacity"]}
    rows: list[tuple[Cell, ...]] = [
        (
            *(row["year"], row["name"], stage_text(row["stage"]), row["classrooms"]),
            *(row["classrooms"] * row["limit"], Text("新建", "new school")),
        )
        for row in problem["openings"]
    ]
    for row in problem["changes"]:
        rooms = row.get("classrooms")
        seats = row["seats"] if rooms is None else rooms * limits[row["school"], row["stage"]]
        rows.append(
            (
                row["year"],
                names[row["school"]],
                stage_text(row["stage"]),
                rooms,
                seats,
                row["use"] or None,
            )
        )
    return Table(
        Text("学位增减", "seats to come"), columns, sorted(rows, key=lambda row: (str(row[0]), str(row[1])))
    )


def _interruptions(problem: Json) -> Table:
    columns = [
        column("年份", "year"),
        column("范围", "scope"),
        column("处理", "treatment"),
        column("原因", "why"),
    ]
    rows = [
        (
            row["year"],
            row.get("school") or row.get("zone") or Text("全县", "county"),
            *(_EFFECTS[row["effect"]], row.get("why", "")),
        )
        for row in problem["interruptions"]
    ]
    return Table(Text("政策年份", "policy years"), columns, rows)


def _peaks(outcome: Json) -> Table:
    columns = [
        *(
            column("学段", "stage"),
            column("本县高峰年", "county's peak"),
            column("当年在校生", "pupils then", "人"),
            column("说明", "note"),
        ),
        *(column("全国（由出生推算）", "nation, from births"), column("全国（公布）", "nation, published")),
    ]
    rows = [
        (
            stage_text(row["stage"]),
            str(row["county"]) if "county" in row else None,
            exact(row["pupils"]) if "pupils" in row else None,
            Text("在已知年份的边上，还不能说是高峰", "at the edge of what is known: no peak yet")
            if row.get("edge")
            else None,
            *(str(row[key]) if key in row else None for key in ("nation", "published")),
        )
        for row in outcome["peaks"]
    ]
    return Table(Text("在校生高峰", "peak years"), columns, rows)

"""The audit in tables: today, other layers and the plan side by side; every zone; the doors."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.tables import Cell, Table, column
from junheng.planning.zone.addresses import address_faults
from junheng.planning.zone.audit import audit, audit_plan, audit_today
from junheng.planning.zone.telling_words import metres, percent, share, table, touched
from junheng.planning.zone.versions import assigned, changes

TODAY = Text("现行", "today")
Audits = Sequence[tuple[Text, Json]]


def audits(problem: Json, outcome: Json) -> Audits:
    """The audits to be shown side by side, each under its name: today, other layers, the plan."""
    found = []
    if problem["today"]["assignment"]:
        found.append((TODAY, outcome.get("audit") or audit_today(problem)))
    for layer in problem["beside"]:
        found.append((Text(layer["zh"], layer["en"]), audit(problem, layer["zones"], assigned(layer))))
    if outcome.get("assignment"):
        found.append((Text("方案", "plan"), audit_plan(problem, outcome)))
    return found


def audit_tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Figures side by side; one table of zones per audit; the doors."""
    shown = audits(problem, outcome)
    zones = tuple(_zones(problem, name, found) for name, found in shown)
    return (
        _figures(problem, shown),
        *_compared(problem, outcome),
        *zones,
        _split(problem, shown),
        _doors(problem),
    )


def _figures(problem: Json, shown: Audits) -> Table:
    columns = [
        column("项目", "figure"),
        *(column(n.zh, n.en) for n, _ in shown),
        column("标准与出处", "line, source"),
    ]
    rows = [(name, *(get(found) for _, found in shown), note) for name, get, note in _lines(problem)]
    note = Text(
        "空格：缺数据，无法判断。服务半径按直线，其余按路程；寄宿制学校不计服务半径",
        "blank: data lack, cannot tell. Radius by straight line, the rest by way; boarding schools have no radius",
    )
    return table("学区审计", "audit", columns, rows, _with_sources(problem, note))


def _with_sources(problem: Json, note: Text) -> Text:
    told = [Text(s["zh"], s["en"]) for _, s in sorted(problem["sources"].items())]
    return Text("。".join([note.zh, *(t.zh for t in told)]), ". ".join([note.en, *(t.en for t in told)]))


def _compared(problem: Json, outcome: Json) -> list[Table]:
    """From today's zones to every other version of the same blocks: who goes from where to where, how far."""
    today = assigned(problem["today"])
    versions = [
        (Text(layer["zh"], layer["en"]), layer["zones"], assigned(layer)) for layer in problem["beside"]
    ]
    if outcome.get("assignment"):
        versions.append((Text("方案", "plan"), problem["zones"], assigned(outcome)))
    columns = [
        *(
            column("原学区编号", "from id"),
            column("原学区", "from"),
            column("新学区编号", "to id"),
            column("新学区", "to"),
        ),
        *(column("片块", "blocks", "个"), column("学生", "pupils", "人")),
        *(column("原平均路程", "mean way before", "米"), column("新平均路程", "mean way after", "米")),
    ]
    note = Text(
        "只列换了学区的；新学区空白：那里不在任何学区",
        "only those whose zone differs; a blank zone: the place is in none",
    )
    return [
        table(
            f"对照（现行→{n.zh}）", f"today to {n.en}", columns, compared(problem, today, (zones, then)), note
        )
        for n, zones, then in versions
        if today
    ]


def compared(
    problem: Json, today: Mapping[str, str], other: tuple[Sequence[Json], Mapping[str, str]]
) -> list[Sequence[Cell]]:
    """Rows (from id, from, to id, to, blocks, pupils, mean way before, after) of the blocks whose zone differs."""
    zones, then = other
    was = {zone["id"]: zone for zone in problem["today"]["zones"]}
    will = {zone["id"]: zone for zone in zones}
    pupils = {block["id"]: block["pupils"] for block in problem["blocks"]}
    flows: dict[tuple[str, str], list[str]] = {}
    for row in changes(today, then, pupils):
        flows.setdefault((row["from"], row["to"]), []).append(row["block"])
    rows: list[Sequence[Cell]] = []
    for (one, to), blocks in sorted(flows.items()):
        before = _mean_way(problem, blocks, was.get(one), pupils)
        after = _mean_way(problem, blocks, will.get(to), pupils)
        names = was.get(one, {}).get("name"), will.get(to, {}).get("name")
        count = len(blocks), sum(pupils[block] for block in blocks)
        rows.append((one or None, names[0], to or None, names[1], *count, before, after))
    return rows


def _mean_way(problem: Json, blocks: Sequence[str], zone: Json | None, pupils: Mapping[str, int]) -> Cell:
    """Mean metres to the zone's nearest school; None where it is not known of everybody."""
    total = people = 0
    for block in blocks:
        known = [m for s, m in problem["ways"].get(block, {}).items() if zone and s in zone["schools"]]
        if not known and pupils[block]:
            return None
        total += min(known, default=0) * pupils[block]
        people += pupils[block]
    return Fraction(total, people) if people else None


Line = tuple[Text, Callable[[Json], Cell], Cell]


def _lines(problem: Json) -> list[Line]:
    rules = problem["rules"]
    radius, own = rules["radius_m"], rules["in_zone_share"]
    reach = problem["limits"]["reach_m"]
    every = sum(block["pupils"] for block in problem["blocks"])
    per_cent = exact(own["value"]) * 100
    return [
        (Text("片块（个）", "blocks"), lambda a: a["blocks"], None),
        (Text("学生（人）", "pupils"), lambda a: a["pupils"], None),
        (Text("未划入学区的片块（个）", "blocks in no zone"), lambda a: len(a["unassigned"]), None),
        (Text("未划入学区的学生（人）", "pupils in no zone"), lambda a: every - a["pupils"], None),
        (
            Text("在本学区就读（%）", "pupils in their own zone (%)"),
            _part("own"),
            Text(
                f"≥ {float(per_cent):g}%：{own['zh']}（{own['source']}）",
                f"≥ {float(per_cent):g} %: {own['en']}",
            ),
        ),
        (Text("学区校就是最近的学校（%）", "zone school is the nearest (%)"), _part("nearest"), None),
        (Text("平均路程（米）", "mean way (m)"), _mean, None),
        (Text("九成学生以内（米）", "nine of ten within (m)"), lambda a: a["ways"].get("near_all_m"), None),
        (Text("最远（米）", "farthest (m)"), lambda a: a["ways"].get("farthest_m"), None),
        (
            Text(f"超过服务半径 {radius['value']} 米（%）", f"beyond the radius of {radius['value']} m (%)"),
            _part("radius"),
            Text(f"{radius['zh']}（{radius['source']}）", radius["en"]),
        ),
        (Text(f"路程超过 {reach} 米（%）", f"way beyond {reach} m (%)"), _part("beyond"), None),
        (
            Text("学位（个）", "seats"),
            lambda a: a["seats"]["capacity"] if not a["seats"]["unknown"] else None,
            None,
        ),
        (Text("学位不明的学区（个）", "zones of unknown seats"), lambda a: len(a["seats"]["unknown"]), None),
        (Text("超员学区（个）", "zones beyond their seats"), lambda a: len(a["seats"]["over"]), None),
        (Text("超员（人）", "pupils beyond seats"), lambda a: a["seats"]["short"], None),
        (Text("不连片的学区（个）", "zones in several parts"), lambda a: len(a["split"]), None),
    ]


def _mean(found: Json) -> Cell:
    """The mean way, to the nearest metre."""
    return round(exact(found["ways"]["mean_m"])) if found["ways"]["told"] else None


def _part(key: str) -> Callable[[Json], Cell]:
    """Per cent as text, cut off after one digit: never rounded up to a line that is not met."""

    def shown(found: Json) -> Cell:
        told = found[key]["told"]
        return percent(found[key]["pupils"], told).removesuffix("%") if told else None

    return shown


def _zones(problem: Json, name: Text, found: Json) -> Table:
    columns = [
        *(
            column("学区编号", "zone id"),
            column("学区", "zone"),
            column("片块", "blocks", "个"),
            column("学生", "pupils", "人"),
        ),
        *(
            column("学位", "seats", "个"),
            column("占用", "filled", "%", 1),
            column("超员", "beyond seats", "人"),
        ),
        *(
            column("在校生", "enrolled", "人"),
            column("区内就读", "inside", "人"),
            column("区外就读", "elsewhere", "人"),
        ),
        *(
            column("就近", "nearest", "%", 1),
            column("平均", "mean", "米"),
            column("九成", "nine of ten", "米"),
        ),
        *(
            column("最远", "farthest", "米"),
            column("超半径", "beyond radius", "%", 1),
            column("分几片", "parts", "片"),
        ),
        column("数据说明", "data"),
    ]
    shapes = {row["block"]: row["zone"] for row in problem["today"]["assignment"]}
    rows = [_zone_row(problem, row, shapes) for row in found["zones"]]
    return table(f"各学区（{name.zh}）", f"zones ({name.en})", columns, rows)


def _zone_row(problem: Json, row: Json, home: Mapping[str, str]) -> Sequence[Cell]:
    seats, pupils, ways = row.get("capacity"), row["pupils"], row["ways"]
    held = {block for part in row["parts"] for block in part}
    about = touched(problem, {row["id"], *row["schools"], *held, *(home.get(b, "") for b in held)})
    return (
        *(row["id"], row["name"], row["blocks"], pupils, seats, share(pupils, seats) if seats else None),
        *(None if seats is None else max(0, pupils - seats), row.get("enrolled")),
        *(row.get("inside"), row.get("elsewhere"), share(row["nearest"]["pupils"], row["nearest"]["told"])),
        *(metres(ways.get("mean_m")), ways.get("near_all_m"), ways.get("farthest_m")),
        *(share(row["radius"]["pupils"], row["radius"]["told"]), len(row["parts"]), about),
    )


def _split(problem: Json, shown: Audits) -> Table:
    names = {block["id"]: block["name"] for block in problem["blocks"]}
    columns = [
        column("划分", "zones"),
        column("学区", "zone"),
        column("片", "part"),
        column("片块", "blocks"),
    ]
    rows = [
        (name, row["name"], at, "、".join(names[block] for block in part))
        for name, found in shown
        for row in found["zones"]
        if len(row["parts"]) > 1
        for at, part in enumerate(row["parts"], 1)
    ]
    return table(
        "不连片",
        "split zones",
        columns,
        rows,
        Text("每片列出片块，先大后小", "blocks by part, the largest first"),
    )


_FAULTS = {
    "double": Text("两处都写", "claimed twice"),
    "gap": Text("中间无人认领", "claimed by nobody"),
    "side": Text("整侧无人认领", "a side claimed by nobody"),
    "none": Text("没有门牌", "no address"),
}
_SIDES = {"odd": Text("单号", "odd"), "even": Text("双号", "even")}


def _doors(problem: Json) -> Table:
    """Gaps and doubles of the door numbers; empty where no block has an address at all."""
    names = {block["id"]: block["name"] for block in problem["blocks"]}
    columns = [
        *(column("问题", "fault"), column("街道", "street"), column("侧", "side"), column("从", "from")),
        *(column("到", "to"), column("片块", "blocks")),
    ]
    has_any = any(block["addresses"] for block in problem["blocks"])
    rows: list[Sequence[Cell]] = [
        (
            *(_FAULTS[row["fault"]], row.get("street"), _SIDES.get(row.get("side", "")), row.get("low")),
            *(row.get("high"), "、".join(f"{names[b]}（{b}）" for b in row["blocks"])),
        )
        for row in (address_faults(problem["blocks"]) if has_any else [])
    ]
    note = Text("公布前须逐条核实、改正", "each must be cleared up before the list is published")
    return table("门牌核对", "doors to check", columns, rows, note)

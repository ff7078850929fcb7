"""The tables of a zoning plan: zones, moved blocks with reasons, addresses, versions, doubts."""

from collections.abc import Mapping, Sequence

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.tables import Cell, Table, column
from junheng.planning.zone.addresses import address_list
from junheng.planning.zone.reasons import reason
from junheng.planning.zone.telling_audit import audit_tables
from junheng.planning.zone.telling_versions import changed_blocks, changes_table, register
from junheng.planning.zone.telling_words import metres, names, share, table
from junheng.planning.zone.versions import assigned


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; a table without rows is left out."""
    made: list[Table] = []
    if outcome.get("assignment") is not None:
        made += [
            _zones(problem, outcome),
            _moved(problem, outcome),
            _blocks(problem, outcome),
            _unplaced(problem, outcome),
            _over(problem, outcome),
            _binding(problem, outcome),
        ]
    made += audit_tables(problem, outcome)
    made += [
        _addresses(problem, outcome),
        changes_table(problem, outcome),
        changed_blocks(problem, outcome),
        register(problem, outcome),
        _doubts(problem),
    ]
    return tuple(found for found in made if found.rows)


def _zones(problem: Json, outcome: Json) -> Table:
    columns = [
        *(
            column("学区编号", "zone id"),
            column("学区", "zone"),
            column("学校", "schools"),
            column("学生", "pupils", "人"),
        ),
        *(column("学位", "seats", "个"), column("占用", "filled", "%", 1), column("划入", "moved in", "人")),
        *(
            column("划出", "moved out", "人"),
            column("平均路程", "mean way", "米"),
            column("最远", "farthest", "米"),
        ),
        column("随迁", "needy", "人"),
    ]
    known, schools = names(problem), {school["id"]: school["name"] for school in problem["schools"]}
    of = {zone["id"]: zone["schools"] for zone in problem["zones"]}
    rows = [
        (
            *(row["id"], known[row["id"]], "、".join(schools[s] for s in of[row["id"]]), row["pupils"]),
            *(row["capacity"], share(row["pupils"], row["capacity"]), row["moved_in"], row["moved_out"]),
            *(metres(row.get("mean_m")), row.get("farthest_m"), row.get("needy")),
        )
        for row in outcome["zones"]
    ]
    return table("学区", "zones", columns, rows)


def _moved(problem: Json, outcome: Json) -> Table:
    known, today = names(problem), assigned(problem["today"])
    blocks = {block["id"]: block for block in problem["blocks"]}
    columns = [
        *(
            column("片块编号", "block id"),
            column("片块", "block"),
            column("学生", "pupils", "人"),
            column("原学区", "from"),
        ),
        *(column("新学区", "to"), column("原路程", "way before", "米"), column("新路程", "way after", "米")),
        column("理由", "reason"),
    ]
    rows = []
    for row in outcome["moved"]:
        was = today.get(row["block"], "")
        told = reason(problem, outcome, row["block"], row["to"])
        rows.append(
            (
                *(row["block"], blocks[row["block"]]["name"], row["pupils"], known.get(was)),
                *(known[row["to"]], told.before, told.after, told.words),
            )
        )
    note = Text(
        "学区宜稳定：每一块调整都要说明理由，并听取家长意见后才能公布（教基一厅〔2014〕1号，文号未核）",
        "zones are to be stable: every change needs its reason and a hearing of parents before it is published",
    )
    return table("调整的片块", "moved blocks", columns, rows, note)


def _blocks(problem: Json, outcome: Json) -> Table:
    known, zone_of, today = names(problem), assigned(outcome), assigned(problem["today"])
    columns = [
        *(
            column("片块编号", "block id"),
            column("片块", "block"),
            column("乡镇街道", "town"),
            column("学生", "pupils", "人"),
        ),
        *(
            column("学区编号", "zone id"),
            column("学区", "zone"),
            column("原学区", "zone before"),
            column("路程", "way", "米"),
        ),
    ]
    rows: list[Sequence[Cell]] = [
        (
            *(block["id"], block["name"], block.get("town"), block["pupils"], zone_of.get(block["id"])),
            *(known.get(zone_of.get(block["id"], "")), known.get(today.get(block["id"], ""))),
            problem["metres"].get(block["id"], {}).get(zone_of.get(block["id"], "")),
        )
        for block in problem["blocks"]
    ]
    return table("划分明细", "every block", columns, rows)


_WHY = {
    "reach": Text("没有学区在路程以内", "no zone within reach"),
    "pinned": Text("指定的学区到不了", "the zone it is pinned to is out of reach"),
    "contiguity": Text("没有连片的路可到任何学区", "no connected way to any zone"),
    "clash": Text("与其他要求冲突", "clashes with other limits"),
}


def _unplaced(problem: Json, outcome: Json) -> Table:
    blocks = {block["id"]: block["name"] for block in problem["blocks"]}
    columns = [
        column("片块编号", "block id"),
        column("片块", "block"),
        column("学生", "pupils", "人"),
        column("原因", "why"),
    ]
    rows = [
        (row["block"], blocks[row["block"]], row["pupils"], _WHY.get(row.get("why", ""), row.get("why")))
        for row in outcome["unplaced"]
    ]
    return table("未安排", "not placed", columns, rows)


def _over(problem: Json, outcome: Json) -> Table:
    known = names(problem)
    columns = [
        column("学区编号", "zone id"),
        column("学区", "zone"),
        column("情况", "what"),
        column("人数", "pupils", "人"),
    ]
    rows: list[Sequence[Cell]] = []
    for key, words in (
        ("over", Text("超过学位", "beyond seats")),
        ("under", Text("低于最少", "below the least")),
    ):
        rows += [(row["zone"], known[row["zone"]], words, row["pupils"]) for row in outcome.get(key, [])]
    return table("超员", "beyond limits", columns, rows)


def _binding(problem: Json, outcome: Json) -> Table:
    columns = [
        column("约束", "limit"),
        column("每多一人省", "worth of one more", "人·米", 1),
        column("说明", "note"),
    ]
    rows = [
        (_limit(row, names(problem)), abs(exact(row["price"])), Text(row["zh"], row["en"]))
        for row in outcome.get("binding", [])
    ]
    return table("卡在哪里", "what binds", columns, rows)


def _limit(row: Json, known: Mapping[str, str]) -> Text:
    """What binds, in words: the seats of a zone, or its least fill."""
    zone = row["row"].removeprefix("capacity:")
    name = known.get(zone, zone)
    if exact(row["price"]) > 0:
        return Text(f"{name}（{zone}）的学位", f"seats of {name} ({zone})")
    return Text(f"{name}（{zone}）的最低招生比例", f"least fill of {name} ({zone})")


def _addresses(problem: Json, outcome: Json) -> Table:
    """The statutory list: the plan's, or today's where nothing is planned."""
    zone_of = assigned(outcome) if outcome.get("assignment") else assigned(problem["today"])
    known = names(problem)
    columns = [
        *(column("学区编号", "zone id"), column("学区", "zone"), column("街道", "street")),
        *(column("门牌号段", "door numbers"), column("居委会", "community")),
    ]
    rows = [
        (row["zone"], known[row["zone"]], row["street"], row["numbers"], row["community"])
        for row in address_list(problem["blocks"], zone_of)
    ]
    note = Text(
        f"自 {problem['from']} 起施行；相邻号段已合并；公布前先看“门牌核对”",
        f"in force from {problem['from']}; neighbouring ranges are joined; see the doors to check before publishing",
    )
    return table("学区地址清单", "address list", columns, rows, note)


_PLACES = {
    "limits.reach_m": Text(
        "最远路程（问题文件 limits.reach_m）", "farthest way (limits.reach_m of the problem)"
    ),
    "roads": Text("道路表（问题文件 roads）", "road tables (roads of the problem)"),
}


def _doubts(problem: Json) -> Table:
    columns = [column("位置", "where"), column("情况", "what"), column("涉及", "touches")]
    rows = [
        (_PLACES.get(row["where"], row["where"]), Text(row["zh"], row["en"]), _some(row["touches"]))
        for row in problem["warnings"]
    ]
    note = Text(
        "这些内容照用，但依赖它们的结果要打折扣",
        "used as they are: results that rest on them carry the same doubt",
    )
    return table("有疑问的输入", "doubtful input", columns, rows, note)


def _some(ids: Sequence[str], most: int = 40) -> str:
    tail = f" …（{len(ids)}）" if len(ids) > most else ""
    return "、".join(ids[:most]) + tail

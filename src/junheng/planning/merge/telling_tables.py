"""The tables of mergers: one checklist a merger, states, where pupils go, schools, money."""

from collections.abc import Iterable, Sequence

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.merge.telling import state_names
from junheng.planning.merge.telling_words import LEFT, VERDICTS, why
from junheng.planning.tables import Cell, Column, Table, column

_SHEET = 31  # characters a sheet's name may have


def tables(problem: Json, outcome: Json) -> tuple[Table, ...]:
    """Everything an officer wants to see; a table without rows is left out. One checklist a merger."""
    names = {school["id"]: school["name"] for school in problem["schools"]}
    made = (
        _states(problem, outcome, names),
        *(_checklist(problem, row, names) for row in outcome["mergers"]),
        _moves(problem, outcome, names),
        _receivers(outcome, names),
        _grades(outcome, names),
        _money(outcome, names),
        _left(outcome, names),
        _evidence(problem),
    )
    return tuple(table for table in made if table.rows)


def _table(
    name: Text, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: Text | None = None
) -> Table:
    return Table(name, columns, [*rows], note)


def _states(problem: Json, outcome: Json, names: dict[str, str]) -> Table:
    states, duties = state_names(), {duty["id"]: Text(duty["zh"], duty["en"]) for duty in problem["duties"]}
    columns = [
        *(
            column("撤并", "merger"),
            column("撤并学校", "closes"),
            column("接收学校", "receives"),
            column("学生", "pupils", "人"),
        ),
        *(
            column("填报状态", "reported"),
            column("状态", "state"),
            column("义务够到", "duties allow"),
            column("还缺", "still lacking"),
        ),
        *(column("现在平均", "mean now", "分钟", 1), column("撤并后平均", "mean after", "分钟", 1)),
        column("撤并后最长", "longest after", "分钟", 1),
    ]
    rows = [
        (
            *(
                row["id"],
                names[row["school"]],
                "、".join(names[key] for key in row["to"]) or None,
                row["pupils"],
            ),
            *(states[row["stated"]], states[row["state"]], states[row["reachable"]]),
            Text(
                "、".join(duties[key].zh for key in row["bars"]),
                ", ".join(duties[key].en for key in row["bars"]),
            ),
            *(_known(row["before"], "minutes_mean"), _known(row["after"], "minutes_mean")),
            _known(row["after"], "minutes_most"),
        )
        for row in outcome["mergers"]
    ]
    note = Text(
        "缺一项义务就到不了“已批准”；空白是不知道，不是 0",
        "lacking one duty, a merger is not approved; blank is unknown",
    )
    return _table(Text("撤并一览", "mergers"), columns, rows, note)


def _known(row: Json, key: str) -> Cell:
    return exact(row[key]) if key in row else None


def _checklist(problem: Json, row: Json, names: dict[str, str]) -> Table:
    """One page a merger: every duty, its verdict, why, the evidence, where it is written."""
    columns = [
        *(column("义务", "duty"), column("结论", "verdict"), column("理由", "reason")),
        *(
            column("材料（SHA-256 前 12 位）", "evidence (first 12 of SHA-256)"),
            column("出处", "citation"),
            column("出处核实", "citation"),
        ),
    ]
    rows = [
        (
            *(Text(duty["zh"], duty["en"]), VERDICTS[said["verdict"]], why(said, names)),
            *(
                "、".join(key[:12] for key in said["evidence"]) or None,
                duty["cite"],
                _CERTAINTY[duty["certainty"]],
            ),
        )
        for duty, said in zip(problem["duties"], row["duties"], strict=True)
    ]
    name, state = names[row["school"]], state_names()[row["state"]]
    note = Text(f"{name}，状态：{state.zh}", f"{name}, state: {state.en}")
    title = f"清单 {row['id']}"[:_SHEET]
    return _table(Text(title, f"checklist {row['id']}"[:_SHEET]), columns, rows, note)


_CERTAINTY = {
    "confirmed": Text("见过文本", "text seen"),
    "known": Text("未核原文", "not confirmed"),
    "local": Text("地方做法", "local practice"),
    "road": Text("沿道路量得", "along the roads"),
    "derived": Text("推定或自设", "derived or own"),
}


def _moves(problem: Json, outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("撤并", "merger"),
            column("地点", "place"),
            column("接收学校", "receives"),
            column("学段", "stage"),
            column("年级", "grade"),
        ),
        *(column("学生", "pupils", "人"), column("其中寄宿", "of these boarding", "人")),
        *(column("现在", "now", "分钟", 1), column("撤并后", "after", "分钟", 1)),
        *(
            column("现在路程", "way now", "米"),
            column("撤并后路程", "way after", "米"),
            column("依据", "basis"),
        ),
    ]
    basis = {(way["place"], way["school"]): way["basis"] for way in problem["ways"]}
    rows = [
        (
            *(move["merge"], move["place"], names[move["to"]], STAGE_NAMES[grade["stage"]]),
            *(grade.get("grade"), grade["pupils"], grade.get("boards")),
            *(
                _known(move, key)
                for key in ("minutes_before", "minutes_after", "metres_before", "metres_after")
            ),
            _BASIS.get(basis.get((move["place"], move["to"]), "")),
        )
        for move in outcome["moves"]
        for grade in move["grades"]
    ]
    said = problem.get("basis")
    return _table(
        Text("学生去向", "where pupils go"), columns, rows, Text(said["zh"], said["en"]) if said else None
    )


_BASIS = {
    "stated": Text("填报用时", "minutes as stated"),
    "walk": Text("路程 ÷ 步行速度", "metres by walking speed"),
    "road": Text("沿道路量得", "along the roads"),
    "derived": Text("坐标推算（大圆 × 绕行系数）", "from coordinates (great circle by detour)"),
}


def _receivers(outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("接收学校", "receiving school"),
            column("现有学生", "pupils now", "人"),
            column("接收", "coming", "人"),
        ),
        *(
            column("学位", "seats", "个"),
            column("现余学位", "free now", "个"),
            column("撤并后余", "free after", "个"),
        ),
        column("撤并后寄宿", "boarders after", "人"),
    ]
    keys = ("pupils", "coming", "seats", "free_before", "free_after", "boarders")
    rows = [(names[row["school"]], *(row.get(key) for key in keys)) for row in outcome["receivers"]]
    return _table(Text("接收学校", "receiving schools"), columns, rows)


def _grades(outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("接收学校", "receiving school"),
            column("学段", "stage"),
            column("年级", "grade"),
            column("现有", "now", "人"),
        ),
        *(
            column("接收", "coming", "人"),
            column("现有班", "classes now", "班"),
            column("需要班", "classes wanted", "班"),
        ),
        column("最大班", "largest class", "人"),
    ]
    keys = ("grade", "pupils", "coming", "classes", "classes_after", "largest")
    rows = [
        (names[row["school"]], STAGE_NAMES[grade["stage"]], *(grade[key] for key in keys))
        for row in outcome["receivers"]
        for grade in row["grades"]
    ]
    return _table(Text("接收学校分年级", "receiving grades"), columns, rows)


def _money(outcome: Json, names: dict[str, str]) -> Table:
    columns = [
        *(
            column("撤并", "merger"),
            column("撤并学校", "closes"),
            column("一次性支出", "once", "元"),
            column("每年支出", "yearly", "元"),
        ),
        *(
            column("每年节约", "saved yearly", "元"),
            column("每年净节约", "net a year", "元"),
            column("没有填的格", "blank cells", "个"),
        ),
    ]
    rows = []
    for row in outcome["mergers"]:
        money = row["money"]
        net = money["saved"] - money["yearly"] if {"saved", "yearly"} <= set(money) else None
        if money["items"]:
            told = (money.get("once"), money.get("yearly"), money.get("saved"), net, money["blanks"])
            rows.append((row["id"], names[row["school"]], *told))
    note = Text("没有填的格不在合计里", "blank cells are in no sum")
    return _table(Text("费用与节约", "costs and savings"), columns, rows, note)


def _left(outcome: Json, names: dict[str, str]) -> Table:
    schools = {row["id"]: names[row["school"]] for row in outcome["mergers"]}
    columns = [
        column("撤并", "merger"),
        column("学校", "school"),
        column("原因", "reason"),
        column("地点", "places"),
    ]
    rows = [
        (row["merge"], schools[row["merge"]], LEFT[row["why"]], "、".join(row.get("places", ())) or None)
        for row in outcome["left"]
    ]
    return _table(Text("没有接收学校", "without receiving school"), columns, rows)


def _evidence(problem: Json) -> Table:
    duties = {duty["id"]: Text(duty["zh"], duty["en"]) for duty in problem["duties"]}
    held = {
        "held": Text("在案", "held"),
        "absent": Text("不在", "absent"),
        "changed": Text("已变动", "changed"),
    }
    columns = [
        *(
            column("撤并", "merger"),
            column("义务", "duty"),
            column("材料", "file"),
            column("有无", "held"),
            column("日期", "day"),
        ),
        *(column("截止", "until"), column("SHA-256", "SHA-256")),
    ]
    rows = [
        (
            *(row["merge"], duties.get(row["duty"], row["duty"]), row["file"], held[row["held"]]),
            *(row.get("on"), row.get("until"), row.get("sha256")),
        )
        for row in problem["evidence"]
    ]
    return _table(Text("材料登记", "evidence"), columns, rows)

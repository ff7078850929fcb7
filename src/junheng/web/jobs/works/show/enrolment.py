"""Who is not at school: the counts of the comparisons, and – for the few who may – the ledgers by name."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.reports.enrolment import CELLS, STATUS, TABLES
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, number, problems

_LEDGERS = {
    "school_age": Text("学龄儿童", "school age"),
    "suspected": Text("疑似辍学", "suspected"),
    "dropout": Text("辍学", "dropped out"),
}
_OPEN = {
    "open": (Text("待核查", "open"), "not_met"), "visited": (Text("已走访", "visited"), "cannot_tell"),
    "confirmed": (Text("确认辍学", "confirmed"), "not_met"), "closed": (Text("已销号", "closed"), "met"),
}  # fmt: skip
_HIDDEN = Text("过少，不显示", "too few to show")


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng enrolment match`` found."""
    counts = json.loads((folder / "counts" / "counts.json").read_bytes())
    for table, cells in counts["tables"].items():
        if table != "schools":
            yield Facts(
                TABLES.get(table, Text(table, table)),
                [(_cell(key), _count(value)) for key, value in cells.items()],
            )
    yield _schools(counts["tables"].get("schools", {}), names)
    entries = json.loads((folder / "full" / "ledgers.json").read_bytes())["entries"]
    for ledger, name in _LEDGERS.items():
        listed = [one for one in entries if one["ledger"] == ledger]
        if listed or ledger != "dropout":
            yield _entries(ledger, name, listed, names)
    yield problems(json.loads((folder / "enrolment.json").read_bytes())["problems"], "places")


def _cell(key: str) -> Words:
    ledger, _, state = key.partition(".")
    if state in _OPEN and ledger in _LEDGERS:
        return Text(
            f"{_LEDGERS[ledger].zh} · {_OPEN[state][0].zh}", f"{_LEDGERS[ledger].en}, {_OPEN[state][0].en}"
        )
    return CELLS.get(key) or STATUS.get(key) or _MORE.get(key) or key


_MORE = {
    "yes": Text("优先", "priority"), "no": Text("不在帮扶名单", "not on the relief list"), "to_check": Text("待核", "to check"),
    "left_behind": Text("留守儿童", "left-behind"), "migrant": Text("随迁子女", "migrant"), "disabled": Text("残疾儿童", "disabled"),
    "home_taught": Text("送教上门", "taught at home"),
}  # fmt: skip


def _count(value: int | None) -> Cell:
    return Cell(_HIDDEN) if value is None else number(value)


def _schools(cells: Mapping[str, int | None], names: Mapping[str, str]) -> Block:
    rows = [(Cell(names.get(code, code)), _count(value)) for code, value in cells.items()]
    heads = (Text("学校", "School"), Text("未销号", "Not closed"))
    return Table("schools", Text("按学校", "By school"), heads, rows)


def _entries(ledger: str, name: Text, listed: list[Json], names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(one["number"]), Cell(one["name"]), Cell(one["guardian"]),
            Cell(names.get(one["school"], one["school"]) or one["address"] or "—"),
            Cell(STATUS.get(one["status"], one["status"]), opened=tuple(_why(one))),
            Cell(Text("优先", "priority") if one["priority"] == "yes" else ""),
            Cell(*_OPEN.get(one["state"], (one["state"], ""))),
            Cell(one["due"], "not_met" if one["overdue"] else ""),
        )
        for one in listed
    ]  # fmt: skip
    heads = (
        Text("编号", "No."), Text("姓名", "Name"), Text("监护人", "Guardian"), Text("学校或住址", "School or address"),
        Text("比对结果", "Found"),
        Text("帮扶", "Relief"), Text("状态", "State"), Text("走访期限", "Visit by"),
    )  # fmt: skip
    return Table(ledger, Text(f"台账：{name.zh}", f"Ledger: {name.en}"), heads, rows)


def _why(one: Json) -> Iterator[Words]:
    yield one["place"]
    near = one["near"]
    if near:
        rival = Text("，还有别人同样像", ", and another is as like") if near["has_rival"] else Text("", "")
        yield Text(
            f"像 {near['place']}，{near['score']} 分{rival.zh}",
            f"like {near['place']}, {near['score']} points{rival.en}",
        )
        for part in near["parts"]:
            yield Text(f"{part['zh']} {part['points']:+d}", f"{part['en']} {part['points']:+d}")
    if one["reason"]:
        yield one["reason"]

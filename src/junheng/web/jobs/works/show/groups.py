"""Groups of pupils: the counts that may leave the office, then the whole figures for those who hold the list."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.web.jobs.works.blocks import (
    UNKNOWN,
    Block,
    Cell,
    Facts,
    Json,
    Table,
    Words,
    number,
    problems,
    words_of,
)

_GROUPS = {
    "migrant": Text("随迁子女", "Migrant children"),
    "left_behind": Text("留守儿童", "Left-behind children"),
    "placement": Text("残疾儿童安置", "Placement of disabled children"),
}
_SHARES = {
    "migrant": Text("随迁子女占在校生", "migrant, of all pupils"),
    "migrant_public": Text("随迁子女在公办学校", "of migrant pupils in public schools"),
    "migrant_purchased": Text("随迁子女在购买学位", "of migrant pupils in purchased seats"),
    "left_behind_one": Text("单亲外出占在校生", "one parent away, of all pupils"),
    "left_behind_both": Text("双亲外出占在校生", "both parents away, of all pupils"),
}
_HIDDEN = Text("过少，不显示", "too few to show")
_ALL = Text("合计", "all")
_EMPTY = Text(
    "表里没有一行数据：请在“学籍”“汇总”或“毕业队列”里填好再办。",
    "The sheets hold no row: fill in 学籍, 汇总 or 毕业队列 and ask again.",
)


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng enrolment report`` counted."""
    told = json.loads((folder / "special_groups.json").read_bytes())
    if not told["counts"] and not told["retention"]:
        yield Table("empty", Text("人数", "Counts"), (), (), _EMPTY, is_counts=True)
    if told["counts"]:
        yield _whole(told)
        for group, title in _GROUPS.items():
            yield _group(told, group, title)
        yield _counted(told)
    if told["retention"]:
        yield _retained(told)
        yield _retention(told, names)
    yield problems(told["problems"], "places")


def _whole(told: Json) -> Block:
    """Pupils, and the shares in which no small count stands."""
    public = told["public"]
    rows: list[tuple[Words, Cell]] = [(Text("在校生", "pupils"), _shown(told, "pupils"))]
    for name, words in _SHARES.items():
        if name in public["shares"]:
            percent = public["shares"][name]
            rows.append((words, Cell(UNKNOWN) if percent is None else Cell(f"{percent}%", is_number=True)))
    title = Text(
        f"可外送的数（规则截至 {told['on']}）", f"Figures that may leave the office (rules of {told['on']})"
    )
    return Facts(title, rows)


def _group(told: Json, group: str, title: Text) -> Block:
    rows = [(words, _shown(told, name)) for name, words in _names(told, group)]
    return Facts(title, rows)


def _names(told: Json, group: str) -> Iterator[tuple[str, Words]]:
    words = told["words"][group]
    for name in told["counts"]:
        kind, _, key = name.partition(".")
        if kind == group:
            yield name, _ALL if key == "all" else Text(*words[key])


def _shown(told: Json, name: str) -> Cell:
    """A count as it may leave the office: itself, too few to show, or why it is not known."""
    cell, public = told["counts"][name], told["public"]["counts"][name]
    if cell["value"] is None:
        return _unknown(cell)
    return Cell(_HIDDEN) if public is None else number(public)


def _unknown(cell: Json) -> Cell:
    return Cell(UNKNOWN, "cannot_tell", opened=(words_of(cell["reason"]),) if cell["reason"] else ())


def _counted(told: Json) -> Block:
    """Every count as it was found, its share opened with its arithmetic."""
    shares = {name: told["shares"].get(share) for share, name in _PARTS.items()}
    rows = []
    for group, title in _GROUPS.items():
        for name, words in _names(told, group):
            cell, share = told["counts"][name], shares.get(name)
            rows.append(
                (Cell(title), Cell(words), _unknown(cell) if cell["value"] is None else number(cell["value"]),
                 _share(share) if share else Cell("—", is_number=True))
            )  # fmt: skip
    heads = (Text("群体", "Group"), Text("项目", "Item"), Text("人数", "Pupils"), Text("比例", "Share"))
    source = told["sources"].get("counts", "")
    note = Text(
        f"含过少的数，只在本科室内使用。来源：{source}",
        f"Small counts are in it: for the office alone. From: {source}",
    )
    return Table("counted", Text("全部人数", "All counts"), heads, rows, note=note)


_PARTS = {
    "migrant": "migrant.all", "migrant_public": "migrant.public", "migrant_purchased": "migrant.purchased",
    "left_behind_one": "left_behind.1", "left_behind_both": "left_behind.2",
}  # fmt: skip


def _share(share: Json) -> Cell:
    if share["percent"] is None:
        return Cell(UNKNOWN, "cannot_tell")
    sum_ = f"{share['numerator']:,} ÷ {share['denominator']:,} = {share['value']}"
    return Cell(f"{share['percent']}%", is_number=True, opened=(sum_,))


def _percent(value: str | None) -> Cell:
    return Cell(UNKNOWN, "cannot_tell") if value is None else Cell(f"{value}%", is_number=True)


def _retained(told: Json) -> Block:
    """Of the whole county alone."""
    whole, words = told["retention"][-1], told["words"]["retention"]
    rows: list[tuple[Words, Cell]] = [
        (Text(*words[key]), _percent(whole[f"{key}_percent"])) for key in ("a", "b")
    ]
    return Facts(Text("三年巩固率", "Three-year retention"), rows)


def _retention(told: Json, names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(_ALL if one["name"] == "all" else names.get(one["name"], one["name"])),
            *(number(cell) for cell in one["cells"].values()),
            _percent(one["a_percent"]), _percent(one["b_percent"]), Cell(one["place"]),
        )
        for one in told["retention"]
    ]  # fmt: skip
    heads = (
        Text("学校", "School"), Text("三年前初一", "Three years ago"), Text("转入", "In"), Text("转出", "Out"),
        Text("死亡", "Deaths"), Text("毕业", "Graduates"), Text("甲式", "(a)"), Text("乙式", "(b)"),
        Text("位置", "Where"),
    )  # fmt: skip
    return Table("retention", Text("逐校巩固率", "Retention by school"), heads, rows)

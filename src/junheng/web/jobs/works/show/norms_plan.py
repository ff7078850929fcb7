"""What each school lacks against a standard of schools, with its cells; and what cannot be told for want of figures."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import ceil, floor

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.web.jobs.works.blocks import Block, Cell, Json, Table, Words, words_of

_NOT_MET, _CANNOT_TELL = "not_met", "cannot_tell"
_SIGNS = {"at_least": "≥", "at_most": "≤"}
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def plan(told: Json, rows: Mapping[str, Json]) -> Block:
    """Every row that a school misses; ``rows``: those of the standard by id."""
    listed = [
        (
            Cell(school["name"]), Cell(words_of(rows[one["row"]]["name"]), opened=tuple(_basis(school, rows[one["row"]], told))),
            Cell(_cut(one["value"], up=one["side"] == "at_most"), is_number=True),
            Cell(f"{_SIGNS[one['side']]}{_cut(one['line'], up=one['side'] == 'at_least')}", is_number=True),
            Cell(_gap(one, rows[one["row"]]), _NOT_MET),
        )
        for school in told["schools"]
        for one in school["rows"]
        if one["verdict"] == _NOT_MET
    ]  # fmt: skip
    heads = (
        Text("学校", "School"), Text("项目", "Row"), Text("现有", "Has"), Text("要求", "Asked"), Text("差多少", "Gap"),
    )  # fmt: skip
    note = Text(
        "点开项目看单元格。措施、责任人、时限写在“一校一策达标计划.docx”里。",
        "Open a row for its cells. Measures, owners and days are written in 一校一策达标计划.docx.",
    )
    return Table(
        "plan", Text("一校一策：每所学校差什么", "What each school lacks"), heads, listed,
        Text("没有学校差任何一项。", "No school lacks anything."), note,
    )  # fmt: skip


def _gap(one: Json, row: Json) -> Text:
    told = quantity(one["lacks"], row)
    if one["side"] == "at_most":
        return Text(f"超出 {told.zh}", f"{told.en} too many")
    return Text(f"差 {told.zh}", f"lacks {told.en}")


def _basis(school: Json, row: Json, told: Json) -> Iterator[Words]:
    """The facts of a quotient, each with its cells."""
    used = dict.fromkeys(_NAME.findall(f"{row['numerator']} {row['denominator']}"))
    for name in used:
        fact = school["facts"].get(name)
        if fact is None:
            continue
        value = fact["value"]
        said = _cut(value["number"]) if isinstance(value, dict) else str(value)
        places = "；".join(fact["cells"])
        title = _title(name, told)
        yield Text(f"{title.zh} {said}（{places}）", f"{title.en} {said} ({places})")


def _title(name: str, told: Json) -> Text:
    """What a fact is called: a further figure, a heading of the return, else its own name."""
    for figure in told["standard"]["figures"]:
        if figure["id"] == name:
            return words_of(figure["name"])
    tables = load_dictionary().tables.values()
    return next((table.columns[name].heading for table in tables if name in table.columns), Text(name, name))


def lacking(told: Json, rows: Mapping[str, Json]) -> Block:
    """Every row of a school that cannot be told, and the figures it lacks."""
    listed = [
        (
            Cell(school["name"]), Cell(words_of(rows[one["row"]]["name"])),
            Cell(words_of(one["reason"]) if one["reason"] else _missing(one["missing"], told)),
        )
        for school in told["schools"]
        for one in school["rows"]
        if one["verdict"] == _CANNOT_TELL
    ]  # fmt: skip
    heads = (Text("学校", "School"), Text("项目", "Row"), Text("缺什么", "What lacks"))
    note = Text(
        "补充数据填在“补充数据样表.xlsx”（学校已列好）里，再办一次。",
        "Fill in 补充数据样表.xlsx, in which your schools stand, and ask again.",
    )
    return Table(
        "lacking", Text("无法判定的项目", "Rows that cannot be told"), heads, listed,
        Text("每一项都能判定。", "Every row can be told."), note if listed else None,
    )  # fmt: skip


def _missing(names: list[str], told: Json) -> Text:
    titles = [_title(name, told) for name in names]
    return Text(
        f"没有填：{'、'.join(one.zh for one in titles)}", f"not given: {', '.join(one.en for one in titles)}"
    )


def quantity(value: str, row: Json) -> Text:
    """An exact amount in the row's unit, the next hundredth above."""
    told, unit = _cut(value, up=True), row["quantity"]
    return Text(f"{told} {unit['zh']}", f"{told} {unit['en']}")


def _cut(value: str | None, *, up: bool = False) -> str:
    """Two decimals, cut off or (``up``) the next above, so that nothing short of a line reads as the line."""
    if value is None:
        return "—"
    units = (ceil if up else floor)(Fraction(value) * 100)
    return f"{units / 100:,.2f}".rstrip("0").rstrip(".")

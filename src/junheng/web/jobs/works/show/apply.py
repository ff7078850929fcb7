"""An application: the county's verdict by part, and for every item the evidence asked, there, and lacking."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.standards import EVIDENCE_NAMES, PART_NAMES
from junheng.web.findings.item_words import STATES
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, number, verdict, words_of

_PARTS = {str(part): name for part, name in PART_NAMES.items()}
_MODES = {str(mode): name for mode, name in EVIDENCE_NAMES.items()}
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_USED, _ATTESTED, _SHOWN_HASH = "used", "attested", 12
_UNHASHED = Text("没有佐证文件的指纹", "no file's fingerprint")
_NONE = Text("没有佐证", "no evidence")


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng report --form application`` listed; ``names``: also the evidence kept on the site, by its hash."""
    told = json.loads((folder / "evidence.json").read_bytes())
    rows = told["rows"]
    yield _verdict(told["county"], told["year"], rows)
    yield _table("lacking", Text("还缺什么", "What still lacks"), [one for one in rows if _lacks(one)], names)
    yield _table("evidence", Text("佐证材料清单", "List of evidence"), rows, names)


def _verdict(county: Json, year: int, rows: list[Json]) -> Block:
    facts: list[tuple[Words, Cell]] = [(Text("总体结论", "verdict"), verdict(county["verdict"]))]
    facts += [(_PARTS.get(part, Text(part, part)), verdict(found)) for part, found in county["parts"].items()]
    lacking = {one["key"] for one in rows if _lacks(one)}
    facts.append((Text("条款", "items"), number(len({one["key"] for one in rows}))))
    facts.append((Text("还缺佐证或数据的条款", "items that lack evidence or data"), number(len(lacking))))
    return Facts(Text(f"{county['name']} {year} 年", f"{county['name']} {year}"), facts)


def _lacks(one: Json) -> bool:
    return bool(one["lacks"])


def _table(key: str, title: Text, rows: list[Json], names: Mapping[str, str]) -> Block:
    listed = [
        (
            Cell(Text(f"{one['key']} {one['name']['zh']}", f"{one['key']} {one['name']['en']}"), opened=tuple(_clause(one))),
            verdict(one["verdict"]), _lacking(one), Cell(_there(group), opened=tuple(_basis(group, names))),
            Cell(one["rating"]), Cell(one["dated"]), Cell(one["expires"]),
            Cell(_MODES.get(one["mode"]) or str(one["mode"])),
        )
        for group in _grouped(rows)
        for one in group[:1]
    ]  # fmt: skip
    heads = (
        Text("条款", "Item"), Text("结论", "Verdict"), Text("缺什么", "Lacks"), Text("现有", "There"),
        Text("评定", "Rating"), Text("日期", "Dated"), Text("有效期至", "Expires"), Text("依据方式", "Rests on"),
    )  # fmt: skip
    return Table(key, title, heads, listed, Text("每一条都有佐证。", "Every item has its evidence."))


def _grouped(rows: list[Json]) -> list[list[Json]]:
    """The sheets of the return that one item is computed from together; each attestation by itself."""
    groups: list[list[Json]] = []
    for one in rows:
        is_sheet = one["mode"] != _ATTESTED and bool(one["there"])
        if is_sheet and groups and groups[-1][0]["key"] == one["key"] and groups[-1][0]["mode"] != _ATTESTED:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _clause(one: Json) -> Iterator[Words]:
    yield _PARTS.get(one["part"]) or str(one["part"])
    if one["mode"] == _ATTESTED:
        yield one["asked"]


def _there(group: list[Json]) -> Words:
    one = group[0]
    if one["mode"] == _ATTESTED or not one["there"]:
        return one["there"] or _NONE
    sheets = "1 sheet" if len(group) == 1 else f"{len(group)} sheets"
    return Text(f"填报数据 {len(group)} 张表", f"{sheets} of the return")


def _basis(group: list[Json], names: Mapping[str, str]) -> Iterator[Words]:
    if group[0]["mode"] == _ATTESTED:
        yield from _paper(group[0], names)
        return
    yield from (f"{one['asked']}：{one['there']}" for one in group if one["there"])


def _paper(one: Json, names: Mapping[str, str]) -> Iterator[Words]:
    """The file on the site that the hash is of; else the hash alone."""
    for sha256 in _HASH.findall(one["sha256"]):
        short = f"{sha256[:_SHOWN_HASH]}…"
        held = names.get(sha256)
        gone = Text(f"SHA-256 {short}，本站没有这个文件", f"SHA-256 {short}: not kept on this site")
        yield f"{held}（SHA-256 {short}）" if held else gone


def _lacking(one: Json) -> Cell:
    """The reasons in both languages; of an attestation its state."""
    if not one["lacks"]:
        return Cell("")
    told: list[Text] = [words_of(reason) for reason in one["reasons"]]
    if one["state"] not in ("", _USED):
        told.append(STATES[one["state"]])
    if one["mode"] == _ATTESTED and one["there"] and not one["sha256"]:
        told.append(_UNHASHED)
    if not one["there"]:
        told.append(_NONE)
    first = told[0] if told else Text(one["lacks"], one["lacks"])
    return Cell(first, "cannot_tell", opened=tuple(told[1:]))

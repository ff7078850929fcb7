"""A report's figures: how many agree, which contradict, which to ask about, each with the passages it is about."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, words_of

_KINDS = {
    "contradicts": (
        Text("矛盾", "contradict"),
        "not_met",
        Text("没有发现矛盾的数字。", "No figures contradict."),
    ),
    "ask": (Text("请核", "to check"), "cannot_tell", Text("没有要请核的数字。", "Nothing to ask about.")),
    "damaged": (
        Text("疑似破损", "look damaged"),
        "cannot_tell",
        Text("没有疑似破损的文字。", "Nothing looks damaged."),
    ),
    "agrees": (
        Text("相符", "agree"),
        "met",
        Text("没有可互相核对的数字。", "No figures could be held against others."),
    ),
}


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng lint`` found, by kind, the gravest first."""
    remarks = json.loads((folder / "remarks.json").read_bytes())
    texts = _texts(folder)
    counts = Counter(one["kind"] for one in remarks)
    facts = [
        (name, Cell(f"{counts[kind]:,}", state if counts[kind] else ""))
        for kind, (name, state, _) in _KINDS.items()
    ]
    yield Facts(Text("核对结果（处）", "Remarks"), facts)
    for kind, (name, _, empty) in _KINDS.items():
        rows = [_row(one, texts) for one in remarks if one["kind"] == kind]
        heads = (Text("位置", "Where"), Text("说明与原文", "What, and the passage"))
        yield Table(kind, name, heads, rows, empty)


def _row(one: Json, texts: Mapping[str, str]) -> tuple[Cell, Cell]:
    opened = tuple(texts[str(at)] for at in one["passages"] if str(at) in texts)
    return Cell(_place(one["where"])), Cell(words_of(one["what"]), opened=opened)


def _place(where: str) -> Words:
    """“第2行 | line 2” as a pair; a place in a place stays as it is."""
    zh, _, en = where.partition(" | ")
    return Text(zh, en) if en and " | " not in en else where


def _texts(folder: Path) -> dict[str, str]:
    """The passages the remarks are about, by their number."""
    path = folder / "passages.json"
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}

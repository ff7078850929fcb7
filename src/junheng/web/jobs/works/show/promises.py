"""Promises with their states: what was kept, what is overdue, and why."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Table, words_of

_BADGES = {"kept": "met", "overdue": "not_met"}


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng promises check`` found."""
    told = json.loads((folder / "promises.json").read_bytes())
    listed = told["promises"]
    named = {one["state"]: words_of(one["state_name"]) for one in listed}
    counts = Counter(one["state"] for one in listed)
    facts = [
        (named[state], Cell(f"{count:,}", _BADGES.get(state, "cannot_tell")))
        for state, count in counts.items()
    ]
    yield Facts(
        Text(f"截至 {told['on']}：{len(listed)} 条承诺", f"As of {told['on']}: {len(listed)} promises"), facts
    )
    rows = [
        (
            Cell(one["id"]), Cell(one["text"]), Cell(one["owner"] or "—"), Cell(one["due"] or "—"),
            Cell(words_of(one["state_name"]), _BADGES.get(one["state"], "cannot_tell"), opened=(words_of(one["reason"]), one["report"])),
        )
        for one in listed
    ]  # fmt: skip
    heads = (
        Text("编号", "No."),
        Text("承诺", "Promise"),
        Text("责任人", "Owner"),
        Text("期限", "Due"),
        Text("状态", "State"),
    )
    empty = Text(
        "没有摘出承诺：报告里要有“下一步工作”一节。", "None found: the report needs a section of next steps."
    )
    yield Table("promises", Text("承诺", "Promises"), heads, rows, empty)

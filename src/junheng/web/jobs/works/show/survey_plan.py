"""The sample of a survey: how many of whom, and at which schools."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.survey import group_names
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Table, Words, bars, number, words_of


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng survey plan`` laid down."""
    told = json.loads((folder / "plan.json").read_bytes())
    groups = group_names()
    facts: list[tuple[Words, Cell]] = [
        (Text("样本", "sample"), number(told["size"])),
        (Text("常住人口", "residents"), number(told["county"]["residents"])),
        (Text("学年", "year"), Cell(str(told["year"]))),
    ]
    facts += [(Text("说明", "note"), Cell(words_of(note))) for note in told["notes"]]
    yield Facts(Text("样本量", "Size of the sample"), facts)
    yield bars(
        Text("各类对象（人）", "By group (people)"),
        [(str(_of(groups[key])), quota, False) for key, quota in told["groups"].items()],
    )
    schools: dict[str, dict[str, int]] = defaultdict(dict)
    for slot in told["slots"]:
        if slot["school_id"]:
            schools[slot["school_id"]][slot["group"]] = slot["quota"]
    shared = [key for key in told["groups"] if any(key in quotas for quotas in schools.values())]
    rows = [
        (Cell(told["schools"].get(code, code)), *(number(quotas.get(key)) for key in shared))
        for code, quotas in schools.items()
    ]
    heads = (Text("学校", "School"), *(groups[key] for key in shared))
    yield Table("schools", Text("分到学校的名额", "Quotas by school"), heads, rows)


def _of(name: Text) -> str:
    from junheng.web.front.words import half

    return half(name)

"""Schools drawn to be visited: the draw, how many of each stratum, and which."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Table, Words, number
from junheng.web.jobs.works.kept import DRAWN_ROWS
from junheng.web.jobs.works.show.visits import strata_names


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What the draw of schools to be visited came to."""
    told = json.loads((folder / DRAWN_ROWS).read_bytes())
    named: dict[str, Words] = {one["id"]: str(one["name"]) for one in told["strata"]} | strata_names()
    is_official = told["purpose"] == "official"
    purpose = (
        Text("正式", "official") if is_official else Text("演练，不能公布", "a rehearsal, never published")
    )
    facts: list[tuple[Words, Cell]] = [
        (Text("抽签编号", "draw"), Cell(told["draw_id"])),
        (Text("用途", "purpose"), Cell(purpose, "" if is_official else "cannot_tell")),
        (Text("抽中", "drawn"), Cell(f"{len(told['rows']):,} / {told['of']:,}", is_number=True)),
        (Text("结果指纹", "fingerprint of the result"), Cell(told["root"])),
    ]
    yield Facts(Text("抽签结果", "The draw"), facts)
    counts = Counter(one["stratum"] for one in told["rows"])
    rows = [
        (Cell(named[one["id"]]), number(one["plan"]), number(counts[one["id"]])) for one in told["strata"]
    ]
    heads = (Text("层", "Stratum"), Text("要抽", "To be drawn"), Text("抽中", "Drawn"))
    yield Table("strata", Text("各层", "By stratum"), heads, rows, is_counts=True)
    order = [one["id"] for one in told["strata"]]
    found = sorted(told["rows"], key=lambda one: (order.index(one["stratum"]), one["school_id"]))
    schools = [(Cell(named[one["stratum"]]), Cell(one["school_id"]), Cell(one["name"])) for one in found]
    titles = (Text("层", "Stratum"), Text("学校代码", "Code"), Text("学校", "School"))
    yield Table("schools", Text("抽中的学校", "Schools drawn"), titles, schools)

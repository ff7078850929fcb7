"""抽样框 and 抽中学校: the strata before the draw, the schools drawn after it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.basics import atomic_file
from junheng.judgement.survey import DrawnStratum
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

_FRAME = [
    Column("层 stratum", 22),
    Column("学校标识码 code", 16),
    Column("学校 school", 36),
    Column("本层抽取 seats", 10, 0),
]


def write_frame(path: Path, strata: Sequence[DrawnStratum], owner: str) -> None:
    """Write 抽样框.xlsx, posted before the draw: every school once, and how many its stratum gives."""
    rows: list[list[Value]] = [
        [f"{s.name.zh} {s.name.en}", school.school_id, school.name, s.seats]
        for s in strata
        for school in s.schools
    ]
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book([Sheet("抽样框", _FRAME, rows, freeze=1)], owner))


def write_drawn(path: Path, drawn: Sequence[Mapping[str, str]], owner: str) -> None:
    """Write 抽中学校.xlsx: stratum, school and the pseudonym under which the published draw names it."""
    rows: list[list[Value]] = [[d["stratum"], d["school_id"], d["name"], d["pid"]] for d in drawn]
    columns = [*_FRAME[:3], Column("抽签代号 pid", 68)]
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book([Sheet("抽中学校", columns, rows)], owner))

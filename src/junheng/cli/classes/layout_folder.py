"""The folder of a layout: what was decided, who is who, what happened since. Private.

layout.json (problem, seed, where from), rows.jsonl and names.jsonl (with those who came later), late.jsonl, lock.json and
moves.jsonl (of class_formation), and the officers' workbooks, which are made anew whenever anything happens.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError, atomic_folder
from junheng.cli.classes.layout_data import FORMAT, LATE, LAYOUT, NAMES, ROWS, Layout, read_data

if TYPE_CHECKING:
    from junheng.reports.classes import ClassFacts

SEALED, PUBLIC = "分班名单_封存.xlsx", "分班公示表.xlsx"
BALANCE, CERTIFICATE = (
    "均衡情况.xlsx",
    "certificate.json",
)  # of the layout as it was locked; never written again
BALANCE_TODAY, CERTIFICATE_TODAY = "均衡情况_现状.xlsx", "certificate_today.json"
TRIAL_PREFIX = "试算_"

Json = dict[str, Any]


def head_of(
    kind: str, title: str, problem: Json, hash_name: str, seed: bytes, public: Json, draw_id: str
) -> Json:
    """The contents of layout.json; ``kind``: trial or official."""
    return {
        "format": FORMAT,
        "kind": kind,
        "title": title,
        "draw_id": draw_id,
        "hash": hash_name,
        "seed": seed.hex(),
        "problem": problem,
        "groups": public["groups"],
    }


def read_layout(folder: Path) -> Layout:
    """The layout in ``folder``. Raises UserError where there is none, or its files were altered or lost."""
    path = folder / LAYOUT
    if not path.is_file():
        raise UserError(
            Text("这里没有编班结果", "there is no layout here"),
            where=str(folder),
            why=Text("插班和调班只能接着已有的编班", "newcomers and moves follow a layout that was formed"),
            fix=Text(
                "--into 应为 junheng classes --out 写出的文件夹", "--into is a folder that --out has written"
            ),
        )
    return read_data(folder)


def write_layout(folder: Path, layout: Layout) -> None:
    """Write the data files of a layout into ``folder``; lock and moves are not touched."""
    _write(folder / LAYOUT, [json.dumps(layout.head, ensure_ascii=False, indent=1)])
    _write_lines(folder / ROWS, layout.rows)
    _write_lines(folder / NAMES, [{"pid": pid, "identity": dict(who)} for pid, who in layout.names.items()])
    _write_lines(folder / LATE, layout.late)


@contextmanager
def changed_folder(folder: Path) -> Iterator[Path]:
    """A copy of ``folder`` that takes its place when the block ends well. Raises UserError."""
    with atomic_folder(folder) as target:
        target.chmod(0o700)
        for path in folder.iterdir():
            shutil.copy2(path, target / path.name)
        yield target


def classes_today(folder: Path, layout: Layout) -> dict[str, int]:
    """The class number of everybody: as published, with recorded moves and newcomers."""
    from junheng.class_formation import current_classes

    found = current_classes(folder)
    for batch in layout.late:
        found |= batch["classes"]
    return found


def write_papers(folder: Path, layout: Layout) -> "ClassFacts":
    """Make the lists of ``folder`` anew, and the balance: of the locked layout once, of today whenever it changed.

    Raises OSError.
    """
    from junheng.admissions import mask_name
    from junheng.class_formation import certificate
    from junheng.cli.trial import write_json
    from junheng.reports.classes import ClassFacts, write_balance, write_lists

    classes = classes_today(folder, layout)
    found = certificate(layout.plan(), layout.rows, classes)
    facts = ClassFacts(
        title=layout.head["title"],
        is_trial=layout.is_trial,
        groups=layout.head["groups"],
        rows=layout.rows,
        classes=classes,
        names=layout.names,
        certificate=found,
        notes=_notes(folder, layout),
    )
    prefix = TRIAL_PREFIX if layout.is_trial else ""
    write_lists(folder / (prefix + SEALED), facts, None)
    write_lists(folder / (prefix + PUBLIC), facts, mask_name)
    is_locked = (folder / CERTIFICATE).is_file()
    write_balance(folder / (prefix + (BALANCE_TODAY if is_locked else BALANCE)), facts)
    told = {"kind": layout.head["kind"], **found.to_json()}
    write_json(folder / (CERTIFICATE_TODAY if is_locked else CERTIFICATE), told)
    return facts


def _notes(folder: Path, layout: Layout) -> dict[str, str]:
    from junheng.class_formation import read_moves
    from junheng.reports.classes import LATE as CAME_LATE

    found = {
        pid: f"{CAME_LATE}（第 {batch['number']} 批）" for batch in layout.late for pid in batch["classes"]
    }
    for move in read_moves(folder):
        found[move.pid] = f"调班：原 {move.old} 班"
    return found


def _write_lines(path: Path, rows: Sequence[Json]) -> None:
    _write(path, [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows])


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")

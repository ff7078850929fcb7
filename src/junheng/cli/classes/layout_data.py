"""The data files of a layout, read back: whole, of one piece with the lock, or refused."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError

if TYPE_CHECKING:
    from junheng.class_formation import Plan

LAYOUT, ROWS, NAMES, LATE = "layout.json", "rows.jsonl", "names.jsonl", "late.jsonl"
FORMAT = "junheng/class-layout/1"
_HEAD = {"format", "kind", "title", "draw_id", "hash", "seed", "problem", "groups"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Layout:
    """What a folder holds. ``head``: layout.json; ``rows``, ``names``: everybody; ``late``: batches of newcomers."""

    head: Json
    rows: Sequence[Json]
    names: Mapping[str, Mapping[str, str]]
    late: Sequence[Json]

    @property
    def is_trial(self) -> bool:
        """Whether the layout is a trial."""
        return bool(self.head["kind"] == "trial")

    @property
    def seed(self) -> bytes:
        """The seed of the draw, 32 bytes."""
        return bytes.fromhex(self.head["seed"])

    def plan(self) -> "Plan":
        """The declared rules."""
        from junheng.class_formation import plan_from

        return plan_from(self.head["problem"])


def read_data(folder: Path) -> Layout:
    """The layout that the files of ``folder`` hold. Raises UserError naming the file that was altered or lost."""
    head = _objects(folder / LAYOUT, _HEAD, is_whole=True)[0]
    if head["format"] != FORMAT:
        raise _altered(folder / LAYOUT)
    rows = _objects(folder / ROWS, {"pid", "unit", "school", "grade"})
    names = {line["pid"]: line["identity"] for line in _objects(folder / NAMES, {"pid", "identity"})}
    late = _objects(folder / LATE, {"number", "classes"}) if (folder / LATE).is_file() else []
    found = Layout(head, rows, names, late)
    _require_one_piece(folder, found)
    return found


def _require_one_piece(folder: Path, found: Layout) -> None:
    """Everybody of the lock and of the batches has a row and a name, and nobody else."""
    from junheng.class_formation import read_lock

    placed = set(read_lock(folder).classes).union(*(batch["classes"] for batch in found.late))
    if {row["pid"] for row in found.rows} != placed:
        raise _altered(folder / (LATE if found.late else ROWS))
    if set(found.names) != placed:
        raise _altered(folder / NAMES)


def _objects(path: Path, keys: set[str], *, is_whole: bool = False) -> list[Json]:
    """The JSON objects of a file, one a line (``is_whole``: the file itself), each with at least ``keys``."""
    try:
        text = path.read_text("utf-8")
        found = [json.loads(part) for part in ([text] if is_whole else text.splitlines())]
    except (OSError, ValueError) as error:
        raise _altered(path) from error
    if not all(isinstance(item, dict) and keys <= set(item) for item in found):
        raise _altered(path)
    return found


def _altered(path: Path) -> UserError:
    return UserError(
        Text(
            f"编班结果的文件被改动或丢失：{path.name}",
            f"a file of the layout was altered or lost: {path.name}",
        ),
        where=str(path),
        why=Text("名单、插班和调班都从这些文件写出", "lists, newcomers and moves are made from these files"),
        fix=Text("请用备份的整个文件夹恢复后再做", "restore the whole folder from its copy, then try again"),
    )

"""Exceptions after publication: who, from which class to which, why, asked and approved by whom.

``moves.jsonl`` only grows: every line holds the hash of the line before it, the first one the result's root.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_file
from junheng.class_formation.after.lock import Locked, read_lock
from junheng.class_formation.after.rule import MoveRule
from junheng.draws import canonical_bytes, digest, strict_json

MOVES = "moves.jsonl"


@dataclass(frozen=True, slots=True)
class Move:
    """One exception. ``document``: number of the approved plan; ``time``: ISO 8601 with offset."""

    pid: str
    old: int
    new: int
    reason: str
    asked_by: str
    approved_by: str
    document: str
    time: str


def record_move(
    folder: Path,
    *,
    pid: str,
    new: int,
    reason: str,
    asked_by: str,
    approved_by: str,
    document: str,
    now: datetime,
    rule: MoveRule,
) -> Move:
    """Append one move to the log of a locked layout.

    UserError: unknown child or class, no change, a field left blank, approved by who asked, or more children of
    the grade moved than ``rule`` allows.
    """
    locked = read_lock(folder)
    lines = _lines(folder, locked)
    classes = _replayed(locked, [line["move"] for line in lines])
    old = _checked(locked, classes, pid, new)
    move = Move(pid, old, new, reason, asked_by, approved_by, document, now.isoformat(timespec="seconds"))
    _check_paper(move)
    _check_share(locked, {**classes, pid: new}, pid, rule)
    lines.append({"number": len(lines) + 1, "previous": _head(locked, lines), "move": asdict(move)})
    with atomic_file(folder / MOVES) as temporary:
        temporary.write_bytes(b"".join(canonical_bytes(line) + b"\n" for line in lines))
    return move


def read_moves(folder: Path) -> list[Move]:
    """All moves so far, oldest first. UserError: the chain is broken."""
    return [Move(**line["move"]) for line in _lines(folder, read_lock(folder))]


def current_classes(folder: Path) -> dict[str, int]:
    """The class number of every pid today: as published, with every recorded move."""
    locked = read_lock(folder)
    return _replayed(locked, [line["move"] for line in _lines(folder, locked)])


def _replayed(locked: Locked, moves: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    classes = dict(locked.classes)
    for move in moves:
        classes[move["pid"]] = move["new"]
    return classes


def _lines(folder: Path, locked: Locked) -> list[dict[str, Any]]:
    path = folder / MOVES
    raw = path.read_bytes().splitlines() if path.is_file() else []
    lines = [strict_json(line, where=f"{path}:{number}") for number, line in enumerate(raw, 1)]
    for number, line in enumerate(lines):
        if line["number"] != number + 1 or line["previous"] != _head(locked, lines[:number]):
            raise _refused(
                f"{path}:{number + 1}",
                "调班记录前后不相连",
                "a line of the log does not follow the one before",
            )
    return lines


def _head(locked: Locked, lines: Sequence[Mapping[str, Any]]) -> str:
    return digest(locked.hash_name, canonical_bytes(dict(lines[-1]))).hex() if lines else locked.root


def _checked(locked: Locked, classes: Mapping[str, int], pid: str, new: int) -> int:
    """The child's present class, if the move makes sense at all."""
    if pid not in classes:
        raise _refused(pid, "名单中没有这名学生", "no such child on the list")
    if not 1 <= new <= len(locked.sizes[locked.grades[pid]]):
        raise _refused(pid, f"没有 {new} 班", f"there is no class {new}")
    if classes[pid] == new:
        raise _refused(pid, f"学生已在 {new} 班", f"the child is in class {new} already")
    return classes[pid]


def _check_paper(move: Move) -> None:
    for name in ("reason", "asked_by", "approved_by", "document"):
        if not getattr(move, name).strip():
            raise _refused(move.pid, f"缺少 {name}", f"{name} is blank")
    if move.asked_by.strip() == move.approved_by.strip():
        raise _refused(move.pid, "申请人与批准人相同", "asked and approved by the same person")


def _check_share(locked: Locked, classes: Mapping[str, int], pid: str, rule: MoveRule) -> None:
    grade = locked.grades[pid]
    moved = sum(classes[p] != c for p, c in locked.classes.items() if locked.grades[p] == grade)
    children = sum(locked.sizes[grade])
    if Fraction(moved, children) > rule.largest_share:
        most = int(rule.largest_share * children)
        raise _refused(
            " ".join(grade),
            f"该年级调班将达 {moved} 人，规则最多 {most} 人（{rule.document}）",
            f"{moved} children of the grade would have moved, the rule allows {most} ({rule.document})",
        )


def _refused(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=where,
        why=Text(
            "公布后的编班只能按登记的例外变动", "a published layout changes by recorded exceptions only"
        ),
        fix=Text("请补齐批准材料，或维持公布的编班", "complete the approval, or keep the published class"),
    )

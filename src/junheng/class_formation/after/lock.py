"""The published layout, locked: written once beside the result it repeats, never rewritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_file
from junheng.draws import canonical_bytes, merkle_root, strict_json

LOCK = "lock.json"
_FORMAT = "junheng/class-lock/1"


@dataclass(frozen=True, slots=True)
class Locked:
    """What was published: class number by pid, the grade of each pid, how many classes and children a grade has."""

    draw_id: str
    root: str
    hash_name: str
    classes: Mapping[str, int]
    grades: Mapping[str, tuple[str, str]]
    sizes: Mapping[tuple[str, str], Sequence[int]]


def lock_layout(
    folder: Path,
    *,
    draw_id: str,
    hash_name: str,
    result: Mapping[str, Any],
    leaves: Sequence[Mapping[str, Any]],
) -> Locked:
    """Lock a published result (its public part and its leaves, ascending by pid) in ``folder``.

    Locking the same again changes nothing. UserError: the leaves are not the result's, or another layout is
    locked there.
    """
    root = merkle_root(hash_name, [canonical_bytes(dict(leaf)) for leaf in leaves]).hex()
    if root != result["root"]:
        raise _refused(
            folder,
            "名单与公布的结果不符（根不同）",
            "the leaves are not those of the published result (other root)",
        )
    found = canonical_bytes(_content(draw_id, hash_name, result, leaves))
    path = folder / LOCK
    if path.is_file() and path.read_bytes() != found:
        raise _refused(path, "这里已锁定另一份编班结果", "another layout is locked here already")
    with atomic_file(path) as temporary:
        temporary.write_bytes(found)
    return read_lock(folder)


def _content(
    draw_id: str, hash_name: str, result: Mapping[str, Any], leaves: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    groups = [{name: group[name] for name in ("school", "grade", "sizes")} for group in result["groups"]]
    return {
        "format": _FORMAT,
        "draw_id": draw_id,
        "hash": hash_name,
        "root": result["root"],
        "groups": groups,
        "leaves": [dict(leaf) for leaf in leaves],
    }


def read_lock(folder: Path) -> Locked:
    """The locked layout of ``folder``; its root is computed again. UserError: none there, or altered."""
    path = folder / LOCK
    if not path.is_file():
        raise _refused(path, "尚未锁定编班结果", "no layout is locked here")
    found = strict_json(path.read_bytes(), where=str(path))
    if not isinstance(found, dict) or found.get("format") != _FORMAT:
        raise _refused(path, "锁定的名单被改动过", "the locked layout was altered")
    if merkle_root(found["hash"], [canonical_bytes(leaf) for leaf in found["leaves"]]).hex() != found["root"]:
        raise _refused(path, "锁定的名单被改动过", "the locked layout was altered")
    return Locked(
        draw_id=found["draw_id"],
        root=found["root"],
        hash_name=found["hash"],
        classes={leaf["pid"]: leaf["class"] for leaf in found["leaves"]},
        grades={leaf["pid"]: (leaf["school"], leaf["grade"]) for leaf in found["leaves"]},
        sizes={(g["school"], g["grade"]): g["sizes"] for g in found["groups"]},
    )


def _refused(path: Path, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=str(path),
        why=Text(
            "公布后的编班只能按登记的例外变动", "a published layout changes by recorded exceptions only"
        ),
        fix=Text("请使用公布时的原始文件", "use the files as they were published"),
    )

"""A plan on disk: the frozen problem, the frozen outcome, and a list of every file with its hash."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_bytes, sha256_file
from junheng.draws import canonical_bytes, strict_json

PROBLEM, PLAN, ABOUT = "problem.json", "plan.json", "about.json"
Json = dict[str, Any]


def write_plan(folder: Path, problem: Json, outcome: Json) -> None:
    """Put problem and outcome into ``folder``, in canonical bytes. Raises OSError."""
    for name, content in ((PROBLEM, problem), (PLAN, outcome)):
        (folder / name).write_bytes(canonical_bytes(content) + b"\n")


def seal_plan(folder: Path, made_by: Mapping[str, Any]) -> None:
    """Write ``about.json``: how the plan was made (``made_by``) and the SHA-256 of every other file in ``folder``."""
    files = {
        path.relative_to(folder).as_posix(): sha256_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ABOUT
    }
    about = json.dumps({**made_by, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / ABOUT).write_text(about + "\n", encoding="utf-8")


def is_plan(folder: Path) -> bool:
    """Whether ``folder`` holds a plan."""
    return (folder / PROBLEM).is_file() and (folder / PLAN).is_file()


def plans_in(folder: Path) -> tuple[Path, ...]:
    """``folder`` itself or the plans anywhere below it, by name."""
    if is_plan(folder):
        return (folder,)
    return tuple(path.parent for path in sorted(folder.rglob(PLAN)) if is_plan(path.parent))


def read_plan(folder: Path) -> tuple[Json, Json]:
    """Problem and outcome of ``folder``. Raises UserError where they are absent or no such JSON."""
    found = []
    for name in (PROBLEM, PLAN):
        path = folder / name
        try:
            content = strict_json(path.read_bytes(), where=str(path))
        except OSError as error:
            raise _no_plan(folder) from error
        if not isinstance(content, dict) or not isinstance(content.get("kind"), str):
            raise _no_plan(folder)
        found.append(content)
    return found[0], found[1]


def altered_files(folder: Path) -> tuple[str, ...]:
    """Files that are not as they were when the plan was written: changed, gone or new. Raises UserError."""
    return tuple(sorted(name for names in file_changes(folder).values() for name in names))


def file_changes(folder: Path) -> dict[str, tuple[str, ...]]:
    """``changed``, ``gone`` and ``new`` files since the plan was written. Raises UserError."""
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        stated = dict(about["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_plan(folder) from error
    present = {
        path.relative_to(folder).as_posix(): sha256_bytes(path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name != ABOUT
    }
    both = stated.keys() & present.keys()
    return {
        "changed": tuple(sorted(name for name in both if stated[name] != present[name])),
        "gone": tuple(sorted(stated.keys() - present.keys())),
        "new": tuple(sorted(present.keys() - stated.keys())),
    }


def _no_plan(folder: Path) -> UserError:
    return UserError(
        Text("这里没有完整的规划", "There is no whole plan here"),
        where=str(folder),
        why=Text(
            f"规划文件夹含 {PROBLEM}、{PLAN} 和 {ABOUT}",
            f"a plan's folder holds {PROBLEM}, {PLAN} and {ABOUT}",
        ),
        fix=Text("请给出 junheng plan 写出的文件夹", "name a folder written by junheng plan"),
    )

"""Where findings stand in the output folder, and what may be replaced there."""

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.judgement.finding import LISTING, MANIFEST

OWN_FILES = frozenset(
    {
        MANIFEST,
        LISTING,
        "values.parquet",
        "verdict.json",
        "cells.parquet",
        "item_cells.parquet",
        "sensitivity.json",
        "trends.json",
        "problems.json",
        "standard.json",
    }
)
Key = tuple[str, int, str]  # standard, year, county code


def places(keys: Sequence[Key]) -> Mapping[Key, Path]:
    """A folder for each (standard, year, county), relative to the output.

    ``<standard>/<year>/<county>``, leaving out each level on which all agree.
    """
    levels = [len({key[level] for key in keys}) > 1 for level in range(3)]
    return {
        key: Path(*(str(part) for part, is_shown in zip(key, levels, strict=True) if is_shown))
        for key in keys
    }


def require_replaceable(target: Path, new: Sequence[Path]) -> None:
    """Refuse a target that is no finding, or whose documents would vanish with the old layout.

    An empty folder, or none, is fine. Raises UserError.
    """
    if not target.exists():
        return
    if not target.is_dir():
        raise _refused(target, Text("已存在同名文件", "a file of that name exists"))
    if any(target.iterdir()) and not _is_ours(target):
        raise _refused(target, Text("文件夹不是评估结论", "the folder is no finding"))
    kept = {target / place for place in new}
    for path in sorted(target.rglob("*.docx")):
        if path.parent not in kept:
            lost = path.relative_to(target)
            raise _refused(target, Text(f"其中的 {lost} 会丢失", f"its {lost} would be lost"))


def _is_ours(target: Path) -> bool:
    """Whether a manifest or listing of ours lies in it: JSON that names the software."""
    for name in (MANIFEST, LISTING):
        try:
            content = json.loads((target / name).read_text("utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(content, dict) and "software" in content:
            return True
    return False


def _refused(target: Path, why: Text) -> UserError:
    return UserError(
        Text("不能写到这里", "Refused to write there"),
        where=str(target),
        why=why,
        fix=Text("请换一个空的或新的文件夹", "choose an empty or a new folder"),
    )


def keep_others(old: Path, new: Path) -> None:
    """Copy into ``new`` the files in ``old`` that are no finding's own: documents, what people put there."""
    if not old.is_dir():
        return
    for path in sorted(old.iterdir()):
        if path.is_file() and path.name not in OWN_FILES and not (new / path.name).exists():
            shutil.copy2(path, new / path.name)

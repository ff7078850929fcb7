"""A finding read back: everything needed to explain it, without the library or the input."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from junheng.basics import Text, UserError
from junheng.indicators import Indicator, ItemFact
from junheng.standards import Standard

Json = Mapping[str, Any]

MANIFEST = "manifest.json"
LISTING = "findings.json"  # marks a folder that holds several findings
EXTRA_KEYS = ("measures", "lineage", "item_facts")  # beside the standard's own in standard.json


@dataclass(frozen=True, slots=True)
class Finding:
    """One county, one standard, one year. Tables and figures are read when asked for."""

    folder: Path
    manifest: Json
    verdict: Json
    standard: Standard
    measures: Mapping[str, Indicator]
    lineage: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]
    item_facts: Mapping[str, ItemFact] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year judged."""
        return int(self.verdict["year"])

    def values(self) -> pa.Table:
        """values.parquet."""
        return pq.read_table(self.folder / "values.parquet")

    def cells(self) -> pa.Table:
        """cells.parquet."""
        return pq.read_table(self.folder / "cells.parquet")

    def item_cells(self) -> pa.Table:
        """item_cells.parquet, empty for a finding of an earlier version."""
        path = self.folder / "item_cells.parquet"
        return pq.read_table(path) if path.exists() else self.cells().slice(0, 0)

    def sensitivity(self) -> Json:
        """sensitivity.json."""
        return _json(self.folder / "sensitivity.json")

    def trends(self) -> Json:
        """trends.json."""
        return _json(self.folder / "trends.json")

    def problems(self) -> Json:
        """problems.json."""
        return _json(self.folder / "problems.json")

    def figures(self) -> list[Json]:
        """figures.json, empty where no report has been made yet."""
        path = self.folder / "figures.json"
        if not path.exists():
            return []
        found: list[Json] = json.loads(path.read_text("utf-8"))
        return found


def read_finding(folder: Path) -> Finding:
    """The finding in ``folder``.

    Raises UserError when the folder holds several findings (naming them) or is none at all.
    """
    if (folder / LISTING).exists():
        raise _several(folder)
    if not (folder / MANIFEST).exists():
        raise _no_finding(folder, MANIFEST)
    standard = dict(_json(folder / "standard.json"))
    extra = {key: standard.pop(key, {}) for key in EXTRA_KEYS}
    for rule in standard["indicators"]:
        rule.pop("unit", None)
    return Finding(
        folder,
        _json(folder / MANIFEST),
        _json(folder / "verdict.json"),
        Standard.model_validate(standard),
        {key: Indicator.model_validate(found) for key, found in extra["measures"].items()},
        {
            key: {stage: tuple((t, c) for t, c in pairs) for stage, pairs in by_stage.items()}
            for key, by_stage in extra["lineage"].items()
        },
        {key: ItemFact.model_validate(found) for key, found in extra["item_facts"].items()},
    )


def findings_in(folder: Path) -> tuple[Path, ...]:
    """The folders of the findings below ``folder``; itself when it is one. Raises UserError when neither."""
    if (folder / MANIFEST).exists():
        return (folder,)
    if not (folder / LISTING).exists():
        raise _no_finding(folder, MANIFEST)
    return tuple(folder / name for name in _json(folder / LISTING)["findings"])


def _json(path: Path) -> Json:
    try:
        found: Json = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise _no_finding(path.parent, path.name) from error
    return found


def _no_finding(folder: Path, name: str) -> UserError:
    return UserError(
        Text(
            f"这不是评估结论文件夹：缺少或无法读取 {name}",
            f"This is not a finding: {name} is absent or unreadable",
        ),
        where=str(folder),
        fix=Text("请给出 junheng evaluate 的输出文件夹", "give the folder that junheng evaluate has written"),
    )


def _several(folder: Path) -> UserError:
    names = [str(path.relative_to(folder)) for path in findings_in(folder)]
    shown = "、".join(names[:6]) + ("…" if len(names) > 6 else "")
    return UserError(
        Text(f"该文件夹里有 {len(names)} 份结论", f"The folder holds {len(names)} findings"),
        where=str(folder),
        fix=Text(f"请指定其中一份：{shown}", f"name one of them: {shown}"),
    )

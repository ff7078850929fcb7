"""The files of a finding as they stand, and where findings stand in a folder."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from junheng.basics import Text, UserError

MANIFEST = "manifest.json"
LISTING = "findings.json"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding's folder and its manifest; ``label`` names it in messages."""

    folder: Path
    label: str
    manifest: Mapping[str, Any]

    def json(self, name: str) -> Any:
        """One of its JSON files. Raises UserError when it is absent or broken."""
        return read_json(self.folder / name)

    def rows(self, name: str) -> list[dict[str, object]]:
        """One of its Parquet files as rows. Raises UserError when it is absent or broken."""
        try:
            rows: list[dict[str, object]] = pq.read_table(self.folder / name).to_pylist()
        except (OSError, pa.ArrowException) as error:
            raise _unreadable(self.folder / name) from error
        return rows


def findings_under(folder: Path) -> Sequence[Found]:
    """Every finding in ``folder`` or below it, by path.

    Raises UserError where there is none, or one of a listing is lost.
    """
    manifests = sorted(folder.rglob(MANIFEST)) if folder.is_dir() else []
    for listing in sorted(folder.rglob(LISTING)) if folder.is_dir() else []:
        content = read_json(listing)
        names = content.get("findings") if isinstance(content, dict) else None
        if not isinstance(names, list):
            raise _unreadable(listing)
        for name in names:
            if not (listing.parent / str(name) / MANIFEST).is_file():
                raise _unreadable(listing.parent / str(name) / MANIFEST)
    if not manifests:
        raise UserError(
            Text("文件夹中没有评估结论", "The folder holds no finding"),
            where=str(folder),
            fix=Text("请给出 junheng evaluate 写出的文件夹", "give a folder that junheng evaluate wrote"),
        )
    return [_found(path.parent, folder) for path in manifests]


def _found(inner: Path, outer: Path) -> Found:
    manifest = read_json(inner / MANIFEST)
    if not isinstance(manifest, dict):
        raise _unreadable(inner / MANIFEST)
    return Found(inner, inner.relative_to(outer).as_posix() if inner != outer else inner.name, manifest)


def read_json(path: Path) -> Any:
    """The content of a JSON file. Raises UserError when it is absent or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> UserError:
    return UserError(
        Text("结论中的文件缺失或损坏", "A file of the finding is absent or broken"),
        where=str(path),
        why=Text("无法复算", "it cannot be re-computed"),
        fix=Text("请重新运行 junheng evaluate", "run junheng evaluate again"),
    )

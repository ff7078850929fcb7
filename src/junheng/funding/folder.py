"""An outcome on disk: frozen problem, outcome, papers, and a manifest with the hash of every file."""

import json
from collections.abc import Sequence
from pathlib import Path

from junheng.basics import Text, UserError, sha256_file
from junheng.funding.exact import Json

PROBLEM, MANIFEST = "problem.json", "manifest.json"
OUTCOMES = {"funds": "funds.json", "aid": "aid.json"}


def kind_of_folder(folder: Path) -> str | None:
    """funds, aid, or None where ``folder`` holds neither."""
    return next((kind for kind, name in OUTCOMES.items() if (folder / name).is_file()), None)


def write_outcome(folder: Path, kind: str, problem: Json, outcome: Json) -> None:
    """Put problem and outcome into ``folder``; a name ``kind`` of ``OUTCOMES``. Raises OSError."""
    for name, content in ((PROBLEM, problem), (OUTCOMES[kind], outcome)):
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (folder / name).write_text(text + "\n", encoding="utf-8")


def seal_outcome(folder: Path, software: str, command: str, inputs: Sequence[Json]) -> None:
    """Write the manifest: software, command, inputs with their SHA-256, and that of every file in ``folder``."""
    files = {path.name: sha256_file(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST}
    told = {"software": software, "command": command, "inputs": list(inputs), "files": files}
    (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def require_outcome_place(folder: Path) -> None:
    """Raise UserError where ``folder`` holds something that is no earlier outcome: it is never replaced."""
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and kind_of_folder(folder) is None)
    ):
        raise UserError(
            Text("输出文件夹里有别的东西，没有覆盖", "the folder holds something else; it was not replaced"),
            where=str(folder),
            fix=Text("请换一个文件夹", "choose another folder"),
        )

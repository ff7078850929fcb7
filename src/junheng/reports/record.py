"""documents.json: what was written, and what became of it since."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_file
from junheng.reports.word.edits import generated_fingerprint, open_report

REPORT, WORKBOOK, NUMBERS, RECORD = "report.docx", "tables.xlsx", "figures.json", "documents.json"
_TEMPORARY = re.compile(r"^\.(.+)\.[a-z0-9_]{8}\.tmp$")  # of basics.atomic_folder


def read_record(folder: Path) -> dict[str, Any]:
    """documents.json of ``folder``; empty where there is none, or none that can be read."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def check_documents(folder: Path) -> tuple[Text, ...]:
    """How the documents of the finding in ``folder`` differ from what was written; empty when they do not.

    Told apart are: generated parts of report.docx edited (writing in its editable sections is no difference),
    tables.xlsx or figures.json changed, a document removed, documents without a record. A finding that was
    written without documents differs in nothing.
    """
    record = read_record(folder)
    if not record:
        found = [name for name in (REPORT, WORKBOOK, NUMBERS) if (folder / name).exists()]
        return tuple(
            Text(f"{name} 没有写出时的记录（{RECORD} 缺失或损坏）",
                 f"{name} has no record of how it was written ({RECORD} is absent or damaged)")
            for name in found
        )  # fmt: skip
    checks = (_report_difference(folder, record), *(_changed(folder, record, n) for n in (WORKBOOK, NUMBERS)))
    return tuple(found for found in checks if found is not None)


def _report_difference(folder: Path, record: dict[str, Any]) -> Text | None:
    path, known = folder / REPORT, record.get(REPORT) or {}
    if not path.exists():
        return _absent(REPORT)
    try:
        same = is_as_generated(path, known)
    except UserError:
        return Text(f"{REPORT} 已损坏，无法打开", f"{REPORT} is damaged and cannot be opened")
    if same:
        return None
    return Text(
        f"{REPORT} 中由软件生成的部分与写出时不同",
        f"the generated parts of {REPORT} are not what was written",
    )


def is_as_generated(report: Path, known: dict[str, Any]) -> bool:
    """Whether nothing but editable sections changed. Raises UserError when the report cannot be opened."""
    if sha256_file(report) == known.get("sha256"):
        return True
    generated = known.get("generated")
    return generated is not None and generated_fingerprint(open_report(report)) == generated


def _changed(folder: Path, record: dict[str, Any], name: str) -> Text | None:
    if not (folder / name).exists():
        return _absent(name)
    if sha256_file(folder / name) == (record.get(name) or {}).get("sha256"):
        return None
    return Text(f"{name} 与写出时不同", f"{name} is not what was written")


def _absent(name: str) -> Text:
    return Text(f"{name} 已不在结论文件夹中", f"{name} is no longer in the finding's folder")


def keep_backup(path: Path, known: dict[str, Any]) -> Path | None:
    """Copy a document that is not as it was written beside itself: report.人工稿.docx, 人工稿2, 人工稿3 …

    Returns the copy; None when the document does not exist or is exactly what was written.
    """
    if not path.exists() or sha256_file(path) == known.get("sha256"):
        return None
    number = 1
    while (copy := _numbered(path, number)).exists():
        number += 1
    shutil.copy2(path, copy)
    return copy


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.人工稿{number if number > 1 else ''}{path.suffix}")


def final_place(path: Path) -> str:
    """``path`` as the user knows it: a folder still being written is named by what it will become."""
    parts = [_TEMPORARY.sub(r"\1", part) for part in path.parts]
    return str(Path(*parts))

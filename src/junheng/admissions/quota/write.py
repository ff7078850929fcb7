"""Writing a result: workbook, JSON, the dictionary's table; pupils apart from what is public."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from junheng.admissions.quota.admit import Admission
from junheng.admissions.quota.document import allocation_document, checks_document, dictionary_rows
from junheng.admissions.quota.exact_text import shown
from junheng.admissions.quota.result import Compared, Result
from junheng.basics import Text, UserError, atomic_folder

WORKBOOK, DOCUMENT, TABLE = "指标分配表.xlsx", "allocation.json", "quota.csv"
WHAT_IF, ADMISSION, PRIVATE = "what_if.json", "admission.json", "内部_指标生录取名单.csv"
_OWNER_ONLY = 0o600


def write_result(result: Result, target: Path) -> None:
    """Write the folder ``target`` whole or not at all; it may replace an earlier result and nothing else.

    Raises UserError where it cannot be written or holds something else.
    """
    from junheng.admissions.quota.workbook import write_workbook

    _require_own(target)
    with atomic_folder(target) as folder:
        write_json(
            folder / DOCUMENT, allocation_document(result.allocation, result.checks, result.rules_sha256)
        )
        _write_table(folder / TABLE, dictionary_rows(result.allocation))
        if result.compared is not None:
            write_json(folder / WHAT_IF, what_if_document(result.compared))
        if result.admission is not None:
            write_json(folder / ADMISSION, admission_document(result.admission))
            _write_pupils(folder / PRIVATE, result)
        write_workbook(result, folder / WORKBOOK)


def _require_own(target: Path) -> None:
    """The whole folder is replaced: never one that holds anything but an earlier result."""
    is_free = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_free and not (target / DOCUMENT).is_file():
        raise UserError(
            Text("输出位置已有别的内容", "the output place holds something else"),
            where=str(target),
            why=Text("输出文件夹会整个替换", "the folder is replaced as a whole"),
            fix=Text("请换一个新的文件夹", "name a new folder"),
        )


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """UTF-8, indented, keys in the order of meaning: a person reads it too."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_table(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Canonical column names; blank where a fact is absent."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = None
        for row in rows:
            if writer is None:
                writer = csv.DictWriter(stream, list(row), lineterminator="\n")
                writer.writeheader()
            writer.writerow({key: _cell(value) for key, value in row.items()})


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def what_if_document(compared: Compared) -> dict[str, Any]:
    """The changes, the checks of the changed allocation, and every difference."""
    return {
        "format": "junheng/quota-what-if/1",
        "changes": compared.changes.model_dump(mode="json", exclude_none=True),
        "checks": checks_document(compared.checks),
        "differences": [
            {
                "senior": row.senior,
                "id": row.id,
                "before": row.before,
                "after": row.after,
                "change": row.change,
                "paradox": int(row.is_paradox),
            }
            for row in compared.differences
        ],
    }


def admission_document(admission: Admission) -> dict[str, Any]:
    """Seats filled, lowest scores and seats returned; no pupil."""
    outcomes: dict[str, int] = {}
    for row in admission.placed:
        outcomes[row.outcome] = outcomes.get(row.outcome, 0) + 1
    return {
        "format": "junheng/quota-admission/1",
        "outcomes": dict(sorted(outcomes.items())),
        "filled": [
            {
                "senior": senior,
                "id": id_,
                "pupils": count,
                "lowest_score": shown(admission.lowest[senior, id_]),
            }
            for (senior, id_), count in sorted(admission.filled.items())
        ],
        "returned_to_open_admission": [
            {"senior": row.senior, "area": row.area, "seats": row.seats} for row in admission.returned
        ],
    }


def _write_pupils(path: Path, result: Result) -> None:
    """The list of pupils, for the bureau alone: readable by its owner only."""
    if result.admission is None:
        return
    path.touch(mode=_OWNER_ONLY)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["考生号", "初中学校标识码", "结果", "录取高中标识码", "志愿序号", "理由", "reason"])
        words = {
            "admitted": "录取",
            "not_eligible": "无资格",
            "below_line": "低于最低分数",
            "no_wish": "无志愿",
            "no_seat": "名额已满",
        }
        for row in result.admission.placed:
            wish = row.wish or ""
            writer.writerow(
                [row.pupil, row.junior, words[row.outcome], row.senior, wish, row.reason.zh, row.reason.en]
            )

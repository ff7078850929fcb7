"""Checking a written result: the JSON by the second arithmetic, and what stands beside it against it."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.admissions.quota.check import check_allocation
from junheng.admissions.quota.check_beside import (
    AFTER_UNCHECKED,
    LIST_ABSENT,
    ORDER_UNCHECKED,
    admission_differences,
    what_if_differences,
)
from junheng.basics import Text, UserError

_DOCUMENT, _TABLE = "allocation.json", "quota.csv"
_ADMISSION, _PUPILS, _WHAT_IF = "admission.json", "内部_指标生录取名单.csv", "what_if.json"


def check_quota_folder(folder: Path) -> list[Text]:
    """Every difference in a result folder; empty: right. Raises UserError where there is no result to read."""
    path = folder / _DOCUMENT
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(document, dict):
            raise ValueError(f"{_DOCUMENT}: {type(document).__name__}")
        rows = list(csv.DictReader((folder / _TABLE).read_text(encoding="utf-8").splitlines()))
    except (OSError, ValueError) as error:
        is_there = path.is_file() and (folder / _TABLE).is_file()
        raise UserError(
            Text("没有可核对的结果", "there is no result to check"),
            where=str(folder),
            why=Text(f"文件已损坏：{error}", f"a file is damaged: {error}")
            if is_there
            else Text(f"应有 {_DOCUMENT} 和 {_TABLE}", f"{_DOCUMENT} and {_TABLE} belong there"),
            fix=Text("请给出 junheng quota 的输出文件夹", "name the folder that junheng quota wrote"),
        ) from error
    return [*check_allocation(document), *_table(document, rows), *_beside(folder, document)]


def quota_not_checked(folder: Path) -> list[Text]:
    """What of the folder ``check_quota_folder`` cannot hold against anything, in words for the reader."""
    found = []
    if (folder / _ADMISSION).is_file():
        found.append(ORDER_UNCHECKED)
        if not (folder / _PUPILS).is_file():
            found.append(LIST_ABSENT)
    return [*found, AFTER_UNCHECKED] if (folder / _WHAT_IF).is_file() else found


def _beside(folder: Path, document: Mapping[str, Any]) -> list[Text]:
    """Differences of the admission and the what-if; a damaged file is one difference."""
    found: list[Text] = []
    for name in (_ADMISSION, _WHAT_IF):
        if not (folder / name).is_file():
            continue
        try:
            told = json.loads((folder / name).read_text(encoding="utf-8"))
            found += (
                admission_differences(document, told, _pupils(folder / _PUPILS))
                if name == _ADMISSION
                else what_if_differences(document, told)
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"{type(error).__name__} {error}"
            found.append(Text(f"{name} 残缺，无法核对：{what}", f"{name} is damaged: {what}"))
    return found


def _pupils(path: Path) -> list[dict[str, str]] | None:
    """The rows of the list of pupils; None where it was taken out of the folder."""
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _table(document: Mapping[str, Any], rows: list[dict[str, str]]) -> Iterator[Text]:
    seats = {(row["senior"], row["id"]): str(row["seats"]) for row in document.get("seats", [])}
    told = {(row.get("senior_school_id"), row.get("junior_school_id")): row.get("seats") for row in rows}
    if len(told) != len(rows) or told != seats:
        yield Text(f"{_TABLE} 与 {_DOCUMENT} 不符", f"{_TABLE} differs from {_DOCUMENT}")

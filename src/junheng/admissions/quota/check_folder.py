"""Checking a written result: the JSON by the second arithmetic, and the dictionary's table against it."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.admissions.quota.check import check_allocation
from junheng.basics import Text, UserError

_DOCUMENT, _TABLE = "allocation.json", "quota.csv"


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
    return [*check_allocation(document), *_table(document, rows)]


def _table(document: Mapping[str, Any], rows: list[dict[str, str]]) -> Iterator[Text]:
    seats = {(row["senior"], row["id"]): str(row["seats"]) for row in document.get("seats", [])}
    told = {(row.get("senior_school_id"), row.get("junior_school_id")): row.get("seats") for row in rows}
    if len(told) != len(rows) or told != seats:
        yield Text(f"{_TABLE} 与 {_DOCUMENT} 不符", f"{_TABLE} differs from {_DOCUMENT}")

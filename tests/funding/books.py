"""Workbooks of a few rows, written for the tests of reading."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter

from junheng.data import write_template

PAYMENT = ("预算年度", "学校标识码", "种类", "金额（元）", "日期", "文号")
ARCHIVE = ("学生代号", "学校标识码", "学段", "困难类别", "资助项目", "学期", "金额（元）", "发放日期")
SCHOOL = "2199990001"


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook with these sheets."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def write_return(
    path: Path, *, years: Sequence[int] = (2023, 2024), received: float | None = None, **counts: Any
) -> Path:
    """The input of one primary school of 200 in these years; ``counts`` replace cells of 学段."""
    told = {"pupils": 200, "boarders": 0, "inclusive_pupils": 0, "home_taught_pupils": 0, **counts}
    keys = [{"year": year, "school_id": SCHOOL} for year in years]
    school = {
        "name": "甲校",
        "kind": "primary",
        "ownership": "public",
        "county_code": "999903",
        "urban_rural_code": "111",
    }
    tables = {
        "school": pa.Table.from_pylist([{**key, **school} for key in keys]),
        "stage": pa.Table.from_pylist([{**key, "stage": "primary", **told} for key in keys]),
        "finance": pa.Table.from_pylist(
            [
                {
                    **keys[-1],
                    "operating_budget_yuan": 144000.0,
                    "operating_received_yuan": received,
                    "training_spending_yuan": 7200.0,
                }
            ]
        ),
    }
    write_template(path, tables=tables)
    return path

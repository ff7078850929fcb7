"""A problem file and its workbook, written for a test; what is not said is plain and sound."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Rows = list[Sequence[object]]
PROBLEM = """kind: site
name: 小题
county: {code: "999901", name: 某县}
stage: 小学
years: 2026-2027
tables: site.xlsx
reach: {metres: 3000, detour: 1}
costs_wan: {open: 100, class: 10, yearly: 20, class_yearly: 5, close: 1}
"""
SITES: Rows = [
    ("校址编号", "名称", "现有", "经度", "纬度", "现有教室数", "最多教室数", "可撤并", "最早年份", "配套小区", "须建成年份", "须建班数"),
    ("s1", "一校", "是", 110.0, 40.0, 2, 4, "否", "", "", "", ""),
    ("s2", "新校", "否", 110.01, 40.0, "", 12, "", 2027, "", "", ""),
]  # fmt: skip
BLOCKS: Rows = [
    ("片块编号", "片块名称", "乡镇街道", "经度", "纬度", "现有儿童数"),
    ("b1", "一片", "甲街道", 110.0, 40.001, 30),
    ("b2", "二片", "甲街道", 110.01, 40.001, 60),
]
DEMAND: Rows = [
    ("片块编号", "年份", "低方案", "中方案", "高方案"),
    *((block, year, 50, 60, 70) for block in ("b1", "b2") for year in (2026, 2027)),
]


def write(folder: Path, *, text: str = PROBLEM, **sheets: Rows) -> Path:
    """Write site.xlsx (sheets 校址, 片块, 需求 unless given) and problem.yaml; returns the latter."""
    plain: Mapping[str, Rows] = {"校址": SITES, "片块": BLOCKS, "需求": DEMAND}
    book = xlsxwriter.Workbook(str(folder / "site.xlsx"))
    for name, rows in (plain | sheets).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    path = folder / "problem.yaml"
    path.write_text(text, encoding="utf-8")
    return path

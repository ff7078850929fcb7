"""Blank workbooks for what the ordinary input does not hold: payments, county money, the archive of aid."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from junheng.basics import atomic_file
from junheng.funding.library import rules_for
from junheng.funding.reading.sheets import Table, tables

FUNDS_TABLES, AID_TABLES = ("payment", "county_money"), ("aid", "register", "published")
_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same form gives the same bytes
_ROWS, _WIDTH = 2000, 18
_UNITS = {"yuan": "（元）"}
_FLAGS = ["是", "否"]


def write_funding_template(path: Path, names: Sequence[str]) -> None:
    """Write a workbook with a sheet for each of ``names``: headings, an example row, drop-downs. Raises UserError."""
    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        book.set_properties({"title": "均衡 经费与资助样表", "created": _CREATED})
        head = book.add_format({"bold": True, "bg_color": "#E9EEF4", "border": 1, "text_wrap": True})
        example = book.add_format({"italic": True, "font_color": "#666666"})
        for name in names:
            _sheet(book, tables()[name], head, example)
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(5, str(error)) from error


def _sheet(book: Any, table: Table, head: Any, example: Any) -> None:
    sheet = book.add_worksheet(table["zh"])
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(table["columns"]):
        star = "*" if column.get("needed") else ""
        sheet.set_column(place, place, _WIDTH)
        sheet.write_string(0, place, f"{star}{column['zh']}{_UNITS.get(column['type'], '')}", head)
        sheet.write_string(
            1,
            place,
            f"{'#示例 ' if not place else ''}{column['example']}" if "example" in column else "",
            example,
        )
        if choices := _choices(column):
            sheet.data_validation(
                1, place, _ROWS, place, {"validate": "list", "source": choices, "error_type": "warning"}
            )


def _choices(column: Table) -> list[str]:
    """The words of a drop-down; those of schemes and categories are the rules' own, as they stand today."""
    if column["type"] == "flag":
        return _FLAGS
    if column["name"] in ("scheme", "category"):
        rule = rules_for("", datetime.now(UTC).date()).get(column["name"])
        return [] if rule is None else [said["zh"] for said in rule.values.values()]
    return [said[0] for said in column.get("words", {}).values()]

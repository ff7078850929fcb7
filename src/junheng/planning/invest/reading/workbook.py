"""Writing the bureau's tables: title, headings with their unit, a line of explanations, rows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from junheng.basics import atomic_file
from junheng.data.books import REMARK
from junheng.planning.invest.library_files import TableShape, load_shapes

_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same rows give the same bytes
_WIDTHS = {"measure": 24, "name": 34, "source": 40}
_WIDTH = 18


def write_tables(
    path: Path, tables: Mapping[str, Sequence[Mapping[str, object]]], *, money: str = "元"
) -> None:
    """Write ``tables`` (costs, ceilings, limits, forecast; rows by column) as one workbook; amounts are in ``money``.

    Raises UserError when the place cannot be written.
    """
    import xlsxwriter

    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        looks = {
            "title": book.add_format({"bold": True, "font_size": 13, "font_color": "#1F4E78"}),
            "head": book.add_format(
                {"bold": True, "border": 1, "bg_color": "#3A6EA5", "font_color": "#FFFFFF"}
            ),
            "needed": book.add_format(
                {"bold": True, "border": 1, "bg_color": "#C8553D", "font_color": "#FFFFFF"}
            ),
            "note": book.add_format(
                {"italic": True, "text_wrap": True, "valign": "top", "font_color": "#6B7A89"}
            ),
        }
        for name, rows in tables.items():
            shape = load_shapes()[name]
            _write(book.add_worksheet(shape.sheet), shape, rows, money, looks)
        book.set_properties({"title": "投入规划表", "comments": "junheng plan invest", "created": _CREATED})
        book.close()


def _write(
    sheet: Any, shape: TableShape, rows: Sequence[Mapping[str, object]], money: str, looks: Mapping[str, Any]
) -> None:
    sheet.write(0, 0, f"{shape.title.zh} · {shape.title.en}", looks["title"])
    for place, (name, column) in enumerate(shape.columns.items()):
        sheet.set_column(place, place, _WIDTHS.get(name, _WIDTH))
        heading = f"{column.zh}（{money}）" if column.money else column.zh
        sheet.write(1, place, heading, looks["needed" if column.required else "head"])
        mark = f"{REMARK} " if place == 0 else ""
        sheet.write(2, place, f"{mark}{column.meaning.zh}\n{column.meaning.en}", looks["note"])
        for number, row in enumerate(rows, start=3):
            value = row.get(name)
            if value is not None:
                sheet.write(number, place, value)
    sheet.set_row(2, 96)
    sheet.freeze_panes(3, 0)

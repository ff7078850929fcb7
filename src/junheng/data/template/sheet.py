"""One table's sheet of the input workbook: headings, example row, cell validation, rows."""

from datetime import date, datetime
from typing import Any
from unicodedata import east_asian_width

import pyarrow as pa

from junheng.basics import UNITS, Text, UserError
from junheng.data.dictionary import ColumnSpec, TableSpec
from junheng.data.reading.grid import column_letter
from junheng.data.reading.part import EXAMPLE_MARK
from junheng.data.template.formats import Look

FIRST_DATA_ROW = 2  # 0-based: headings, then the example
VALIDATED_ROWS = 5_000  # more rows than a county has schools; a filled sheet gets as many as it needs
MAX_CELL_TEXT = 32_767  # Excel's own limit
_LIST_LIMIT = 255  # Excel's limit on a drop-down written out in place
_HEADING_HEIGHT = 44
_NAME_WIDTH = 28
_YES_NO = ("是", "否")


def heading_text(column: ColumnSpec) -> str:
    """The heading in the template: * where required (a blank year has a default), the unit in brackets."""
    star = "*" if must_be_filled(column) else ""
    unit = f"（{UNITS[column.unit].name.zh}）" if column.unit else ""
    return f"{star}{column.heading.zh}{unit}"


def must_be_filled(column: ColumnSpec) -> bool:
    """Whether a blank cell of this column leaves the row without meaning."""
    return column.required and column.name != "year"


def write_headings(sheet: Any, look: Look, table: TableSpec, rows: int) -> None:
    """Headings, example row, widths, frozen panes, and validation of the rows below."""
    sheet.set_row(0, _HEADING_HEIGHT)
    last = FIRST_DATA_ROW + max(VALIDATED_ROWS, rows)
    for index, column in enumerate(table.columns.values()):
        heading = heading_text(column)
        example = f"{EXAMPLE_MARK}示例 {column.example}" if index == 0 else column.example
        width = _NAME_WIDTH if column.type == "text" else _column_width(heading, example)
        sheet.set_column(index, index, width, look.cells[column.type])
        sheet.write_string(0, index, heading, look.required if must_be_filled(column) else look.optional)
        sheet.write_string(1, index, example, look.example)
        sheet.data_validation(FIRST_DATA_ROW, index, last, index, validation_of(column))
        if column.type == "code":
            letter = column_letter(index)
            sheet.ignore_errors({"number_stored_as_text": f"{letter}1:{letter}{last}"})
    keys = [index for index, name in enumerate(table.columns) if name in table.key]
    sheet.freeze_panes(1, max(keys) + 1 if max(keys) <= 3 else 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def write_rows(sheet: Any, look: Look, table: TableSpec, rows: pa.Table) -> None:
    """The rows of ``rows`` below the example; nulls stay blank."""
    for index, column in enumerate(table.columns.values()):
        if column.name not in rows.column_names:
            continue
        style = look.cells["boolean" if column.name == "year" else column.type]  # centred
        for row, value in enumerate(rows.column(column.name).to_pylist(), FIRST_DATA_ROW):
            if value is not None:
                _write_cell(sheet, row, index, column, value, style)


def _write_cell(sheet: Any, row: int, index: int, column: ColumnSpec, value: Any, style: Any) -> None:
    if isinstance(value, bool):
        sheet.write_string(row, index, _YES_NO[0] if value else _YES_NO[1], style)
    elif isinstance(value, int) and column.values:
        name = column.values.get(str(value))
        sheet.write_string(row, index, name.zh if name else str(value), style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, index, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, index, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001  # Excel knows no zones
    else:
        text = column.values[value].zh if value in column.values else str(value)
        if len(text) > MAX_CELL_TEXT:
            raise UserError(
                Text(
                    f"单元格文字超过 {MAX_CELL_TEXT} 字", f"a cell has more than {MAX_CELL_TEXT} characters"
                ),
                where=f"{sheet.name} 行 row {row + 1}",
                fix=Text("请缩短", "shorten it"),
            )
        sheet.write_string(row, index, text, style)


def validation_of(column: ColumnSpec) -> dict[str, Any]:
    """A drop-down or a bound, as a warning only: 无, 3.2万元 and other declared forms stay possible."""
    rule: dict[str, Any] = {"validate": "any"}
    choices = [name.zh for name in column.values.values()]
    if column.type == "boolean":
        choices = list(_YES_NO)
    if choices and len(",".join(choices)) <= _LIST_LIMIT:
        rule = {"validate": "list", "source": choices}
    elif column.type in ("integer", "number"):
        rule = _bounds(column)
    return {
        **rule,
        "ignore_blank": True,
        "error_type": "warning",
        "error_title": "请核对",
        "error_message": f"{column.heading.zh}：与数据字典不符，确定要保留吗？",
        "input_title": column.heading.zh[:32],
        "input_message": _hint(column)[:255],
    }


def _bounds(column: ColumnSpec) -> dict[str, Any]:
    kind = "integer" if column.type == "integer" else "decimal"
    low, high = column.minimum, column.maximum
    if kind == "integer":
        low, high = (None if bound is None else int(bound) for bound in (low, high))
    if low is not None and high is not None:
        return {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    if low is not None:
        return {"validate": kind, "criteria": ">=", "value": low}
    return {"validate": "any"}


def _hint(column: ColumnSpec) -> str:
    required = "必填。" if must_be_filled(column) else ""
    return f"{required}{column.meaning.zh}\n{column.meaning.en}"


def _column_width(heading: str, example: str) -> float:
    """Wide enough for the example and for the heading on two lines."""
    return min(30.0, max(10.0, display_width(heading) / 2 + 7, display_width(example) + 3))


def display_width(text: str) -> int:
    """Columns ``text`` takes in a fixed-width font: two for a Chinese character."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)

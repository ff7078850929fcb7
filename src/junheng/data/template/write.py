"""The input workbook: one sheet per table, headings with units, drop-downs, a 说明 sheet.

Empty, or filled with tables; either way it reads back without loss. Doubles are written with all the digits it
takes to tell them apart (XlsxWriter alone writes 16, one too few).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from junheng.basics import Text, UserError, atomic_file
from junheng.data.dictionary import TableSpec, load_dictionary
from junheng.data.reading.integrity import REQUIRED_TABLES
from junheng.data.reading.years import FIELDS_SHEET, NOTES_SHEET
from junheng.data.template.formats import Look, make_look
from junheng.data.template.notes import write_fields, write_notes
from junheng.data.template.sheet import FIRST_DATA_ROW, write_headings, write_rows

_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same tables give the same bytes
MAX_SHEET_ROWS = 1_048_576  # Excel's own limit


class ExactWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet that writes a double by its shortest exact decimal."""

    def _xml_number_element(self, number: float, attributes: list[tuple[str, str]] | None = None) -> None:
        given = "".join(f' {key}="{self._escape_attributes(value)}"' for key, value in attributes or [])
        self.fh.write(f"<c{given}><v>{number!r}</v></c>")


def write_template(path: Path, *, tables: Mapping[str, pa.Table] | None = None) -> None:
    """Write the input workbook to ``path`` (.xlsx), empty or filled with ``tables`` (canonical columns).

    Tables that are not given have an empty sheet; columns that are not in the dictionary are left out. Raises
    UserError when the place cannot be written or a table has more rows than a sheet holds.
    """
    filled = dict(tables or {})
    _check_rows(filled, path)
    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        look = make_look(book)
        write_notes(book.add_worksheet(NOTES_SHEET), look, _only_year(filled))
        for table in load_dictionary().tables.values():
            _write_table(book, look, table, filled.get(table.name))
        write_fields(book.add_worksheet(FIELDS_SHEET), look)
        book.set_properties(
            {"title": "均衡 数据填报工作簿", "comments": "junheng template", "created": _CREATED}
        )
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(5, str(error)) from error


def _write_table(book: xlsxwriter.Workbook, look: Look, table: TableSpec, rows: pa.Table | None) -> None:
    sheet = book.add_worksheet(table.sheet.zh, ExactWorksheet)
    sheet.set_tab_color(look.tab_required if table.name in REQUIRED_TABLES else look.tab_optional)
    count = 0 if rows is None else rows.num_rows
    write_headings(sheet, look, table, count)
    if rows is not None:
        write_rows(sheet, look, table, rows)


def _only_year(tables: Mapping[str, pa.Table]) -> int | None:
    """The year of all rows, when they have one in common."""
    years: set[int] = set()
    for table in tables.values():
        if "year" in table.column_names:
            years |= set(pc.unique(table.column("year")).to_pylist()) - {None}
    return years.pop() if len(years) == 1 else None


def _check_rows(tables: Mapping[str, pa.Table], path: Path) -> None:
    for name, table in tables.items():
        if table.num_rows + FIRST_DATA_ROW > MAX_SHEET_ROWS:
            raise UserError(
                Text(
                    f"“{name}”有 {table.num_rows} 行，工作表放不下",
                    f"{name!r} has {table.num_rows} rows, a sheet cannot hold them",
                ),
                where=str(path),
                fix=Text("请改用 Parquet 文件夹", "use a folder of Parquet files"),
            )

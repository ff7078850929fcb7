"""Writes a return as a workbook that is filled offline and checks itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from junheng.basics import atomic_file
from junheng.data.template.formats import Look, make_look
from junheng.data.template.return_cells import write_cell
from junheng.data.template.return_layout import (
    MARK,
    At,
    ReturnBook,
    ReturnRow,
    Sheet,
    sheet_of,
)
from junheng.data.template.return_notes import write_return_notes
from junheng.data.template.return_rules import LINE, formula_of, refs_of, rules_of
from junheng.data.template.sheet import validation_of
from junheng.data.template.write import ExactWorksheet

_CREATED = datetime(2024, 9, 1, tzinfo=UTC)  # fixed, so that the same return gives the same bytes
_WIDTH, _ITEM, _CHECK = 15, 30, 48
_FORMULA_LIMIT = 8000  # Excel takes 8192 signs


def write_return_book(path: Path, book: ReturnBook) -> None:
    """Write ``book`` to ``path`` (.xlsx). Raises UserError when the place cannot be written, KeyError for no table."""
    with atomic_file(path) as temporary:
        made = xlsxwriter.Workbook(str(temporary), {"strings_to_urls": False, "strings_to_formulas": False})
        look = make_look(made)
        sheets = [sheet_of(name, book.known, [row.key for row in rows]) for name, rows in book.tables.items()]
        write_return_notes(made.add_worksheet("说明"), look, book, sheets)
        for sheet in sheets:
            _Page(made, look, sheet, book).write(book.tables[sheet.table.name])
        _write_hidden(made.add_worksheet(MARK), book)
        made.set_properties({"title": book.title.zh, "comments": MARK, "created": _CREATED})
        try:
            made.close()
        except XlsxWriterException as error:
            raise OSError(5, str(error)) from error


def _write_hidden(sheet: Any, book: ReturnBook) -> None:
    """What the reader needs: the seal, and every row as it was given."""
    sheet.very_hidden()
    sheet.write_row(0, 0, [MARK, *book.seal])
    line = 0
    for table, rows in book.tables.items():
        sheet.write_row(line := line + 1, 0, [table])
        for row in rows:
            given = json.dumps({"key": row.key, "values": dict(row.values)}, ensure_ascii=False)
            sheet.write_row(line := line + 1, 0, ["", given])


class _ReturnWorksheet(ExactWorksheet):
    """A worksheet whose formulas are as every spreadsheet since 2007 knows them: XlsxWriter need not look for newer."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Page:
    """One sheet while it is written."""

    def __init__(self, made: Any, look: Look, sheet: Sheet, book: ReturnBook) -> None:
        self._page = made.add_worksheet(sheet.table.sheet.zh, _ReturnWorksheet)
        self._look, self._sheet, self._known = look, sheet, book.known
        base = {"font_name": "微软雅黑", "font_size": 10, "border": 1, "border_color": "#C9D3DD"}
        kinds = {
            "code": {"num_format": "@"},
            "date": {"num_format": "yyyy-mm-dd"},
            "text": {"num_format": "@"},
        }
        self._open = {
            kind: made.add_format({**base, "locked": False, "bg_color": "#FFF8E1", **kinds.get(kind, {})})
            for kind in look.cells
        }
        self._past = made.add_format({**base, "font_color": "#6B7A89", "bg_color": "#F3F6F9"})
        self._told = made.add_format({**base, "font_color": "#8A1C0C", "text_wrap": True})
        self._red = made.add_format({"bg_color": "#FADCD6", "font_color": "#8A1C0C"})

    def write(self, rows: Sequence[ReturnRow]) -> None:
        """Headings, cells, choices and bounds, rules, locks."""
        self._frame()
        for index in range(self._sheet.lines if self._sheet.is_list else len(rows)):
            row = rows[index] if index < len(rows) else None
            self._keys(index, row)
            for number, spec in enumerate(self._sheet.fields):
                at = self._sheet.at(index, number)
                write_cell(
                    self._page, at, spec, row.values.get(spec.name, "") if row else "", self._open[spec.type]
                )
                write_cell(
                    self._page,
                    (at[0], at[1] + 1),
                    spec,
                    row.last_year.get(spec.name, "") if row else "",
                    self._past,
                )
                if not self._sheet.is_list:
                    self._page.data_validation(*at, *at, validation_of(spec))
        self._choices(len(rows))
        self._rules(max(len(rows), 1))
        self._page.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})

    def _frame(self) -> None:
        sheet, page = self._sheet, self._page
        page.set_row(0, 36)
        page.set_column(0, sheet.check_column, _WIDTH)
        if not sheet.is_list:
            page.set_column(0, 1, _ITEM)
        page.set_column(sheet.check_column, sheet.check_column, _CHECK)
        for (row, column), words in sheet.headings().items():
            page.write_string(row, column, words, self._look.optional if row == 0 else self._look.table_cell)
        page.freeze_panes(1, len(sheet.key_columns) if sheet.is_list else 2)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)

    def _keys(self, index: int, row: ReturnRow | None) -> None:
        """A list's keys: locked where the row is there, open where one may be added."""
        if not self._sheet.is_list:
            return
        for column, spec in enumerate(self._sheet.key_columns):
            at = (1 + index, column)
            write_cell(
                self._page,
                at,
                spec,
                row.key[column] if row else "",
                self._past if row else self._open[spec.type],
            )

    def _choices(self, rows: int) -> None:
        """Of a list, once a column."""
        if not self._sheet.is_list:
            return
        last = self._sheet.lines
        for column, spec in enumerate(self._sheet.key_columns):
            self._page.data_validation(1 + rows, column, last, column, validation_of(spec))
        for number, spec in enumerate(self._sheet.fields):
            row, column = self._sheet.at(0, number)
            self._page.data_validation(row, column, last, column, validation_of(spec))

    def _rules(self, rows: int) -> None:
        """Mark what does not fit, and say why in the last column; a list's rules are written once for all its lines."""
        sheet = self._sheet
        told: dict[int, list[str]] = {}
        for index in range(1 if sheet.is_list else rows):
            refs = refs_of(sheet, self._known, index)
            for check in rules_of(sheet.table.name):
                formula = formula_of(check, refs)
                places = [self._place(index, column) for _, column in check.marks] if formula else []
                for at in (one for one in places if one is not None):
                    rule = {
                        "type": "formula",
                        "criteria": f"={formula}".replace(LINE, "2"),
                        "format": self._red,
                    }
                    self._page.conditional_format(*at, sheet.lines if sheet.is_list else at[0], at[1], rule)
                    told.setdefault(at[0], []).append(f'IF({formula},"{check.rule.name.zh}；","")')
        for line, parts in told.items():
            formula = "&".join(_fitting(dict.fromkeys(parts)))
            for below in range(sheet.lines if sheet.is_list else 1):
                own = formula.replace(LINE, str(line + below + 1))
                self._page.write_formula(line + below, sheet.check_column, f"={own}", self._told, "")

    def _place(self, index: int, column: str) -> At | None:
        names = [spec.name for spec in self._sheet.fields]
        return self._sheet.at(index, names.index(column)) if column in names else None


def _fitting(parts: Mapping[str, None]) -> Iterator[str]:
    """As many as one formula holds."""
    left = _FORMULA_LIMIT
    for part in parts:
        left -= len(part) + 1
        if left >= 0:
            yield part

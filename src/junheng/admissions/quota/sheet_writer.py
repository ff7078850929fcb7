"""How the annex looks: formats made once, a plain listing sheet, page set-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any
from unicodedata import east_asian_width

_FONT = "宋体"
_LINE = 15  # points
_FILLED = 0.9  # of a line that words fill before they wrap
_A3, _A4 = 8, 9  # the numbers spreadsheets know the papers by
Value = str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class Look:
    """The formats of one workbook, by use."""

    title: Any
    subtitle: Any
    head: Any
    text: Any
    name: Any
    tight: Any
    whole: Any
    total: Any
    decimal: Any
    percent: Any
    note: Any
    met: Any
    not_met: Any
    cannot_tell: Any


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a listing: heading in two languages, width in characters, and how its values show."""

    zh: str
    en: str
    width: float
    kind: str = "text"


def make_look(book: Any) -> Look:
    """All formats of ``book``."""
    plain = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
    boxed = {**plain, "border": 1, "border_color": "#808080"}
    centred = {**boxed, "align": "center"}
    return Look(
        title=book.add_format({**plain, "font_size": 16, "bold": True, "align": "center"}),
        subtitle=book.add_format({**plain, "font_color": "#595959", "align": "center", "text_wrap": True}),
        head=book.add_format({**centred, "bold": True, "bg_color": "#E9EEF4", "text_wrap": True}),
        text=book.add_format({**boxed, "text_wrap": True}),
        name=book.add_format({**centred, "text_wrap": True}),
        tight=book.add_format({**centred, "shrink": True}),
        whole=book.add_format({**centred, "num_format": "0"}),
        total=book.add_format({**centred, "num_format": "0", "bold": True, "bg_color": "#F5F5F5"}),
        decimal=book.add_format({**centred, "num_format": "0.0000"}),
        percent=book.add_format({**centred, "num_format": "0.00%"}),
        note=book.add_format({**plain, "text_wrap": True, "valign": "top"}),
        met=book.add_format({**centred, "bg_color": "#DCEBF7"}),
        not_met=book.add_format({**centred, "bg_color": "#FCE4D6", "bold": True}),
        cannot_tell=book.add_format({**centred, "bg_color": "#EEEEEE"}),
    )


def put(sheet: Any, row: int, column: int, value: Value, shape: Any) -> None:
    """One cell: text always as text (a name that begins with "=" stays a name), absent stays blank."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, shape)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, shape)
    else:
        sheet.write_number(row, column, float(value) if isinstance(value, Fraction) else value, shape)


def listing(
    book: Any, look: Look, name: str, title: str, fields: Sequence[Field], rows: Sequence[Sequence[Value]]
) -> Any:
    """A sheet with a title, a frozen heading row that filters, and the rows."""
    sheet = book.add_worksheet(name)
    sheet.set_row(0, 28)
    sheet.merge_range(0, 0, 0, max(len(fields) - 1, 1), title, look.title)
    sheet.set_row(1, 34)
    for place, field in enumerate(fields):
        sheet.set_column(place, place, field.width)
        sheet.write_string(1, place, f"{field.zh}\n{field.en}", look.head)
    for number, row in enumerate(rows, start=2):
        sheet.set_row(
            number, _LINE * max(_lines(value, field) for value, field in zip(row, fields, strict=True))
        )
        for place, (field, value) in enumerate(zip(fields, row, strict=True)):
            put(sheet, number, place, value, getattr(look, field.kind))
    sheet.freeze_panes(2, 0)
    if rows:
        sheet.autofilter(1, 0, len(rows) + 1, len(fields) - 1)
    page(sheet, wide=sum(field.width for field in fields) > 150, repeat=1)
    return sheet


def _lines(value: Value, field: Field) -> int:
    """Lines that the words of a wrapping cell take, in characters of Latin width; other cells take one."""
    if not isinstance(value, str) or field.kind not in {"text", "name"}:
        return 1
    width = sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in value)
    return max(1, ceil(width / (field.width * _FILLED)))


def page(sheet: Any, *, wide: bool, repeat: int) -> None:
    """On its side, one page wide, rows 0 to ``repeat`` on every page, sheet name above, page number below."""
    sheet.set_paper(_A3 if wide else _A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, repeat)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&L&A&C第 &P 页，共 &N 页")

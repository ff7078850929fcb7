"""One cell of a return's workbook: a number, a day or words; it reads back as the text it was."""

from datetime import date, datetime
from typing import Any

from junheng.data.dictionary import ColumnSpec
from junheng.data.template.return_layout import At, shown


def write_cell(page: Any, at: At, spec: ColumnSpec, value: str, style: Any) -> None:
    """A number as a number where it reads back as the very text it was; a day as a day; else words."""
    if not value:
        page.write_blank(*at, None, style)
    elif spec.type in ("integer", "number") and _is_exact(value):
        page.write_number(*at, int(value) if value.lstrip("-").isdigit() else float(value), style)
    elif spec.type == "date" and (day := _day(value)):
        page.write_datetime(*at, datetime(day.year, day.month, day.day), style)  # noqa: DTZ001 # Excel knows no zones
    else:
        page.write_string(*at, shown(spec, value), style)


def _is_exact(value: str) -> bool:
    """Whether the number a cell keeps reads back as this very text: 7.50 and 1e3 stay words."""
    try:
        number = float(value)
    except ValueError:
        return False
    return repr(number).removesuffix(".0") == value and "inf" not in value and "nan" not in value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

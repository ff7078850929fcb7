"""Rows another program holds as the officers' workbook itself: what the reader of its forms reads back."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from junheng.data.books import Form, Heading, Row
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import ALL_DECIMALS, Column, Value

_EXACT_DIGITS = 15  # what a number of a sheet keeps (IEEE 754 binary64); a longer one is written as text


def filled_book(forms: Mapping[str, Form], tables: Mapping[str, Sequence[Row]], owner: str) -> bytes:
    """The .xlsx of ``tables`` (by table of ``forms``, then by column); a table of no rows keeps its headings."""
    return plain_book([_sheet(forms[name], rows) for name, rows in tables.items()], owner)


def _sheet(form: Form, rows: Sequence[Row]) -> Sheet:
    headings = form.headings.values()
    columns = [
        Column(
            one.title.zh, max(12, 2 * len(one.title.zh) + 4), ALL_DECIMALS if one.kind == "number" else None
        )
        for one in headings
    ]
    return Sheet(
        form.title.zh, columns, [[_cell(one, row.get(one.name)) for one in headings] for row in rows]
    )


def _cell(heading: Heading, value: object) -> Value:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    text = heading.values.get(str(value), str(value))
    if heading.kind == "yes_no":
        return {"yes": "是", "no": "否"}.get(text, text)
    return _number(text) if heading.kind == "number" else text


def _number(text: str) -> Value:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    if not number.is_finite() or len(number.as_tuple().digits) > _EXACT_DIGITS:
        return text
    return int(number) if number == number.to_integral_value() else float(number)

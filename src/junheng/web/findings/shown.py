"""Numbers as the pages print them: as the report does, never on the wrong side of a line."""

from decimal import Decimal

from junheng.basics import UNITS
from junheng.data import load_dictionary
from junheng.reports import plain
from junheng.web.front.words import half

_NONE = "—"


def value_text(
    value: float | None, decimals: int = 2, line: float | None = None, floor: float | None = None
) -> str:
    """A number with thousands apart; more decimals where rounding would carry it onto ``line`` or ``floor``.

    "—" where there is none: never 0.

    >>> value_text(1646.5), value_text(0.8475, 2, 1.0, 0.85), value_text(None)
    ('1,646.50', '0.848', '—')
    """
    return _NONE if value is None else f"{Decimal(plain(value, decimals, line=line, floor=floor)):,f}"


def amount_text(value: float | None) -> str:
    """A quantity: whole where it is whole, else one decimal, and more where that would read 0; "—" for none.

    >>> amount_text(1170750.0), amount_text(83.25), amount_text(0.04)
    ('1,170,750', '83.3', '0.04')
    """
    if value is None:
        return _NONE
    return f"{value:,.0f}" if float(value).is_integer() else value_text(value, 1, 0.0)


def held_unit(table: str, column: str) -> str:
    """The unit values of a column are held in, by the dictionary; "" for what is none of its columns."""
    spec = load_dictionary().tables.get(table)
    found = spec.columns.get(column) if spec else None
    return found.unit if found else ""


def unit_text(word: str | None) -> str:
    """A unit in the reader's language; a word that is no unit we know stays as it was typed."""
    known = next((unit.name for unit in UNITS.values() if word in (unit.code, unit.name.zh)), None)
    return half(known) if known else word or ""

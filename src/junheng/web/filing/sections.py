"""What a return asks: the tables of the dictionary that a school or a county fills,
each one section. Nothing is listed here."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from junheng.basics import UNITS, Text
from junheng.data import ColumnSpec, TableSpec, load_dictionary
from junheng.web.front.words import half, pair

if TYPE_CHECKING:  # the process that reads a source needs the tables, and has no database
    from junheng.web.filing.models import Filing

OWNER = "school_id"  # a table of schools is keyed by it first
FIXED = frozenset({"year", OWNER, "county_code"})  # known to the tree of places, asked of nobody
_YES, _NO = Text("是", "yes"), Text("否", "no")
_ASKED = frozenset({"public", "internal"})  # no register of persons is typed into a form


@cache
def all_sections() -> Mapping[str, TableSpec]:
    """Every table a return may hold, in the dictionary's order."""
    tables = load_dictionary().tables
    return {
        name: table
        for name, table in tables.items()
        if all(one.privacy in _ASKED for one in table.columns.values())
    }


@cache
def sections() -> Mapping[str, TableSpec]:
    """The tables with one school's rows."""
    return {name: table for name, table in all_sections().items() if table.key[0] == OWNER}


@cache
def county_sections() -> Mapping[str, TableSpec]:
    """The tables no school answers for: a county's own data, its surveys, quotas, ratings."""
    return {name: table for name, table in all_sections().items() if name not in sections()}


def sections_in(filing: "Filing") -> Mapping[str, TableSpec]:
    """The tables this return is made of."""
    return county_sections() if filing.is_county else sections()


@cache
def keys_of(table: str) -> tuple[ColumnSpec, ...]:
    """The key columns that tell the rows of one return apart."""
    spec = all_sections()[table]
    return tuple(spec.columns[name] for name in spec.key if name not in FIXED)


@cache
def fields_of(table: str) -> tuple[ColumnSpec, ...]:
    """The columns that are filled."""
    spec = all_sections()[table]
    return tuple(one for one in spec.columns.values() if one.name not in FIXED | set(spec.key))


def is_list(table: str) -> bool:
    """Whether a return has many rows of it: one line a row."""
    names = {spec.name for spec in keys_of(table)}
    return bool(names - {"stage"})


def unit_of(spec: ColumnSpec) -> Text | None:
    """The unit's name."""
    return UNITS[spec.unit].name if spec.unit else None


def titled(spec: ColumnSpec) -> Text:
    """A column's heading with its unit, as it stands above figures and is read out before a field."""
    unit = unit_of(spec)
    zh, en = spec.heading.zh, spec.heading.en
    return Text(f"{zh}（{unit.zh}）", f"{en} ({unit.en})") if unit else Text(zh, en)


def choices_of(spec: ColumnSpec) -> tuple[tuple[str, str], ...]:
    """What may be chosen, in the reader's words: an enum's values, yes and no; empty where something is typed."""
    if spec.type == "enum":
        return tuple((value, half(name)) for value, name in spec.values.items())
    return (("true", half(_YES)), ("false", half(_NO))) if spec.type == "boolean" else ()


def shown(spec: ColumnSpec, value: str) -> str:
    """A value as people read it."""
    return dict(choices_of(spec)).get(value, value)


def row_name(table: str, key: str) -> str:
    """A row's key as people read it; "" for a return's only row."""
    parts = key.split("|") if key else []
    return " ".join(
        shown(spec, part) if choices_of(spec) else f"{half(spec.heading)} {part}"
        for spec, part in zip(keys_of(table), parts, strict=True)
    )


def text_of(value: object) -> str:
    """A typed value of a table as the text of a cell: exact, without exponents; None is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        whole = f"{Decimal(repr(value)):f}"
        return whole.removesuffix(".0")
    return value.isoformat() if isinstance(value, date) else str(value)


def tidy(typed: str) -> str:
    """What was typed, on one line and without control characters. Raises ValueError when it is too long."""
    plain = " ".join("".join(one if one.isprintable() else " " for one in typed).split())
    if len(plain) > 200:  # what the database keeps
        raise ValueError(pair("一格最多 200 个字", "at most 200 characters a cell"))
    return plain

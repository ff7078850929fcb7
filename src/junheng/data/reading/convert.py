"""From the cells of one column to a typed Arrow array: whole columns at once, odd cells one by one.

``Converted.faults`` are the cells that no declared rule of ``numbers`` covers; they are null in ``array`` and
keep their text in ``raw``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import normalise, value_key
from junheng.data.arrays import arrow_array
from junheng.data.dictionary import ColumnSpec
from junheng.data.reading.cells import Converted, Fault, cell_text, distinct_texts, value_words
from junheng.data.reading.convert_numbers import convert_numbers
from junheng.data.reading.numbers import is_missing, parse_boolean, parse_date, parse_year
from junheng.data.same import Same

ARROW_TYPES: Mapping[str, pa.DataType] = {
    "text": pa.string(),
    "code": pa.string(),
    "enum": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_FEW, _REMEMBERED = 40, 20_000  # cells of a short column; short columns
_PLAIN_CODE = "^[0-9][0-9A-Za-z]*$"
_DAMAGED = re.compile(r"\d(\.\d+)?[eE]\+\d+", re.ASCII)


def arrow_type(column: ColumnSpec) -> pa.DataType:
    """The Arrow type of a dictionary column (``year`` is int32)."""
    return pa.int32() if column.name == "year" else ARROW_TYPES[column.type]


def convert(
    column: ColumnSpec,
    cells: Sequence[object],
    factor: Fraction = Fraction(1),
    values: Mapping[str, str] | None = None,
) -> Converted:
    """Type ``cells`` as ``column``. ``factor`` comes from the heading's unit, ``values`` from a mapping file.

    A few texts in the dictionary's own unit are remembered: a return is read again whenever one of its cells changed.
    """
    if values:
        cells = _replaced(cells, values)
    elif len(cells) <= _FEW and factor == 1 and set(map(type, cells)) <= {str}:
        return _remembered(Same(column), tuple(cells))
    return _converted(column, cells, factor)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(column: Same[ColumnSpec], cells: tuple[object, ...]) -> Converted:
    return _converted(column.it, cells, Fraction(1))


def _converted(column: ColumnSpec, cells: Sequence[object], factor: Fraction) -> Converted:
    if column.name == "year":
        return _by_text(column, cells, _year)
    if column.type in ("integer", "number"):
        return convert_numbers(column, cells, factor)
    return _by_text(column, cells, _PARSERS[column.type](column))


def _replaced(cells: Sequence[object], values: Mapping[str, str]) -> list[object]:
    known = {value_key(word): canonical for word, canonical in values.items()}
    return [known.get(value_key(cell_text(cell)), cell) for cell in cells]


Parsed = tuple[object, str]  # the value (None: missing) and the kind of fault ("" when all is well)


def _by_text(column: ColumnSpec, cells: Sequence[object], parse: Callable[[str], Parsed]) -> Converted:
    """Read each distinct text once and spread the answers over the column."""
    words, places = distinct_texts(cells)
    if column.type == "code" and pc.all(pc.match_substring_regex(words, _PLAIN_CODE)).as_py():
        raw = words.take(places)  # every code stands for itself
        return Converted(raw, raw, ())
    answers = [(None, "") if text is None else parse(text) for text in words.to_pylist()]
    values = arrow_array([answer[0] for answer in answers], arrow_type(column))
    bad = {position for position, answer in enumerate(answers) if answer[1]}
    faults = [
        Fault(index, answers[position][1], words[position].as_py())
        for index, position in (enumerate(places.to_pylist()) if bad else ())
        if position in bad
    ]
    return Converted(values.take(places), words.take(places), tuple(faults))


def _text(column: ColumnSpec) -> Callable[[str], Parsed]:
    return lambda text: (None if is_missing(text) else text.strip(), "")


def _code(column: ColumnSpec) -> Callable[[str], Parsed]:
    return parse_code


def parse_code(text: str) -> Parsed:
    """A code: full-width forms folded, no spaces, no ``.0``; scientific notation means that digits are lost."""
    if text.isalnum() and text.isascii() and text[0].isdigit():  # the usual case, quickly
        return text, ""
    if is_missing(text):
        return None, ""
    code = normalise(text).lstrip("'")
    if code.endswith(".0") and code[:-2].isdigit():
        code = code[:-2]
    return (None, "code_damaged") if _DAMAGED.fullmatch(code) else (code, "")


def _boolean(column: ColumnSpec) -> Callable[[str], Parsed]:
    def parse(text: str) -> Parsed:
        if is_missing(text):
            return None, ""
        value = parse_boolean(text)
        return value, "not_a_boolean" if value is None else ""

    return parse


def _date(column: ColumnSpec) -> Callable[[str], Parsed]:
    def parse(text: str) -> Parsed:
        if is_missing(text):
            return None, ""
        value: date | None = parse_date(text)
        return value, "not_a_date" if value is None else ""

    return parse


def _enum(column: ColumnSpec) -> Callable[[str], Parsed]:
    words = value_words(column)

    def parse(text: str) -> Parsed:
        if (found := words.get(value_key(text))) is not None:
            return found, ""
        return (None, "") if is_missing(text) else (None, "unknown_value")

    return parse


def _year(text: str) -> Parsed:
    if is_missing(text):
        return None, ""
    value = parse_year(text)
    return value, "not_a_year" if value is None else ""


_PARSERS: Mapping[str, Callable[[ColumnSpec], Callable[[str], Parsed]]] = {
    "text": _text,
    "code": _code,
    "boolean": _boolean,
    "date": _date,
    "enum": _enum,
}

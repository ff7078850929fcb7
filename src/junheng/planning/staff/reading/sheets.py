"""The bureau's workbook: rows with typed cells; where something else stands, what may is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import STAGE_NAMES, Text, heading_key
from junheng.planning.frozen import number
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.sheet_records import Record, read_records
from junheng.planning.sheet_titles import Tables
from junheng.planning.staff.reading.form import FIX

_RANGES = {"year": range(1900, 2200), "month": range(1, 13)}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: typed ``cells`` (absent ones left out) and its place."""

    cells: Mapping[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that may stand in cells: subjects and categories of retirement, id → word in Chinese."""

    subjects: Mapping[str, str]
    categories: Mapping[str, str]


@cache
def sheets() -> Tables:
    """The sheets by their Chinese name, as columns.yaml states them."""
    return read_plain_mapping(Path(__file__).parent / "columns.yaml", FIX)


def read_tables(paths: Sequence[Path], words: Vocabulary, faults: Gathered) -> dict[str, list[Row]]:
    """Rows by sheet id. A sheet that is not there is absent from the answer. Raises UserError for unreadable files."""
    found = read_records(paths, sheets(), faults, passes_others=True)
    return {
        sheets()[name]["en"]: list(_rows(records, sheets()[name]["columns"], words, faults))
        for name, records in found.items()
    }


def _rows(
    records: Sequence[Record], columns: Sequence[Mapping[str, str]], words: Vocabulary, faults: Gathered
) -> Iterator[Row]:
    for record in records:
        cells: dict[str, Any] = {}
        for column in (column for column in columns if record[column["name"]]):
            text = record[column["name"]]
            value = typed(column["type"], text, words)
            if value is None:
                asked = _asked(column["type"], words)
                faults.add(
                    record.at(column["name"]),
                    f"“{column['zh']}”不能是“{text}”，应为{asked.zh}",
                    f"{column['en']} cannot be {text!r}; {asked.en}",
                )
            else:
                cells[column["name"]] = value
        yield Row(cells, record.at())


def _asked(kind: str, words: Vocabulary) -> Text:
    """What may stand in a cell of a kind."""
    known = {
        "stage": [name.zh for name in STAGE_NAMES.values()],
        "subject": [*words.subjects.values()],
        "category": [*words.categories.values()],
    }
    if kind in known:
        listed = "、".join(known[kind])
        return Text(f"{listed} 之一", f"one of {listed}")
    if kind == "number":
        return Text("不小于 0 的数", "a number of 0 or more")
    if kind in _RANGES:
        low, high = _RANGES[kind][0], _RANGES[kind][-1]
        return Text(f"{low} 至 {high} 的整数", f"a whole number from {low} to {high}")
    return Text("不小于 0 的整数，不带单位", "a whole number of 0 or more, without unit")


def typed(kind: str, text: str, words: Vocabulary) -> Any:
    """The value of a cell; None where it is none of its kind. Counts are whole and not negative."""
    if kind == "text":
        return text
    if kind in ("stage", "subject", "category"):
        known = {
            "stage": {k: v.zh for k, v in STAGE_NAMES.items()},
            "subject": words.subjects,
            "category": words.categories,
        }[kind]
        return next((k for k, zh in known.items() if heading_key(text) in (k, heading_key(zh))), None)
    try:
        value = Fraction(Decimal(text.replace(",", "")))
    except (ArithmeticError, ValueError):
        return None
    if value < 0 or (kind != "number" and value.denominator != 1):
        return None
    if kind in _RANGES and value not in _RANGES[kind]:
        return None
    return number(value)

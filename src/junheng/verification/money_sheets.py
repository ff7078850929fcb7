"""Payments, county money and the archive of aid read from their sheets again, sum by sum, exactly."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, heading_key, value_key
from junheng.verification.workbooks import headings, is_readable, raw_sheets, records, title_key

Json = Mapping[str, Any]
COLUMNS = Path(__file__).parent.parent / "funding" / "reading" / "columns.yaml"  # headings and words: data
_DAY = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?.*|(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_YEAR, _TERM = re.compile(r"(20\d{2})(年|年度)?"), re.compile(r"(\d{4})年?(春|秋|学年)")
_TEN_THOUSAND = 10_000
Sheet = tuple[str, list[tuple[int, dict[str, Any]]]]  # where it lies, its rows with their numbers


def sheet_differences(problem: Json, paths: Sequence[Path]) -> Iterator[Text]:
    """Rows of the frozen problem that the sheets in ``paths`` do not have, or have otherwise; and the contrary.

    Sheets that are in none of ``paths`` are passed over: `rows_again` tells how many were read.
    """
    if "schools" in problem:
        yield from _payments(problem, sheets_of(paths, "payment"))
        yield from _county_money(problem, sheets_of(paths, "county_money"))
    else:
        yield from _archive(problem, sheets_of(paths, "aid"))


def rows_again(problem: Json, paths: Sequence[Path]) -> int:
    """How many rows of these sheets were read again."""
    names = ("payment", "county_money") if "schools" in problem else ("aid",)
    return sum(len(rows) for name in names for _, rows in sheets_of(paths, name))


def sheets_of(paths: Sequence[Path], name: str) -> list[Sheet]:
    """The sheets of one table in these files, with typed values: sums exact, days ISO 8601, words as keys."""
    table = _tables()[name]
    titles = {heading_key(word) for word in (table["zh"], table["en"], name, *table["aliases"])}
    found: list[Sheet] = []
    for path in filter(is_readable, paths):
        for title, rows in raw_sheets(path):
            if title_key(title or path.stem) not in titles:
                continue
            needed = {column["name"] for column in table["columns"] if column.get("needed")}
            held = headings(rows, _spellings(table), needed)
            if held is not None:
                top, columns = held
                scales = {
                    key: _TEN_THOUSAND if "万元" in str(rows[top][at]) else 1 for at, key in columns.items()
                }
                where = f"{path.name} [{title}]" if title else path.name
                listed = [
                    (number, _typed(table, cells, scales)) for number, cells in records(rows, top, columns)
                ]
                found.append((where, listed))
    return found


@cache
def _tables() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(COLUMNS.read_text("utf-8"))
    return found


def _spellings(table: Json) -> dict[str, str]:
    return {
        heading_key(word): column["name"]
        for column in table["columns"]
        for word in (column["zh"], column["name"], *column.get("aliases", ()))
    }


def _typed(table: Json, cells: Mapping[str, str], scales: Mapping[str, int]) -> dict[str, Any]:
    kinds = {column["name"]: column for column in table["columns"]}
    return {name: _value(kinds[name], text, scales[name]) for name, text in cells.items()}


def _value(column: Json, text: str, scale: int) -> Any:
    kind = column["type"]
    if kind == "yuan":
        plain = text.replace(",", "").replace("，", "")
        return Fraction(plain) * scale if _NUMBER.fullmatch(plain) else None
    if kind == "day":
        found = _DAY.fullmatch(text)
        parts = [part for part in found.groups() if part] if found else []
        return "-".join(part.zfill(2) for part in parts) or None
    if kind == "year":
        year = _YEAR.fullmatch(text)
        return int(year[1]) if year else None
    if kind == "term":
        term = _TERM.match(text)
        return term[1] + term[2] if term else None
    if kind == "word":
        words = {value_key(word): key for key, said in column["words"].items() for word in (key, *said)}
        return words.get(value_key(text))
    return text or None


def _payments(problem: Json, sheets: Sequence[Sheet]) -> Iterator[Text]:
    """Of every school, kind and day the sums, fen by fen."""
    if not sheets:
        return
    reported = {school["school_id"]: school["finance_at"] for school in problem["schools"]}
    told: Counter[tuple[Any, ...]] = Counter()
    for row in problem["payments"]:
        if row["document"] is not None or row["at"] != reported[row["school_id"]]:
            told[row["school_id"], row["kind"], _exact(row["yuan"]), row["on"]] += 1
    again: Counter[tuple[Any, ...]] = Counter()
    for _, rows in sheets:
        for _, row in rows:
            if row["school_id"] in reported and row["year"] in (problem["year"], None):
                yuan = None if row["year"] is None else row["yuan"]
                again[row["school_id"], row["kind"], yuan, row["on"]] += 1
    yield from _unlike("拨付 payments", told, again)


def _county_money(problem: Json, sheets: Sequence[Sheet]) -> Iterator[Text]:
    """Every figure of a county's year; of a year given twice none is taken."""
    if not sheets:
        return
    again: dict[tuple[str, int], dict[str, Any]] = {}
    for _, rows in sheets:
        for _, row in rows:
            key = (row["county_code"], row["year"])
            if None not in key and row["county_code"] in problem["counties"]:
                values = {name: value for name, value in row.items() if name not in ("county_code", "year")}
                again[key] = {} if key in again else values
    told = {
        (row["county_code"], row["year"]): {name: _exact(value) for name, value in row["values"].items()}
        for row in problem["county_money"]
    }
    for key in sorted({*told, *again}):
        one, other = told.get(key, {}), again.get(key, {})
        for name in sorted({*one, *other}):
            if one.get(name) != other.get(name):
                place = f"财政 county money {key[0]} {key[1]} {name}"
                yield _difference(place, one.get(name), other.get(name))


def _archive(problem: Json, sheets: Sequence[Sheet]) -> Iterator[Text]:
    """Every row of the archive, by its sheet and number."""
    if not sheets:
        return
    words = {
        slot: {value_key(word): key for key, said in known.items() for word in (key, said["zh"], said["en"])}
        for slot, known in ((slot, problem["rules"][slot]["values"]) for slot in ("category", "scheme"))
    }
    told = {}
    for values in problem["archive"]:
        row = dict(zip(problem["columns"], values, strict=True))
        place = f"{problem['sheets'][row['sheet']]} {row['row']}"
        told[place] = {name: row[name] for name in _OF_ARCHIVE} | {"yuan": _exact(row["yuan"])}
    again = {}
    for where, rows in sheets:
        for number, row in rows:
            keys = {slot: words[slot].get(value_key(row.get(slot) or "")) for slot in words}
            again[f"{where} {number}"] = {name: row.get(name) for name in _OF_ARCHIVE} | keys
    for place in dict.fromkeys([*told, *again]):
        one, other = told.get(place, {}), again.get(place, {})
        for name in _OF_ARCHIVE:
            if one.get(name) != other.get(name):
                yield _difference(f"{place} {name}", one.get(name), other.get(name))


_OF_ARCHIVE = ("pupil_id", "school_id", "stage", "category", "scheme", "term", "yuan", "paid_on")


def _unlike(place: str, told: Counter[tuple[Any, ...]], again: Counter[tuple[Any, ...]]) -> Iterator[Text]:
    for key in sorted({*told, *again}, key=str):
        if told[key] != again[key]:
            shown = " ".join(str(part) for part in key)
            yield _difference(f"{place} {shown}", told[key], again[key])


def _difference(place: str, told: object, again: object) -> Text:
    return Text(f"{place}：{told}，原表为 {again}", f"{place}: {told}, not {again}")


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)

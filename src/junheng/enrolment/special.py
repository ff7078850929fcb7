"""Figures of special groups, counted from the register or taken from the sheet of totals; exact, with their rows."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.basics import Text, heading_key
from junheng.enrolment.book import Book
from junheng.enrolment.people import meant
from junheng.enrolment.problems import Problems
from junheng.enrolment.roll import Roll
from junheng.enrolment.rules import Named, Rules

_FIX = Text("按 docs/method/enrolment.md 补正该格", "mend the cell as docs/method/enrolment.md says")
_YES, _NO = ("1", "是", "y"), ("0", "否", "n")
_COUNTS = {
    "migrant_count": "migrant.all",
    "migrant_public": "migrant.public",
    "migrant_purchased": "migrant.purchased",
    "left_0": "left_behind.0",
    "left_1": "left_behind.1",
    "left_2": "left_behind.2",
    "special_school": "placement.special_school",
    "special_class": "placement.special_class",
    "inclusive": "placement.inclusive",
    "home_taught": "placement.home_taught",
}
SHARES: Mapping[str, tuple[str, str]] = {  # the part, the whole
    "migrant": ("migrant.all", "pupils"),
    "migrant_public": ("migrant.public", "migrant.all"),
    "migrant_purchased": ("migrant.purchased", "migrant.all"),
    "left_behind_one": ("left_behind.1", "pupils"),
    "left_behind_both": ("left_behind.2", "pupils"),
}
Json = dict[str, Any]


def special_figures(book: Book, rules: Rules) -> Json:
    """Counts, shares and both retentions. What was not filled in is null with the reason, never 0."""
    tables = book.rolls
    found: Json = {"sources": {}, "counts": {}, "shares": {}, "retention": []}
    if len(tables.get("totals", ())):
        _from_totals(tables["totals"], found, book.problems)
    elif len(tables.get("register", ())):
        _from_register(tables["register"], rules, found, book.problems)
    _shares(found)
    if "cohort" in tables:
        found["retention"] = _retention(tables["cohort"], book.problems)
    return found


def _from_totals(roll: Roll, found: Json, problems: Problems) -> None:
    """The sum of each column over the rows; null where a cell of it is blank."""
    found["sources"]["counts"] = _rows_of(roll)
    for column, name in (("pupils", "pupils"), *_COUNTS.items()):
        cells = [_count(roll, i, column, problems) for i in range(len(roll))]
        known = [cell for cell in cells if cell is not None]
        found["counts"][name] = _told(sum(known) if len(known) == len(cells) and known else None, len(cells) - len(known))  # fmt: skip


def _from_register(roll: Roll, rules: Rules, found: Json, problems: Problems) -> None:
    """Pupils counted one by one; a group is null where the column has blanks or words not known."""
    found["sources"]["counts"] = _rows_of(roll)
    counts = found["counts"]
    counts["pupils"] = _told(len(roll), 0)
    migrant = [_yes_no(roll, i, problems) for i in range(len(roll))]
    missing = sum(value is None for value in migrant)
    counts["migrant.all"] = _told(None if missing else sum(map(bool, migrant)), missing)
    movers = [i for i, value in enumerate(migrant) if value]
    _words(roll, "seat", movers, rules.seats.words, "migrant", counts, problems)
    everyone = range(len(roll))
    _words(roll, "left_behind", everyone, rules.left_behind.codes, "left_behind", counts, problems)
    disabled = [i for i, text in enumerate(roll.column("disability")) if heading_key(text) not in ("", "0", "无", "否")]  # fmt: skip
    disabled += [i for i, text in enumerate(roll.column("placement")) if text and i not in set(disabled)]
    _words(roll, "placement", sorted(disabled), rules.placement.words, "placement", counts, problems)


def _words(
    roll: Roll,
    column: str,
    rows: Sequence[int],
    words: Mapping[str, Named],
    name: str,
    counts: Json,
    problems: Problems,
) -> None:
    texts = roll.column(column)
    keys = {text: meant(text, words) for text in {texts[i] for i in rows}}
    for i in rows:
        if texts[i] and not keys[texts[i]]:
            told = "、".join(word.zh for word in words.values())
            problems.add(roll.at(i, column), f"应为 {told}", f"must be one of {told}", _FIX)
    found = [keys[texts[i]] for i in rows]
    missing = found.count("") if column in roll.cells else len(roll)
    for key in words:
        counts[f"{name}.{key}"] = _told(None if missing else found.count(key), missing)


def _shares(found: Json) -> None:
    counts = found["counts"]
    for name, (part, whole) in SHARES.items():
        above, below = (counts.get(key, {}).get("value") for key in (part, whole))
        value = None if above is None or not below else Fraction(above, below)
        found["shares"][name] = {
            "numerator": above,
            "denominator": below,
            "value": None if value is None else _exact(value),
            "percent": None if value is None else percent(value),
        }


def _retention(roll: Roll, problems: Problems) -> list[Json]:
    """Both formulas for every row and for all rows together."""
    columns = ("initial", "transferred_in", "transferred_out", "deaths", "graduates")
    rows = [{c: _count(roll, i, c, problems) for c in columns} for i in range(len(roll))]
    found = [_both(cells, roll.column("school")[i] or roll.at(i), roll.at(i)) for i, cells in enumerate(rows)]
    total = {c: _sum([cells[c] for cells in rows]) for c in columns}
    return [*found, _both(total, "all", _rows_of(roll))] if rows else []


def _sum(cells: Sequence[int | None]) -> int | None:
    return None if None in cells else sum(cell for cell in cells if cell is not None)


def _both(cells: Mapping[str, int | None], name: str, place: str) -> Json:
    """(a) (graduates - in + out) / (initial - deaths); (b) min(1, graduates / (initial + in - out))."""
    a, b = None, None
    known = {key: value for key, value in cells.items() if value is not None}
    if len(known) == len(cells):
        came, went = known["transferred_in"], known["transferred_out"]
        stayed, entered = known["initial"] - known["deaths"], known["initial"] + came - went
        a = Fraction(known["graduates"] - came + went, stayed) if stayed > 0 else None
        b = min(Fraction(1), Fraction(known["graduates"], entered)) if entered > 0 else None
    return {
        "name": name,
        "place": place,
        "cells": dict(cells),
        **{key: None if value is None else _exact(value) for key, value in (("a", a), ("b", b))},
        "a_percent": None if a is None else percent(a),
        "b_percent": None if b is None else percent(b),
    }


def percent(value: Fraction) -> str:
    """Two decimals of a share in per cent, half away from zero; for reading only, never compared.

    >>> percent(Fraction(295, 299)), percent(Fraction(98, 275))
    ('98.66', '35.64')
    """
    hundredths = (abs(value) * 20000 + 1) // 2
    return f"{'-' if value < 0 else ''}{hundredths // 100}.{hundredths % 100:02}"


def _exact(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _told(value: int | None, missing: int) -> Json:
    why = {"zh": f"{missing} 格没有填或读不懂", "en": f"{missing} cells blank or unreadable"}
    return {"value": value, "reason": None if value is not None else why}


def _rows_of(roll: Roll) -> str:
    last = roll.rows[-1] if len(roll) else 0
    return f"{roll.where} 第 {roll.rows[0] if len(roll) else 0}–{last} 行 rows"


def _count(roll: Roll, i: int, column: str, problems: Problems) -> int | None:
    text = roll.column(column)[i].replace(",", "")
    if text and not (text.isascii() and text.isdigit()):
        problems.add(roll.at(i, column), "应为不小于 0 的整数", "must be a whole number, 0 or more", _FIX)
        return None
    return int(text) if text else None


def _yes_no(roll: Roll, i: int, problems: Problems) -> bool | None:
    key = heading_key(roll.column("migrant")[i])
    if key and key not in (*_YES, *_NO):
        problems.add(roll.at(i, "migrant"), "应为 是、否 或 1、0", "must be 是, 否, 1 or 0", _FIX)
    return True if key in _YES else False if key in _NO else None

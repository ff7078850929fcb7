"""The joined views of ``checks.views`` for one school, by dictionaries: the same rows, in order.

Of one school, the medians of the county are its own figures and no other school has a code near its own.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from junheng.data.checks.one_school.rows import Rows
from junheng.data.checks.sql import AT, PREVIOUS
from junheng.data.checks.views import MEDIAN_COLUMNS

Held = Mapping[str, Rows]  # by table
_SCHOOL, _STAGE = ("year", "school_id"), ("year", "school_id", "stage")
_AT_SCHOOL = f"{AT}school"
_COUNTY_CODE = re.compile("[0-9]{4}(0[1-9]|[1-9][0-9])")
_CODES: Mapping[str, tuple[str, re.Pattern[str]]] = {
    "county_code_digits": ("county_code", re.compile("[0-9]{6}")),
    "school_id_well_formed": ("school_id", re.compile("[0-9]{10}")),
    "county_code_well_formed": ("county_code", _COUNTY_CODE),
    "any_county_code": ("county_code", _COUNTY_CODE),
    "parent_county_well_formed": ("parent_county_code", re.compile("[0-9]{6}")),
    "town_code_well_formed": ("town_code", re.compile("[0-9]{9}([0-9]{3})?")),
}
_PARTS: Mapping[str, tuple[str, slice]] = {
    "school_id_type": ("school_id", slice(0, 2)),
    "school_id_province": ("school_id", slice(2, 4)),
    "county_province": ("county_code", slice(0, 2)),
    "town_county": ("town_code", slice(0, 6)),
}


def school_stage(now: Held, before: Held) -> Rows:
    """Stages with their school, their teachers and their classes counted."""
    rows = _left(now["stage"], now.get("school", []), _SCHOOL)
    rows = _left(rows, now.get("teacher_count", []), _STAGE)
    rows = _left(
        rows, [_class_totals(keys, found) for keys, found in _by(now.get("class", []), _STAGE)], _STAGE
    )
    return [row | _presence("teacher_count", now, row) for row in rows]


def campus(now: Held, before: Held) -> Rows:
    """The school with its premises and its money, its stages and teachers counted."""
    rows = _left(now["school"], now.get("premises", []), _SCHOOL)
    rows = _left(rows, now.get("finance", []), _SCHOOL)
    rows = _left(rows, [_totals(school, now.get("stage", [])) for school in now["school"]], _SCHOOL)
    teachers = [_teachers(keys, found) for keys, found in _by(now.get("teacher_count", []), _SCHOOL)]
    rows = _left(rows, teachers, _SCHOOL)
    return [
        _with_terms(row, now) for row in _left(rows, _parents(now["school"]), ("year", "parent_school_id"))
    ]


def stage_change(now: Held, before: Held) -> Rows:
    """Stages that were there the year before, with what they were."""
    rows = _left(now["stage"], now.get("school", []), _SCHOOL)
    rows = _left(rows, now.get("teacher_count", []), _STAGE)
    rows = _both(rows, _previous(before["stage"], _STAGE), _STAGE)
    return _left(rows, _previous(before.get("teacher_count", []), _STAGE), _STAGE)


def campus_change(now: Held, before: Held) -> Rows:
    """Schools that were there the year before, with what they were."""
    rows = _left(now["school"], now.get("premises", []), _SCHOOL)
    rows = _left(rows, now.get("finance", []), _SCHOOL)
    rows = _both(rows, _previous(before["school"], _SCHOOL), _SCHOOL)
    for table in ("premises", "finance"):
        rows = _left(rows, _previous(before.get(table, []), _SCHOOL), _SCHOOL)
    return rows


def roster(now: Held, before: Held) -> Rows:
    """Schools of a year that has a year before it: those that are, then those that were and are no more."""
    earlier = [row | {"was_there": True} for row in _previous(before["school"], _SCHOOL)]
    years = ({row["year"] for row in now["school"]} & {row["year"] for row in earlier}) - {None}
    there = {_key(row, _SCHOOL) for row in now["school"]}
    gone = [row for row in earlier if _key(row, _SCHOOL) not in there or None in _key(row, _SCHOOL)]
    rows = [row for row in (*_left(now["school"], earlier, _SCHOOL), *gone) if row["year"] in years]
    rows.sort(
        key=lambda row: (
            row.get(_AT_SCHOOL) is None,
            row.get(_AT_SCHOOL) or 0,
            row["year"],
            row["school_id"] or "",
        )
    )
    return [
        row | {"is_new": row.get("was_there") is None, "is_gone": row.get(_AT_SCHOOL) is None} for row in rows
    ]


def evidence(now: Held, before: Held) -> Rows:
    """Evidence, that of a school with its county's beside it."""
    whole: dict[tuple[Any, ...], str] = {}
    for row in now["attestation"]:
        if row["scope"] == "county" and row["rating"] is not None:
            key = (row["year"], row["scope_id"], row["item"])
            whole[key] = max(whole.get(key, ""), row["rating"])
    homes = {_key(row, _SCHOOL): row["county_code"] for row in now.get("school", [])}
    rows = []
    for row in now["attestation"]:
        county = homes.get((row["year"], row["scope_id"])) if row["scope"] == "school" else None
        rows.append(row | {"county_rating": whole.get((row["year"], county, row["item"]))})
    return rows


def quota_seats(now: Held, before: Held) -> Rows:
    """Quota seats, with how many different plans their senior school is given."""
    keys = ("year", "senior_school_id")
    plans = [
        dict(zip(keys, key, strict=True))
        | {"plans_told": float(len({row["plan"] for row in found} - {None}))}
        for key, found in _by(now["quota"], keys)
    ]
    return _left(now["quota"], plans, keys)


JOINED: Mapping[str, Callable[[Held, Held], Rows]] = {
    "evidence": evidence,
    "quota_seats": quota_seats,
    "school_stage": school_stage,
    "campus": campus,
    "stage_change": stage_change,
    "campus_change": campus_change,
    "roster": roster,
}


def _key(row: Mapping[str, Any], using: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in using)


def _by(rows: Rows, using: Sequence[str]) -> Iterable[tuple[tuple[Any, ...], Rows]]:
    """Rows by their key."""
    found: dict[tuple[Any, ...], Rows] = defaultdict(list)
    for row in rows:
        found[_key(row, using)].append(row)
    return found.items()


def _joined(left: Rows, right: Rows, using: Sequence[str], *, keeps: bool) -> Rows:
    """Every pair with the same key, none of it null; with ``keeps`` a row without a partner as well."""
    known = dict(_by(right, using))
    rows = []
    for row in left:
        key = _key(row, using)
        found = [] if None in key else known.get(key, [])
        rows += [{**other, **row} for other in found] or ([row] if keeps else [])
    return rows


def _left(left: Rows, right: Rows, using: Sequence[str]) -> Rows:
    return _joined(left, right, using, keeps=True)


def _both(left: Rows, right: Rows, using: Sequence[str]) -> Rows:
    return _joined(left, right, using, keeps=False)


def _previous(rows: Rows, key: Sequence[str]) -> Rows:
    """Rows dated one year on, their columns named as of the year before."""
    told = []
    for row in rows:
        keys = {name: row[name] for name in key} | {"year": None if row["year"] is None else row["year"] + 1}
        others = {PREVIOUS + name: value for name, value in row.items() if name not in key}
        told.append(keys | others)
    return told


def _presence(table: str, now: Held, row: Mapping[str, Any]) -> dict[str, bool]:
    return {f"any_{table}": bool(now.get(table)), f"has_{table}": row.get(AT + table) is not None}


def _class_totals(keys: tuple[Any, ...], found: Rows) -> dict[str, Any]:
    pupils = [row["pupils"] for row in found if row["pupils"] is not None]
    counted = {"class_rows": len(found), "class_rows_known": len(pupils)}
    totals = {"class_rows_pupils": _sum(pupils), "class_rows_largest": max(pupils, default=None)}
    return {**dict(zip(_STAGE, keys, strict=True)), **counted, **totals}


def _sum(values: Iterable[Any]) -> Any:
    """Their sum in order; of none, or where one is missing, null."""
    total = None
    for value in values:
        if value is None:
            return None
        total = value if total is None else total + value
    return total


def _totals(school: Mapping[str, Any], stages: Rows) -> dict[str, Any]:
    key = _key(school, _SCHOOL)
    mine = [row for row in stages if None not in key and _key(row, _SCHOOL) == key]
    count = {
        f"{stage}_rows": sum(row["stage"] == stage for row in mine)
        for stage in ("primary", "junior", "senior")
    }
    sums = {
        "school_pupils": _sum(row["pupils"] for row in mine),
        "school_classes": _sum(row["classes"] for row in mine),
    }
    return {**dict(zip(_SCHOOL, key, strict=True)), "stage_rows": len(mine), **count, **sums}


def _teachers(keys: tuple[Any, ...], found: Rows) -> dict[str, Any]:
    return {
        **dict(zip(_SCHOOL, keys, strict=True)),
        "school_teachers": _sum(row["full_time"] for row in found),
    }


def _parents(schools: Rows) -> Rows:
    """Each school as the one that another, or it itself, names as its parent."""
    return [
        {
            "year": row["year"],
            "parent_school_id": row["school_id"],
            "parent_found": True,
            "parent_county_code": row["county_code"],
            "parent_of_parent": row["parent_school_id"],
        }
        for row in schools
    ]


def _with_terms(row: dict[str, Any], now: Held) -> dict[str, Any]:
    found = row | _presence("premises", now, row) | _presence("finance", now, row) | _medians(row)
    for name, (column, pattern) in _CODES.items():
        code = row.get(column)
        found[name] = None if code is None else pattern.fullmatch(code) is not None
    for name, (column, part) in _PARTS.items():
        code = row.get(column)
        found[name] = None if code is None else code[part]
    return found


def _medians(row: Mapping[str, Any]) -> dict[str, Any]:
    """The county's schools with pupils, as far as one school is a county."""
    pupils = row.get("school_pupils")
    if pupils is None or pupils <= 0 or row["county_code"] is None or row["year"] is None:
        return {}
    figures = {name: row.get(name) for name in MEDIAN_COLUMNS}
    told = {f"median_{name}": None if value is None else value / pupils for name, value in figures.items()}
    return {"county_schools": 1, **told}

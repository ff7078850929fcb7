"""Campuses and teaching points join their parent: sums where every part is known, else absent."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from junheng.indicators.fields import NOT_ADDITIVE, known_fields
from junheng.indicators.parameters import Parameters
from junheng.indicators.reference.rows import Key, Row

FARTHEST = 3  # parents followed from a row to the school it ends up in


def merged(
    tables: Mapping[str, list[Row]], columns: Mapping[str, Sequence[str]], parameters: Parameters
) -> dict[str, list[Row]]:
    """``tables`` with every joining row added into its parent."""
    roots = _roots(tables["school"], parameters)
    if not roots:
        return dict(tables)
    found = {"school": [row for row in tables["school"] if _school(row) not in roots]}
    found["stage"] = _by_stage(tables, "stage", ("stage",), columns["stage"], roots)
    found["teacher_count"] = _by_stage(
        tables, "teacher_count", ("stage", "teacher_count"), columns["teacher_count"], roots
    )
    for table in ("premises", "finance"):
        parts = [*_parts_of_merged(tables["school"], roots), *(_school(row) for row in tables[table])]
        found[table] = _combined(tables[table], ("year", "school_id"), parts, columns[table], roots)
    return found


def _school(row: Row) -> Key:
    return (row["year"], row["school_id"])


def _moves(row: Row, parameters: Parameters) -> bool:
    parent = row["parent_school_id"]
    if parent is None or parent == row["school_id"]:
        return False
    is_point = row["kind"] == "teaching_point"
    if is_point and parameters.teaching_point_policy == "merge_into_parent":
        return True
    separate = is_point and parameters.teaching_point_policy == "separate_if_ge_min"
    return row["is_counted"] is False and not separate


def _roots(schools: Sequence[Row], parameters: Parameters) -> dict[Key, str]:
    """(year, school) → the school it ends up in; a chain that ends nowhere, or too long, stays."""
    moves = {_school(row): row["parent_school_id"] for row in schools if _moves(row, parameters)}
    known = {_school(row) for row in schools}
    roots: dict[Key, str] = {}
    for (year, school_id), parent in moves.items():
        root = parent
        for _ in range(FARTHEST - 1):
            root = moves.get((year, root), root)
        if (year, root) in known and (year, root) not in moves:
            roots[(year, school_id)] = root
    return roots


def _parts_of_merged(schools: Sequence[Row], roots: Mapping[Key, str]) -> list[Key]:
    """Every part of every merged school, the parent itself included."""
    parents = {(year, root) for (year, _), root in roots.items()}
    return [_school(row) for row in schools if _school(row) in roots or _school(row) in parents]


def _by_stage(
    tables: Mapping[str, list[Row]],
    table: str,
    sources: Sequence[str],
    columns: Sequence[str],
    roots: Mapping[Key, str],
) -> list[Row]:
    """A part is a (school, stage) that any of ``sources`` names; untouched schools keep the rows they have."""
    touched = {*roots, *((year, root) for (year, _), root in roots.items())}
    parts = [_key(row, ("year", "school_id", "stage")) for row in tables[table]]
    parts += [
        _key(row, ("year", "school_id", "stage"))
        for source in sources
        for row in tables[source]
        if _school(row) in touched
    ]
    return _combined(tables[table], ("year", "school_id", "stage"), parts, columns, roots)


def _key(row: Row, keys: Sequence[str]) -> Key:
    return tuple(row[key] for key in keys)


def _combined(
    rows: Sequence[Row],
    keys: Sequence[str],
    parts: Iterable[Key],
    columns: Sequence[str],
    roots: Mapping[Key, str],
) -> list[Row]:
    by_key = {_key(row, keys): row for row in rows}
    groups: dict[Key, list[Key]] = {}
    for part in dict.fromkeys(parts):
        root = roots.get(part[:2], part[1])
        groups.setdefault((part[0], root, *part[2:]), []).append(part)
    return [
        dict(zip(keys, target, strict=True))
        | {name: _column(name, target, members, by_key) for name in columns}
        for target, members in groups.items()
    ]


def _column(name: str, target: Key, members: Sequence[Key], by_key: Mapping[Key, Row]) -> Any:
    values: list[Any] = [by_key[member][name] if member in by_key else None for member in members]
    if known_fields()[name].type != "number":
        return by_key[target][name] if target in by_key else None
    if None in values:
        return None
    return max(values) if name in NOT_ADDITIVE else sum(values)

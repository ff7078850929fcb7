"""Changes laid over one year's tables, in their order; the tables given are never touched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import Text, UserError
from junheng.data.changes.change import Change, MergeSchools, OpenSchool, SetCell
from junheng.data.changes.merge import merge
from junheng.data.changes.numbers import column_spec, figure
from junheng.data.changes.opened import build, open_school
from junheng.data.changes.rows import Row, Rows, as_tables, rows_of, with_tables

_KIN_STEPS = 3  # from a school to its campuses and to its main school, and theirs


@dataclass(frozen=True, slots=True)
class Changed:
    """The tables after the changes. ``schools``: whose rows may differ, those that went among them; ``notes``: what was assumed."""

    tables: Mapping[str, pa.Table]
    schools: frozenset[str]
    notes: tuple[Text, ...]


def change_tables(tables: Mapping[str, pa.Table], changes: Sequence[Change]) -> Changed:
    """``tables`` of one year of a county after ``changes``. Raises UserError, naming every change that cannot be made."""
    schools = _kin(tables, frozenset(one for change in changes for one in _named(change)))
    rows = rows_of(tables, schools)
    notes: list[Text] = []
    faults: list[UserError] = []
    for change in changes:
        try:
            notes += _apply(rows, change, tables)
        except UserError as fault:
            faults.append(fault)
    if faults:
        raise _all(faults)
    for row in rows.get("stage", ()):
        row.pop("_largest", None)
    rows = {name: found for name, found in rows.items() if found or name in tables}
    made = with_tables(tables, schools, as_tables(rows, tables))
    return Changed(made, schools, tuple(dict.fromkeys(notes)))


def _named(change: Change) -> tuple[str, ...]:
    return (change.into, change.gone) if isinstance(change, MergeSchools) else (change.school_id,)


def _kin(tables: Mapping[str, pa.Table], schools: frozenset[str]) -> frozenset[str]:
    """``schools`` with the campuses merged into them and the schools they are merged into: they are judged together."""
    school = tables["school"]
    if "parent_school_id" not in school.column_names or not schools:
        return schools
    pairs = school.select(["school_id", "parent_school_id"]).filter(
        pc.is_valid(school.column("parent_school_id"))
    )
    links = [(row["school_id"], row["parent_school_id"]) for row in pairs.to_pylist()]
    found = schools
    for _ in range(_KIN_STEPS):
        found |= {one for pair in links if not found.isdisjoint(pair) for one in pair}
    return found


def _apply(rows: Rows, change: Change, tables: Mapping[str, pa.Table]) -> list[Text]:
    if isinstance(change, SetCell):
        return _set(rows, change)
    if isinstance(change, MergeSchools):
        _require_two(rows, change)
        return merge(rows, change.into, change.gone)
    if isinstance(change, OpenSchool):
        return open_school(rows, change, tables)
    school_of(rows, change.school_id)
    return build(rows, change)


def school_of(rows: Rows, school_id: str) -> Row:
    """The school's row. Raises UserError where there is none (any more)."""
    for row in rows["school"]:
        if row["school_id"] == school_id:
            return row
    raise UserError(
        Text(f"没有学校 {school_id}", f"there is no school {school_id}"),
        why=Text("数据里没有，或已并入别的学校", "not in the data, or merged already"),
        fix=Text("请去掉这一项改动", "take this change away"),
    )


def _require_two(rows: Rows, change: MergeSchools) -> None:
    if change.into == change.gone:
        raise UserError(
            Text("学校不能并入自己", "a school cannot be merged with itself"),
            where=change.into,
            fix=Text("请选两所不同的学校", "choose two schools"),
        )
    into, gone = school_of(rows, change.into), school_of(rows, change.gone)
    if into.get("county_code") != gone.get("county_code"):
        raise UserError(Text("两所学校不在同一个县", "the schools are of two counties"), where=change.gone)
    if into.get("is_counted") is False:
        raise UserError(
            Text(f"{change.into} 不计校数", f"{change.into} is not counted as a school"),
            fix=Text("请并入它的主校", "merge into its main school"),
        )


def _set(rows: Rows, change: SetCell) -> list[Text]:
    school = school_of(rows, change.school_id)
    where = f"{school.get('name') or change.school_id} {change.stage}".strip()
    value = figure(column_spec(change.table, change.column), change.to, where)
    row = _row_of(rows, change, school)
    if change.column == "max_class_size":
        row["_largest"] = True  # said by the change itself: it stays whatever else changes
    if row.get(change.column) == value:
        return []
    row[change.column] = value
    if change.table == "stage" and change.column in ("pupils", "classes"):
        return _without_classes(rows, row)
    return []


def _without_classes(rows: Rows, row: Row) -> list[Text]:
    """Who sits in which class is nobody's guess: the list of classes and the largest class are absent until they are set."""
    if not row.get("_largest"):
        row["max_class_size"] = None
    key = (row["school_id"], row["stage"])
    if "class" in rows:
        rows["class"] = [one for one in rows["class"] if (one["school_id"], one["stage"]) != key]
    return [
        Text(
            "学生数或班数有变的学段：班级名单、最大班额留空（填了最大班额的除外）",
            "where pupils or classes change, the list of classes and the largest class are absent unless set",
        )
    ]


def _row_of(rows: Rows, change: SetCell, school: Row) -> Row:
    """The row the cell stands in; of an existing stage or school a row is begun where its table had none."""
    stages = [row for row in rows.get("stage", ()) if row["school_id"] == change.school_id]
    by_stage = change.table != "premises"
    if by_stage and change.stage not in {row["stage"] for row in stages}:
        raise UserError(
            Text(
                f"学校没有这个学段：{change.stage or '—'}",
                f"the school has no such stage: {change.stage or '—'}",
            ),
            where=str(school.get("name") or change.school_id),
        )
    for row in rows.get(change.table, ()):
        if row["school_id"] == change.school_id and (not by_stage or row["stage"] == change.stage):
            return row
    made: Row = {"year": school["year"], "school_id": change.school_id}
    if by_stage:
        made["stage"] = change.stage
    rows.setdefault(change.table, []).append(made)
    return made


def _all(faults: list[UserError]) -> UserError:
    if len(faults) == 1:
        return faults[0]
    lines = [fault.lines() for fault in faults]
    return UserError(
        Text("；".join(found[0].zh for found in lines[:10]), "; ".join(found[0].en for found in lines[:10])),
        where=f"{len(faults)} 项 changes",
        fix=Text("请逐项改正", "mend them one by one"),
    )

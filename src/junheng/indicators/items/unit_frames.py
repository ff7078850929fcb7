"""Frames over ``UNIT``: school-stages, and schools with whatever is merged into them, beside their tables and county."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.indicators.fields import NOT_ADDITIVE, UNIT, fields_of
from junheng.indicators.items.columnwise import Column
from junheng.indicators.items.frame import Frame, total

Tables = Callable[[str], Frame]
_BY_SCHOOL = ("premises", "finance")
_PUPILS_OF = {"primary_pupils": "primary", "junior_pupils": "junior"}
_NO_ROW = -1  # where a table has none: every column is read with one more cell at its end, an absent one


@dataclass(frozen=True, slots=True)
class Made:
    """What one school is made of: its row in the table of schools, its ids, and the rows of their stages."""

    row: int
    members: tuple[str, ...]
    stages: tuple[int, ...]


def stage_frame(tables: Tables, rows: Sequence[int]) -> Frame:
    """``rows`` of the table of stages, each with its school, teachers, premises, money and county."""
    own = _keys(tables("stage"), "school_id", "stage")
    keys = [own[row] for row in rows]
    teachers = _row_of(_keys(tables("teacher_count"), "school_id", "stage"))
    places: dict[str, Sequence[int]] = {"stage": rows}
    places["teacher_count"] = [teachers.get(key, _NO_ROW) for key in keys]
    for name in ("school", *_BY_SCHOOL):
        row_of = _row_of(tables(name).column("school_id"))
        places[name] = [row_of.get(school, _NO_ROW) for school, _ in keys]

    def load(name: str) -> Column:
        if name in _PUPILS_OF:  # a stage it is not of has no pupils
            pairs = zip(frame.column("pupils"), frame.column("stage"), strict=True)
            return [pupils if stage == _PUPILS_OF[name] else 0 for pupils, stage in pairs]
        field = fields_of(UNIT)[name]
        if field.table == "county":
            return _of_county(tables, field.column, len(rows))
        table = "stage" if name in ("school_id", "stage", "year") else field.table
        cells = _cells(tables, table, field.column)
        return [cells[row] for row in places[table]]

    frame = Frame(UNIT, len(rows), load)
    return frame


def school_frame(tables: Tables, schools: Sequence[Made]) -> Frame:
    """Whole schools: numbers added up over the parts (the greatest of what does not add up)."""
    own = _keys(tables("stage"), "school_id", "stage")
    teachers = _row_of(_keys(tables("teacher_count"), "school_id", "stage"))
    places: dict[str, Sequence[Sequence[int]]] = {
        "school": [(school.row,) for school in schools],
        "stage": [school.stages for school in schools],
    }
    places["teacher_count"] = [[teachers.get(own[row], _NO_ROW) for row in made.stages] for made in schools]
    for name in _BY_SCHOOL:
        row_of = _row_of(tables(name).column("school_id"))
        places[name] = [[row_of.get(one, _NO_ROW) for one in made.members] for made in schools]

    def load(name: str) -> Column:
        if name in _PUPILS_OF:
            stage, pupils = (_cells(tables, "stage", column) for column in ("stage", "pupils"))
            of = [[row for row in rows if stage[row] == _PUPILS_OF[name]] for rows in places["stage"]]
            return [_sum([pupils[row] for row in rows]) for rows in of]
        field = fields_of(UNIT)[name]
        if field.table == "county":
            return _of_county(tables, field.column, len(schools))
        table = "school" if name in ("school_id", "year") else field.table
        if field.type != "number" and table != "school":
            return []
        join = _greatest if name in NOT_ADDITIVE else _sum
        cells = _cells(tables, table, field.column)
        return [
            cells[rows[0]] if len(rows) == 1 else join([cells[row] for row in rows]) for rows in places[table]
        ]

    return Frame(UNIT, len(schools), load)


def _keys(table: Frame, *names: str) -> list[tuple[Any, ...]]:
    return list(zip(*map(table.column, names), strict=True))


def _row_of(keys: Sequence[Any]) -> Mapping[Any, int]:
    """Where each key stands: the last place where it has several."""
    return {key: row for row, key in enumerate(keys)}


def _cells(tables: Tables, table: str, column: str) -> Column:
    return [*tables(table).column(column), None]


def _of_county(tables: Tables, column: str, size: int) -> Column:
    return [next(iter(tables("county").column(column)), None)] * size


def _sum(values: Sequence[Any]) -> Any:
    if len(values) == 1:
        return values[0]
    return None if any(value is None for value in values) else total(values)


def _greatest(values: Sequence[Any]) -> Any:
    return None if not values or any(value is None for value in values) else max(values)

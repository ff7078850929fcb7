"""A market straight from columns (Arrow, Parquet): a million rows in seconds, checked like rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.admissions.complaint import refuse
from junheng.admissions.market import AnyInts, Flags, Ints, Market
from junheng.admissions.problem import Problem, parse_problem
from junheng.basics import Text, UserError

_COLUMNS = ("pid", "unit", "choices", "classes")


def market_from_parquet(problem: Mapping[str, Any] | Problem, path: Path) -> Market:
    """The market of ``problem`` and the roll in a Parquet file (columns as in ``market_from_table``)."""
    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise refuse(str(path), f"无法读取：{error}", f"cannot be read: {error}") from error
    return market_from_table(problem, table, str(path))


def market_from_table(problem: Mapping[str, Any] | Problem, table: pa.Table, where: str = "roll") -> Market:
    """The market of ``problem`` and a roll as columns, one row a child.

    ``pid``, ``unit``: text; ``choices``: lists of school ids; ``classes``: lists of class codes; ``fallback`` (may be
    absent): lists of school ids. Raises UserError as ``market_from`` does, naming the first row at fault.
    """
    checked = parse_problem(problem)
    columns = _Columns(table, where)
    pids = columns.texts("pid")
    columns.require(pc.count_distinct(pids).as_py() == len(pids), "学生代号重复", "a pid is given twice")
    unit, units, first = _units(columns.texts("unit"))
    start, school = columns.schools("choices", checked)
    class_start, klass = columns.classes("classes", checked)
    columns.require_rows(
        np.diff(start) == np.diff(class_start), "志愿与优先类别个数不等", "choices ≠ classes"
    )
    fallback_start, fallback = (
        columns.schools("fallback", checked) if columns.has("fallback") else _none(table)
    )
    for lists in ((start, school), (start, klass), (fallback_start, fallback)):
        columns.require_rows(_as_first(unit, first, *lists), "与同号成员不一致", "differs from its unit")
    taken = [_take(start, school, first), _take(start, klass, first), _take(fallback_start, fallback, first)]
    return Market(
        problem=checked,
        pids=pids.to_pylist(),
        row_unit=unit,
        units=units,
        size=np.bincount(unit, minlength=len(units)).astype(np.int64),
        start=taken[0][0],
        school=taken[0][1].astype(np.int32),
        klass=taken[1][1].astype(np.int16),
        fallback_start=taken[2][0],
        fallback=taken[2][1].astype(np.int32),
    )


class _Columns:
    """The columns of a roll, and what is refused in them."""

    def __init__(self, table: pa.Table, where: str) -> None:
        self.table, self.where = table, where
        absent = [name for name in _COLUMNS if name not in table.column_names]
        self.require(not absent, f"缺少列 {'、'.join(absent)}", f"no column {', '.join(absent)}")

    def has(self, name: str) -> bool:
        return name in self.table.column_names

    def texts(self, name: str) -> pa.Array:
        column = _whole(self.table[name])
        is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        filled = is_text and column.null_count == 0 and not pc.any(pc.equal(column, "")).as_py()
        self.require(filled, f"{name} 应为非空文字", f"{name} must be text, never empty")
        return column

    def schools(self, name: str, problem: Problem) -> tuple[Ints, AnyInts]:
        """Lists of school ids as (start [R+1], index in the spec's schools)."""
        start, values = self._lists(name)
        places = {school.id: index for index, school in enumerate(problem.schools)}
        codes = _coded(values, places)
        row = np.repeat(np.arange(start.size - 1), np.diff(start))
        self._require_values(codes >= 0, row, values, "没有学校", "there is no school")
        order = np.lexsort((codes, row))
        twice = (row[order][1:] == row[order][:-1]) & (codes[order][1:] == codes[order][:-1])
        found = np.flatnonzero(twice)[:1]
        self.require(not found.size, *self._words(row[order][found], "同一学校填报两次", "a school twice"))
        return start, codes

    def classes(self, name: str, problem: Problem) -> tuple[Ints, AnyInts]:
        """Lists of class codes as (start [R+1], place among the codes ascending)."""
        start, values = self._lists(name)
        known = sorted(entry.code for entry in problem.classes)
        codes = _coded(values, {code: index for index, code in enumerate(known)})
        row = np.repeat(np.arange(start.size - 1), np.diff(start))
        self._require_values(codes >= 0, row, values, "没有优先类别", "there is no class")
        return start, codes

    def require_rows(self, holds: Flags, zh: str, en: str) -> None:
        found = np.flatnonzero(~holds)[:1]
        self.require(not found.size, *self._words(found, zh, en))

    def require(self, holds: bool, zh: str, en: str) -> None:
        if not holds:
            raise self._refused(zh, en)

    def _lists(self, name: str) -> tuple[Ints, pa.Array]:
        column = _whole(self.table[name])
        is_list = pa.types.is_list(column.type) or pa.types.is_large_list(column.type)
        self.require(is_list and column.null_count == 0, f"{name} 应为列表", f"{name} must be lists")
        lengths = pc.list_value_length(column).to_numpy(zero_copy_only=False)
        return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)]), pc.list_flatten(column)

    def _require_values(self, holds: Flags, row: AnyInts, values: pa.Array, zh: str, en: str) -> None:
        found = np.flatnonzero(~holds)[:1]
        value = values[int(found[0])].as_py() if found.size else ""
        self.require(not found.size, *self._words(row[found], f"{zh} {value}", f"{en} {value}"))

    def _words(self, row: AnyInts, zh: str, en: str) -> tuple[str, str]:
        return (f"报名第 {row[0] + 1} 行：{zh}", f"row {row[0] + 1}: {en}") if row.size else (zh, en)

    def _refused(self, zh: str, en: str) -> UserError:
        fix = Text("请在报名表中改正后重新封存", "correct the applications and freeze the roll anew")
        return refuse(self.where, zh, en, fix=fix)


def _whole(column: pa.ChunkedArray) -> pa.Array:
    found = column.combine_chunks()
    return found.chunk(0) if isinstance(found, pa.ChunkedArray) else found


def _coded(values: pa.Array, places: Mapping[Any, int]) -> Ints:
    """Each value's place, -1 for what ``places`` does not know."""
    encoded = values.dictionary_encode()
    known = np.array([places.get(value, -1) for value in encoded.dictionary.to_pylist()] + [-1])
    indices = pc.fill_null(encoded.indices, len(known) - 1).to_numpy(zero_copy_only=False)
    found: Ints = known[indices].astype(np.int64)
    return found


def _units(column: pa.Array) -> tuple[Ints, list[str], Ints]:
    """(unit of each row, unit ids ascending, first row of each unit)."""
    encoded = column.dictionary_encode()
    names: list[str] = encoded.dictionary.to_pylist()
    order = sorted(range(len(names)), key=names.__getitem__)
    place = np.empty(len(names), dtype=np.int64)
    place[order] = np.arange(len(names))
    unit = place[encoded.indices.to_numpy(zero_copy_only=False)]
    first = np.full(len(names), unit.size, dtype=np.int64)
    np.minimum.at(first, unit, np.arange(unit.size))
    return unit, [names[index] for index in order], first


def _take(start: Ints, values: AnyInts, rows: Ints) -> tuple[Ints, AnyInts]:
    """The lists of ``rows``, one after another."""
    lengths = np.diff(start)[rows]
    found = np.concatenate([[0], np.cumsum(lengths)])
    shift = np.repeat(start[:-1][rows] - found[:-1], lengths)
    return found, values[np.arange(found[-1]) + shift]


def _as_first(unit: Ints, first: Ints, start: Ints, values: AnyInts) -> Flags:
    """Whether each row's list is that of the first row of its unit [R]."""
    same: Flags = np.diff(start) == np.diff(start)[first[unit]]
    for row in np.flatnonzero((np.arange(unit.size) != first[unit]) & same).tolist():
        other = first[unit[row]]
        same[row] = np.array_equal(
            values[start[row] : start[row + 1]], values[start[other] : start[other + 1]]
        )
    return same


def _none(table: pa.Table) -> tuple[Ints, AnyInts]:
    return np.zeros(table.num_rows + 1, dtype=np.int64), np.zeros(0, dtype=np.int64)

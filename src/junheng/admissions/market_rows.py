"""Rows of the roll into a market: every row checked, members of a unit the same, nothing mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from junheng.admissions.complaint import refuse
from junheng.admissions.market import Market
from junheng.admissions.problem import Problem, parse_problem
from junheng.basics import Text, UserError

Row = Mapping[str, Any]

_NEEDED = {"pid", "unit", "choices", "classes"}
_KEYS = _NEEDED | {"flags", "fallback"}
_WHOLE = {int}
_WHY = Text("有疑问的报名不能进入派位", "an application in doubt must not enter the draw")


def market_from(problem: Mapping[str, Any] | Problem, rows: Sequence[Row]) -> Market:
    """The market of ``problem`` and ``rows`` (roll rows of kind admission, docs/method/draws.md), one row a child.

    Raises UserError naming the row: a key unknown or missing, a school or class the problem does not have, a school
    listed twice, as many classes as choices not given, a pid given twice, members of a unit that differ.
    """
    checked = parse_problem(problem)
    coder = _Coder.of(checked)
    members: dict[str, Row] = {}
    sizes: dict[str, int] = {}
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        _require_shape(row, number)
        if row["pid"] in seen:
            raise _refused(row, number, "学生代号重复", "the pid is given twice")
        seen.add(row["pid"])
        first = members.setdefault(row["unit"], row)
        if first is row:
            coder.require_known(row, number)
        elif _wishes(first) != _wishes(row):
            raise _refused(
                row,
                number,
                f"与同号成员 {first['pid']} 的志愿不一致",
                f"its choices differ from those of {first['pid']}, a member of the same unit",
            )
        sizes[row["unit"]] = sizes.get(row["unit"], 0) + 1
    return _build(checked, coder, rows, members, sizes)


@dataclass(frozen=True)
class _Coder:
    schools: dict[str, int]
    classes: dict[int, int]

    @staticmethod
    def of(problem: Problem) -> "_Coder":
        codes = sorted(entry.code for entry in problem.classes)
        return _Coder(
            {school.id: index for index, school in enumerate(problem.schools)},
            {code: index for index, code in enumerate(codes)},
        )

    def require_known(self, row: Row, number: int) -> None:
        """Raise UserError unless choices and classes are those of the problem. Sets first: most rows are good."""
        choices, classes, fallback = row["choices"], row["classes"], row.get("fallback", ())
        listed, spare = set(choices), set(fallback)
        good = len(listed) == len(choices) == len(classes) and len(spare) == len(fallback)
        if good and listed <= self.schools.keys() >= spare and self.classes.keys() >= set(classes):
            return
        if len(choices) != len(classes):
            zh = f"志愿 {len(choices)} 个，优先类别 {len(classes)} 个，应相等"
            raise _refused(row, number, zh, f"{len(choices)} choices but {len(classes)} classes")
        if not good:
            raise _refused(row, number, "同一学校填报两次", "a school is listed twice")
        for school in (*choices, *fallback):
            if school not in self.schools:
                raise _refused(row, number, f"没有学校 {school}", f"there is no school {school}")
        for code in classes:
            if code not in self.classes:
                raise _refused(row, number, f"没有优先类别 {code}", f"there is no class {code}")


def _require_shape(row: Row, number: int) -> None:
    keys = row.keys()
    if not _NEEDED <= keys <= _KEYS:
        missing, unknown = "、".join(sorted(_NEEDED - keys)), "、".join(sorted(keys - _KEYS))
        zh = f"缺少 {missing}" if missing else f"不认识的键 {unknown}"
        raise _refused(row, number, zh, f"{missing} missing" if missing else f"unknown key {unknown}")
    pid, unit = row["pid"], row["unit"]
    if not (isinstance(pid, str) and isinstance(unit, str) and pid and unit):
        raise _refused(row, number, "pid、unit 应为文字", "pid and unit must be text")
    if not _WHOLE.issuperset(map(type, row["classes"])):  # True would pass for 1
        raise _refused(row, number, "优先类别应为整数", "classes must be whole numbers")


def _refused(row: Row, number: int, zh: str, en: str) -> UserError:
    pid = row.get("pid", "?")
    return refuse(
        f"rows[{number}] {pid}",
        f"报名第 {number} 行：{zh}",
        f"row {number} of the roll: {en}",
        why=_WHY,
        fix=Text("请在报名表中改正后重新封存", "correct the applications and freeze the roll anew"),
    )


def _wishes(row: Row) -> tuple[Any, ...]:
    return list(row["choices"]), list(row["classes"]), list(row.get("fallback", []))


def _build(
    problem: Problem, coder: _Coder, rows: Sequence[Row], members: dict[str, Row], sizes: dict[str, int]
) -> Market:
    units = sorted(members)
    place = {unit: index for index, unit in enumerate(units)}
    first = [members[unit] for unit in units]
    fallbacks = [row.get("fallback", []) for row in first]
    school_of, class_of = coder.schools.__getitem__, coder.classes.__getitem__
    chosen = chain.from_iterable(row["choices"] for row in first)
    classes = chain.from_iterable(row["classes"] for row in first)
    return Market(
        problem=problem,
        pids=[row["pid"] for row in rows],
        row_unit=np.array([place[row["unit"]] for row in rows], dtype=np.int64),
        units=units,
        size=np.array([sizes[unit] for unit in units], dtype=np.int64),
        start=_starts([len(row["choices"]) for row in first]),
        school=np.array(list(map(school_of, chosen)), dtype=np.int32),
        klass=np.array(list(map(class_of, classes)), dtype=np.int16),
        fallback_start=_starts([len(found) for found in fallbacks]),
        fallback=np.array(list(map(school_of, chain.from_iterable(fallbacks))), dtype=np.int32),
    )


def _starts(lengths: Sequence[int]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])

"""Orders drawn in the hall instead of tickets: round a ring, by tail digits, by outside numbers."""

from collections.abc import Sequence

import numpy as np

from junheng.admissions.complaint import refuse
from junheng.admissions.market import Ints
from junheng.admissions.problem import Problem
from junheng.basics import Text
from junheng.draws import external_order, ring_order, tail_order


def drawn_ranks(problem: Problem, units: Sequence[str]) -> Ints:
    """The place of each of ``units`` (ascending ids) in the order drawn, 0 first [U].

    On a ring a unit stands at the place of its number among all numbers, ascending; without ``numbers``, at the place
    of its id. Numbers of units struck off since stay in the order, so that nobody else moves. Raises UserError where a
    unit of the roll has no number, or the numbers cannot be ordered.
    """
    ranking = problem.ranking
    if ranking.numbers is not None:
        _require_each_unit(ranking.numbers, units)
    if ranking.method == "ring":
        best = _ring(problem, units)
    elif ranking.method == "tail_digits":
        best = tail_order(ranking.numbers or {}, ranking.tails or [])
    else:
        best = external_order(ranking.numbers or {}, problem.order)
    present = set(units)
    place = {unit: index for index, unit in enumerate(unit for unit in best if unit in present)}
    return np.array([place[unit] for unit in units], dtype=np.int64)


def _ring(problem: Problem, units: Sequence[str]) -> list[str]:
    if not units:
        return []
    ranking = problem.ranking
    standing = external_order(ranking.numbers) if ranking.numbers else list(units)
    return [standing[n - 1] for n in ring_order(len(standing), ranking.start or 1, ranking.step or 1)]


def _require_each_unit(numbers: dict[str, str], units: Sequence[str]) -> None:
    missing = sorted(set(units) - set(numbers))
    if missing:
        raise refuse(
            f"problem.ranking.numbers.{missing[0]}",
            "该号没有编号",
            "this unit has no number",
            why=Text("无编号者无法排序", "a unit without a number has no place in the order"),
            fix=Text("每个家庭单元恰好一个编号", "give each unit of the roll exactly one number"),
        )

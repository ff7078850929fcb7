"""A frozen location problem as whole-number arrays: what every model below computes with."""

from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError
from junheng.planning.frozen import exact
from junheng.planning.site.classical.facility_prices import FINE

Json = dict[str, Any]
Whole = npt.NDArray[np.int64]
_LARGEST = 2**61  # sums of whole numbers stay below


@dataclass(frozen=True, slots=True)
class Instance:
    """``ways`` (demand points × sites) in whole units of 1/``scale``; ``barred``: no way. ``weight``, ``capacity`` whole;
    ``cost`` of sites in 1/``scale``; ``count`` and ``radius`` (1/``scale``) where the model has them, else 0."""

    model: str
    demand: tuple[str, ...]
    sites: tuple[str, ...]
    ways: Whole
    barred: npt.NDArray[np.bool_]
    weight: Whole
    cost: Whole
    capacity: Whole
    count: int
    radius: int
    scale: int


def read_instance(problem: Json) -> Instance:
    """The arrays of ``problem``. Raises UserError where its numbers are too large or too finely divided to be exact."""
    rows = problem["ways"]
    seen: set[int | str] = set().union(*rows) - {""}
    numbers = {value: exact(value) for value in seen}
    costs = [exact(site.get("cost", 1)) for site in problem["sites"]]
    radius = exact(problem.get("radius", 0))
    scale = lcm(*(n.denominator for n in (*numbers.values(), *costs, radius)), 1)
    whole = {value: int(number * scale) for value, number in numbers.items()} | {"": 0}
    weight = [int(point["weight"]) for point in problem["demand"]]
    capacity = [int(site.get("capacity", 0)) for site in problem["sites"]]
    ways = [[whole[value] for value in row] for row in rows]
    _guard(problem, ways, weight, [int(cost * scale) for cost in costs], sum(capacity))
    return Instance(
        problem["model"],
        tuple(point["id"] for point in problem["demand"]),
        tuple(site["id"] for site in problem["sites"]),
        np.array(ways, np.int64).reshape(len(weight), len(costs)),
        np.array([[value == "" for value in row] for row in rows], bool).reshape(len(weight), len(costs)),
        np.array(weight, np.int64),
        np.array([int(cost * scale) for cost in costs], np.int64),
        np.array(capacity, np.int64),
        int(problem.get("count", 0)),
        int(radius * scale),
        scale,
    )


def _guard(problem: Json, ways: list[list[int]], weight: list[int], costs: list[int], capacity: int) -> None:
    model, rows = problem["model"], problem["ways"]
    largest = max((max(row, default=0) for row in ways), default=0)
    each = largest if model == "capacitated" else largest * max(weight, default=1)
    if any("" in row for row in rows):
        each *= 2 if model == "capacitated" else max(1, len(rows))  # what stands for a pair without a way
    if (
        FINE * 4 * (each * max(1, len(ways)) + sum(costs) + max(costs, default=0) * max(1, capacity))
        < _LARGEST
    ):
        return
    raise UserError(
        Text("数值太大或小数位太多，无法精确计算", "numbers too large or too finely divided to be exact"),
        where="ways",
        why=Text(
            "所有数要化为整数、其和不得溢出", "all numbers become whole numbers whose sums must not overflow"
        ),
        fix=Text(
            "请减少小数位（如路程取整米）或换较大的单位", "use fewer decimals (whole metres) or a larger unit"
        ),
    )


def fraction(value: int | Fraction, own: Instance) -> Fraction:
    """A number of the arrays in the problem's own unit."""
    return Fraction(value) / own.scale

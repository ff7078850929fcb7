"""Small line charts: places of the points in a box of 240 × 80, for the template to draw."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 240, 80
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 226, 16, 58
_ROOM = 1.15  # above the highest value

Known = Sequence[tuple[int, float | None]]


@dataclass(frozen=True, slots=True)
class Point:
    """A year's value and where it stands."""

    year: int
    value: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Lines:
    """``runs``: the line's pieces as SVG points, broken where a year has no value; ``limit_y``: of the limit's line."""

    points: list[Point]
    runs: list[str]
    limit: float | None
    limit_y: int | None
    first: int
    last: int


def lines_of(known: Known, limit: float | None, top: float | None = None) -> Lines | None:
    """The chart of a value over the years; None with fewer than two years that have one.

    ``top``: the value at the upper edge; by default the highest with a little room.
    """
    values = [value for _, value in known if value is not None]
    if len(values) < 2:
        return None
    highest = top or max([*values, limit or 0.0]) * _ROOM or 1.0
    years = [year for year, _ in known]
    first, last = min(years), max(years)
    points: list[Point] = []
    runs: list[list[Point]] = [[]]
    for year, value in known:
        if value is None:
            runs.append([])
            continue
        x = round(_LEFT + (_RIGHT - _LEFT) * (year - first) / max(1, last - first))
        point = Point(year, value, x, _up(value, highest))
        points.append(point)
        runs[-1].append(point)
    told = [" ".join(f"{one.x},{one.y}" for one in run) for run in runs if len(run) > 1]
    return Lines(points, told, limit, None if limit is None else _up(limit, highest), first, last)


def _up(value: float, highest: float) -> int:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / highest)

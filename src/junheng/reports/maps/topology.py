"""Shared borders of areas: dissolved by group, each border once, simplified once for both its sides.

Areas are first laid on a grid of whole units. A piece of border that two areas of one group share is inside the
group and goes; where one side has a corner the other lacks, the longer piece is cut there first. What is left is
chained into arcs between the points where groups meet, and an arc is simplified once (Douglas–Peucker), so that
neighbours never overlap or gape. Rings are even–odd, as in the input.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Spot = tuple[int, int]
Piece = tuple[Spot, Spot]
Line = tuple[Spot, ...]

_CELL = 64  # units: corners are looked up in squares of this side


@dataclass(frozen=True, slots=True)
class Arc:
    """A border between ``sides`` (one or two groups, sorted); closed where first = last spot."""

    line: Line
    sides: tuple[str, ...]


def borders(rings: Mapping[str, Sequence[Line]]) -> dict[str, set[Piece]]:
    """Per group the pieces of its outer and inner borders. ``rings``: group → rings on the grid."""
    pieces = {group: _odd_pieces(lines) for group, lines in rings.items()}
    times: dict[Piece, int] = defaultdict(int)
    for held in pieces.values():
        for piece in held:
            times[piece] += 1
    lonely = {piece for piece, count in times.items() if count == 1}
    corners = _corners({spot for piece in lonely for spot in piece})
    return {group: _cut(held, lonely, corners) for group, held in pieces.items()}


def _odd_pieces(lines: Iterable[Line]) -> set[Piece]:
    """Pieces met an odd number of times."""
    held: set[Piece] = set()
    for line in lines:
        for start, end in zip(line, (*line[1:], line[0]), strict=True):
            if start != end:
                held ^= {(start, end) if start < end else (end, start)}
    return held


def _corners(spots: set[Spot]) -> dict[Spot, list[Spot]]:
    cells: dict[Spot, list[Spot]] = defaultdict(list)
    for spot in sorted(spots):
        cells[spot[0] // _CELL, spot[1] // _CELL].append(spot)
    return cells


def _cut(pieces: set[Piece], lonely: set[Piece], corners: Mapping[Spot, list[Spot]]) -> set[Piece]:
    """The pieces, the lonely ones cut at every corner that lies on them; doubled halves go."""
    found = pieces - lonely
    for piece in pieces & lonely:
        line = [piece[0], *_between(piece, corners), piece[1]]
        for start, end in pairwise(line):
            found ^= {(start, end) if start < end else (end, start)}
    return found


def _between(piece: Piece, corners: Mapping[Spot, list[Spot]]) -> list[Spot]:
    """Corners within one unit of the piece and between its ends, in order."""
    (ax, ay), (bx, by) = piece
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    found = []
    for column in range(min(ax, bx) // _CELL, max(ax, bx) // _CELL + 1):
        for row in range(min(ay, by) // _CELL, max(ay, by) // _CELL + 1):
            for x, y in corners.get((column, row), ()):
                along = (x - ax) * dx + (y - ay) * dy
                off = (x - ax) * dy - (y - ay) * dx
                if 0 < along < square and off * off <= square and (x, y) not in piece:
                    found.append((along, (x, y)))
    return [spot for _, spot in sorted(found)]


def arcs(rings: Mapping[str, Sequence[Line]], tolerance: float) -> list[Arc]:
    """All borders, each once, simplified by at most ``tolerance`` units."""
    sides: dict[Piece, list[str]] = defaultdict(list)
    for group, pieces in sorted(borders(rings).items()):
        for piece in pieces:
            sides[piece].append(group)
    return _chained(sides, tolerance)


def regrouped(found: Sequence[Arc], group_of: Mapping[str, str], tolerance: float) -> list[Arc]:
    """Borders of areas → borders of their groups: what both sides have in common goes, the rest is chained anew."""
    sides: dict[Piece, list[str]] = {}
    for arc in found:
        groups = [group_of[side] for side in arc.sides]
        kept = {group for group in groups if groups.count(group) % 2}
        for start, end in pairwise(arc.line):
            piece = (start, end) if start < end else (end, start)
            sides[piece] = sorted(kept ^ set(sides.get(piece, ())))
    return _chained({piece: side for piece, side in sides.items() if side}, tolerance)


def _chained(sides: Mapping[Piece, list[str]], tolerance: float) -> list[Arc]:
    next_to: dict[Spot, list[Spot]] = defaultdict(list)
    for start, end in sorted(sides):
        next_to[start].append(end)
        next_to[end].append(start)
    return [Arc(simplified(line, tolerance), side) for line, side in _chains(sides, next_to)]


def _chains(
    sides: Mapping[Piece, list[str]], next_to: Mapping[Spot, list[Spot]]
) -> Iterable[tuple[Line, tuple[str, ...]]]:
    def side(one: Spot, other: Spot) -> tuple[str, ...]:
        return tuple(sides[(one, other) if one < other else (other, one)])

    def is_end(spot: Spot) -> bool:
        near = next_to[spot]
        return len(near) != 2 or side(spot, near[0]) != side(spot, near[1])

    used: set[Piece] = set()
    ends = [spot for spot in next_to if is_end(spot)]
    for first in (*ends, *next_to):  # what no end begins is a closed loop, begun anywhere
        for second in next_to[first]:
            if (min(first, second), max(first, second)) in used:
                continue
            line = [first, second]
            used.add((min(line), max(line)))
            while line[-1] != first and not is_end(line[-1]):
                near = next_to[line[-1]]
                onward = near[0] if near[0] != line[-2] else near[1]
                used.add((min(line[-1], onward), max(line[-1], onward)))
                line.append(onward)
            yield tuple(line), side(first, second)


def simplified(line: Line, tolerance: float) -> Line:
    """Douglas–Peucker; the ends stay. A closed line keeps at least three corners."""
    if len(line) < 3:
        return line
    if line[0] == line[-1]:
        far = max(range(len(line)), key=lambda at: (_square(line[0], line[at]), -at))
        if far == 0:
            return line
        one, other = simplified(line[: far + 1], tolerance), simplified(line[far:], tolerance)
        joined = (*one, *other[1:])
        return joined if len(joined) > 3 else (line[0], line[max(1, far // 2)], line[far], line[0])
    keep = {0, len(line) - 1}
    open_parts = [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        worst, at = max(
            ((_off(line[first], line[last], line[i]), -i) for i in range(first + 1, last)), default=(0.0, 0)
        )
        if worst > tolerance:
            keep.add(-at)
            open_parts += [(first, -at), (-at, last)]
    return tuple(line[i] for i in sorted(keep))


def _square(one: Spot, other: Spot) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _off(start: Spot, end: Spot, spot: Spot) -> float:
    """How far ``spot`` lies from the piece start–end."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = spot[0] - start[0], spot[1] - start[1]
    square = dx * dx + dy * dy
    along = min(1.0, max(0.0, (px * dx + py * dy) / square)) if square else 0.0
    return float(((px - along * dx) ** 2 + (py - along * dy) ** 2) ** 0.5)


def outlines(found: Sequence[Arc]) -> dict[str, list[Line]]:
    """Each group's closed rings, put together from its arcs (even–odd; first spot not repeated)."""
    held: dict[str, list[Line]] = defaultdict(list)
    for arc in found:
        for group in arc.sides:
            held[group].append(arc.line)
    return {group: _closed(lines) for group, lines in sorted(held.items())}


def _closed(lines: Sequence[Line]) -> list[Line]:
    """Rings through lines that meet end to end: at every spot an even number of lines ends."""
    rings = [line[:-1] for line in lines if line[0] == line[-1]]
    at: dict[Spot, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line[0] != line[-1]:
            at[line[0]].append(number)
            at[line[-1]].append(number)
    used: set[int] = set()
    for number, line in enumerate(lines):
        if number in used or line[0] == line[-1]:
            continue
        ring = list(line)
        used.add(number)
        while ring[-1] != ring[0]:
            onward = next((n for n in at[ring[-1]] if n not in used), None)
            if onward is None:
                break
            used.add(onward)
            more = lines[onward] if lines[onward][0] == ring[-1] else lines[onward][::-1]
            ring += more[1:]
        rings.append(tuple(ring[:-1] if ring[0] == ring[-1] else ring))
    return rings

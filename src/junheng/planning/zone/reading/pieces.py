"""Pieces of an overlay in metres: slivers joined to their neighbours, and which pieces touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_BORDER_M = 10.0  # two pieces touch where their common border is at least so long: corners do not count
_SLACK_M = 1.0  # coordinates of one border differ by less


@dataclass(frozen=True, slots=True)
class Piece:
    """A polygon in metres and its zone in every layer, today's first."""

    shape: Any
    zones: tuple[str, ...]


def touching(shapes: Sequence[Any]) -> list[tuple[int, int]]:
    """Pairs (a < b) of polygons with a common border of ten metres or more."""
    from shapely import STRtree

    tree = STRtree(list(shapes))
    found = []
    for at, shape in enumerate(shapes):
        wide = shape.buffer(_SLACK_M)
        for other in tree.query(wide):
            if other > at and wide.intersection(shapes[other]).area >= _BORDER_M * _SLACK_M:
                found.append((at, int(other)))
    return sorted(found)


def joined_slivers(pieces: Sequence[Piece], least: float) -> list[Piece]:
    """``pieces`` with those under ``least`` m² joined to the neighbour with the longest border, same zones first.

    A sliver that touches nothing stays.
    """
    found = sorted(pieces, key=lambda piece: (-piece.shape.area, piece.shape.bounds))
    kept = [piece for piece in found if piece.shape.area >= least]
    for sliver in found[len(kept) :]:
        best = _neighbour(sliver, kept)
        if best is None:
            kept.append(sliver)
        else:
            kept[best] = Piece(_one(kept[best].shape, sliver.shape), kept[best].zones)
    return sorted(kept, key=lambda piece: (piece.zones, piece.shape.bounds))


def _neighbour(sliver: Piece, kept: Sequence[Piece]) -> int | None:
    """Which of ``kept`` shares the longest border with the sliver, one of the same zones first; None: it touches none."""
    wide = sliver.shape.buffer(_SLACK_M)
    borders = [
        (piece.zones == sliver.zones, wide.intersection(piece.shape).area, -at)
        for at, piece in enumerate(kept)
        if wide.intersects(piece.shape)
    ]
    best = max((border for border in borders if border[1] > 0), default=None)
    return None if best is None else -best[2]


def _one(shape: Any, sliver: Any) -> Any:
    """The union, closed over the hair's breadth between them."""
    from shapely import union_all

    joined = union_all([shape, sliver])
    if joined.geom_type != "Polygon":
        joined = union_all([shape, sliver.buffer(_SLACK_M)])
    return joined

"""A made-up road graph and demand for the travel row: a jittered grid with stretches missing."""

import numpy as np
import numpy.typing as npt

from junheng.planning.travel import Point, Roads

SIDE_KM = 60.0
WEST, SOUTH = 105.0, 37.0
KEPT = 0.85  # share of the stretches of the full grid
CLASSES = ("arterial", "rural", "street", "trunk")


def made_roads(side: int, seed: int = 1) -> Roads:
    """side × side nodes on 60 × 60 km; every fifteenth line is a trunk road and whole, so the graph hangs together."""
    draw = np.random.default_rng(seed)
    column, row = (part.ravel() for part in np.meshgrid(np.arange(side), np.arange(side)))
    step_north = SIDE_KM / 111.195 / side
    step_east = step_north / np.cos(np.radians(SOUTH))
    shift = draw.uniform(-0.3, 0.3, (2, side * side))
    points = np.stack((WEST + step_east * (column + shift[0]), SOUTH + step_north * (row + shift[1])), 1)
    node = np.arange(side * side).reshape(side, side)
    starts = np.concatenate((node[:, :-1].ravel(), node[:-1, :].ravel()))
    ends = np.concatenate((node[:, 1:].ravel(), node[1:, :].ravel()))
    line = np.concatenate(
        (row.reshape(side, side)[:, :-1].ravel(), column.reshape(side, side)[:-1, :].ravel())
    )
    trunk = line % 15 == 0
    keep = trunk | (draw.random(len(starts)) < KEPT)
    starts, ends, trunk = starts[keep], ends[keep], trunk[keep]
    classes = np.where(trunk, CLASSES.index("trunk"), draw.integers(0, 3, len(starts)))
    blank = Roads(
        tuple(f"{number:07d}" for number in range(side * side)), points, starts, ends,
        np.zeros(len(starts)), classes, CLASSES,
    )  # fmt: skip
    metres = np.round(blank.straight * draw.uniform(1.0, 1.3, len(starts)) + 1)
    return Roads(
        blank.names, points, np.concatenate((starts, ends)), np.concatenate((ends, starts)),
        np.tile(metres, 2), np.tile(classes, 2), CLASSES,
    )  # fmt: skip


def strewn(count: int, seed: int) -> dict[str, Point]:
    """Places at random over the square."""
    draw: npt.NDArray[np.float64] = np.random.default_rng(seed).random((count, 2))
    north = SIDE_KM / 111.195
    east = north / np.cos(np.radians(SOUTH))
    return {f"p{n:06d}": (WEST + east * float(x), SOUTH + north * float(y)) for n, (x, y) in enumerate(draw)}

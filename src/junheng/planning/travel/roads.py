"""A road graph as arrays: nodes with places, directed stretches with length and class, its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.planning.travel.pairs import EARTH_KM, unit_sphere
from junheng.planning.travel.speeds import Speed

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Roads:
    """``points`` (n, 2): longitude, latitude of the nodes ``names``. ``starts``, ``ends``, ``metres``, ``classes`` (m,).

    A two-way road is two stretches. ``classes`` number ``class_names``; "" among them is a class nobody knows.
    ``unknown_classes``: words of the table that name no known class (travelled at the speed of ``other``).
    """

    names: tuple[str, ...]
    points: Floats
    starts: Whole
    ends: Whole
    metres: Floats
    classes: Whole
    class_names: tuple[str, ...]
    unknown_classes: tuple[str, ...] = ()

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The row of a node by its name."""
        return {name: row for row, name in enumerate(self.names)}

    @cached_property
    def sphere(self) -> Floats:
        """The nodes on the unit sphere, shape (n, 3)."""
        return unit_sphere(self.points)

    @cached_property
    def tree(self) -> Any:
        """A KD-tree of the nodes that a road touches, and their rows."""
        from scipy.spatial import cKDTree

        rows = np.unique(np.concatenate((self.starts, self.ends)))
        return cKDTree(self.sphere[rows]), rows

    @cached_property
    def parts(self) -> Whole:
        """The separate part every node lies in (one-way roads taken as both ways), 0 the one with most nodes."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        links = csr_array((np.ones(len(self.starts)), (self.starts, self.ends)), shape=(len(self.names),) * 2)
        count, label = connected_components(links, directed=False)
        order = np.argsort(-np.bincount(label, minlength=count), kind="stable")
        rank = np.empty(count, np.int64)
        rank[order] = np.arange(count)
        found: Whole = rank[label]
        return found

    @cached_property
    def straight(self) -> Floats:
        """Great circle in metres between the ends of every stretch."""
        chord = np.linalg.norm(self.sphere[self.starts] - self.sphere[self.ends], axis=1)
        found: Floats = 2000 * EARTH_KM * np.arcsin(np.minimum(1, chord / 2))
        return found

    def costs(self, speed: Speed | None) -> Floats:
        """Metres of every stretch, or seconds at a speed; infinite where the mode may not go."""
        if speed is None:
            return self.metres
        rate = np.array([speed.metres_a_second(name) for name in self.class_names])
        with np.errstate(divide="ignore"):
            found: Floats = np.where(rate[self.classes] > 0, self.metres / rate[self.classes], np.inf)
        return found

    def graph(self, speed: Speed | None = None) -> Any:
        """scipy's sparse matrix of the costs; of parallel stretches the shortest, 0 kept as next to nothing."""
        from scipy.sparse import csr_array

        starts, ends, cost = self.starts, self.ends, self.costs(speed)
        if speed is not None and not speed.keeps_one_way:
            starts, ends, cost = np.append(starts, ends), np.append(ends, starts), np.tile(cost, 2)
        open_ways = np.isfinite(cost)
        starts, ends, cost = starts[open_ways], ends[open_ways], np.maximum(cost[open_ways], 1e-9)
        order = np.lexsort((cost, ends, starts))
        first = np.ones(len(order), bool)
        first[1:] = np.diff(starts[order]).astype(bool) | np.diff(ends[order]).astype(bool)
        keep = order[first]
        return csr_array((cost[keep], (starts[keep], ends[keep])), shape=(len(self.names),) * 2)

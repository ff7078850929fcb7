"""Groups and trusteeship as a whole-number model: new groups limited in number, capacity in pupils.

x (pair chosen) and, where groups are limited, y (a strong school opens one): Σ x ≤ 1 per weak school, Σ x ≤ places·y
and ≥ least·y per strong one, x ≤ y, Σ pupils·x ≤ capacity, Σ y ≤ new groups. Need counts in thousands, burden in km,
pupils in hundreds, so that coefficients stay between 1e-3 and 1e4.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from junheng.planning.pair.candidates import Edge
from junheng.planning.pair.certificate import Limits
from junheng.planning.solver import Block, Solved, Step

NEED, BURDEN, PUPILS = 1000, 1000, 100
_PRECISION = 10**6  # prices are kept as whole millionths


@dataclass(frozen=True, slots=True)
class Asked:
    """How long and how well to search."""

    gap: float = 1e-4
    seconds: float = 60.0
    watch: Callable[[Step], None] | None = None
    stop: threading.Event | None = None

    def kept(self) -> dict[str, Any]:
        """As arguments of ``Block.solve``."""
        return {"gap": self.gap, "seconds": self.seconds, "watch": self.watch, "stop": self.stop}


@dataclass
class Model:
    """The block of one question: most need, or least burden while at least ``at_least`` points of need are served."""

    edges: tuple[Edge, ...]
    limits: Limits
    at_least: int | None = None
    block: Block = field(init=False)
    rows: dict[str, Any] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        is_need = self.at_least is None
        self.block = Block(is_maximised=is_need)
        cost = [edge.need / NEED if is_need else edge.burden / BURDEN for edge in self.edges]
        self.x = self.block.var(len(self.edges), upper=1.0, cost=np.array(cost), whole=True)
        self._weak_rows()
        self._strong_rows()
        if self.at_least is not None:
            needs = np.array([edge.need / NEED for edge in self.edges])
            low = max(0.0, (self.at_least - 0.5) / NEED)  # need is whole: half a point of room for the solver
            self.rows["need"] = self.block.rows(1, low, np.inf, (self.x[None, :], needs))

    def _of(self, side: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, edge in enumerate(self.edges):
            found.setdefault(getattr(edge, side), []).append(at)
        return dict(sorted(found.items()))

    def _weak_rows(self) -> None:
        self.weak = self._of("weak")
        rows = [self.block.rows(1, -np.inf, 1.0, (self.x[at][None, :], 1.0))[0] for at in self.weak.values()]
        self.rows["weak"] = np.array(rows)

    def _strong_rows(self) -> None:
        """Places, capacity and, for a school that would open a group, its opening."""
        opened, limits = [], self.limits
        self.rows["capacity"] = {}
        for key, at in self._of("strong").items():
            own = self.x[at][None, :]
            if limits.new_groups is None or key in limits.leads:
                self.block.rows(1, -np.inf, float(limits.places[key]), (own, 1.0))
            else:
                y = self.block.var(1, upper=1.0, whole=True)
                opened.append(y[0])
                self.block.rows(1, -np.inf, 0.0, (own, 1.0), (y[None, :], -float(limits.places[key])))
                self.block.rows(1, 0.0, np.inf, (own, 1.0), (y[None, :], -float(limits.least_members)))
                self.block.rows(len(at), -np.inf, 0.0, (self.x[at], 1.0), (np.repeat(y, len(at)), -1.0))
            if key in limits.capacity:
                sizes = np.array([limits.sizes[self.edges[i].weak] / PUPILS for i in at])
                row = self.block.rows(1, -np.inf, limits.capacity[key] / PUPILS, (own, sizes))
                self.rows["capacity"][key] = row[0]
        if opened and limits.new_groups is not None:
            self.block.rows(1, -np.inf, float(limits.new_groups), (np.array(opened)[None, :], 1.0))

    def solve(self, asked: Asked) -> Solved:
        """The whole-number solution."""
        return self.block.solve(**asked.kept())

    def picks(self, solved: Solved) -> tuple[Edge, ...]:
        """The chosen pairs of a solution."""
        return tuple(
            edge for edge, value in zip(self.edges, solved.values[self.x], strict=True) if value > 0.5
        )

    def prices(self, asked: Asked) -> tuple[Mapping[str, Fraction], Mapping[str, Fraction], Fraction]:
        """Prices of weak schools, of capacity (per pupil) and of need, from the LP; in points of need or metres."""
        solved = self.block.solve(gap=asked.gap, seconds=asked.seconds, relaxed=True, stop=asked.stop)
        unit = NEED if self.at_least is None else BURDEN
        found = solved.prices if solved.prices.size else np.zeros(self.block.height)
        weak = {key: _price(found[row], unit) for key, row in zip(self.weak, self.rows["weak"], strict=True)}
        room = {key: _price(found[row], unit / PUPILS) for key, row in self.rows["capacity"].items()}
        need = Fraction(0) if self.at_least is None else _price(found[self.rows["need"][0]], unit / NEED)
        return weak, room, need


def _price(value: float, unit: float) -> Fraction:
    """Prices of limits are taken without sign: the row's own side tells it."""
    return Fraction(round(abs(float(value)) * unit * _PRECISION), _PRECISION)

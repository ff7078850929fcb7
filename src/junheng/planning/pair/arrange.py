"""Who is paired with whom: the greatest need served, then the least burden; each with its bound."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, isfinite
from time import monotonic
from typing import TYPE_CHECKING

from junheng.planning.frozen import Json, number
from junheng.planning.pair.assignment import assign
from junheng.planning.pair.candidates import Edge, Market
from junheng.planning.pair.certificate import Limits, Numbers, upper_bound

if TYPE_CHECKING:
    from junheng.planning.pair.model import Asked
    from junheng.planning.solver import Solved

_PAIRS_STATUS = "optimal"


@dataclass(frozen=True, slots=True)
class Arranged:
    """Pairs with both bounds. ``proofs``: prices of need and of burden; ``solver``: the tree's own bounds, if any."""

    picks: tuple[Edge, ...]
    status: str
    need_bound: int
    burden_bound: int
    proofs: tuple[Json, ...]
    solver: Json

    @property
    def need(self) -> int:
        """Points of need served."""
        return sum(edge.need for edge in self.picks)

    @property
    def burden(self) -> int:
        """Metres, the preference for town and country added."""
        return sum(edge.burden for edge in self.picks)


def limits_of(market: Market, mode: Json) -> Limits:
    """The limits of a mode: pairs know only places."""
    new = None
    if mode["kind"] == "groups" and "most_groups" in mode:
        new = max(0, mode["most_groups"] - len(market.leads))
    elif mode["kind"] == "groups":
        new = len(market.places)
    least = mode.get("least_members", 0)
    return Limits(market.places, market.capacity, market.sizes, market.leads, new, least)


def arrange(market: Market, mode: Json, asked: "Asked") -> Arranged:
    """The plan of ``mode``. Pairs are solved by assignment, the rest by the solver (two searches, never one big-M)."""
    limits = limits_of(market, mode)
    edges = tuple(edge for edge in market.edges if market.places[edge.strong] > 0 and edge.need > 0)
    if mode["kind"] == "pairs" or not edges:
        return _by_assignment(edges, limits)
    return _by_solver(edges, limits, asked)


def _by_assignment(edges: tuple[Edge, ...], limits: Limits) -> Arranged:
    """One search with weights far enough apart that need comes first: the weight is no policy, only an order."""
    weight = 1 + sum(_farthest(edges).values())
    most = assign(edges, limits.places, 1, 0)
    best = assign(edges, limits.places, weight, 1)
    return _proved(
        best.picks,
        _PAIRS_STATUS,
        edges,
        limits,
        (_proof("need", {k: Fraction(v) for k, v in most.prices.items()}, {}, Fraction(1)),),
        _proof("burden", {k: Fraction(v) for k, v in best.prices.items()}, {}, Fraction(weight)),
        {},
    )


def _farthest(edges: tuple[Edge, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for edge in edges:
        found[edge.weak] = max(found.get(edge.weak, 0), edge.burden)
    return found


def _by_solver(edges: tuple[Edge, ...], limits: Limits, asked: "Asked") -> Arranged:
    from junheng.planning.pair.model import BURDEN, NEED, Asked, Model

    ends = monotonic() + asked.seconds
    first = Model(edges, limits)
    solved = first.solve(asked)
    picks = first.picks(solved) if solved.is_found else ()
    need = sum(edge.need for edge in picks)
    weak, room, _ = first.prices(asked)
    proofs = (_proof("need", weak, room, Fraction(1)),)
    second = Model(edges, limits, at_least=need)
    left = Asked(asked.gap, max(1.0, ends - monotonic()), asked.watch, asked.stop)
    near = second.solve(left)
    picks = second.picks(near) if near.is_found else picks
    weak, room, worth = second.prices(left)
    bounds = {"solver_need": solved.bound * NEED, "solver_burden_metres": near.bound * BURDEN}
    solver = {key: round(value) for key, value in bounds.items() if isfinite(value)}
    return _proved(
        picks,
        _status(solved, near, asked),
        edges,
        limits,
        proofs,
        _proof("burden", weak, room, worth),
        solver,
    )


def _status(first: "Solved", second: "Solved", asked: "Asked") -> str:
    """The poorer of both searches; within the gap asked for but not at the bound: within_gap."""
    found = [solved.status for solved in (first, second)]
    if "interrupted" in found or (asked.stop is not None and asked.stop.is_set()):
        return "interrupted"
    if any(status != "optimal" for status in found):
        return "time_limit"
    return "optimal" if all(solved.gap <= 1e-9 for solved in (first, second)) else "within_gap"


def _proof(of: str, weak: Numbers, room: Numbers, need_weight: Fraction) -> Json:
    return {
        "of": of,
        "need_weight": number(need_weight),
        "schools": {key: number(value) for key, value in sorted(weak.items()) if value},
        "capacity": {key: number(value) for key, value in sorted(room.items()) if value},
    }


def _proved(
    picks: tuple[Edge, ...],
    status: str,
    edges: tuple[Edge, ...],
    limits: Limits,
    proofs: tuple[Json, ...],
    last: Json,
    solver: Json,
) -> Arranged:
    """With the bounds that the prices give: need from above; burden, for plans that serve as much, from below."""
    bounds = []
    for proof in (*proofs, last):
        weights = (Fraction(proof["need_weight"]), Fraction(int(proof["of"] == "burden")))
        prices = {key: Fraction(value) for key, value in proof["schools"].items()}
        room = {key: Fraction(value) for key, value in proof["capacity"].items()}
        bounds.append(upper_bound(edges, limits, weights, prices, room))
    need = sum(edge.need for edge in picks)
    burden = max(0, ceil(Fraction(last["need_weight"]) * need - bounds[-1]))
    return Arranged(picks, status, floor(bounds[0]), burden, (*proofs, last), solver)

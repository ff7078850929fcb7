"""A zoning problem as arrays: who may go where at what cost, who touches whom, and what can never be.

A pair (block, zone) is open when the zone is within reach, no pin or seed says otherwise, and the block can be joined to
the zone's seed through blocks that are open to it as well.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.planning.frozen import exact
from junheng.planning.zone.model_contiguity import Touch, reachable

Json = dict[str, Any]
Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
OUT = -1  # assigned nowhere
UNPLACED = (
    50  # a pupil placed nowhere counts as so many beyond the limits; a block without pupils as one pupil
)
_TIE = 1e-3  # of a metre
_DEAR = 1.1


@dataclass(frozen=True)
class Layout:
    """``cost`` (metre-pupils) and ``is_open`` have shape (blocks, zones); seats and floors are by zone.

    ``apart``: by block the needy pupils above the county's share of its pupils; ``lost``: blocks nobody can take, and why.
    """

    blocks: tuple[str, ...]
    zones: tuple[str, ...]
    pupils: Whole
    cost: Doubles
    metres: Whole
    is_open: Mask
    capacity: Whole
    floor: Whole
    apart: Doubles
    needy_weight: float
    touch: Touch
    lost: dict[int, str]
    clashes: tuple[Json, ...]

    @cached_property
    def placed(self) -> Whole:
        """Blocks that some zone can take."""
        return np.flatnonzero(self.is_open.any(1))

    @cached_property
    def ties(self) -> Doubles:
        """Small costs by pair that send blocks without pupils to the nearer school; no part of the objective."""
        empty = (self.pupils == 0)[:, None] & self.is_open
        return np.where(empty, _TIE * self.metres, 0.0)

    @cached_property
    def penalty(self) -> float:
        """Metres that a pupil beyond the limits counts as: more than any one block can save by it."""
        way = np.where(self.is_open, self.cost, 0.0).max(initial=0.0)
        even = 2 * self.needy_weight * np.abs(self.apart).max(initial=0.0)
        return float(_DEAR * (way + even) + 1.0)

    def load(self, plan: Whole) -> Whole:
        """Pupils by zone."""
        put = plan >= 0
        return np.bincount(plan[put], self.pupils[put], len(self.zones)).astype(np.int64)

    def short(self, plan: Whole) -> int:
        """Pupils above capacity, below the floor, or (each so many times) in blocks that could be placed and are not."""
        load, unplaced = self.load(plan), self.placed[plan[self.placed] < 0]
        over = np.maximum(load - self.capacity, 0).sum() + np.maximum(self.floor - load, 0).sum()
        return int(over + UNPLACED * np.maximum(self.pupils[unplaced], 1).sum())

    def value(self, plan: Whole) -> float:
        """Metre-pupils of a plan, penalties for moving and needy balance included."""
        put = np.flatnonzero(plan >= 0)
        cost = float(self.cost[put, plan[put]].sum())
        if self.needy_weight:
            apart = np.bincount(plan[put], self.apart[put], len(self.zones))
            cost += self.needy_weight * float(np.abs(apart).sum())
        return cost


def layout_of(problem: Json) -> Layout:
    """The arrays of a frozen problem."""
    blocks = tuple(block["id"] for block in problem["blocks"])
    zones = tuple(zone["id"] for zone in problem["zones"])
    metres = _metres(problem, blocks, zones)
    seeds, clashes = _seeds(problem, {name: at for at, name in enumerate(blocks)}, zones)
    lost: dict[int, str] = {}
    is_open = _within(problem, metres, seeds, zones, clashes, lost)
    touch = _touch(problem, blocks, metres, seeds)
    for zone in range(len(zones)):
        is_open[:, zone] &= reachable(touch, zone, is_open[:, zone])
    lost |= {int(at): "contiguity" for at in np.flatnonzero(~is_open.any(1)) if int(at) not in lost}
    pupils = np.array([block["pupils"] for block in problem["blocks"]], np.int64)
    capacity = np.array([zone["capacity"] for zone in problem["zones"]], np.int64)
    weight = exact(problem["weights"].get("needy", 0))
    return Layout(
        blocks, zones, pupils, _cost(problem, metres, pupils, zones), metres, is_open, capacity, _floor(problem), _apart(problem),
        float(weight), touch, lost, tuple(clashes),
    )  # fmt: skip


def _metres(problem: Json, blocks: tuple[str, ...], zones: tuple[str, ...]) -> Whole:
    """Shape (blocks, zones); -1 where not within reach."""
    number = {name: at for at, name in enumerate(zones)}
    found = np.full((len(blocks), len(zones)), -1, np.int64)
    for at, block in enumerate(blocks):
        for zone, metres in problem["metres"].get(block, {}).items():
            found[at, number[zone]] = metres
    return found


def _seeds(problem: Json, number: dict[str, int], zones: tuple[str, ...]) -> tuple[list[int], list[Json]]:
    """By zone the block it must contain, -1 for none; of zones that claim one block the first has it."""
    pins = {number[b["id"]]: b["pinned"] for b in problem["blocks"] if "pinned" in b}
    seeds, clashes, taken = [], list[Json](), dict[int, str]()
    for zone in problem["zones"]:
        at = number[zone["seed"]] if "seed" in zone else OUT
        other = taken.get(at) or (pins[at] if pins.get(at, zone["id"]) != zone["id"] else None)
        if at >= 0 and other is not None:
            clashes.append({"limit": "seed", "block": zone["seed"], "zones": sorted({zone["id"], other})})
            at = OUT
        if at >= 0:
            taken[at] = zone["id"]
        seeds.append(at)
    return seeds, clashes


def _within(
    problem: Json,
    metres: Whole,
    seeds: list[int],
    zones: tuple[str, ...],
    clashes: list[Json],
    lost: dict[int, str],
) -> Mask:
    """Open by reach, pin and seed alone."""
    is_open = metres >= 0
    number = {name: at for at, name in enumerate(zones)}
    only = {at: number[block["pinned"]] for at, block in enumerate(problem["blocks"]) if "pinned" in block}
    only |= {at: zone for zone, at in enumerate(seeds) if at >= 0}
    lost |= {int(at): "reach" for at in np.flatnonzero(~is_open.any(1))}
    for at, zone in only.items():
        keep = is_open[at, zone]
        is_open[at] = False
        is_open[at, zone] = keep
        if not keep:
            limit = "seed" if seeds[zone] == at else "pinned"
            clashes.append({"limit": limit, "block": problem["blocks"][at]["id"], "zones": [zones[zone]]})
            lost.setdefault(at, limit)
    return is_open


def _touch(problem: Json, blocks: tuple[str, ...], metres: Whole, seeds: list[int]) -> Touch:
    """Who touches whom, and which rule each zone is under."""
    number = {name: at for at, name in enumerate(blocks)}
    beside: list[list[int]] = [[] for _ in blocks]
    for one, other in problem["neighbours"]:
        beside[number[one]].append(number[other])
        beside[number[other]].append(number[one])
    rooted = [at if at >= 0 and beside[at] else OUT for at in seeds]
    rules = []
    for zone, at in zip(problem["zones"], rooted, strict=True):
        is_strict = problem["contiguity"] == "closer" and at >= 0 and len(zone["schools"]) == 1
        rules.append("off" if problem["contiguity"] == "off" else "closer" if is_strict else "connected")
    return Touch([sorted(row) for row in beside], rooted, rules, metres)


def _cost(problem: Json, metres: Whole, pupils: Whole, zones: tuple[str, ...]) -> Doubles:
    metre, moved = (float(exact(problem["weights"].get(name, 0))) for name in ("metre", "moved"))
    away = np.zeros(metres.shape, np.float64)
    for at, block in enumerate(problem["blocks"]):
        if "now" in block:
            away[at] = [zone not in block["now"] for zone in zones]
    return np.asarray(pupils[:, None] * (metre * metres + moved * away), np.float64)


def _floor(problem: Json) -> Whole:
    """Least pupils by zone: the share of its seats rounded up."""
    share = exact(problem["limits"].get("least_fill", 0))
    return np.array([-(-share * zone["capacity"] // 1) for zone in problem["zones"]], np.int64)


def _apart(problem: Json) -> Doubles:
    """Needy pupils of each block less the county's share of its pupils; 0 where not known: it takes no part."""
    known = [block for block in problem["blocks"] if "needy" in block]
    pupils, needy = (sum(block[key] for block in known) for key in ("pupils", "needy"))
    share = needy / pupils if pupils else 0.0
    return np.array([b["needy"] - share * b["pupils"] if "needy" in b else 0.0 for b in problem["blocks"]])

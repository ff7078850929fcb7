"""The frozen outcome of zoning: who goes where, the proof, what binds, and what clashes."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

import numpy as np

from junheng.planning.frozen import FORMAT, Json, exact, number, problem_hash
from junheng.planning.zone.bound import Prices
from junheng.planning.zone.bound_short import Lacking
from junheng.planning.zone.check_bound import stated_bound
from junheng.planning.zone.check_plan import Plan
from junheng.planning.zone.check_scene import Scene
from junheng.planning.zone.model import Layout, Whole
from junheng.planning.zone.outcome_reasons import reasons

_PRICE = 10**4  # prices are stated to so many parts of a metre
_PARTS, _DIGITS = 10**6, 10**12
_EXACT = Fraction(1, 10**9)  # a solver's bound is a double
_SAFE = 5e-10  # and is cut down by so much of itself


def plan_of(scene: Scene, layout: Layout, plan: Whole) -> Plan:
    """The plan by names, with blocks that none can take left out."""
    zone_of = {
        name: layout.zones[zone] for name, zone in zip(layout.blocks, plan.tolist(), strict=True) if zone >= 0
    }
    return Plan(scene, zone_of)


def price_rows(layout: Layout, prices: Prices) -> list[Json]:
    """Prices other than 0, in ten-thousandths; none of them may leave the range in which it proves something."""
    most = Fraction(floor(Fraction(layout.needy_weight) * _PRICE), _PRICE)
    found: list[Json] = []
    for zone, price in zip(layout.zones, prices.seats.tolist(), strict=True):
        if rounded := _rounded(price):
            found.append({"row": "capacity", "zone": zone, "price": number(rounded)})
    for zone, price in zip(layout.zones, prices.needy.tolist(), strict=True):
        if rounded := max(-most, min(most, _rounded(price))):
            found.append({"row": "needy", "zone": zone, "price": number(rounded)})
    for row, price in prices.rows:
        if (rounded := _rounded(price)) > 0:
            through = sorted(layout.blocks[at] for at in row.through)
            found.append(
                {
                    "row": "contiguity",
                    "block": layout.blocks[row.block],
                    "zone": layout.zones[row.zone],
                    "through": through,
                    "price": number(rounded),
                }
            )
    blocks = prices.blocks.tolist() if prices.blocks is not None else []
    for block, price in zip(layout.blocks, blocks, strict=False):
        if rounded := _rounded(price):
            found.append({"row": "block", "block": block, "price": number(rounded)})
    return found


def _rounded(value: float) -> Fraction:
    return Fraction(round(value * _PRICE), _PRICE)


def outcome_of(problem: Json, plan: Plan, rows: Sequence[Json], tree: float, gap: float, ended: str) -> Json:
    """The outcome of a plan within its limits. ``ended``: what to call it where the gap was not reached."""
    found = _shell(problem, plan)
    value = exact(found["objective"]["cost"])
    own = stated_bound(plan.scene, rows)
    bound: Json = {"cost": number(own)}
    if np.isfinite(tree):
        bound["solver_cost"] = number(min(value, _cut(tree)))
    top = min(value, max(exact(part) for part in bound.values()))
    apart = (value - top) / value if value else Fraction(0)
    within = "optimal" if apart <= _EXACT else "within_gap" if apart <= Fraction(gap) else ended
    return found | {
        "status": within,
        "bound": bound,
        "gap": number(Fraction(ceil(apart * _DIGITS), _DIGITS)),
        "prices": list(rows),
        "binding": _binding(plan.scene, rows),
        "reasons": [],
    }


def clash_of(problem: Json, plan: Plan, lacking: Sequence[Lacking], tree_short: float, ended: str) -> Json:
    """The outcome where limits clash: the plan with the least beyond them, and why."""
    found, scene = _shell(problem, plan), plan.scene
    rows = _short_prices(scene, lacking)
    short = found["objective"].get("short", 0)
    own = stated_bound(scene, rows, is_short=True)
    bound: Json = {"short": number(own)}
    if np.isfinite(tree_short) and tree_short > 0:
        bound["solver_short"] = number(min(Fraction(short), _cut(tree_short)))
    is_proven = bool(scene.clashes) or max(exact(part) for part in bound.values()) > 0
    return found | {
        "status": "infeasible" if is_proven else ended,
        "bound": bound,
        "gap": "unknown",
        "prices": rows,
        "binding": [],
        "reasons": reasons(scene, plan, lacking, is_proven=is_proven),
    }


def _shell(problem: Json, plan: Plan) -> Json:
    """What follows from the plan alone."""
    found: Json = {
        "format": FORMAT,
        "kind": "zone",
        "problem_hash": problem_hash(problem),
        "assignment": [{"block": block, "zone": zone} for block, zone in sorted(plan.zone_of.items())],
        "objective": plan.objective(),
        "zones": plan.zones(),
        "moved": plan.moved(),
        "over": plan.over(),
        "under": plan.under(),
        "unplaced": plan.unplaced(),
    }
    return found | ({"state": plan.state()} if "input" in problem else {})


def _short_prices(scene: Scene, lacking: Sequence[Lacking]) -> list[Json]:
    """1 on every seat of the zones that too many must go to; -1 where a floor is above all who could come."""
    if lacking:
        return [{"row": "capacity", "zone": zone, "price": 1} for zone in lacking[-1].zones]
    could = dict.fromkeys(scene.zones, 0)
    for block, zones in scene.open.items():
        for zone in zones:
            could[zone] += scene.pupils[block]
    below = [zone for zone in sorted(scene.zones) if could[zone] < scene.floors[zone]]
    if below or sum(scene.floors.values()) <= sum(scene.pupils.values()):
        return [{"row": "capacity", "zone": zone, "price": -1} for zone in below]
    return [{"row": "capacity", "zone": zone, "price": -1} for zone in sorted(scene.zones)]


def _cut(value: float) -> Fraction:
    """A solver's bound, cut down by a double's noise."""
    return Fraction(floor(Fraction(value - _SAFE * abs(value)) * _PARTS), _PARTS)


def _binding(scene: Scene, rows: Sequence[Json]) -> list[Json]:
    """Zones whose seats or floor cost something, dearest first."""
    names: Mapping[str, Json] = scene.zones
    priced = [row for row in rows if row["row"] == "capacity"]
    found = []
    for row in sorted(priced, key=lambda row: (-abs(exact(row["price"])), row["zone"])):
        metres, name = abs(float(exact(row["price"]))), names[row["zone"]]["name"]
        if exact(row["price"]) > 0:
            zh = f"{name}学位紧：多 1 个学位，总代价少约 {metres / 1000:,.1f} 人·公里"
            en = f"seats of {name} are short: one more saves about {metres / 1000:,.1f} pupil-km"
        else:
            zh = f"{name}受最低招生比例约束：少要求 1 人，总代价少约 {metres / 1000:,.1f} 人·公里"
            en = f"{name} is held up by its least fill: one pupil less asked saves about {metres / 1000:,.1f} pupil-km"
        found.append({"row": f"capacity:{row['zone']}", "price": row["price"], "zh": zh, "en": en})
    return found

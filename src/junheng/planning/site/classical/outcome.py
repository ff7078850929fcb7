"""The outcome in the words of the frozen problem: ids for columns, exact numbers for whole units."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from junheng.planning.frozen import number
from junheng.planning.site.classical.facility_prices import FINE
from junheng.planning.site.classical.found import Backing, Found, Vector, packed
from junheng.planning.site.classical.hopeless import Hopeless
from junheng.planning.site.classical.instance import Instance, fraction
from junheng.planning.site.classical.tree import Branch

Json = dict[str, Any]
MEASURE = {
    "p_median": "cost",
    "p_centre": "radius",
    "set_covering": "cost",
    "maximal_covering": "covered",
    "capacitated": "cost",
}


def measured(value: Fraction, own: Instance) -> Fraction:
    """A value of the objective in the problem's unit; what is covered is counted, not measured."""
    return value if own.model == "maximal_covering" else fraction(value, own)


def gap_of(value: Fraction, bound: Fraction) -> Fraction:
    """Relative distance of value and bound, 0 where both are 0."""
    return abs(value - bound) / max(abs(value), abs(bound)) if value != bound else Fraction(0)


def plan(own: Instance, found: Found) -> Json:
    """Objective, bounds, gap, open sites, who is served from where, totals by site, the proof."""
    key = MEASURE[own.model]
    value, bound = measured(found.value, own), measured(found.bound, own)
    outcome: Json = {
        "objective": {key: number(value)},
        "bound": {key: number(bound)},
        "gap": number(gap_of(value, bound)),
        "open": [own.sites[site] for site in found.sites.tolist()],
        "assignment": _assignment(own, found),
        "uncovered": _uncovered(own, found),
        "reasons": [],
    }
    if found.solver is not None:
        outcome["bound"]["solver_" + key] = number(measured(found.solver, own))
    if found.backing is not None:
        is_cost = MEASURE[own.model] == "cost"
        outcome["proof"] = told(own, found.backing, FINE * (own.scale if is_cost else 1))
    outcome["sites"] = site_totals(own, outcome)
    return outcome


def _assignment(own: Instance, found: Found) -> list[Json]:
    """Each demand point with its nearest open site (ties: the first), or with units where capacities decide."""
    if found.units is not None:
        return [
            {"demand": own.demand[row], "site": own.sites[column], "units": int(found.units[row, column])}
            for row, column in np.argwhere(found.units > 0).tolist()
        ]
    far = int(own.ways.max(initial=0)) + 1
    ways = np.where(own.barred, far, own.ways)[:, found.sites]
    rows = []
    for row, place in enumerate(ways.argmin(1).tolist()):
        way = int(ways[row, place])
        if way == far or (own.model == "maximal_covering" and way > own.radius):
            continue
        site = own.sites[int(found.sites[place])]
        rows.append({"demand": own.demand[row], "site": site, "way": number(fraction(way, own))})
    return rows


def _uncovered(own: Instance, found: Found) -> list[str]:
    if own.model != "maximal_covering":
        return []
    near = ((own.ways <= own.radius) & ~own.barred)[:, found.sites].any(1)
    return [own.demand[row] for row in np.flatnonzero(~near).tolist()]


def site_totals(own: Instance, outcome: Json) -> list[Json]:
    """By open site: demand points, their weight (units), and the farthest and mean way where ways are lengths."""
    weight = dict(zip(own.demand, own.weight.tolist(), strict=True))
    by_site: dict[str, list[Json]] = {site: [] for site in outcome["open"]}
    for row in outcome["assignment"]:
        by_site[row["site"]].append(row)
    found = []
    for site, rows in by_site.items():
        units = sum(row.get("units", weight[row["demand"]]) for row in rows)
        total: Json = {"site": site, "points": len(rows), "weight": units}
        if rows and "way" in rows[0]:
            ways = [Fraction(row["way"]) for row in rows]
            total["farthest"] = number(max(ways))
            if units:
                sums = sum(
                    (weight[row["demand"]] * way for row, way in zip(rows, ways, strict=True)), Fraction(0)
                )
                total["mean"] = number(sums / units)
        found.append(total)
    return found


def told(own: Instance, backing: Backing, fine: int) -> Json:
    """The proof in ids: vectors of prices (whole numbers of 1/``fine``), rules, leaves."""
    vectors = []
    for vector in backing.vectors:
        row: Json = {"demand": _priced(own.demand, vector.demand, fine)}
        if vector.sites is not None:
            row["sites"] = _priced(own.sites, vector.sites, fine)
            row["cover"] = number(Fraction(vector.cover, fine))
        vectors.append(row)
    proof: Json = {
        "vectors": vectors,
        "rules": _branch(own, backing.rules),
        "leaves": [{**_branch(own, branch), "vector": vector} for branch, vector in backing.leaves],
    }
    if backing.radius is not None:
        proof["radius"] = number(fraction(backing.radius, own))
    return proof


def _priced(names: Sequence[str], prices: Iterable[int], fine: int) -> Json:
    """Prices by id; those of 0 are left out."""
    return {
        name: number(Fraction(int(price), fine)) for name, price in zip(names, prices, strict=True) if price
    }


def _branch(own: Instance, branch: Branch) -> Json:
    return {"opened": [own.sites[j] for j in branch.opened], "shut": [own.sites[j] for j in branch.shut]}


def reason(own: Instance, why: Hopeless) -> Json:
    """One reason with its numbers and its words."""
    ids = [own.demand[row] for row in why.demand]
    shown = "、".join(ids[:5]) + ("……" if len(ids) > 5 else "")
    if why.kind == "unreachable":
        zh, en = (
            f"{len(ids)} 个需求点没有可达的站点：{shown}",
            f"{len(ids)} demand points have no site in reach: {shown}",
        )
        return {"kind": why.kind, "demand": ids, "zh": zh, "en": en}
    if why.kind == "capacity":
        zh = f"全部站点的容量合计比需求少 {why.lacking} 人"
        return {
            "kind": why.kind,
            "lacking": why.lacking,
            "zh": zh,
            "en": f"all sites together lack {why.lacking} places",
        }
    if why.kind == "crowded":
        zh = f"{len(ids)} 个需求点可达的站点容量合计比它们的需求少 {why.lacking} 人：{shown}"
        en = f"the sites in reach of {len(ids)} demand points lack {why.lacking} places: {shown}"
        return {"kind": why.kind, "demand": ids, "lacking": why.lacking, "zh": zh, "en": en}
    zh = f"要人人可达至少需要 {why.needed} 个站点，只允许 {own.count} 个"
    en = f"to reach everybody takes at least {why.needed} sites; {own.count} are allowed"
    found: Json = {"kind": why.kind, "needed": why.needed, "zh": zh, "en": en}
    if why.proof is not None:
        leaves = [(leaf.branch, Vector(leaf.prices)) for leaf in why.proof.leaves]
        found["proof"] = told(own, packed([], Branch(), leaves), FINE)
    return found

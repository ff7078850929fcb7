"""Small zoning problems for tests, and the best plan by trying every one, written from the rule text."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

Json = dict[str, Any]


def problem(
    blocks: Mapping[str, int],
    metres: Mapping[str, Mapping[str, int]],
    neighbours: str,
    seats: Mapping[str, int],
    **more: Any,
) -> Json:
    """``neighbours``: "ab bc …" (one letter per block). ``more``: seeds, now, pins, needy by block; other keys as they are."""
    seeds, now, pins, needy = (more.pop(key, {}) for key in ("seeds", "now", "pins", "needy"))
    rows = [
        {"id": b, "name": f"块{b}", "pupils": count, "addresses": []} for b, count in sorted(blocks.items())
    ]
    for row in rows:
        for key, given in (("now", now), ("pinned", pins), ("needy", needy)):
            if row["id"] in given:
                row[key] = given[row["id"]]
    zones = [
        {"id": z, "name": f"区{z}", "schools": [f"S{z}"], "capacity": c}
        | ({"seed": seeds[z]} if z in seeds else {})
        for z, c in sorted(seats.items())
    ]
    return {
        "format": "junheng-plan-1", "kind": "zone", "name": "small", "county": {"code": "0", "name": "x"},
        "stage": "primary", "from": "2025-09-01", "blocks": rows, "neighbours": sorted(sorted(p) for p in neighbours.split()),
        "zones": zones, "schools": [{"id": f"S{z}", "name": z, "capacity": c} for z, c in sorted(seats.items())],
        "metres": {b: dict(metres.get(b, {})) for b in sorted(blocks)}, "limits": {"reach_m": 9999},
        "weights": {"metre": 1}, "contiguity": "closer", "islands": [], "inputs": [], "sources": {}, **more,
    }  # fmt: skip


def plans(asked: Json) -> Iterator[dict[str, str]]:
    """Every assignment of all blocks that keeps reach, pins, seeds and contiguity; seats are not looked at."""
    blocks = [b["id"] for b in asked["blocks"]]
    only = {b["id"]: b["pinned"] for b in asked["blocks"] if "pinned" in b}
    only |= {z["seed"]: z["id"] for z in asked["zones"] if "seed" in z}
    ways = [[z for z in sorted(asked["metres"][b]) if only.get(b, z) == z] for b in blocks]
    for choice in product(*ways):
        found = dict(zip(blocks, choice, strict=True))
        if all(_is_whole(asked, found, zone) for zone in asked["zones"]):
            yield found


def _is_whole(asked: Json, plan: Mapping[str, str], zone: Json) -> bool:
    beside: dict[str, set[str]] = {b: set() for b in plan}
    for a, b in asked["neighbours"]:
        beside[a].add(b)
        beside[b].add(a)
    mine = {b for b, own in plan.items() if own == zone["id"] and beside[b]}
    seed = zone.get("seed")
    if asked["contiguity"] == "off" or not mine:
        return True
    way = {b: (b != seed, asked["metres"][b][zone["id"]], b) for b in mine}
    if asked["contiguity"] == "closer" and seed in mine and len(zone["schools"]) == 1:
        return all(b == seed or any(way[a] < way[b] for a in beside[b] & mine) for b in mine)
    seen = {seed if seed in mine else min(mine)}
    while more := {a for b in seen for a in beside[b] & mine} - seen:
        seen |= more
    return seen == mine


def short(asked: Json, plan: Mapping[str, str]) -> int:
    """Pupils above seats and below floors."""
    share, found = Fraction(asked["limits"].get("least_fill", 0)), 0
    for zone in asked["zones"]:
        load = sum(b["pupils"] for b in asked["blocks"] if plan[b["id"]] == zone["id"])
        floor = -(-share * zone["capacity"] // 1)
        found += max(0, load - zone["capacity"]) + max(0, floor - load)
    return int(found)


def cost(asked: Json, plan: Mapping[str, str]) -> Fraction:
    """Metre-pupils, moving and needy balance included, from the definitions."""
    weights = {key: Fraction(by) for key, by in asked["weights"].items()}
    total = Fraction(0)
    for block in asked["blocks"]:
        zone = plan[block["id"]]
        way = weights["metre"] * asked["metres"][block["id"]][zone]
        moved = zone not in block["now"] if "now" in block else False
        total += block["pupils"] * (way + weights.get("moved", 0) * moved)
    known = [b for b in asked["blocks"] if "needy" in b]
    heads = sum(b["pupils"] for b in known)
    if weights.get("needy") and heads:
        share = Fraction(sum(b["needy"] for b in known), heads)
        for zone in asked["zones"]:
            mine = [b for b in known if plan[b["id"]] == zone["id"]]
            total += weights["needy"] * abs(sum(b["needy"] - share * b["pupils"] for b in mine))
    return total

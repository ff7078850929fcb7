"""For the check alone: why limits clash, counted again.

A reason with ``zones``, ``pupils``, ``seats`` and ``lacking`` says: so many pupils live in blocks that can go to none but these
zones, which have so many seats. Which zones a block can go to depends on the limit named: reach alone, then pins and seeds
as well, then contiguity as well.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import Text
from junheng.planning.zone.check_plan import Plan
from junheng.planning.zone.check_scene import Scene

Json = dict[str, Any]
_COUNTED = ("capacity", "reach", "pinned", "contiguity")


def ways_under(scene: Scene, limit: str) -> Mapping[str, set[str]]:
    """By block the zones it can go to under a limit and those before it."""
    if limit == "capacity":
        return {name: set(scene.zones) for name in scene.blocks}
    return {"reach": scene.within, "pinned": scene.named, "contiguity": scene.open}[limit]


def held(scene: Scene, limit: str, zones: set[str]) -> int:
    """Pupils who can go to none but these zones; those who can go nowhere are not counted."""
    ways = ways_under(scene, limit)
    return sum(scene.pupils[name] for name, open_to in ways.items() if open_to and open_to <= zones)


def reason_faults(scene: Scene, plan: Plan, reasons: Sequence[Json]) -> list[Text]:
    """Reasons that do not hold."""
    found = []
    for row in reasons:
        if not _holds(scene, plan, row):
            found.append(Text(f"原因不成立：{row['zh']}", f"a reason does not hold: {row['en']}"))
    return found


def _holds(scene: Scene, plan: Plan, row: Json) -> bool:
    limit, zones = row["limit"], row.get("zones", [])
    if zones != sorted(set(zones) & set(scene.zones)):
        return False
    if "blocks" in row:
        return _names_blocks(scene, plan, row)
    if limit in _COUNTED:
        seats, pupils = sum(scene.seats[zone] for zone in zones), held(scene, limit, set(zones))
        return (row["seats"], row["pupils"], row["lacking"]) == (
            seats,
            pupils,
            pupils - seats,
        ) and pupils > seats
    if limit == "least_fill":
        return bool(row["lacking"] == sum(by["pupils"] for by in plan.under()) > 0)
    if limit == "whole":
        beyond = plan.over() + plan.under()
        return bool(row["lacking"] == sum(by["pupils"] for by in beyond) > 0)
    return bool(limit == "time")


def _names_blocks(scene: Scene, plan: Plan, row: Json) -> bool:
    """Blocks nobody can take, or whose pin or seed contradicts another limit."""
    blocks, limit = row["blocks"], row["limit"]
    if not blocks or blocks != sorted(set(blocks) & set(scene.blocks)):
        return False
    lost = {by["block"]: by["why"] for by in plan.unplaced()}
    if limit == "clash":
        return all(lost.get(name) == "clash" for name in blocks)
    clashing = {name for kind, name in scene.clashes if kind == limit}
    return all(lost.get(name) == limit or name in clashing for name in blocks)

"""For the check alone: the bound in which zones choose alone, by dynamic programming over pupils."""

from collections.abc import Mapping

from junheng.planning.zone.check_scene import Scene


def by_blocks(
    scene: Scene, costs: Mapping[str, Mapping[str, int]], prices: Mapping[str, int], unit: int
) -> int:
    """Σ price of blocks + Σ over zones of the least Σ (cost - price) over sets of blocks that keep floor and seats.

    A block that is open to one zone only is in it, whatever its price. All in parts of 1/``unit``.
    Raises ValueError where a zone cannot keep floor and seats at all.
    """
    total = 0
    items: dict[str, list[tuple[int, int]]] = {zone: [] for zone in scene.zones}
    forced = dict.fromkeys(scene.zones, 0)
    for block, ways in costs.items():
        if len(ways) == 1:
            [(zone, cost)] = ways.items()
            forced[zone] += scene.pupils[block]
            total += cost
        elif ways:
            price = prices.get(block, 0)
            total += price
            for zone, cost in ways.items():
                items[zone].append((scene.pupils[block], cost - price))
    for zone, choices in items.items():
        total += _least(choices, max(0, scene.floors[zone] - forced[zone]), scene.seats[zone] - forced[zone])
    return total


def _least(items: list[tuple[int, int]], floor: int, seats: int) -> int:
    """The least sum of values over sets of items whose weights add up to something from ``floor`` to ``seats``."""
    found = sum(value for weight, value in items if value < 0 and not weight)
    best: list[int | None] = [0] + [None] * max(0, seats)
    most = 0
    for weight, value in items:
        if not weight or weight > seats or (value >= 0 and not floor):
            continue
        most = min(seats, most + weight)
        for load in range(most, weight - 1, -1):
            before = best[load - weight]
            if before is not None:
                after, now = before + value, best[load]
                if now is None or after < now:
                    best[load] = after
    reached = [value for value in best[floor : seats + 1] if value is not None]
    if seats < 0 or not reached:
        raise ValueError("a zone cannot keep its floor and seats")
    return found + min(reached)

"""A plan in the making: who is where, and what a single change costs and breaks."""

from collections.abc import Iterator

import numpy as np

from junheng.planning.zone.model import OUT, UNPLACED, Layout, Whole
from junheng.planning.zone.model_contiguity import broken


class State:
    """A plan whose zones keep their rule of contiguity; pupils beyond the limits are paid for with the layout's penalty."""

    def __init__(self, layout: Layout, plan: Whole | None = None) -> None:
        self.layout, self.penalty, self.touch = layout, layout.penalty, layout.touch
        self.cost = (layout.cost + layout.ties).tolist()
        self.open = [np.flatnonzero(row).tolist() for row in layout.is_open]
        self.pupils, self.apart = layout.pupils.tolist(), layout.apart.tolist()
        self.capacity, self.floor = layout.capacity.tolist(), layout.floor.tolist()
        self.plan, self.load = [OUT] * len(layout.blocks), [0] * len(layout.zones)
        self.uneven, self.weight = [0.0] * len(layout.zones), layout.needy_weight
        self.size = [0] * len(layout.zones)
        if plan is not None:
            self.take(plan)

    def take(self, plan: Whole) -> None:
        """Begin from a plan; blocks that break their zone's rule are left out."""
        whole = plan.copy()
        for zone in range(len(self.layout.zones)):
            while wrong := broken(self.touch, whole, zone):
                whole[wrong] = OUT
        for block, zone in enumerate(whole.tolist()):
            self.put(block, zone)

    def put(self, block: int, zone: int) -> None:
        """Change the zone of a block, without asking whether it may."""
        old, pupils, apart = self.plan[block], self.pupils[block], self.apart[block]
        if old >= 0:
            self.load[old] -= pupils
            self.uneven[old] -= apart
            self.size[old] -= 1
        if zone >= 0:
            self.load[zone] += pupils
            self.uneven[zone] += apart
            self.size[zone] += 1
        self.plan[block] = zone

    def array(self) -> Whole:
        """The plan."""
        return np.array(self.plan, np.int64)

    def may_join(self, block: int, zone: int) -> bool:
        """Whether an open zone keeps its rule with this block more."""
        touch, plan = self.touch, self.plan
        if touch.is_free(block, zone):
            return True
        if touch.rules[zone] == "closer":
            return any(plan[a] == zone for a in touch.nearer[block, zone])
        return any(plan[a] == zone for a in touch.beside[block]) or (
            touch.seeds[zone] < 0 and not self.size[zone]
        )

    def may_leave(self, block: int) -> bool:
        """Whether its zone keeps its rule without this block."""
        zone, touch = self.plan[block], self.touch
        if zone < 0 or touch.rules[zone] == "off" or not touch.beside[block]:
            return True
        if touch.seeds[zone] == block:
            return False
        mine = [a for a in touch.beside[block] if self.plan[a] == zone]
        if touch.rules[zone] == "connected":
            return len(mine) < 2 or self._holds_together(mine, zone, block)
        return all(self._stands_without(a, zone, block) for a in mine)

    def _stands_without(self, block: int, zone: int, without: int) -> bool:
        """Whether a block has something nearer in its zone besides ``without``."""
        if self.touch.is_free(block, zone):
            return True
        return any(self.plan[a] == zone and a != without for a in self.touch.nearer[block, zone])

    def _holds_together(self, mine: list[int], zone: int, without: int) -> bool:
        """Whether blocks of a zone still reach each other without one."""
        wanted, seen, stack = set(mine[1:]), {mine[0], without}, [mine[0]]
        while stack and wanted:
            for other in self.touch.beside[stack.pop()]:
                if self.plan[other] == zone and other not in seen:
                    seen.add(other)
                    wanted.discard(other)
                    stack.append(other)
        return not wanted

    def change(self, block: int, zone: int) -> float:
        """What putting a block into another zone (or out) adds to cost and penalties."""
        old, pupils = self.plan[block], self.pupils[block]
        found, cost = 0.0, self.cost[block]
        for at, sign in ((old, -1), (zone, 1)):
            if at < 0:
                found += sign * UNPLACED * self.penalty * max(pupils, 1)
                continue
            load = self.load[at]
            found += sign * cost[at] + self.penalty * (
                self._beyond(at, load + sign * pupils) - self._beyond(at, load)
            )
            if self.weight:
                apart = self.uneven[at]
                found += self.weight * (abs(apart + sign * self.apart[block]) - abs(apart))
        return found

    def _beyond(self, zone: int, load: int) -> int:
        return int(max(0, load - self.capacity[zone], self.floor[zone] - load))

    def room(self, zone: int) -> int:
        """Free seats."""
        return int(self.capacity[zone] - self.load[zone])

    def ways(self, block: int) -> Iterator[int]:
        """Other open zones that may take the block now."""
        own, plan = self.plan[block], self.plan
        near = {plan[a] for a in self.touch.beside[block]}
        for zone in self.open[block]:
            is_near = zone in near or self.touch.is_free(block, zone) or not self.size[zone]
            if zone != own and is_near and self.may_join(block, zone):
                yield zone

    def rim(self) -> list[int]:
        """Blocks with a choice: at a border, free of the rule, or placed nowhere."""
        plan, beside = self.plan, self.touch.beside
        return [
            b
            for b, zones in enumerate(self.open)
            if len(zones) > (plan[b] >= 0)
            and (
                plan[b] < 0
                or not beside[b]
                or self.touch.rules[plan[b]] == "off"
                or any(plan[a] != plan[b] for a in beside[b])
            )
        ]

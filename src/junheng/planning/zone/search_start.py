"""A first plan: zones grow from their seeds, the block with least regret first, while there are seats."""

import heapq

import numpy as np

from junheng.planning.zone.model import OUT, Doubles, Layout, Whole
from junheng.planning.zone.search_state import State


def grow(layout: Layout, costs: Doubles, plan: Whole | None = None) -> State:
    """A plan grown by ``costs`` (of pairs, infinite where closed), from ``plan`` where given; seats first, then beyond."""
    state = State(layout, plan)
    least = np.where(layout.is_open.any(1), costs.min(1), 0.0)
    regret = (costs + layout.ties - least[:, None]).tolist()
    _plant(state, regret)
    late = _spread(state, regret, _frontier(state, regret), is_strict=True)
    while late:
        late = _spread(state, regret, late, is_strict=False)
    return state


def _plant(state: State, regret: list[list[float]]) -> None:
    """Seeds, and for a zone without one the nearest block that wants it."""
    touch = state.touch
    for zone, seed in enumerate(touch.seeds):
        if seed >= 0 and state.plan[seed] == OUT and zone in state.open[seed]:
            state.put(seed, zone)
    for zone, seed in enumerate(touch.seeds):
        if seed < 0 and not state.size[zone]:
            wants = [
                (regret[b][zone], int(state.layout.metres[b, zone]), b)
                for b, zones in enumerate(state.open)
                if zone in zones and state.plan[b] == OUT
            ]
            if wants:
                state.put(min(wants)[2], zone)


def _frontier(state: State, regret: list[list[float]]) -> list[tuple[float, int, int]]:
    return [
        (regret[b][zone], b, zone)
        for b, own in enumerate(state.plan)
        if own == OUT
        for zone in state.open[b]
        if state.may_join(b, zone)
    ]


def _spread(
    state: State, regret: list[list[float]], heap: list[tuple[float, int, int]], *, is_strict: bool
) -> list[tuple[float, int, int]]:
    """Grow; what did not fit for want of seats is given back. Not strict: one block goes in where it costs least."""
    late: dict[tuple[int, int], float] = {}
    if not is_strict:
        heap = [(state.change(b, zone), b, zone) for _, b, zone in heap if state.plan[b] == OUT]
    heapq.heapify(heap)
    while heap:
        by, block, zone = heapq.heappop(heap)
        if state.plan[block] != OUT or not state.may_join(block, zone):
            continue
        if is_strict and state.pupils[block] > state.room(zone):
            late[block, zone] = by
            continue
        state.put(block, zone)
        for other in state.touch.beside[block]:
            if state.plan[other] == OUT and zone in state.open[other] and state.may_join(other, zone):
                key = regret[other][zone] if is_strict else state.change(other, zone)
                heapq.heappush(heap, (key, other, zone))
    return [(by, block, zone) for (block, zone), by in late.items() if state.plan[block] == OUT]

"""A plan made better by small changes: one block, two against each other, chains through zones."""

from collections.abc import Callable

from junheng.planning.zone.model import OUT
from junheng.planning.zone.search_state import State

_LEAST = 1e-6  # a smaller gain is noise
_WIDE = 4  # followers looked at in each step of a chain


def improve(state: State, is_over: Callable[[], bool], depth: int = 3) -> State:
    """Change the plan until no block, pair or chain of ``depth`` changes makes it better, or time is over."""
    while not is_over():
        if _shifts(state, is_over):
            continue
        if not _chains(state, is_over, depth):
            break
    return state


def _shifts(state: State, is_over: Callable[[], bool]) -> bool:
    """Single blocks; True where something changed."""
    changed = False
    for block in state.rim():
        if is_over():
            break
        best = min(((state.change(block, zone), zone) for zone in state.ways(block)), default=(0.0, OUT))
        if best[0] < -_LEAST and state.may_leave(block):
            state.put(block, best[1])
            changed = True
    return changed


def _chains(state: State, is_over: Callable[[], bool], depth: int) -> bool:
    """Chains from every border block; True where something changed."""
    changed = False
    rim = state.rim()
    by_zone: dict[int, list[int]] = {}
    for block in rim:
        by_zone.setdefault(state.plan[block], []).append(block)
    for block in rim:
        if is_over():
            break
        for zone in list(state.ways(block)):
            old = state.plan[block]
            if (
                zone != old
                and state.may_leave(block)
                and _follow(state, block, zone, 0.0, depth, by_zone, {block})
            ):
                by_zone.setdefault(zone, []).append(block)
                changed = True
                break
    return changed


def _follow(
    state: State, block: int, zone: int, so_far: float, depth: int, rim: dict[int, list[int]], used: set[int]
) -> bool:
    """Put a block there and look for followers out of that zone until the whole is a gain; undone where it is none."""
    old, total = state.plan[block], so_far + state.change(block, zone)
    state.put(block, zone)
    if total < -_LEAST:
        return True
    for _, other, to in _followers(state, zone, rim, used) if depth > 1 else ():
        may = state.may_join(other, to) and state.may_leave(other)
        if may and _follow(state, other, to, total, depth - 1, rim, used | {other}):
            return True
    state.put(block, old)
    return False


def _followers(
    state: State, zone: int, rim: dict[int, list[int]], used: set[int]
) -> list[tuple[float, int, int]]:
    """The cheapest blocks that may leave a zone next."""
    found = [
        (state.change(other, to), other, to)
        for other in rim.get(zone, ())
        if other not in used and state.plan[other] == zone
        for to in state.ways(other)
    ]
    found.sort()
    return found[:_WIDE]

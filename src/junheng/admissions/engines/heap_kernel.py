"""The compiled loop of the numba engine: proposals one by one, a heap of the admitted in every pool.

A key is level << shift | place, and the place names the unit: a heap (four below each, the worst on top) holds keys alone.
The loop is bound by cache misses, so what is known of a unit or a pool stands side by side.
"""

import numba
import numpy as np

from junheng.admissions.market import Ints, SmallInts

AT, POOL, LAST, PLACE = (
    0,
    1,
    2,
    3,
)  # of a unit: application it stands at, pool that holds it, end of its list, place
OPEN = np.iinfo(np.int64).max  # the limit of a pool that is not full
FITS_CACHE = 20_000  # units
MOST_LEVELS = 64  # levels of first wishes told apart where units take turns; bands and classes are few
CAPACITY, TAKEN, COUNT, TOP, SEATS, PASSES_ON = 0, 1, 2, 3, 4, 5  # of a pool; TOP: where its heap begins


@numba.njit(inline="always")
def _rise(heap, top, count, key):  # type: ignore[no-untyped-def]  # numba infers the types
    """Add ``key`` to a heap of ``count`` that begins at ``top``."""
    i = count
    while i > 0:
        above = (i - 1) >> 2
        if heap[top + above] >= key:
            break
        heap[top + i] = heap[top + above]
        i = above
    heap[top + i] = key


@numba.njit(inline="always")
def _sink(heap, top, i, count, key):  # type: ignore[no-untyped-def]  # numba infers the types
    """Put ``key`` in place ``i`` of a heap of ``count``, or below where larger ones stand."""
    while True:
        first = top + 4 * i + 1
        if first >= top + count:
            break
        if first + 3 < top + count:  # without branches: which of the four is largest cannot be foreseen
            one = first + (heap[first + 1] > heap[first])
            two = first + 2 + (heap[first + 3] > heap[first + 2])
            large = two if heap[two] > heap[one] else one
        else:
            large = first
            for other in range(first + 1, top + count):
                if heap[other] > heap[large]:
                    large = other
        if heap[large] <= key:
            break
        heap[top + i] = heap[large]
        i = large - top
    heap[top + i] = key


@numba.njit(cache=True)
def _heap_up(heap, top, count):  # type: ignore[no-untyped-def]  # numba infers the types
    """Make a heap of ``count`` keys in any order."""
    for i in range((count - 2) >> 2, -1, -1):
        _sink(heap, top, i, count, heap[top + i])


@numba.njit(cache=True, nogil=True)
def propose_all(  # type: ignore[no-untyped-def]  # noqa: PLR0915 – cut up, the loop is a third slower: counts of references
    waits, lists, places, size, pools, heap
):
    """Let all units that wait propose until nobody is without a seat or a further wish.

    Returns the application that holds each unit and its pool, -1 without one, and the number of proposals. ``waits`` [U].
    ``lists``: start [U+1], (school, level) [a, 2], class [a], whether a pool excludes a class. ``places``: shift; each
    unit's place and the unit of each place; where those of a school begin; the place of each application, and whether it
    counts instead. ``size``: children [U], whether all are 1. ``pools``: first pool of each school [S+1], records [P, 6]
    (updated), admits [P, C], the largest key each may still take (OPEN while it is not full).
    """
    start, wish, klass, excludes = lists
    shift, place, who, whose, place_of, by_application = places
    children, is_single = size
    first_pool, record, admits, limit = pools
    mask = (1 << shift) - 1
    state = _at_start(waits.size, start, place)
    waiting = np.empty(waits.size + 1, np.int32)
    proposals = 0
    for first in _turns(waits, start, wish, who, by_application):
        waiting[0] = first
        depth = 1
        while depth > 0:
            depth -= 1
            unit = waiting[depth]
            a, p, last, own = state[unit, AT], state[unit, POOL], state[unit, LAST], state[unit, PLACE]
            key, end, members = 0, 0, 0
            while a < last:  # down the list to the first pool that may still take the unit
                school = wish[a, 0]
                end = first_pool[school + 1]
                if by_application:
                    own, members = place_of[a], whose[school]
                key = (np.int64(wish[a, 1]) << shift) | own
                if p < 0:
                    p = first_pool[school]
                    proposals += 1
                else:
                    p += 1
                while p < end and (key > limit[p] or (excludes and not admits[p, klass[a]])):
                    p += 1
                if p < end:
                    break
                a, p = a + 1, -1
            state[unit, AT], state[unit, POOL] = a, p
            if p < 0:
                continue
            top, count = record[p, TOP], record[p, COUNT]
            taken = record[p, TAKEN] + (1 if is_single else children[unit])
            if limit[p] == OPEN:  # not full so far: in any order until it is
                heap[top + count] = key
                record[p, COUNT] = count + 1
                if taken >= record[p, CAPACITY]:
                    _heap_up(heap, top, count + 1)
                    limit[p] = heap[top]
            else:
                worst = who[members + (heap[top] & mask)]
                leaves = 1 if is_single else children[worst]
                if taken - leaves >= record[p, CAPACITY]:  # the worst leaves, the new one comes in its place
                    waiting[depth] = worst
                    depth += 1
                    taken -= leaves
                    _sink(heap, top, 0, count, key)
                else:
                    _rise(heap, top, count, key)
                    record[p, COUNT] = count + 1
                limit[p] = heap[top]
            record[p, TAKEN] = taken
            if taken > record[p, CAPACITY] or p + 1 < end:
                depth = _pass_on(
                    p, end, mask, who, members, children, is_single, record, limit, heap, waiting, depth
                )
    return _held(state), proposals


@numba.njit(cache=True)
def _pass_on(  # type: ignore[no-untyped-def]  # numba infers the types
    p, end, mask, who, members, children, is_single, record, limit, heap, waiting, depth
):
    """Let the worst go while those before it fill the pool; then the pools it passes fewer seats on to."""
    while True:
        top, count, taken, capacity = record[p, TOP], record[p, COUNT], record[p, TAKEN], record[p, CAPACITY]
        if taken >= capacity and limit[p] == OPEN:
            _heap_up(heap, top, count)
        while taken > capacity:
            worst = who[members + (heap[top] & mask)]
            leaves = 1 if is_single else children[worst]
            if taken - leaves < capacity:
                break
            waiting[depth] = worst
            depth += 1
            taken -= leaves
            count -= 1
            if count > 0:
                _sink(heap, top, 0, count, heap[top + count])
        record[p, TAKEN], record[p, COUNT] = taken, count
        if taken >= capacity:
            limit[p] = heap[top] if count > 0 else -1
        if p + 1 == end or record[p, PASSES_ON] == 0:
            break
        onward = record[p + 1, SEATS] + max(0, capacity - taken)
        if onward == record[p + 1, CAPACITY]:
            break
        p += 1
        record[p, CAPACITY] = onward
    return depth


@numba.njit(cache=True)
def _turns(waits, start, wish, who, by_application):  # type: ignore[no-untyped-def]  # numba infers the types
    """The units that wait and have a wish, by level of the first wish: fewer are displaced later.

    The order changes nothing but the time it takes. Few units, whose records fit the cache, go by place as well; many go
    as they stand, one record after another; so do those with tickets per school, which give no one order.
    """
    by_place = waits.size <= FITS_CACHE and not by_application
    begins = np.zeros(MOST_LEVELS + 1, np.int64)
    for unit in range(waits.size):
        if waits[unit] and start[unit] < start[unit + 1]:
            begins[min(wish[start[unit], 1], MOST_LEVELS - 1) + 1] += 1
    begins = np.cumsum(begins)
    found = np.empty(begins[-1], np.int32)
    for turn in range(waits.size):
        unit = who[turn] if by_place else turn
        if waits[unit] and start[unit] < start[unit + 1]:
            level = min(wish[start[unit], 1], MOST_LEVELS - 1)
            found[begins[level]] = unit
            begins[level] += 1
    return found


@numba.njit(cache=True)
def _at_start(units, start, place):  # type: ignore[no-untyped-def]  # numba infers the types
    state = np.empty((units, 4), np.int64)
    for unit in range(units):
        state[unit, AT], state[unit, LAST] = start[unit], start[unit + 1]
        state[unit, POOL], state[unit, PLACE] = -1, place[unit]
    return state


@numba.njit(cache=True)
def _held(state):  # type: ignore[no-untyped-def]  # numba infers the types
    at, pool = np.empty(state.shape[0], np.int64), np.empty(state.shape[0], np.int32)
    for unit in range(state.shape[0]):
        pool[unit] = state[unit, POOL]
        at[unit] = state[unit, AT] if pool[unit] >= 0 else -1
    return at, pool


def pool_records(seats: Ints, passes_on: Ints, capacity: Ints, bounds: Ints) -> tuple[Ints, Ints, Ints]:
    """Records [P, 6] of empty pools, the heap with room for ``bounds`` keys each, and their limits."""
    record = np.zeros((seats.size, 6), dtype=np.int64)
    record[:, CAPACITY], record[:, SEATS], record[:, PASSES_ON] = capacity, seats, passes_on
    np.cumsum(bounds[:-1], out=record[1:, TOP])
    limit = np.where(capacity > 0, OPEN, -1)
    return record, np.empty(int(bounds.sum()), dtype=np.int64), limit


def inverse(places: Ints) -> SmallInts:
    """Who stands at each place."""
    found = np.empty(places.size, dtype=np.int32)
    found[places] = np.arange(places.size, dtype=np.int32)
    return found

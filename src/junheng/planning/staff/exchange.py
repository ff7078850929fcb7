"""Exchanges between schools: persons enter a pool and leave it to another school.

A pool serves one subject, from one stage to one stage, in one area or in the whole county. Moves by pair are only
made afterwards: with n schools that is about n variables a subject, not n².
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.planning.staff.openings import Openings

Pool = tuple[str, str, str, str]  # subject, stage left, stage taken, area ("" for the county)
COUNTY = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """``gives``, ``takes``: (place in surpluses or shortages, place of the pool)."""

    pools: Sequence[Pool]
    gives: Sequence[tuple[int, int]]
    takes: Sequence[tuple[int, int]]


def exchange(given: Openings) -> Exchange:
    """Every pool that has somebody to give and a post to take."""
    givers, takers = dict[Pool, list[int]](), dict[Pool, list[int]]()
    for at, cell in enumerate(given.surpluses):
        if cell.school_id in given.room:
            for stage in given.stages_below(cell.stage):
                for area in _areas(given, cell.school_id):
                    givers.setdefault((cell.subject, cell.stage, stage, area), []).append(at)
    for to, cell in enumerate(given.shortages):
        if cell.school_id in given.room:
            for area in _areas(given, cell.school_id):
                for pool in {
                    (cell.subject, one.stage, cell.stage, area) for one in given.surpluses
                } & givers.keys():
                    takers.setdefault(pool, []).append(to)
    pools = sorted(takers)
    return Exchange(
        pools,
        [(at, place) for place, pool in enumerate(pools) for at in givers[pool]],
        [(to, place) for place, pool in enumerate(pools) for to in takers[pool]],
    )


def _areas(given: Openings, school_id: str) -> tuple[str, ...]:
    area = given.areas.get(school_id, COUNTY)
    return (area, COUNTY) if area != COUNTY else (COUNTY,)


def pairs(given: Openings, out: Mapping[int, int], into: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Who goes where through one pool: (place in surpluses, place in shortages, persons), the nearest round first."""
    left, room, found = dict(out), dict(into), list[tuple[int, int, int]]()
    near = sorted(
        (given.round_of(given.surpluses[at].school_id, given.shortages[to].school_id), at, to)
        for at in left
        for to in room
    )
    for _, at, to in near:
        persons = min(left[at], room[to])
        if persons:
            found.append((at, to, persons))
            left[at] -= persons
            room[to] -= persons
    return found

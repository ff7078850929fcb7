"""Which zones a block may get: within reach, its nearest ones where none is, today's, the pinned one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.distances import Ways
from junheng.planning.zone.reading.faults import Faults, named

Allowed = dict[str, dict[str, int]]


def zone_metres(ways: Ways, block: str, zone: Json) -> int | None:
    """The way to the nearest school of a zone; None where none is known."""
    told = [metres for school in zone["schools"] if (metres := ways.of(block, school)) is not None]
    return min(told, default=None)


def allowed_zones(
    blocks: Sequence[Block],
    zones: Sequence[Json],
    ways: Ways,
    limits: tuple[int, Fraction],
    beside: Mapping[str, Sequence[str]],
    faults: Faults,
) -> Allowed:
    """Block → {zone: metres}. ``limits``: reach in metres, and how much farther than its nearest a far block may go.

    A block without any zone in reach gets those within ``widen`` × its nearest (listed), and the blocks on the way
    there get that zone too: else no connected zone could reach it. Its today's zones stay open to it.
    """
    reach, widen = limits
    every = {
        b.id: {z["id"]: m for z in zones if (m := zone_metres(ways, b.id, z)) is not None} for b in blocks
    }
    found: Allowed = {}
    for block in blocks:
        told = every[block.id]
        near = min(told.values(), default=0)
        most = reach if near <= reach else int(near * widen)
        found[block.id] = {zone: metres for zone, metres in told.items() if metres <= most}
    far = [block for block in blocks if min(every[block.id].values(), default=0) > reach]
    for block in far:
        for zone in list(found[block.id]):
            _open_road(block.id, zone, every, found, beside)
    _tell_far([block.id for block in far if block.pupils], reach, faults)
    return {block: dict(sorted(zones.items())) for block, zones in found.items()}


def _open_road(
    block: str, zone: str, every: Allowed, found: Allowed, beside: Mapping[str, Sequence[str]]
) -> None:
    """Give ``zone`` to the blocks one walks through: always on to the neighbour nearest to it."""
    here = block
    while True:
        nearer = [
            (every[other][zone], other)
            for other in beside.get(here, ())
            if zone in every[other] and (every[other][zone], other) < (every[here][zone], here)
        ]
        if not nearer or zone in found[min(nearer)[1]]:
            return
        metres, here = min(nearer)
        found[here][zone] = metres


def _tell_far(far: list[str], reach: int, faults: Faults) -> None:
    if far:
        said = Text(
            f"{len(far)} 个有学生的片块 {reach:,} 米内没有学校，已放宽：{named(far)}",
            f"{len(far)} blocks with pupils have no school within {reach:,} m; widened: {named(far)}",
        )
        faults.doubt("reach", "limits.reach_m", said, far)


def keep_today(allowed: Allowed, now: Mapping[str, Sequence[str]], zones: Sequence[Json], ways: Ways) -> None:
    """Open today's zones (and what is pinned) to a block, however far."""
    by_id = {zone["id"]: zone for zone in zones}
    for block, kept in now.items():
        for zone in kept:
            metres = zone_metres(ways, block, by_id[zone]) if zone in by_id else None
            if metres is not None:
                allowed[block][zone] = metres
        allowed[block] = dict(sorted(allowed[block].items()))


def seeds(
    zones: Sequence[Json], at: Mapping[str, str], allowed: Allowed, seats: Mapping[str, int], faults: Faults
) -> None:
    """Give each zone the block its (largest) school stands in; two zones never share one.

    ``at``: school → block. Where two schools stand in one block the nearer keeps it, the other takes its nearest free one.
    """
    wanted = []
    for zone in zones:
        standing = [s for s in zone["schools"] if at.get(s)]
        if standing:
            school = max(standing, key=lambda s: (seats.get(s, 0), s))
            wanted.append((allowed[at[school]].get(zone["id"], 0), zone["id"], at[school]))
    taken: dict[str, str] = {}
    by_id = {zone["id"]: zone for zone in zones}
    for _, zone, block in sorted(wanted):
        if block in taken.values():
            free = [(m[zone], b) for b, m in allowed.items() if zone in m and b not in taken.values()]
            said = Text(
                f"{block} 里有两所学校：学区 {zone} 改以最近的空片块为起点",
                f"two schools stand in {block}: zone {zone} starts from its nearest free block",
            )
            faults.doubt("seed", f"片块 {block}", said, [block, zone])
            block = min(free)[1] if free else ""
        if block:
            taken[zone] = block
            by_id[zone]["seed"] = block

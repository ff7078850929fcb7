"""Ways from blocks to schools in whole metres: table, else roads, else great circle × detour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.basics import Text
from junheng.planning.sheet_records import Record
from junheng.planning.travel import EARTH_KM, unit_sphere
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.schools import School

Metres = npt.NDArray[np.int64]
UNKNOWN = np.int64(10**9)  # no way is known; never stands in a problem


@dataclass(frozen=True, slots=True)
class Ways:
    """``way[b, s]`` and ``straight[b, s]`` in metres, rounded up (UNKNOWN: none); ``basis``: how they were measured."""

    blocks: Mapping[str, int]
    schools: Mapping[str, int]
    way: Metres
    straight: Metres
    basis: Text

    def of(self, block: str, school: str) -> int | None:
        """The way in metres; None where it is not known."""
        found = int(self.way[self.blocks[block], self.schools[school]])
        return None if found >= UNKNOWN else found

    def straight_of(self, block: str, school: str) -> int | None:
        """The straight line in metres; None where it is not known."""
        found = int(self.straight[self.blocks[block], self.schools[school]])
        return None if found >= UNKNOWN else found


def measure(
    blocks: Sequence[Block],
    schools: Sequence[School],
    table: Iterable[Record],
    settings: Mapping[str, Any],
    folder: Path,
    faults: Faults,
) -> Ways:
    """All ways from ``blocks`` to ``schools``. Places without coordinates are listed, and reach only what the table says.

    Raises UserError for a school or block whose coordinates lie beyond ``distance.audit_m`` of everything else.
    """
    straight = _straight(blocks, schools)
    most = int(Fraction(settings["distance"]["audit_m"]))
    _refuse_far_schools(schools, straight, most, faults)
    _refuse_far_blocks(blocks, straight, most, faults)
    faults.refuse()
    detour = Fraction(settings["distance"]["detour"])
    way, basis = _detoured(straight, detour)
    if "roads" in settings:
        way, basis = _by_road(blocks, schools, way, settings, folder, faults)
    index = {block.id: at for at, block in enumerate(blocks)}
    numbered = {school.id: at for at, school in enumerate(schools)}
    tabled = _tabled(table, index, numbered, way, faults)
    if tabled:
        basis = Text(f"{tabled} 对用路程表；其余：{basis.zh}", f"{tabled} pairs by table; else {basis.en}")
    _list_placeless(blocks, schools, way, faults)
    _list_far(schools, way, most, faults)
    return Ways(index, numbered, way, straight, basis)


def _sphere(places: Sequence[Block | School]) -> npt.NDArray[np.float64]:
    """Unit vectors, shape (n, 3); NaN where a place has no coordinates."""
    points = [(float(p.lon), float(p.lat)) if p.lon and p.lat else (np.nan, np.nan) for p in places]
    return unit_sphere(points)


def _straight(blocks: Sequence[Block], schools: Sequence[Block | School]) -> Metres:
    """Great circles: R·2·asin(chord / 2), rounded up to the metre."""
    one, other = _sphere(blocks), _sphere(schools)
    chord = (
        np.linalg.norm(one[:, None, :] - other[None, :, :], axis=2) if len(other) else np.zeros((len(one), 0))
    )
    metres = 1000 * EARTH_KM * 2 * np.arcsin(np.minimum(1.0, chord / 2))
    return np.where(np.isnan(metres), UNKNOWN, np.ceil(np.nan_to_num(metres) - 1e-6)).astype(np.int64)


def _refuse_far_schools(schools: Sequence[School], straight: Metres, most: int, faults: Faults) -> None:
    """Schools beyond ``most`` metres of every block as the crow flies: the coordinates are wrong, and would spoil every mean."""
    for at, school in enumerate(schools):
        near = int(straight[:, at].min()) if len(straight) else 0
        if most < near < UNKNOWN:
            _refuse_far(f"学校 {school.name}", f"school {school.name}", school, "片块", (near, most), faults)


def _refuse_far_blocks(blocks: Sequence[Block], straight: Metres, most: int, faults: Faults) -> None:
    """Blocks beyond ``most`` metres of every school and of every other block."""
    for at, block in enumerate(blocks):
        near = int(straight[at].min()) if straight.shape[1] else 0
        if most < near < UNKNOWN:
            others = [*blocks[:at], *blocks[at + 1 :]]
            beside = int(_straight([block], others).min()) if others else 0
            if most < beside < UNKNOWN:
                _refuse_far(f"片块 {block.name}", f"block {block.name}", block, "学校", (near, most), faults)


def _refuse_far(
    zh: str, en: str, place: School | Block, to: str, metres: tuple[int, int], faults: Faults
) -> None:
    near, most = metres
    others = {"片块": "block", "学校": "school"}[to]
    faults.add(
        place.where,
        f"{zh}（{place.id}）的坐标 {place.lon}, {place.lat} 离最近的{to}直线 {near / 1000:,.0f} 公里，超过 distance.audit_m"
        f"（{most:,} 米）：经纬度多半写错；确实这么远的，请把 distance.audit_m 写大",
        f"{en} ({place.id}) at {place.lon}, {place.lat} lies {near / 1000:,.0f} km from the nearest {others}, beyond "
        f"distance.audit_m ({most:,} m): wrong coordinates, most likely; if it is so far, raise distance.audit_m",
    )


def _detoured(straight: Metres, detour: Fraction) -> tuple[Metres, Text]:
    way = -((-straight * detour.numerator) // detour.denominator)
    shown = float(detour)
    basis = Text(
        f"没有道路数据：直线距离 × 绕行系数 {shown:g}，取整米（进一）",
        f"no roads given: great circle × detour {shown:g}, rounded up to the metre",
    )
    return np.where(straight >= UNKNOWN, UNKNOWN, way), basis


def _by_road(
    blocks: Sequence[Block],
    schools: Sequence[School],
    fallback: Metres,
    settings: Mapping[str, Any],
    folder: Path,
    faults: Faults,
) -> tuple[Metres, Text]:
    """Ways on the road tables; places off the network are listed and measured by detour.

    What no road reaches within ``distance.audit_m`` lies at least that far away.
    """
    from junheng.planning.travel import read_roads, ways

    roads = read_roads(folder / settings["roads"]["edges"], folder / settings["roads"]["nodes"])
    origins = {b.id: (float(b.lon), float(b.lat)) for b in blocks if b.lon and b.lat}
    ends = {s.id: (float(s.lon), float(s.lat)) for s in schools if s.lon and s.lat}
    limit = float(settings["distance"]["audit_m"])
    found = ways(
        origins, ends, limit=limit, roads=roads, detour=float(Fraction(settings["distance"]["detour"]))
    )
    numbered = {school.id: at for at, school in enumerate(schools)}
    way = np.maximum(fallback, int(limit))  # not found within the search: at least so far
    lost = {*found.off_network, *found.cut_off}
    way[[b.id in lost for b in blocks]] = fallback[[b.id in lost for b in blocks]]
    way[:, [s.id in lost for s in schools]] = fallback[:, [s.id in lost for s in schools]]
    for at, block in enumerate(blocks):
        for school, metres in found.of(block.id).items() if block.id in origins else ():
            way[at, numbered[school]] = metres
    _tell_network(found.off_network, found.cut_off, faults)
    return way, found.basis


def _tell_network(off: Sequence[str], cut: Sequence[str], faults: Faults) -> None:
    if off:
        said = Text(
            f"{len(off)} 处不在路网上，按直线 × 绕行系数量：{named(off)}",
            f"{len(off)} places are off the roads and measured by detour: {named(off)}",
        )
        faults.doubt("off_network", "roads", said, off)
    if cut:
        said = Text(
            f"{len(cut)} 处的道路不与大路网相连，到不了的学校按直线 × 绕行系数量：{named(cut)}",
            f"{len(cut)} places stand on roads that do not join the network; what they cannot reach is measured by "
            f"detour: {named(cut)}",
        )
        faults.doubt("off_network", "roads", said, cut)


def _tabled(
    table: Iterable[Record],
    blocks: Mapping[str, int],
    schools: Mapping[str, int],
    way: Metres,
    faults: Faults,
) -> int:
    """Put the table's metres into ``way``; how many pairs there were."""
    seen: dict[tuple[str, str], int] = {}
    for record in table:
        pair = record["block"], record["school"]
        metres = record.count("metres", faults)
        if pair[0] not in blocks or pair[1] not in schools:
            faults.add(
                record.at("block"), f"没有 {pair[0]} 或 {pair[1]}", f"no block {pair[0]} or school {pair[1]}"
            )
        elif metres is not None:
            if seen.setdefault(pair, metres) != metres:
                faults.add(record.at("metres"), "同一对有两个路程", "one pair has two ways")
            way[blocks[pair[0]], schools[pair[1]]] = metres
    return len(seen)


def _list_placeless(blocks: Sequence[Block], schools: Sequence[School], way: Metres, faults: Faults) -> None:
    lost = [block.id for at, block in enumerate(blocks) if not (way[at] < UNKNOWN).any()]
    nowhere = [school.id for at, school in enumerate(schools) if not (way[:, at] < UNKNOWN).any()]
    for what_zh, what_en, ids in (("片块", "blocks", lost), ("学校", "schools", nowhere)):
        if ids:
            said = Text(
                f"{len(ids)} 个{what_zh}没有坐标也没有路程，量不出远近：{named(ids)}",
                f"{len(ids)} {what_en} without coordinates or ways, so that nothing can be measured: {named(ids)}",
            )
            faults.doubt("placeless", what_zh, said, ids)


def _list_far(schools: Sequence[School], way: Metres, most: int, faults: Faults) -> None:
    """Schools no block lies near: more likely a wrong coordinate than a school."""
    far = [
        school.id for at, school in enumerate(schools) if len(way) and most < int(way[:, at].min()) < UNKNOWN
    ]
    if far:
        said = Text(
            f"{len(far)} 所学校离最近的片块也超过 {most:,} 米，请核对坐标：{named(far)}",
            f"{len(far)} schools lie more than {most:,} m from every block; look at their coordinates: {named(far)}",
        )
        faults.doubt("far", "学校", said, far)

"""The door for plans: what every origin reaches, along roads or by great circle × detour."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError
from junheng.planning.travel.network import Measure, Placed, by_network
from junheng.planning.travel.pairs import EARTH_KM, Point, unit_sphere
from junheng.planning.travel.roads import Roads
from junheng.planning.travel.speeds import Speed, default
from junheng.planning.travel.straight import within
from junheng.planning.travel.ways_found import Ways

_LAST_BITS = 1e-6  # a sum of whole metres stays one
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Found = tuple[Whole, Whole, Floats]
NONE: tuple[str, ...] = ()


def ways(
    origins: Mapping[str, Point | None],
    destinations: Mapping[str, Point | None],
    *,
    limit: float,
    roads: Roads | None = None,
    detour: float | None = None,
    speed: Speed | None = None,
    snap_m: float | None = None,
) -> Ways:
    """Every destination within ``limit`` of every origin: metres, or seconds when a speed is given, rounded up.

    Places are (longitude, latitude) in WGS-84 degrees, None where unknown (listed). With ``roads`` a place joins its
    nearest node, the leg to it being great circle × ``detour``; one farther than ``snap_m`` from any node is listed and
    measured by great circle × ``detour``, as is everything without roads. Two places at one node are measured directly
    where that is shorter. Way and limit are compared rounded up. Defaults: library/speeds.yaml. A place is 0 from itself.
    Raises UserError: a limit or detour that makes no sense, places outside ±180, ±90.
    """
    detour = default("detour") if detour is None else detour
    snap_m = default("snap_m") if snap_m is None else snap_m
    _require_sense(limit, detour)
    froms, tos = _located(origins), _located(destinations)
    measure = Measure(speed, detour, limit)
    spheres = unit_sphere(list(froms.values())), unit_sphere(list(tos.values()))
    if roads is None:
        off, cut = NONE, NONE
        found = _straight(*spheres, measure)
    else:
        found, off, cut = _on_roads(roads, (list(froms), list(tos)), spheres, measure, snap_m)
    unlocated = tuple(sorted((set(origins) - set(froms)) | (set(destinations) - set(tos))))
    starts, ends, lengths = _whole(found, limit, len(tos))
    return Ways(
        tuple(sorted(origins)), tuple(sorted(destinations)),
        _rows(froms, origins)[starts], _rows(tos, destinations)[ends], lengths,
        "m" if speed is None else "s", limit, _basis(roads, measure, off), off, cut, unlocated,
    )  # fmt: skip


def _rows(located: Mapping[str, Point], places: Mapping[str, Point | None]) -> Whole:
    """The row of every located place among all places in order."""
    row = {name: at for at, name in enumerate(sorted(places))}
    return np.array([row[name] for name in located], np.int64)


def _require_sense(limit: float, detour: float) -> None:
    if not (0 <= limit < float("inf")) or not (1 <= detour < 10):
        raise UserError(
            Text(
                f"限值 {limit}、绕行系数 {detour} 不合理", f"limit {limit} or detour {detour} makes no sense"
            ),
            fix=Text("限值不小于 0；绕行系数在 1 与 10 之间", "limit at least 0, detour from 1 to below 10"),
        )


def _located(places: Mapping[str, Point | None]) -> dict[str, Point]:
    """The places that have coordinates, sorted by name. UserError: no place of the earth."""
    found = {}
    for name in sorted(places):
        point = places[name]
        if point is None or not all(np.isfinite(point)):
            continue
        if abs(point[0]) > 180 or abs(point[1]) > 90:
            raise UserError(
                Text(f"{name} 的经纬度 {point} 超出范围", f"{name}: {point} is no longitude and latitude"),
                fix=Text(
                    "先经度后纬度，十进制度；可用 junheng geo check 检查", "longitude first, decimal degrees"
                ),
            )
        found[name] = point
    return found


def _straight(one: Floats, other: Floats, measure: Measure) -> Found:
    """Great circle × detour; at a speed, its ``other`` with the waiting."""
    rate = 1.0 if measure.speed is None else measure.speed.other / 3.6
    starts, ends, metres = within(one, other, (measure.limit - measure.wait) * rate / measure.detour)
    return starts, ends, metres * measure.detour / rate + measure.wait


def _on_roads(
    roads: Roads,
    names: tuple[list[str], list[str]],
    spheres: tuple[Floats, Floats],
    measure: Measure,
    snap_m: float,
) -> tuple[Found, tuple[str, ...], tuple[str, ...]]:
    """Pairs on the network, then pairs with a place off it; and the names of those off it or cut off."""
    tree, rows = roads.tree
    placed, on, off, cut = [], [], set(), set()
    for some, sphere in zip(names, spheres, strict=True):
        chord, nearest = tree.query(sphere) if len(sphere) else (np.empty(0), np.empty(0, np.int64))
        metres = 2000 * EARTH_KM * np.arcsin(np.minimum(1, chord / 2))
        near, nodes = metres <= snap_m, rows[nearest]
        on.append(near)
        placed.append(Placed(sphere[near], nodes[near], measure.off_road(metres[near])))
        off |= {name for name, here in zip(some, near, strict=True) if not here}
        apart = near & (roads.parts[nodes] > 0)
        cut |= {name for name, here in zip(some, apart, strict=True) if here}
    found = _joined(by_network(roads, placed[0], placed[1], measure), on, spheres, measure)
    return found, tuple(sorted(off)), tuple(sorted(cut))


def _joined(
    network: Found, on: list[npt.NDArray[np.bool_]], spheres: tuple[Floats, Floats], measure: Measure
) -> Found:
    """Rows of the network turned into rows of all places, and the straight pairs of places that are off it."""
    rows = [np.flatnonzero(mask) for mask in on]
    found = [(rows[0][network[0]], rows[1][network[1]], network[2])]
    for one, other in ((~on[0], np.ones(len(on[1]), bool)), (on[0], ~on[1])):
        starts, ends, cost = _straight(spheres[0][one], spheres[1][other], measure)
        found.append((np.flatnonzero(one)[starts], np.flatnonzero(other)[ends], cost))
    starts, ends, cost = (np.concatenate(part) for part in zip(*found, strict=True))
    return starts, ends, cost


def _whole(found: Found, limit: float, width: int) -> tuple[Whole, Whole, Whole]:
    """Rounded up, within the limit, sorted by origin and destination."""
    lengths = np.ceil(found[2] - _LAST_BITS).astype(np.int64)
    keep = np.flatnonzero(lengths <= limit)
    order = keep[np.argsort(found[0][keep] * max(1, width) + found[1][keep], kind="stable")]
    return found[0][order], found[1][order], lengths[order]


def _basis(roads: Roads | None, measure: Measure, off: tuple[str, ...]) -> Text:
    """How it was measured."""
    factor = f"{measure.detour:g}"
    zh, en = f"大圆距离 × {factor}（未用道路数据）", f"great circle × {factor} (no road data)"
    if roads is not None:
        zh = f"路网最短路（{len(roads.names)} 个结点；到最近结点按大圆距离 × {factor}）"
        en = f"shortest ways on the roads ({len(roads.names)} nodes; to the nearest node great circle × {factor})"
    if off:
        zh += f"；{len(off)} 处不在路网上，按大圆距离 × {factor}"
        en += f"; {len(off)} places off the network by great circle × {factor}"
    if measure.speed is not None:
        name = measure.speed.name
        zh, en = (
            f"{zh}，{name.zh}时间（{measure.speed.source.zh}）",
            f"{en}, time {name.en} ({measure.speed.source.en})",
        )
    return Text(zh, en)

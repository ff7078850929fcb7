"""Doubtful roads: separate parts, one-way traps, bare nodes, wrong lengths; places off the network."""

from collections.abc import Iterator, Sequence

import numpy as np

from junheng.basics import Text
from junheng.planning.geo.finding import Finding, Level, threshold
from junheng.planning.geo.places import Place
from junheng.planning.travel import Roads, unit_sphere

_SHOWN = 6
_PARTS_SHOWN = 30
_EARTH_M = 6_371_008.8
_EFFECT = Text("经过它的路程不可信", "ways along it cannot be trusted")


def road_faults(roads: Roads, where: str, places: Sequence[Place] = ()) -> list[Finding]:
    """What is wrong with a road graph; ``places``: points whose way to it is looked at too."""
    found = list(_parts(roads, where))
    found += _traps(roads, where)
    found += _bare_nodes(roads, where)
    found += _lengths(roads, where)
    found += _unknown(roads, where)
    return found + list(_places(roads, [place for place in places if place.point is not None]))


def _fault(
    roads: Roads, where: str, code: str, level: Level, node: int, what: Text, effect: Text, fix: Text
) -> Finding:
    lon, lat = roads.points[node].tolist()
    return Finding(code, level, where, roads.names[node], what, effect, fix, lon, lat)


def _touched(roads: Roads) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    found: np.ndarray[tuple[int], np.dtype[np.int64]] = np.unique(np.concatenate((roads.starts, roads.ends)))
    return found


def _parts(roads: Roads, where: str) -> Iterator[Finding]:
    """Parts that no road joins to the largest, the largest of them first; very many are summed up at the end."""
    touched = _touched(roads)
    order = touched[np.argsort(roads.parts[touched], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(roads.parts[order])) + 1)[1:]
    for nodes in groups[:_PARTS_SHOWN]:
        shown = "、".join(roads.names[node] for node in nodes[:_SHOWN].tolist())
        zh, en = (
            f"{len(nodes)} 个结点的路不与其余相连：{shown}",
            f"roads of {len(nodes)} nodes apart from the rest: {shown}",
        )
        yield _separate(roads, where, int(nodes[0]), Text(zh, en))
    if rest := groups[_PARTS_SHOWN:]:
        nodes = np.concatenate(rest)
        zh = f"另有 {len(rest)} 块不与其余相连，共 {len(nodes)} 个结点"
        en = f"and {len(rest)} more parts apart from the rest, {len(nodes)} nodes in all"
        yield _separate(roads, where, int(nodes[0]), Text(zh, en))


def _separate(roads: Roads, where: str, node: int, what: Text) -> Finding:
    effect = Text("从那里到不了别处，别处也到不了那里", "nothing leads from there to elsewhere, nor back")
    fix = Text(
        "多半少画了一段路、一座桥，或两个结点本是一处",
        "a stretch or a bridge is absent, or two nodes are one",
    )
    return _fault(roads, where, "separate", "error", node, what, effect, fix)


def _traps(roads: Roads, where: str) -> Iterator[Finding]:
    """Nodes of the largest part that one can only reach or only leave."""
    from scipy.sparse.csgraph import connected_components

    count, label = connected_components(roads.graph(), directed=True, connection="strong")
    touched = _touched(roads)
    largest = np.bincount(label[touched], minlength=count).argmax()
    nodes = touched[(label[touched] != largest) & (roads.parts[touched] == 0)]
    if len(nodes):
        shown = "、".join(roads.names[node] for node in nodes[:_SHOWN].tolist())
        what = Text(
            f"{len(nodes)} 个结点因单向道路只能进或只能出：{shown}",
            f"{len(nodes)} nodes can only be entered or left: {shown}",
        )
        effect = Text("乘车的路程不全（步行不受影响）", "ways by vehicle are lacking (not those on foot)")
        yield _fault(
            roads,
            where,
            "trap",
            "warning",
            int(nodes[0]),
            what,
            effect,
            Text("请核对单向", "check the one-way marks"),
        )


def _bare_nodes(roads: Roads, where: str) -> Iterator[Finding]:
    bare = np.setdiff1d(np.arange(len(roads.names)), _touched(roads))
    if len(bare):
        shown = "、".join(roads.names[node] for node in bare[:_SHOWN].tolist())
        what = Text(f"{len(bare)} 个结点没有路：{shown}", f"{len(bare)} nodes without a road: {shown}")
        effect = Text("这些结点不用于计算", "these nodes are not used")
        yield _fault(
            roads,
            where,
            "bare_node",
            "warning",
            int(bare[0]),
            what,
            effect,
            Text("请补上道路或删去结点", "add a road or drop them"),
        )


def _lengths(roads: Roads, where: str) -> Iterator[Finding]:
    """Shorter than the straight line, or many times longer."""
    for code, level, zh, en, wrong in _doubtful(roads):
        seen = set()
        for row in np.flatnonzero(wrong).tolist():
            ends = roads.names[int(roads.starts[row])], roads.names[int(roads.ends[row])]
            if frozenset(ends) not in seen:
                seen.add(frozenset(ends))
                long, line = f"{roads.metres[row]:,.0f}", f"{roads.straight[row]:,.0f}"
                what = Text(
                    f"{ends[0]}—{ends[1]} {zh}：{long} 米，直线 {line} 米",
                    f"{ends[0]} to {ends[1]} {en}: {long} m, straight {line} m",
                )
                fix = Text("请核对长度（单位是米）和结点位置", "check its length (metres) and the nodes")
                yield _fault(roads, where, code, level, int(roads.starts[row]), what, _EFFECT, fix)


def _doubtful(
    roads: Roads,
) -> Iterator[tuple[str, Level, str, str, np.ndarray[tuple[int], np.dtype[np.bool_]]]]:
    straight, metres = roads.straight, roads.metres
    short = metres < threshold("short_ratio") * straight - 2  # coordinates are kept to a metre or so
    yield "too_short", "error", "短于两端的直线距离", "is shorter than the straight line", short
    long = (metres > threshold("long_ratio") * straight) & (metres > threshold("off_network_m"))
    yield "too_long", "warning", "远长于两端的直线距离", "is far longer than the straight line", long


def _unknown(roads: Roads, where: str) -> Iterator[Finding]:
    if roads.unknown_classes:
        shown = "、".join(roads.unknown_classes[:_SHOWN])
        what = Text(f"不认识的道路等级：{shown}", f"unknown classes of road: {shown}")
        effect = Text("按“其他道路”的速度计算时间", "times take the speed of other roads")
        fix = Text("等级的写法见 docs/method/geo.md", "classes: docs/method/geo.md")
        yield Finding("unknown_class", "warning", where, shown, what, effect, fix)


def _places(roads: Roads, places: Sequence[Place]) -> Iterator[Finding]:
    """Places far from every road, or beside a part that is cut off."""
    inside = [
        place
        for place in places
        if place.lon is not None and abs(place.lon) <= 180 and abs(place.lat or 0) <= 90
    ]
    if not inside:
        return
    tree, rows = roads.tree
    chord, nearest = tree.query(unit_sphere([place.point for place in inside if place.point is not None]))
    metres = 2 * _EARTH_M * np.arcsin(np.minimum(1, chord / 2))
    for place, far, node in zip(inside, metres.tolist(), rows[nearest].tolist(), strict=True):
        if far > threshold("off_network_m"):
            yield _off_network(place, roads.names[node], far)
        elif roads.parts[node] > 0:
            yield _cut_off(place)


def _off_network(place: Place, node: str, far: float) -> Finding:
    what = Text(
        f"离最近的结点 {node} 有 {far:,.0f} 米：不在路网上",
        f"{far:,.0f} m from the nearest node {node}: off the network",
    )
    effect = Text(
        "它的路程按大圆距离 × 绕行系数估计并单列", "its ways are great circle × detour, and listed apart"
    )
    fix = Text("请补上通往它的路", "add the road to it")
    return Finding(
        "off_network", "warning", place.where, place.label, what, effect, fix, place.lon, place.lat
    )


def _cut_off(place: Place) -> Finding:
    what = Text("旁边的路不与其余相连", "the roads beside it do not join the rest")
    effect = Text("只能到达同一部分的地点", "it reaches only its own part")
    fix = Text("请补上相连的路", "add what joins them")
    return Finding("cut_off", "error", place.where, place.label, what, effect, fix, place.lon, place.lat)

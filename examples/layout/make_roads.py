"""Write the made-up roads of examples/layout: nodes.csv and roads.csv.

A road may run between the middles of neighbouring blocks. A shortest tree keeps the district in one piece; ways from
the city to every town are main roads; a river through the city is crossed by bridges only; a few streets are one way.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from csv import DictReader
from math import asin, cos, radians, sin, sqrt

from make_layout import CENTRE, FOLDER, draw, write_csv

EARTH_M = 6371008.8  # mean radius, IUGG
BRIDGES = 5
ONE_WAY = 14
Link = tuple[str, str]
Point = tuple[float, float]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder."""
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(DictReader(file))


def metres(one: Point, other: Point) -> float:
    """Great circle."""
    (east, north), (to_east, to_north) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def places(table: Iterable[Mapping[str, str]], name: str) -> dict[str, Point]:
    """Where every row of a table lies."""
    return {row[name]: (float(row["经度"]), float(row["纬度"])) for row in table}


def is_across_river(one: Point, other: Point) -> bool:
    """The river runs through the city from south-west to north-east."""
    side = [point[1] - (40.022 + 0.35 * (point[0] - 110.0)) for point in (one, other)]
    return side[0] * side[1] < 0


def tree(points: Mapping[str, Point], links: Iterable[Link]) -> set[Link]:
    """The shortest tree (Kruskal): what keeps all in one piece."""
    root = {name: name for name in points}

    def top(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    kept = set()
    for one, other in sorted(links, key=lambda link: (metres(points[link[0]], points[link[1]]), link)):
        if top(one) != top(other):
            root[top(one)] = top(other)
            kept.add((one, other))
    return kept


def main_roads(points: Mapping[str, Point], links: Iterable[Link], ends: Iterable[str]) -> set[Link]:
    """The links on the shortest ways from the middle of the city to ``ends``."""
    near = defaultdict(list)
    for one, other in links:
        length = metres(points[one], points[other])
        near[one].append((length, other))
        near[other].append((length, one))
    start = min(points, key=lambda name: metres(points[name], CENTRE))
    came, heap = {}, [(0.0, start, start)]
    while heap:
        far, name, before = heapq.heappop(heap)
        if name not in came:
            came[name] = before
            for length, other in near[name]:
                heapq.heappush(heap, (far + length, other, name))
    kept = set()
    for end in ends:
        while end != came[end]:
            kept.add(tuple(sorted((end, came[end]))))
            end = came[end]
    return kept  # type: ignore[return-value] # sorted pairs are pairs


def chosen(points: Mapping[str, Point], links: Sequence[Link]) -> list[Link]:
    """All links of the tree, most others, no more than the bridges across the river."""
    bones = tree(points, links)
    crossing = sorted(
        (link for link in links if is_across_river(*(points[end] for end in link)) and is_city(link)),
        key=lambda link: (link not in bones, draw("bridge", *link)),
    )
    dropped = {link for link in crossing[BRIDGES:] if link not in bones}
    return [
        x
        for x in links
        if x in bones or (x not in dropped and draw("road", *x) > (0.1 if is_city(x) else 0.3))
    ]


def is_city(link: Link) -> bool:
    """Both ends lie in subdistricts."""
    return all(end.startswith("0") for end in link)


def grade(link: Link, main: set[Link]) -> tuple[str, float]:
    """The class of a road and how much longer than straight it is."""
    bend = draw("bend", *link)
    if link in main and not is_city(link):
        return "国省道", 1.08 + 0.1 * bend
    if is_city(link):
        return (
            ("城市主干路", 1.08 + 0.1 * bend)
            if link in main or draw("wide", *link) < 0.25
            else ("城市支路", 1.12 + 0.2 * bend)
        )
    return (
        "城镇道路" if all(end[0] == "1" for end in link) and link[0][:3] == link[1][:3] else "乡村道路"
    ), 1.15 + 0.4 * bend


def road_rows(
    points: Mapping[str, Point], links: Sequence[Link], ends: Iterable[str]
) -> Iterable[Sequence[object]]:
    """A row per road between blocks; small streets of the city that lie in triangles may be one way."""
    kept = chosen(points, links)
    main = main_roads(points, kept, ends)
    near = defaultdict(set)
    for one, other in kept:
        near[one].add(other)
        near[other].add(one)
    narrow = [x for x in kept if grade(x, main)[0] == "城市支路" and len(near[x[0]] & near[x[1]]) == 2]
    single = set(sorted(narrow, key=lambda link: draw("one way", *link))[:ONE_WAY])
    for link in kept:
        kind, factor = grade(link, main)
        length = round(metres(points[link[0]], points[link[1]]) * factor)
        yield f"N{link[0]}", f"N{link[1]}", length, kind, "是" if link in single else "否"


def main() -> None:
    """Write nodes.csv and roads.csv."""
    blocks = places(rows("blocks.csv"), "片块编号")
    schools = places(rows("schools.csv"), "学校标识码")
    own = {key: at for key, at in schools.items() if at not in blocks.values()}
    centres = {
        row["乡镇街道"]: row["学校标识码"] for row in rows("schools.csv") if "中心小学" in row["学校名称"]
    }
    ends = [min(blocks, key=lambda name: metres(blocks[name], schools[key])) for key in centres.values()]
    links = [(row["片块编号"], row["相邻片块编号"]) for row in rows("neighbours.csv")]
    nodes = {f"N{name}": at for name, at in blocks.items()} | {f"S{name}": at for name, at in own.items()}
    doors = [
        (
            f"S{key}",
            f"N{near}",
            max(1, round(1.2 * metres(at, blocks[near]))),
            "城市支路" if near[0] == "0" else "乡村道路",
            "否",
        )
        for key, at in own.items()
        for near in sorted(blocks, key=lambda name: (metres(blocks[name], at), name))[:2]
    ]
    lines = [(name, f"{at[0]:.6f}", f"{at[1]:.6f}") for name, at in sorted(nodes.items())]
    write_csv("nodes.csv", ("结点编号", "经度", "纬度"), lines)
    write_csv(
        "roads.csv", ("起点", "终点", "长度米", "等级", "单向"), [*road_rows(blocks, links, ends), *doors]
    )


if __name__ == "__main__":
    main()

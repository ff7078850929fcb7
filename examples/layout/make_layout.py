"""Write the made-up geography of examples/xx_district: schools, blocks, their outlines and neighbours.

Schools, pupils and grades are those of the example district in 2024 and stand where examples/plans/pair puts them.
Blocks are the Voronoi cells of points drawn by SHA-256; today's zones grow from the schools along the neighbours, so
each is connected; pupils of a school are shared out over its blocks, so every total is the district's. Plain Python.
"""

import csv
import hashlib
import heapq
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import ceil, cos, pi, radians, sin
from pathlib import Path
from typing import Any

from junheng.data import make_district

FOLDER = Path(__file__).parent
YEAR = 2024
CENTRE = (110.04, 39.99)  # made up: the district lies nowhere
HALF = (0.62, 0.64)  # half axes of the boundary in degrees
SHRINK = cos(radians(CENTRE[1]))  # a degree of longitude in degrees of latitude
GRADES = {"primary": range(1, 7), "junior": range(7, 10)}
STAGES = {"primary": "小学", "junior": "初中"}
SEATS = {"primary": 45, "junior": 50}  # design class sizes, policy.md §6
PER_BLOCK = {
    "0": 230,
    "1": 180,
    "2": 80,
}  # primary pupils, by the seventh digit of the town: subdistrict, town, township
REACH = {"0": 0.017, "1": 0.05, "2": 0.07}  # degrees of latitude round a school
MOST = 9  # blocks drawn for a school
SHORTEST = 0.00006  # degrees of latitude, some 7 m: blocks with less in common meet in a corner only
DIGITS = "一二三四五六七八九"
LETTERS = {"1": "ABCDE", "2": "FGHJKL"}
EMPTY = {"0": "产业园", "1": "物流园", "2": "林场"}  # blocks without children
Point = tuple[float, float]
Row = Mapping[str, Any]


def draw(*name: object) -> float:
    """A number in [0, 1) that depends on ``name`` alone (SHA-256)."""
    text = "layout-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48


@cache
def tables() -> dict[str, list[dict[str, Any]]]:
    """The example district of the year as rows."""
    return {name: table.to_pylist() for name, table in make_district(years=[YEAR]).items()}


@cache
def schools() -> dict[str, dict[str, Any]]:
    """Schools that teach compulsory grades, but for special ones, with place, pupils by grade and migrants."""
    spec = importlib.util.spec_from_file_location(
        "make_pair", FOLDER.parent / "plans" / "pair" / "make_pair.py"
    )
    pair = importlib.util.module_from_spec(spec)  # type: ignore[arg-type] # the file is there
    spec.loader.exec_module(pair)  # type: ignore[union-attr] # as above
    rows = {
        row["school_id"]: dict(row) for row in tables()["school"] if row["kind"] not in {"special", "senior"}
    }
    for key, row in rows.items():
        row["at"] = pair.place(key, row["town_code"])
        row["grades"], row["migrants"], row["classes"] = defaultdict(int), {}, {}
    for room in tables()["class"]:
        if room["school_id"] in rows and room["grade"] <= 9:
            rows[room["school_id"]]["grades"][room["grade"]] += room["pupils"]
    for stage in tables()["stage"]:
        if stage["school_id"] in rows and stage["stage"] in STAGES:
            rows[stage["school_id"]]["migrants"][stage["stage"]] = stage["migrant_pupils"]
            rows[stage["school_id"]]["classes"][stage["stage"]] = stage["classes"]
    return dict(sorted(rows.items()))


def zoned(stage: str) -> dict[str, dict[str, Any]]:
    """The public schools of a stage: those that have a zone."""
    return {
        key: row for key, row in schools().items() if stage in row["classes"] and row["ownership"] == "public"
    }


def town_name(code: str) -> str:
    """甲街道 … 己街道, A镇 …, F乡 …"""
    kind, number = code[6], int(code[7:])
    if kind == "0":
        return "甲乙丙丁戊己"[number - 1] + "街道"
    return LETTERS[kind][number] + ("镇" if kind == "1" else "乡")


def seeds() -> list[Point]:
    """A point per block: every primary school that has a zone, then points drawn about each of them, far apart."""
    zones = zoned("primary")
    points = [row["at"] for row in zones.values()]
    for key, row in zones.items():
        kind = row["town_code"][6]
        pupils = sum(row["grades"][grade] for grade in GRADES["primary"])
        for number in range(min(MOST, pupils // PER_BLOCK[kind] + 1) - (kind != "2")):
            tried = [_about(row["at"], REACH[kind], key, number, attempt) for attempt in range(12)]
            tried = [point for point in tried if _apart(point, CENTRE) < 0.22]
            points.append(max(tried, key=lambda point: min(_apart(point, other) for other in points)))
    return points


def _about(centre: Point, reach: float, *name: object) -> Point:
    """A point of the disc round ``centre``, six decimals."""
    angle, length = 2 * pi * draw("angle", *name), reach * draw("length", *name) ** 0.6
    return round(centre[0] + length * cos(angle) / SHRINK, 6), round(centre[1] + length * sin(angle), 6)


def _apart(one: Point, other: Point) -> float:
    """The square of the distance, in degrees of latitude."""
    return ((one[0] - other[0]) * SHRINK) ** 2 + (one[1] - other[1]) ** 2


def boundary() -> list[Point]:
    """The outline of the district: a convex ring, against the clock."""
    turns = [2 * pi * (number + 0.6 * draw("corner", number)) / 18 for number in range(18)]
    return [(round(CENTRE[0] + HALF[0] * cos(t), 6), round(CENTRE[1] + HALF[1] * sin(t), 6)) for t in turns]


def cells(points: Sequence[Point]) -> tuple[list[list[Point]], set[tuple[int, int]]]:
    """The Voronoi cell of every point within the boundary, and the pairs that share an edge."""
    rings, touching = [], set()
    for number, point in enumerate(points):
        ring: list[tuple[Point, int]] = [
            (corner, -1) for corner in boundary()
        ]  # corner, whose edge starts there
        for other in sorted(range(len(points)), key=lambda o: _apart(point, points[o]))[1:]:
            ring = _clipped(ring, point, points[other], other)
        corners = [(round(x, 6), round(y, 6)) for (x, y), _ in ring]
        for at, (_, other) in enumerate(ring):
            if other >= 0 and _apart(corners[at], corners[(at + 1) % len(ring)]) > SHORTEST**2:
                touching.add((min(number, other), max(number, other)))
        rings.append([corner for at, corner in enumerate(corners) if corner != corners[at - 1]])
    return rings, touching


def _clipped(ring: list[tuple[Point, int]], own: Point, other: Point, name: int) -> list[tuple[Point, int]]:
    """What of a convex ring lies nearer to ``own``; the new edge carries ``name``."""
    side = [_apart(corner, other) - _apart(corner, own) for corner, _ in ring]
    if min(side) >= 0:
        return ring
    kept: list[tuple[Point, int]] = []
    for at, (corner, edge) in enumerate(ring):
        after = (at + 1) % len(ring)
        if side[at] >= 0:
            kept.append((corner, edge))
        if (side[at] >= 0) != (side[after] >= 0):
            share, end = side[at] / (side[at] - side[after]), ring[after][0]
            cut = (corner[0] + share * (end[0] - corner[0]), corner[1] + share * (end[1] - corner[1]))
            kept.append((cut, name if side[at] >= 0 else edge))
    return kept


def grown(sources: Mapping[str, int], sizes: Mapping[str, int], near: Mapping[int, Iterable[int]],
          points: Sequence[Point]) -> dict[int, str]:  # fmt: skip
    """Blocks to schools: every school grows from its block along neighbours, large schools faster."""
    first = _first_blocks(sources, sizes, near, points)
    heap = [(0.0, school, block) for block, school in first.items()]
    found: dict[int, str] = {}
    heapq.heapify(heap)
    while heap:
        far, school, block = heapq.heappop(heap)
        if block not in found and first.get(block, school) == school:
            found[block] = school
            for other in near[block]:
                step = _apart(points[block], points[other]) ** 0.5 / sizes[school] ** 0.5
                heapq.heappush(heap, (far + step, school, other))
    return found


def _first_blocks(sources: Mapping[str, int], sizes: Mapping[str, int], near: Mapping[int, Iterable[int]],
                  points: Sequence[Point]) -> dict[int, str]:  # fmt: skip
    """The block of every school and, for large ones, two or three neighbours in turn: none is boxed in."""
    taken = {block: school for school, block in sources.items()}
    for turn in (300, 300, 900):
        for school, home in sources.items():
            if sizes[school] > turn:
                mine = [block for block, owner in taken.items() if owner == school]
                free = {other for block in mine for other in near[block]} - set(taken)
                if free:
                    taken[min(free, key=lambda other: (_apart(points[home], points[other]), other))] = school
    return taken


def shared(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` in whole numbers by weights, largest remainder; ties to the first."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def blocks() -> tuple[list[dict[str, Any]], set[tuple[str, str]]]:
    """Every block with its ring, its schools of today and its pupils; and the neighbouring pairs."""
    points = seeds()
    rings, touching = cells(points)
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in touching:
        near[one].add(other)
        near[other].add(one)
    found: list[dict[str, Any]] = [
        {"at": at, "ring": ring, "pupils": {}} for at, ring in zip(points, rings, strict=True)
    ]
    for stage in STAGES:
        sizes = {key: sum(row["grades"][g] for g in GRADES[stage]) for key, row in zoned(stage).items()}
        for number, school in grown(_at_school(stage, points), sizes, near, points).items():
            found[number][stage] = school
    for row in found:
        row["town"] = schools()[row["primary"]]["town_code"]
    named = _named(found)
    for stage in STAGES:
        _share_out(found, stage)
    pairs = {tuple(sorted((named[one], named[other]))) for one, other in touching}
    return sorted(found, key=lambda row: row["id"]), pairs  # type: ignore[return-value] # sorted pairs are pairs


def _at_school(stage: str, points: Sequence[Point]) -> dict[str, int]:
    """The block every zoned school stands in; where two stand in one, the second takes the next nearest."""
    taken: dict[str, int] = {}
    for key, row in zoned(stage).items():
        order = sorted(range(len(points)), key=lambda at: _apart(points[at], row["at"]))
        taken[key] = next(at for at in order if at not in taken.values())
    return taken


def _named(found: list[dict[str, Any]]) -> dict[int, str]:
    """Number, name and address of every block, by town from north-west; one per kind of town has no children."""
    names = {}
    for town in sorted({row["town"] for row in found}):
        mine = [number for number, row in enumerate(found) if row["town"] == town]
        stands = {row["at"] for row in zoned("primary").values()}
        for order, number in enumerate(
            sorted(mine, key=lambda n: (-found[n]["at"][1], found[n]["at"][0])), 1
        ):
            row, kind = found[number], town[6]
            row["id"] = names[number] = f"{town[6:]}{order:03d}"
            row["name"] = (
                f"{town_name(town)}{order:02d}{'号片' if kind == '0' else '村' if kind == '2' else '片'}"
            )
            row["empty"] = (
                row["at"] not in stands and order == len(mine) // 2 and town[6:] in {"005", "104", "203"}
            )
            if row["empty"]:
                row["name"] = f"{town_name(town)}{EMPTY[kind]}"
            row["address"] = _address(town, order)
    return names


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else DIGITS[tens - 1]) + ("十" if tens else "") + (DIGITS[ones - 1] if ones else "")
    )


def _address(town: str, order: int) -> tuple[str, str, str]:
    """Street, numbers, residents' or village committee."""
    name = town_name(town)
    if town[6] == "2":
        return f"{name}{order:02d}村", "全部", f"{name}{order:02d}村民委员会"
    first = 1 + 200 * ((order - 1) % 4)
    street = (
        f"{name[0]}{numeral(1 + (order - 1) // 4)}路"
        if town[6] == "0"
        else f"{name}{numeral(1 + (order - 1) // 4)}街"
    )
    return street, f"{first}-{first + 199}", f"{name}第{numeral(1 + (order - 1) // 3)}社区居民委员会"


def _share_out(found: list[dict[str, Any]], stage: str) -> None:
    """The pupils of every school, grade by grade, and its migrants over its blocks."""
    for school, row in zoned(stage).items():
        mine = [block for block in found if block[stage] == school]
        weights = [0.0 if b["empty"] else 0.4 + 1.2 * draw("weight", b["id"]) for b in mine]
        for grade in GRADES[stage]:
            for block, pupils in zip(mine, shared(row["grades"][grade], weights), strict=True):
                block["pupils"][grade] = pupils
        migrant = [w * draw("migrant", b["id"]) for w, b in zip(weights, mine, strict=True)]
        limits = [sum(b["pupils"][grade] for grade in GRADES[stage]) for b in mine]
        for block, pupils in zip(mine, _within(row["migrants"][stage], migrant, limits), strict=True):
            block[f"migrant_{stage}"] = pupils


def _within(total: int, weights: Sequence[float], limits: Sequence[int]) -> list[int]:
    """As ``shared``, but no part above its limit: what is over goes to the parts with most room."""
    parts = [min(part, limit) for part, limit in zip(shared(total, weights), limits, strict=True)]
    while (rest := total - sum(parts)) > 0:
        room = [limit - part for part, limit in zip(parts, limits, strict=True)]
        parts = [
            part + min(more, free) for part, more, free in zip(parts, shared(rest, room), room, strict=True)
        ]
    return parts


def school_rows() -> Iterable[Sequence[object]]:
    """A row per school and stage; classrooms are made up: crowded towns have few to spare, villages many."""
    land = {row["school_id"]: row for row in tables()["premises"]}
    for key, row in schools().items():
        for stage, classes in row["classes"].items():
            pupils = sum(row["grades"][grade] for grade in GRADES[stage])
            spare = {"0": 0.14, "1": 0.22, "2": 0.5}[row["town_code"][6]] * (0.3 + draw("rooms", key, stage))
            rooms = classes + int(spare * classes)
            premises = land[key]
            most = rooms + int(draw("land", key, stage) * {"0": 5, "1": 9, "2": 6}[row["town_code"][6]])
            yield (key, row["name"], STAGES[stage], "公办" if row["ownership"] == "public" else "民办",
                   row["town_code"], town_name(row["town_code"]), *_text(row["at"]), pupils, classes, rooms, SEATS[stage],
                   most, premises["site_area_m2"], premises["teaching_area_m2"], premises["sports_ground_area_m2"],
                   "是" if row["is_boarding"] else "否", ceil(pupils / 2) if row["is_boarding"] else 0)  # fmt: skip


SCHOOL_HEADING = (
    "学校标识码", "学校名称", "学段", "办学性质", "乡镇街道代码", "乡镇街道", "经度", "纬度", "在校生", "班数", "教室数", "班额标准",
    "土地上限教室数", "占地面积（平方米）", "教学及辅助用房面积（平方米）", "运动场地面积（平方米）", "是否寄宿制", "寄宿床位",
)  # fmt: skip
BLOCK_HEADING = (
    "片块编号", "片块名称", "乡镇街道代码", "乡镇街道", "经度", "纬度", "小学生", "初中生", *(f"{d}年级" for d in DIGITS),
    "随迁小学生", "随迁初中生", "现属小学", "现属初中", "街道", "门牌号段", "居委会",
)  # fmt: skip


def block_row(row: Row) -> Sequence[object]:
    """A line of blocks.csv."""
    sums = [sum(row["pupils"][grade] for grade in GRADES[stage]) for stage in STAGES]
    grades = [row["pupils"][grade] for grade in range(1, 10)]
    return (row["id"], row["name"], row["town"], town_name(row["town"]), *_text(row["at"]), *sums, *grades,
            row["migrant_primary"], row["migrant_junior"], row["primary"], row["junior"], *row["address"])  # fmt: skip


def _text(point: Point) -> tuple[str, str]:
    return f"{point[0]:.6f}", f"{point[1]:.6f}"


def write_csv(name: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A comma separated table, UTF-8 with a mark so that spreadsheets show Chinese."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([heading, *rows])


def write_geojson(name: str, features: Iterable[tuple[Mapping[str, str], Sequence[Point]]]) -> None:
    """Polygons of one ring, one feature a line (RFC 7946: closed, against the clock)."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties,
             "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}}, ensure_ascii=False,
        )
        for properties, ring in features
    ]  # fmt: skip
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    (FOLDER / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Write schools.csv, blocks.csv, blocks.geojson, neighbours.csv and boundary.geojson."""
    found, pairs = blocks()
    write_csv("schools.csv", SCHOOL_HEADING, school_rows())
    write_csv("blocks.csv", BLOCK_HEADING, map(block_row, found))
    write_csv("neighbours.csv", ("片块编号", "相邻片块编号"), sorted(pairs))
    names = (
        {"片块编号": row["id"], "片块名称": row["name"], "乡镇街道": town_name(row["town"])} for row in found
    )
    write_geojson("blocks.geojson", zip(names, (row["ring"] for row in found), strict=True))
    write_geojson("boundary.geojson", [({"名称": "XX区（虚构样例）"}, boundary())])


if __name__ == "__main__":
    main()

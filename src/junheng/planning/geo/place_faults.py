"""Doubtful points: no coordinates, swapped, 0/0, far away, outside the county, coarse."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.basics import Text
from junheng.planning.geo.areas import Area, Point, mended, plane_about, shape_of
from junheng.planning.geo.coordinates import to_wgs84
from junheng.planning.geo.finding import Finding, china_box, threshold
from junheng.planning.geo.places import Place
from junheng.planning.travel import unit_sphere

_EFFECT = Text(
    "以它为起点或终点的路程都不可信；规划把它单列", "every way from or to it is wrong; plans list it apart"
)
_IF_WRONG = Text("位置若不准，路程也不准", "if the place is not right, its ways are not")
_EARTH_KM = 6371.0088
Floats = npt.NDArray[np.float64]


def place_faults(places: Sequence[Place], boundary: Sequence[Area] = ()) -> list[Finding]:
    """What is wrong with the points; ``boundary``: the areas of the county, so that what lies outside is seen."""
    found = [fault for place in places for fault in _typed(place)]
    found += _doubled(places)
    bad = {fault.where for fault in found if fault.level == "error"}
    placed = [place for place in places if place.point is not None and place.where not in bad]
    if placed:
        found += _swapped_or_far(placed, boundary)
        bad |= {fault.where for fault in found if fault.level == "error"}
        found += _at_one_spot([place for place in placed if place.where not in bad])
        bad = {fault.where for fault in found if fault.level == "error" and fault.code != "outside"}
        found += _shifted([place for place in placed if place.where not in bad], boundary)
    order = {place.where: number for number, place in enumerate(places)}
    return sorted(found, key=lambda fault: (order.get(fault.where, -1), fault.code))


def _fault(place: Place, code: str, what: Text, fix: Text, *, is_error: bool = True) -> Finding:
    known, effect = place.point or (None, None), _EFFECT if is_error else _IF_WRONG
    return Finding(
        code, "error" if is_error else "warning", place.where, place.label, what, effect, fix, *known
    )


def _typed(place: Place) -> Iterator[Finding]:
    """What the row itself shows."""
    if not any(place.typed):
        yield _fault(
            place, "no_coordinates", Text("没有经纬度", "no coordinates"),
            Text("请补上；在此之前不计算它的路程，也不当作 0", "fill them in; until then no way is computed for it"),
        )  # fmt: skip
        return
    if place.point is None:
        said = "、".join(text or "（空）" for text in place.typed)
        yield _fault(
            place, "not_a_number", Text(f"经纬度不是数：{said}", f"coordinates are no numbers: {said}"),
            Text("写十进制度，如 111.6705、40.8183（不写度分秒）", "decimal degrees, no minutes and seconds"),
        )  # fmt: skip
        return
    if place.point == (0.0, 0.0):
        yield _fault(
            place, "zero", Text("经纬度都是 0：多半是没有填", "0, 0: probably not filled in"),
            Text("不知道就留空，不要写 0", "leave it blank where it is not known"),
        )  # fmt: skip
        return
    coarse = threshold("decimals")
    if _is_place(place.point) and max(len(text.partition(".")[2]) for text in place.typed) < coarse:
        yield _fault(
            place, "coarse", Text(f"小数不足 {coarse:g} 位，位置误差可达数百米", f"fewer than {coarse:g} decimals"),
            Text("请核对位置，写到小数点后 5 位以上", "check the place; give five decimals or more"), is_error=False,
        )  # fmt: skip


def _doubled(places: Sequence[Place]) -> Iterator[Finding]:
    """One id at two places (a school may have a row for every stage, at one place)."""
    first: dict[str, Place] = {}
    for place in places:
        other = first.setdefault(place.id, place)
        if other.point != place.point:
            what = Text(
                f"同一编号有两处位置（另见{other.where}）", f"one id at two places (see {other.where})"
            )
            yield _fault(
                place, "two_places", what, Text("请改正编号或坐标", "mend the id or the coordinates")
            )


def _swapped_or_far(placed: Sequence[Place], boundary: Sequence[Area]) -> Iterator[Finding]:
    """Outside the boundary or far from the others, and whether the swapped axes would be right."""
    points = np.array([place.point for place in placed])
    home = _home(points, boundary)
    kilometres = _kilometres(points, home)
    turned = _kilometres(points[:, ::-1], home)
    outside = _outside_km(points, boundary)
    alone = _alone_km(points)
    far, near = threshold("far_km"), threshold("near_km")
    for place, to_home, swapped, out, to_next in zip(placed, kilometres, turned, outside, alone, strict=True):
        if (not _is_place(place.point) or to_home > far) and swapped <= far:
            yield _swapped(place)
        elif not _is_place(place.point):
            what = Text(
                f"不是经纬度：{'、'.join(place.typed)}",
                f"no longitude and latitude: {', '.join(place.typed)}",
            )
            yield _fault(
                place, "not_a_place", what, Text("请查明坐标系（可能是米）", "find its system (metres?)")
            )
        elif to_home > far:
            what = Text(f"离其他地点约 {to_home:,.0f} 千米", f"some {to_home:,.0f} km from the other places")
            yield _fault(place, "far", what, Text("请核对经纬度", "check the coordinates"))
        elif boundary and out > 0:
            what = Text(f"在区界以外 {_distance(out)}", f"outside the boundary by {_distance(out)}")
            fix = Text("请核对坐标、坐标系和区界", "check coordinates, their system and the boundary")
            yield _fault(place, "outside", what, fix)
        elif not boundary and len(placed) > 2 and to_next > near:
            what = Text(f"离最近的地点 {to_next:,.0f} 千米", f"{to_next:,.0f} km from its nearest neighbour")
            yield _fault(place, "lonely", what, Text("请核对", "check it"), is_error=False)


def _swapped(place: Place) -> Finding:
    return _fault(
        place, "swapped", Text("经度、纬度写反了", "longitude and latitude are swapped"),
        Text("两列对调", "exchange the two columns"),
    )  # fmt: skip


def _is_place(point: Point | None) -> bool:
    return point is not None and abs(point[0]) <= 180 and abs(point[1]) <= 90


def _home(points: Any, boundary: Sequence[Area]) -> Point:
    """The middle of the boundary, else of the points (the median, each turned so as to lie in China if it can)."""
    if boundary:
        plane = plane_about(boundary)
        return plane.lon, plane.lat
    west, south, east, north = china_box()
    lon, lat = points.T
    inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
    other = (lat >= west) & (lat <= east) & (lon >= south) & (lon <= north) & ~inside
    right = np.where(other[:, None], points[:, ::-1], points)
    return float(np.median(right[:, 0])), float(np.median(right[:, 1]))


def _kilometres(points: Any, home: Point) -> Any:
    """Great circle to one place; infinite for what is no place."""
    real = (np.abs(points[:, 0]) <= 180) & (np.abs(points[:, 1]) <= 90)
    chord = np.linalg.norm(unit_sphere(np.where(real[:, None], points, 0.0)) - unit_sphere([home]), axis=1)
    return np.where(real, 2 * _EARTH_KM * np.arcsin(np.minimum(1, chord / 2)), np.inf)


def _outside_km(points: Any, boundary: Sequence[Area]) -> Any:
    """How far outside all areas of the boundary, 0 within."""
    if not boundary:
        return np.zeros(len(points))
    import shapely

    plane = plane_about(boundary)
    county = shapely.union_all([mended(shape_of(area, plane)) for area in boundary])
    return shapely.distance(county, shapely.points(plane.metres(points))) / 1000


def _alone_km(points: Any) -> Any:
    """Great circle to the nearest other place."""
    from scipy.spatial import cKDTree

    if len(points) < 2:
        return np.zeros(len(points))
    sphere = unit_sphere(np.clip(points, -180, 180))
    chord = cKDTree(sphere).query(sphere, k=2)[0][:, 1]
    return 2 * _EARTH_KM * np.arcsin(np.minimum(1, chord / 2))


def _at_one_spot(placed: Sequence[Place]) -> Iterator[Finding]:
    """Different ids within a few metres."""
    from scipy.spatial import cKDTree

    if len(placed) < 2:
        return
    sphere = unit_sphere([place.point for place in placed if place.point is not None])
    groups: dict[int, set[str]] = defaultdict(set)
    for one, other in sorted(cKDTree(sphere).query_pairs(threshold("same_m") / 1000 / _EARTH_KM)):
        if placed[one].id != placed[other].id:
            groups[one].add(placed[other].label)
    for one, others in groups.items():
        names = "、".join(sorted(others)[:5])
        what = Text(f"与 {names} 在同一位置", f"at the same spot as {names}")
        fix = Text("同一校园可不理会；否则请核对", "ignore for one campus; else check")
        yield _fault(placed[one], "same_spot", what, fix, is_error=False)


def _shifted(placed: Sequence[Place], boundary: Sequence[Area]) -> Iterator[Finding]:
    """Points beside a boundary that all fall inside when taken as GCJ-02 or BD-09: another system, probably."""
    if not boundary or not placed:
        return
    points = np.array([place.point for place in placed])
    where = placed[0].where.partition(" ")[0]
    yield from shift_hint(points, lambda turned: int((_outside_km(turned, boundary) > 0).sum()), where)


def shift_hint(points: Floats, wrong: Callable[[Floats], int], where: str) -> Iterator[Finding]:
    """A finding where far fewer of ``points`` are ``wrong`` (a count) when they are taken as another system."""
    turned = {name: to_wgs84(points[:, 0], points[:, 1], name) for name in ("gcj02", "bd09")}
    left, system = min((wrong(np.stack(pair, 1)), name) for name, pair in turned.items())
    plain = wrong(points)
    if left < plain / 2:
        what = Text(
            f"{plain} 处位置不对，若是 {system} 坐标则只有 {left} 处：坐标系可能不是 WGS-84",
            f"{plain} places lie wrong, but {left} if they are {system}: the system may not be WGS-84",
        )
        fix = Text(
            f"junheng geo convert 输入 输出 --from {system}", f"junheng geo convert IN OUT --from {system}"
        )
        yield Finding("system", "warning", where, f"{len(points)} 处", what, _EFFECT, fix)


def _distance(kilometres: float) -> str:
    return f"{kilometres:,.1f} km" if kilometres >= 1 else f"{1000 * kilometres:,.0f} m"

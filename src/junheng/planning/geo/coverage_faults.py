"""How areas lie together: overlaps, gaps, islands, separate groups, what sticks out of the county."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from junheng.basics import Text
from junheng.planning.geo.area_faults import fault_of
from junheng.planning.geo.areas import Area, Plane, mended, plane_about, shape_of
from junheng.planning.geo.finding import Finding, threshold
from junheng.planning.geo.neighbours import LEAST_BORDER_M, TOLERANCE_M, neighbours_of


def coverage_faults(areas: Sequence[Area], boundary: Sequence[Area] = ()) -> list[Finding]:
    """Overlaps and gaps above the bounds of the library, islands, groups; ``boundary``: the areas of the county."""
    if not areas:
        return []
    plane = plane_about([*boundary, *areas])
    shapes = np.array([mended(shape_of(area, plane)) for area in areas], object)
    county = _union([mended(shape_of(area, plane)) for area in boundary]) if boundary else None
    found = list(_overlaps(areas, shapes, plane))
    found += _gaps(areas, shapes, plane, county)
    if county is not None:
        found += _sticking_out(areas, shapes, plane, county)
    return found + list(_islands(areas))


def _union(shapes: Sequence[Any]) -> Any:
    import shapely

    return shapely.union_all(shapes)


def _overlaps(areas: Sequence[Area], shapes: Any, plane: Plane) -> Iterator[Finding]:
    import shapely

    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for one, other in sorted(zip(first.tolist(), second.tolist(), strict=True)):
        if one >= other:
            continue
        common = shapely.intersection(shapes[one], shapes[other])
        size, least = shapely.area(common), min(shapely.area(shapes[one]), shapely.area(shapes[other]))
        if size > threshold("share") * least and _counts(common):
            point = shapely.point_on_surface(common)
            whole = size >= 0.999 * least
            other_name = areas[other].id
            what = Text(
                f"与 {other_name} {'整片' if whole else ''}重叠 {size:,.0f} 平方米",
                f"overlaps {other_name} by {size:,.0f} m²{' (all of the smaller one)' if whole else ''}",
            )
            effect = Text("其中的学生会归属两处", "pupils there would belong to both")
            fix = Text("请改正边界", "mend the border")
            at = plane.degrees(point.x, point.y)
            yield fault_of(areas[one], "overlap", what, fix, at=at, effect=effect)


def _counts(shape: Any) -> bool:
    """Large enough, and somewhere wider than what rounding leaves."""
    import shapely

    is_wide = not shapely.is_empty(shapely.buffer(shape, -threshold("sliver_m") / 2))
    return bool(is_wide and shapely.area(shape) > threshold("gap_m2"))


def _gaps(areas: Sequence[Area], shapes: Any, plane: Plane, county: Any) -> Iterator[Finding]:
    """Holes between the areas; with a boundary everything of it that no area covers."""
    import shapely

    covered = _union(shapes)
    if county is None:
        parts = [part for part in shapely.get_parts(covered).tolist() if not part.is_empty]
        county = _union([mended(shapely.polygons(part.exterior)) for part in parts])
    tree = shapely.STRtree(shapes)
    for part in shapely.get_parts(shapely.difference(county, covered)).tolist():
        if part.geom_type == "Polygon" and _counts(part):
            rows = tree.query(part, predicate="dwithin", distance=TOLERANCE_M)
            common = shapely.intersection(shapely.boundary(shapes[rows]), shapely.buffer(part, TOLERANCE_M))
            near = sorted(areas[row].id for row in rows[shapely.length(common) > LEAST_BORDER_M].tolist())
            yield _gap(areas[0].where.partition(" 第 ")[0], part, "、".join(near[:6]), plane)


def _gap(where: str, part: Any, names: str, plane: Plane) -> Finding:
    point, size = part.representative_point(), f"{part.area:,.0f}"
    what = Text(f"{size} 平方米不属于任何片（旁边是 {names}）", f"{size} m² in no area (beside {names})")
    effect = Text("其中的住户没有学校", "who lives there has no school")
    fix = Text("请补上一片或改正边界", "add an area or mend the border")
    return Finding("gap", "error", where, names, what, effect, fix, *plane.degrees(point.x, point.y))


def _sticking_out(areas: Sequence[Area], shapes: Any, plane: Plane, county: Any) -> Iterator[Finding]:
    import shapely

    for area, shape in zip(areas, shapes.tolist(), strict=True):
        beyond = shapely.difference(shape, county)
        if _counts(beyond):
            point = shapely.point_on_surface(beyond)
            share = shapely.area(beyond) / max(shapely.area(shape), 1e-9)
            what = Text(
                f"有 {shapely.area(beyond):,.0f} 平方米（{share:.1%}）在区界以外",
                f"{shapely.area(beyond):,.0f} m² ({share:.1%}) lie outside the boundary",
            )
            fix = Text("请核对坐标系和区界", "check its coordinate system and the boundary")
            effect = Text("区界以外的住户不归本县", "who lives outside is not the county's")
            yield fault_of(area, "outside", what, fix, at=plane.degrees(point.x, point.y), effect=effect)


def _islands(areas: Sequence[Area]) -> Iterator[Finding]:
    """Areas without a neighbour, and groups that do not touch the largest one."""
    names = sorted({area.id for area in areas})
    if len(names) < 2:
        return
    root = {name: name for name in names}
    for one, other in neighbours_of(areas):
        root[_top(root, one)] = _top(root, other)
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(_top(root, name), []).append(name)
    by_id = {area.id: area for area in areas}
    effect = Text(
        "不能与别的片连成一个片区；规划时免除连片要求并单列", "it joins no zone; plans exempt it and list it"
    )
    for members in sorted(groups.values(), key=lambda group: (-len(group), group))[1:]:
        alone = len(members) == 1
        shown = "、".join(members[:8])
        what = Text(
            "孤立：没有相邻的片" if alone else f"{len(members)} 片连在一起，但不与其余相连：{shown}",
            "an island: it has no neighbour"
            if alone
            else f"{len(members)} areas apart from the rest: {shown}",
        )
        fix = Text("属实（岛屿、飞地）可不理会；否则请补上缝隙", "ignore where true; else close the gap")
        area = by_id[members[0]]
        at = area.points()[0] if area.points() else None
        yield fault_of(area, "island", what, fix, at=at, level="warning", effect=effect)


def _top(root: dict[str, str], name: str) -> str:
    while root[name] != name:
        root[name] = root[root[name]]
        name = root[name]
    return name

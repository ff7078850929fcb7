"""Polygons of files as shapes that can be computed with: repaired, by id, and flat in metres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.planning.geo import Area, read_areas
from junheng.planning.travel import EARTH_KM
from junheng.planning.zone.reading.faults import Faults

_DIGITS = 7  # of a degree: a centimetre
Layer = dict[str, Any]  # id → polygon or multipolygon in degrees


@dataclass(frozen=True, slots=True)
class Plane:
    """Longitude and latitude laid flat around one point: x east, y north, in metres. Fit for a county."""

    lon: float
    lat: float

    @classmethod
    def around(cls, shapes: Sequence[Any]) -> "Plane":
        """The plane that touches in the middle of ``shapes``."""
        bounds = [shape.bounds for shape in shapes]
        west, south = min(b[0] for b in bounds), min(b[1] for b in bounds)
        east, north = max(b[2] for b in bounds), max(b[3] for b in bounds)
        return cls((west + east) / 2, (south + north) / 2)

    def flat(self, shape: Any) -> Any:
        """``shape`` in metres."""
        from shapely import transform

        east, north = self._scales()
        return transform(shape, lambda at: (at - [self.lon, self.lat]) * [east, north])

    def round(self, shape: Any) -> Any:
        """``shape`` in degrees again."""
        from shapely import transform

        east, north = self._scales()
        return transform(shape, lambda at: at / [east, north] + [self.lon, self.lat])

    def degrees(self, x: float, y: float) -> tuple[str, str]:
        """A point in degrees, as decimal text."""
        east, north = self._scales()
        return f"{x / east + self.lon:.{_DIGITS}f}", f"{y / north + self.lat:.{_DIGITS}f}"

    def _scales(self) -> tuple[float, float]:
        degree = radians(1) * EARTH_KM * 1000
        return degree * cos(radians(self.lat)), degree


def read_layer(path: Path, spec: Mapping[str, str], faults: Faults) -> Layer:
    """The polygons of a file by the property ``spec["id"]`` (else numbered); several of one id are joined (and listed).

    A polygon that crosses itself is repaired (buildable as the even–odd area) and listed with the place; one without
    area is left out and listed. Raises UserError: unreadable, or without that property.
    """
    from shapely import union_all

    found: dict[str, list[Any]] = {}
    for number, area in enumerate(read_areas(path), 1):
        key = area.properties.get(spec["id"], "").strip() if "id" in spec else str(number)
        if not key:
            faults.add(area.where, f"没有属性 {spec['id']}", f"no property {spec['id']}")
            continue
        shape = _sound(_shape(area), key, area.where, faults)
        if shape is not None:
            found.setdefault(key, []).append(shape)
    double = sorted(key for key, shapes in found.items() if len(shapes) > 1)
    if double:
        said = Text(
            f"{len(double)} 个编号各有几个图形，合为一个：{'、'.join(double)}",
            f"{len(double)} ids have several shapes each, joined: {', '.join(double)}",
        )
        faults.doubt("shapes", path.name, said, double)
    layer = {key: union_all(shapes) for key, shapes in sorted(found.items())}
    _tell_overlaps(layer, path.name, faults)
    return layer


def _sound(shape: Any, key: str, where: str, faults: Faults) -> Any | None:
    """A valid shape of positive area; repaired where it crosses itself."""
    from shapely import make_valid
    from shapely.validation import explain_validity

    if not shape.is_valid:
        point = explain_validity(shape).partition("[")[2].rstrip("]").replace(" ", ", ")
        said = Text(
            f"{key} 的边界自相交（交点 {point}），已修复；它的面积、相邻以修复后的图形为准",
            f"the border of {key} crosses itself (at {point}): repaired; area and neighbours follow the repaired shape",
        )
        faults.doubt("shapes", where, said, [key])
        shape = make_valid(shape)
    polygons = _polygons(shape)
    if polygons is None:
        said = Text(f"{key} 没有面积，略去", f"{key} has no area: left out")
        faults.doubt("shapes", where, said, [key])
    return polygons


def _polygons(shape: Any) -> Any | None:
    """The polygons of any geometry; None where there are none."""
    from shapely import union_all

    parts = [
        part for part in getattr(shape, "geoms", [shape]) if part.geom_type in ("Polygon", "MultiPolygon")
    ]
    whole = union_all(parts) if parts else None
    return whole if whole is not None and whole.area > 0 else None


def _tell_overlaps(layer: Layer, file: str, faults: Faults) -> None:
    """Overlapping catchments: an address would have two schools."""
    from shapely import STRtree

    keys = sorted(layer)
    tree = STRtree([layer[key] for key in keys])
    plane = Plane.around(list(layer.values())) if layer else Plane(0, 0)
    for at, key in enumerate(keys):
        for other in tree.query(layer[key]):
            if other <= at:
                continue
            common = plane.flat(layer[key].intersection(layer[keys[other]])).area
            if common >= _OVERLAP_M2:
                said = Text(
                    f"{key} 与 {keys[other]} 重叠 {common:,.0f} 平方米：那里的住址有两所学校；按编号在前者计",
                    f"{key} and {keys[other]} overlap by {common:,.0f} m²: two schools for one address; counted with the first",
                )
                faults.doubt("overlap", file, said, [key, keys[other]])


_OVERLAP_M2 = 1000.0  # less is the breadth of a line


def layer_names(path: Path, spec: Mapping[str, str]) -> dict[str, str]:
    """Id → name, of the property ``spec["name"]``; empty where none is named."""
    if "name" not in spec:
        return {}
    return {
        area.properties.get(spec["id"], "").strip(): area.properties.get(spec["name"], "").strip()
        for area in read_areas(path)
    }


def _shape(area: Area) -> Any:
    """An area as a multipolygon in degrees, as its rings are: it may cross itself."""
    from shapely import MultiPolygon, Polygon

    return MultiPolygon(
        [Polygon(rings[0], rings[1:]) for rings in area.polygons if rings and len(rings[0]) > 3]
    )


def rings_of(shape: Any) -> list[list[tuple[float, float]]]:
    """Every ring of a shape, holes among them (even–odd)."""
    found = []
    for polygon in getattr(shape, "geoms", [shape]):
        found += [list(ring.coords) for ring in (polygon.exterior, *polygon.interiors)]
    return found


def inner_point(shape: Any) -> tuple[float, float]:
    """The centroid, or a point inside where the centroid lies without."""
    point = shape.centroid
    if not shape.contains(point):
        point = shape.representative_point()
    return float(point.x), float(point.y)

"""Shapefile and GeoPackage in and out by pyogrio (GDAL), any reference system into WGS-84 by pyproj."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from junheng.planning.geo.areas import Area
from junheng.planning.geo.geojson import area_from, refused
from junheng.planning.geo.short_names import headings, short_names, whole_names

_DRIVERS = {".shp": "ESRI Shapefile", ".gpkg": "GPKG"}


def read_vector(path: Path) -> list[Area]:
    """The areas of the first layer. UserError: unreadable, no area, no reference system (a .prj that is absent)."""
    import shapely

    meta, _, shapes, columns = _read(path)
    if not meta["crs"]:
        raise refused(path.name, "没有坐标系（缺 .prj 文件）", "it has no reference system (no .prj)")
    geometries = shapely.from_wkb(shapes, on_invalid="ignore")
    fields = [str(name) for name in meta["fields"]]
    names = whole_names(fields) if path.suffix.lower() == ".shp" else fields
    found = []
    for number, geometry in enumerate(geometries.tolist(), 1):
        if geometry is None or geometry.geom_type not in {"Polygon", "MultiPolygon"}:
            continue
        row = {name: _plain(values[number - 1]) for name, values in zip(names, columns, strict=True)}
        found.append(area_from(row, _rings(geometry), f"{path.name} 第 {number} 个要素", number))
    if not found:
        raise refused(path.name, "没有面（Polygon）", "there is no polygon")
    return _in_degrees(found, str(meta["crs"]))


def _read(path: Path) -> Any:
    """What pyogrio reads; a Shapefile that does not name its encoding (.cpg) is tried in UTF-8, then in GB 18030."""
    import pyogrio

    is_said = path.suffix.lower() != ".shp" or path.with_suffix(".cpg").is_file()
    for encoding in (None,) if is_said else ("UTF-8", "GB18030"):
        try:
            return pyogrio.raw.read(path, force_2d=True, encoding=encoding)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise refused(
                path.name, "无法读取：文件残缺，或不是 Shapefile、GeoPackage", f"it cannot be read: {error}"
            ) from error
        except UnicodeDecodeError:
            continue
    raise refused(path.name, "文字编码无法识别", "the encoding of its texts is not known")


def write_vector(areas: Sequence[Area], path: Path) -> None:
    """The areas as one layer in WGS-84, text columns, UTF-8.

    A Shapefile keeps ten bytes of a column's name, three Chinese characters: id and name are written besides.
    """
    import pyogrio
    import shapely

    rows = [{"id": area.id, "name": area.name, **area.properties} for area in areas]
    heads = headings(areas)
    shapes = np.array([shapely.to_wkb(_geometry(area)) for area in areas], object)
    columns = [np.array([row.get(head, "") for row in rows], object) for head in heads]
    names = short_names(heads) if path.suffix.lower() == ".shp" else heads
    pyogrio.raw.write(
        path, shapes, columns, names, driver=_DRIVERS[path.suffix.lower()], geometry_type="MultiPolygon",
        crs="EPSG:4326", encoding="UTF-8",
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return value.item() if isinstance(value, np.generic) else value


def _rings(geometry: Any) -> list[list[list[tuple[float, float]]]]:
    parts = [geometry] if geometry.geom_type == "Polygon" else list(geometry.geoms)
    return [[list(ring.coords) for ring in (part.exterior, *part.interiors)] for part in parts]


def _geometry(area: Area) -> Any:
    import shapely

    return shapely.multipolygons(
        [shapely.polygons(polygon[0], polygon[1:] or None) for polygon in area.polygons]
    )


def _in_degrees(areas: list[Area], crs: str) -> list[Area]:
    """Any reference system into WGS-84 degrees, longitude first."""
    from pyproj import CRS, Transformer

    if CRS(crs).equals(CRS("EPSG:4326"), ignore_axis_order=True) or CRS(crs).to_epsg() == 4490:
        return areas
    turn = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    return [
        Area(
            area.id,
            area.name,
            tuple(tuple(tuple(turn.itransform(ring)) for ring in polygon) for polygon in area.polygons),
            area.properties,
            area.where,
        )
        for area in areas
    ]

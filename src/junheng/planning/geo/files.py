"""Areas from and to files: GeoJSON in plain Python, Shapefile and GeoPackage by pyogrio."""

from collections.abc import Callable, Sequence
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.planning.geo.areas import Area, Point
from junheng.planning.geo.geojson import read_geojson, write_geojson

GEOJSON = frozenset({".geojson", ".json"})
VECTOR = frozenset({".shp", ".gpkg"})


def is_area_file(path: Path) -> bool:
    """Whether its ending says that it holds areas."""
    return path.suffix.lower() in GEOJSON | VECTOR


def read_areas(path: Path) -> list[Area]:
    """The areas of a file (.geojson, .json, .shp, .gpkg) in WGS-84 degrees. UserError as the readers say."""
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        return read_geojson(path)
    if suffix in VECTOR:
        from junheng.planning.geo.vector_file import read_vector

        return read_vector(path)
    raise _unknown(path)


def write_areas(areas: Sequence[Area], path: Path) -> None:
    """The areas into a file of the kind its ending names. UserError: another ending."""
    suffix = path.suffix.lower()
    if suffix in GEOJSON:
        write_geojson(areas, path)
    elif suffix in VECTOR:
        from junheng.planning.geo.vector_file import write_vector

        write_vector(areas, path)
    else:
        raise _unknown(path)


def moved(areas: Sequence[Area], turn: Callable[[list[Point]], list[Point]]) -> list[Area]:
    """Every ring turned by ``turn`` (a list of points to a list as long)."""
    return [
        Area(
            area.id,
            area.name,
            tuple(tuple(tuple(turn(list(ring))) for ring in polygon) for polygon in area.polygons),
            area.properties,
            area.where,
        )
        for area in areas
    ]


def _unknown(path: Path) -> UserError:
    return UserError(
        Text(f"不支持的区域文件“{path.suffix}”", f"area files of the kind {path.suffix!r} are not supported"),
        where=path.name,
        fix=Text("请用 .geojson、.shp 或 .gpkg", "use .geojson, .shp or .gpkg"),
    )

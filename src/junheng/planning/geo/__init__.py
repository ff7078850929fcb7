"""Maps of a county: coordinate systems, areas, neighbours, locating points, what is wrong."""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door

if TYPE_CHECKING:
    from junheng.planning.geo.areas import Area, Point, Polygon, Ring
    from junheng.planning.geo.converting import Converted, convert_file
    from junheng.planning.geo.coordinates import from_wgs84, system_of, to_wgs84
    from junheng.planning.geo.files import read_areas, write_areas
    from junheng.planning.geo.finding import Finding
    from junheng.planning.geo.map_files import MapFiles, check_map, read_map
    from junheng.planning.geo.neighbours import locate, neighbours_of
    from junheng.planning.geo.nesting import nested
    from junheng.planning.geo.osm import import_osm
    from junheng.planning.geo.places import Place, read_places

_ROOMS = {
    "areas": ("Area", "Point", "Polygon", "Ring"),
    "map_files": ("MapFiles", "check_map", "read_map"),
    "converting": ("Converted", "convert_file"),
    "coordinates": ("from_wgs84", "system_of", "to_wgs84"),
    "files": ("read_areas", "write_areas"),
    "finding": ("Finding",),
    "nesting": ("nested",),
    "neighbours": ("locate", "neighbours_of"),
    "osm": ("import_osm",),
    "places": ("Place", "read_places"),
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _HOMES)


__all__ = [
    "Area",
    "Converted",
    "Finding",
    "MapFiles",
    "Place",
    "Point",
    "Polygon",
    "Ring",
    "check_map",
    "convert_file",
    "from_wgs84",
    "import_osm",
    "locate",
    "neighbours_of",
    "nested",
    "read_areas",
    "read_map",
    "read_places",
    "system_of",
    "to_wgs84",
    "write_areas",
]

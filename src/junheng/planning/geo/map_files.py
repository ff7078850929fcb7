"""Map files looked at together: areas, boundary, places, roads; all that is wrong or doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from junheng.basics import Text, UserError, heading_key
from junheng.data import read_sheets
from junheng.data.books import SEARCHED_ROWS, text_of
from junheng.planning.geo.area_faults import area_faults
from junheng.planning.geo.areas import Area
from junheng.planning.geo.coordinates import system_of, to_wgs84
from junheng.planning.geo.coverage_faults import coverage_faults
from junheng.planning.geo.files import is_area_file, moved, read_areas
from junheng.planning.geo.finding import Finding
from junheng.planning.geo.place_faults import place_faults
from junheng.planning.geo.places import Place, columns_of, read_places
from junheng.planning.geo.road_faults import road_faults
from junheng.planning.geo.together_faults import together_faults
from junheng.planning.travel import Roads, read_roads

_NODE, _EDGE = heading_key("结点编号"), heading_key("起点")
Floats = npt.NDArray[np.float64]
_BOUNDARY = ("boundary", "区界", "县界", "边界")  # what the name of a file says


@dataclass
class MapFiles:
    """What the files hold, by kind; ``counts`` are told before the findings."""

    areas: dict[Path, list[Area]] = field(default_factory=dict)
    places: dict[Path, list[Place]] = field(default_factory=dict)
    nodes: list[Path] = field(default_factory=list)
    edges: list[Path] = field(default_factory=list)
    boundary: list[Area] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)
    roads: Roads | None = None

    def counts(self) -> list[tuple[str, Text]]:
        """File and what was read from it."""
        found = [
            (path.name, Text(f"{len(areas)} 片", f"{len(areas)} areas")) for path, areas in self.areas.items()
        ]
        found += [
            (p.name, Text(f"{len(places)} 处", f"{len(places)} places")) for p, places in self.places.items()
        ]
        if self.roads is not None:
            names = "、".join(path.name for path in (*self.edges, *self.nodes))
            stretches = len(self.roads.starts)
            zh = f"{len(self.roads.names)} 个结点，{stretches} 条有向道路"
            found.append((names, Text(zh, f"{len(self.roads.names)} nodes, {stretches} directed stretches")))
        if self.boundary:
            found.append((self.boundary[0].where.partition(" 第 ")[0], Text("区界", "the boundary")))
        return found + [
            (path.name, Text("没有坐标，未检查", "no coordinates, not checked")) for path in self.ignored
        ]


def read_map(paths: Sequence[Path], system: str = "wgs84") -> MapFiles:
    """The files, and those of the folders, by what they hold; coordinates of ``system`` become WGS-84.

    UserError: a file that cannot be read, nothing to check, a table of roads without its nodes or the other way.
    """
    found, name = MapFiles(), system_of(system)
    for path in _files(paths):
        _sort_in(path, name, found, is_named=path in paths)
    if found.edges and found.nodes:
        found.roads = _roads_in(read_roads(found.edges[0], found.nodes[0]), name)
    elif found.edges or found.nodes:
        raise UserError(
            Text("道路要有起点终点表和结点表两张", "roads need both tables: stretches and nodes"),
            where=(found.edges + found.nodes)[0].name,
            fix=Text("请同时给出两个文件", "give both files"),
        )
    if not (found.areas or found.boundary or found.places or found.roads):
        raise UserError(
            Text("没有可检查的地理数据", "there is no geography to check"),
            fix=Text(
                "给出带经度、纬度的表，或 .geojson、.shp、.gpkg",
                "give tables with 经度 and 纬度, or area files",
            ),
        )
    return found


def check_map(files: MapFiles, boundary: Sequence[Area] = ()) -> list[Finding]:
    """Everything wrong or doubtful: areas one by one and together, places, roads, and how they fit one another.

    ``boundary``: the areas of the county; else the file that is called so.
    """
    boundary = boundary or files.boundary
    found: list[Finding] = area_faults(boundary)
    for areas in files.areas.values():
        faults = area_faults(areas)
        found += faults
        broken = {fault.where for fault in faults if fault.code in {"swapped", "not_degrees", "empty"}}
        found += coverage_faults([area for area in areas if area.where not in broken], boundary)
    for places in files.places.values():
        found += place_faults(places, boundary)
    if files.roads is not None:
        bad = {fault.where for fault in found if fault.level == "error"}
        sound = [place for places in files.places.values() for place in places if place.where not in bad]
        found += road_faults(files.roads, files.edges[0].name, sound)
    found += together_faults(files.areas, files.places)
    return found


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files, those of folders in order; parts of a Shapefile are one."""
    found = []
    for path in paths:
        if path.is_dir():
            inside = sorted(child for child in path.iterdir() if child.is_file())
            found += [c for c in inside if is_area_file(c) or c.suffix.lower() in {".csv", ".xlsx"}]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _sort_in(path: Path, system: str, found: MapFiles, *, is_named: bool) -> None:
    if is_area_file(path):
        areas = read_areas(path)
        if system != "wgs84":
            areas = moved(
                areas, lambda ring: list(zip(*(part.tolist() for part in _pair(ring, system)), strict=True))
            )
        if any(word in path.stem.lower() for word in _BOUNDARY):
            found.boundary += areas
        else:
            found.areas[path] = areas
        return
    heads = {
        heading_key(text_of(cell))
        for grid in read_sheets(path)
        for row in grid.rows[:SEARCHED_ROWS]
        for cell in row
    }
    if _EDGE in heads and heading_key("终点") in heads:
        found.edges.append(path)
    elif _NODE in heads and {heading_key("经度"), heading_key("纬度")} <= heads:
        found.nodes.append(path)
    elif is_named or any(columns_of(grid) for grid in read_sheets(path)):
        found.places[path] = [_moved(place, system) for place in read_places(path)]
    else:
        found.ignored.append(path)


def _roads_in(roads: Roads, system: str) -> Roads:
    return replace(roads, points=np.stack(to_wgs84(roads.points[:, 0], roads.points[:, 1], system), 1))


def _pair(points: Sequence[tuple[float, float]], system: str) -> tuple[Floats, Floats]:
    lon, lat = np.array(points, np.float64).reshape(-1, 2).T
    return to_wgs84(lon, lat, system)


def _moved(place: Place, system: str) -> Place:
    if system == "wgs84" or place.point is None:
        return place
    try:
        lon, lat = (float(part[0]) for part in _pair([place.point], system))
    except UserError:  # no zone of that number: told with the row, as no place
        return place
    typed = f"{lon:.7f}", f"{lat:.7f}"  # metres of a plane are no coarse degrees
    return Place(place.id, place.name, lon, lat, typed, place.where, place.pupils)

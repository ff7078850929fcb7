"""A file of areas or places from one coordinate system, and one format, into another."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from junheng.basics import Text, UserError
from junheng.data import Grid, column_letter, read_sheets
from junheng.data.books import Place, text_of
from junheng.planning.cell_values import number_of
from junheng.planning.geo.areas import Point
from junheng.planning.geo.coordinates import from_wgs84, system_of, to_wgs84
from junheng.planning.geo.degrees import require_degrees
from junheng.planning.geo.files import is_area_file, moved, read_areas, write_areas
from junheng.planning.geo.places import columns_of
from junheng.planning.geo.placing import made_for
from junheng.planning.geo.short_names import shortened
from junheng.planning.geo.tables import write_rows

_DECIMALS, _MILLIMETRES = 7, 3  # a hundredth of a metre; of metres on a plane


@dataclass(frozen=True, slots=True)
class Converted:
    """How many points were turned, the rows left as they were, and what else the reader should know."""

    points: int
    left: list[str]
    notes: tuple[Text, ...] = ()


def convert_file(
    source: Path, target: Path, start: str, end: str = "wgs84", *, force: bool = False
) -> Converted:
    """Write ``source`` (coordinates in ``start``) as ``target`` in ``end``.

    Areas (.geojson, .shp, .gpkg) may change their format too; a table (.csv or the first sheet of a workbook that has
    coordinates) becomes .csv, its other columns unchanged. A row whose coordinates are no numbers keeps them and is
    listed. UserError: an unknown system or format, coordinates that are not of ``start``, a target that is there and
    holds something else (``force`` replaces it).
    """
    start, end = system_of(start), system_of(end)
    if target.resolve() == source.resolve():
        raise UserError(Text("输出与输入是同一文件", "output and input are one file"), where=target.name)
    if is_area_file(source):
        return _areas(source, target, start, end, force=force)
    if target.suffix.lower() != ".csv":
        raise _format(target, "表只能写成 .csv", "a table is written as .csv")
    return _table(source, target, start, end, force=force)


def _areas(source: Path, target: Path, start: str, end: str, *, force: bool) -> Converted:
    areas = read_areas(source)
    if end.startswith("gk") and target.suffix.lower() != ".csv":
        raise _format(target, "面文件只写经纬度", "areas are written in degrees only")
    require_degrees([(area.where, point) for area in areas for point in area.points()], start)
    with made_for(target.parent, force=force) as folder:
        write_areas(moved(areas, lambda points: _turned(points, start, end)), folder / target.name)
    notes = shortened(areas) if target.suffix.lower() == ".shp" else ()
    return Converted(sum(len(area.points()) for area in areas), [], notes)


def _turned(points: list[Point], start: str, end: str) -> list[Point]:
    lon, lat = np.array(points, np.float64).reshape(-1, 2).T
    east, north = from_wgs84(*to_wgs84(lon, lat, start), end)
    digits = _MILLIMETRES if end.startswith("gk") else _DECIMALS
    return list(zip(np.round(east, digits).tolist(), np.round(north, digits).tolist(), strict=True))


def _table(source: Path, target: Path, start: str, end: str, *, force: bool) -> Converted:
    grid, top, columns, notes = _sheet(source)
    rows = [[text_of(cell) for cell in row] for row in grid.rows[top + 1 :]]
    points: dict[int, Point] = {}
    left = []
    for number, row in enumerate(rows):
        lon, lat = (
            number_of(row[columns[axis]]) if columns[axis] < len(row) else None for axis in ("lon", "lat")
        )
        if lon is None or lat is None:
            left += [str(Place(grid.file, grid.sheet, top + 2 + number))] if any(row) else []
        else:
            points[number] = (lon, lat)
    letter = column_letter(columns["lon"])
    named = {str(Place(grid.file, grid.sheet, top + 2 + n, letter)): point for n, point in points.items()}
    require_degrees(list(named.items()), start)
    digits = _MILLIMETRES if end.startswith("gk") else _DECIMALS
    for number, (lon, lat) in zip(points, _all_turned(named, start, end), strict=True):
        rows[number][columns["lon"]], rows[number][columns["lat"]] = f"{lon:.{digits}f}", f"{lat:.{digits}f}"
    with made_for(target.parent, force=force) as folder:
        write_rows(folder / target.name, [text_of(cell) for cell in grid.rows[top]], rows)
    return Converted(len(points), left, notes)


def _all_turned(points: Mapping[str, Point], start: str, end: str) -> list[Point]:
    """All at once; one by one where some cannot be turned, so that the row is named."""
    try:
        found = _turned(list(points.values()), start, end)
    except UserError:
        found = []
    if len(found) == len(points) and np.isfinite(found).all():
        return found
    return [_turned_row(point, start, end, where) for where, point in points.items()]


def _turned_row(point: Point, start: str, end: str, where: str) -> Point:
    """One point; what cannot be turned names its row."""
    try:
        found = _turned([point], start, end)[0]
    except UserError as error:
        raise UserError(error.what, where=where, why=error.why, fix=error.fix) from error
    if not np.isfinite(found).all():
        raise UserError(
            Text(f"{point[0]}、{point[1]} 不在 {start} 的范围内", f"{point[0]}, {point[1]} lie outside {start}"), where=where,
            fix=Text("请核对坐标和坐标系", "check the coordinates and their system"),
        )  # fmt: skip
    return found


def _sheet(source: Path) -> tuple[Grid, int, dict[str, int], tuple[Text, ...]]:
    """The first sheet with coordinates, its headings, and, where there are more sheets, which one was taken."""
    grids = [grid for grid in read_sheets(source) if not grid.is_empty()]
    known = [(grid, found) for grid in grids if (found := columns_of(grid)) is not None]
    if known:
        grid, found = known[0]
        rest = [other.title for other in grids if other is not grid]
        note = Text(
            f"只转换了工作表“{grid.title}”，没有转换：{'、'.join(rest)}",
            f"only the sheet {grid.title!r} was converted, not: {', '.join(rest)}",
        )
        return grid, *found, (note,) if rest else ()
    raise UserError(
        Text("没有找到经度、纬度（或东坐标、北坐标）两列", "no columns of longitude and latitude (or easting, northing)"),
        where=source.name, fix=Text("列名写“经度”“纬度”", "name them 经度 and 纬度"),
    )  # fmt: skip


def _format(target: Path, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=target.name,
        fix=Text("请改输出文件的扩展名或坐标系", "change the ending or the system"),
    )

"""Small maps for the tests: squares of a kilometre near 105, 37."""

from pathlib import Path

from junheng.planning.geo import Area, Point

KM = 1 / 111.19492664  # of latitude, in degrees
EAST = KM / 0.798635510047293  # of longitude at 37° north: divided by its cosine


def corner(x: float, y: float) -> Point:
    """Kilometres east and north of 105, 37 as degrees."""
    return round(105 + x * EAST, 9), round(37 + y * KM, 9)


def square(name: str, x: float, y: float, size: float = 1.0) -> Area:
    """A square with its south-west corner there."""
    steps = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ring = tuple(corner(x + size * dx, y + size * dy) for dx, dy in steps)
    return Area(name, name, ((ring,),), {"编号": name}, f"areas.geojson #{name}")


def drawn(name: str, *corners: tuple[float, float]) -> Area:
    """An area with these corners, in kilometres."""
    return Area(name, name, ((tuple(corner(x, y) for x, y in corners),),), {}, f"areas.geojson #{name}")


def grid(columns: int, rows: int) -> list[Area]:
    """Squares side by side, named row by row: r0c0 …"""
    return [square(f"r{row}c{column}", column, row) for row in range(rows) for column in range(columns)]


def table(folder: Path, text: str, name: str = "places.csv") -> Path:
    """A text table."""
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path

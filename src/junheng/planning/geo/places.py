"""Tables of places (schools, blocks, sites, nodes): every row kept, with its coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError, heading_key
from junheng.data import Grid, read_sheets
from junheng.data.books import SEARCHED_ROWS, text_of
from junheng.data.books import Place as CellPlace
from junheng.planning.cell_values import number_of
from junheng.planning.geo.areas import Point

COLUMNS = {
    "id": ("学校标识码", "校址编号", "小区编号", "结点编号", "片块编号", "编号", "id", "school_id", "code"),
    "name": ("学校名称", "校址名称", "小区名称", "片块名称", "名称", "name"),
    "lon": ("经度", "经度（度）", "lon", "longitude", "x", "东坐标"),
    "lat": ("纬度", "纬度（度）", "lat", "latitude", "y", "北坐标"),
}
PUPILS = ("小学生", "初中生", "学生数", "pupils")


@dataclass(frozen=True, slots=True)
class Place:
    """One row: id, name, the coordinates as typed and as numbers, where it stands; ``pupils``: as typed, if asked for."""

    id: str
    name: str
    lon: float | None
    lat: float | None
    typed: tuple[str, str]
    where: str
    pupils: tuple[str, ...] = ()

    @property
    def point(self) -> Point | None:
        """Longitude and latitude, None unless both are numbers."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def label(self) -> str:
        """Name and id as messages write them."""
        return f"{self.name}（{self.id}）" if self.name and self.name != self.id else self.id


def read_places(path: Path) -> list[Place]:
    """The places of every sheet with columns of longitude and latitude. UserError: no such sheet, unreadable file."""
    found = [place for grid in read_sheets(path) for place in _places(grid)]
    if not found:
        raise UserError(
            Text("没有找到经度、纬度两列，或表中没有数据", "no columns of longitude and latitude, or no row"),
            where=path.name,
            fix=Text(
                "列名写“经度”“纬度”，十进制度；见 docs/method/geo.md", "headings 经度 and 纬度, in degrees"
            ),
        )
    return found


def columns_of(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and where the known columns stand; None without longitude and latitude."""
    for top, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        heads = {heading_key(text_of(cell)): at for at, cell in reversed(list(enumerate(row)))}
        found = {
            name: heads[heading_key(word)] for name, words in COLUMNS.items() for word in reversed(words)
            if heading_key(word) in heads
        }  # fmt: skip
        if {"lon", "lat"} <= set(found):
            return top, found
    return None


def _places(grid: Grid) -> list[Place]:
    heading = columns_of(grid)
    if heading is None:
        return []
    top, columns = heading
    pupils = [
        at for at, cell in enumerate(grid.rows[top]) if heading_key(text_of(cell)) in map(heading_key, PUPILS)
    ]
    found = []
    for number, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = {name: text_of(row[at]) if at < len(row) else "" for name, at in columns.items()}
        if any(map(text_of, row)):
            found.append(
                _place(
                    cells,
                    [text_of(row[at]) for at in pupils if at < len(row)],
                    str(CellPlace(grid.file, grid.sheet, number)),
                    number,
                )
            )
    return found


def _place(cells: dict[str, str], pupils: Sequence[str], where: str, number: int) -> Place:
    own = cells.get("id") or cells.get("name") or str(number)
    lon, lat = cells["lon"], cells["lat"]
    return Place(own, cells.get("name", ""), number_of(lon), number_of(lat), (lon, lat), where, tuple(pupils))

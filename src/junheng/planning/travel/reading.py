"""The plain tables of a road graph: stretches (ends, metres, class, one way), nodes (name, place)."""

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import NamedTuple

import numpy as np

from junheng.basics import Text, UserError, heading_key, normalise
from junheng.data import Grid, column_letter, read_sheets
from junheng.planning.travel.roads import Roads
from junheng.planning.travel.speeds import road_class

_SEARCHED_ROWS = 10  # title lines above the headings are passed over
_SHOWN = 20
_EDGES = {
    "start": ("起点", "起点结点", "from", "start", "source", "u"),
    "end": ("终点", "终点结点", "to", "end", "target", "v"),
    "metres": ("长度米", "长度", "长度（米）", "距离（米）", "metres", "length", "length_m"),
    "class": ("等级", "道路等级", "类型", "class", "highway"),
    "one_way": ("单向", "是否单向", "oneway", "one_way"),
}
_NODES = {
    "name": ("结点编号", "结点", "节点编号", "节点", "编号", "node", "id"),
    "lon": ("经度", "经度（度）", "lon", "longitude", "x"),
    "lat": ("纬度", "纬度（度）", "lat", "latitude", "y"),
}
_OPTIONAL = {"class", "one_way"}
_YES = {heading_key(word) for word in ("是", "单向", "yes", "true", "1", "1.0")}
_NO = {heading_key(word) for word in ("", "否", "双向", "no", "false", "0", "0.0")}


class _Sheet(NamedTuple):
    """One table: where its columns stand and its rows with their numbers."""

    grid: Grid
    columns: Mapping[str, int]
    first: int

    def rows(self) -> Iterator[tuple[int, Sequence[object]]]:
        for number, row in enumerate(self.grid.rows[self.first :], self.first + 1):
            if any(cell not in (None, "") for cell in row):
                yield number, row

    def text(self, row: Sequence[object], name: str) -> str:
        at = self.columns.get(name, -1)
        cell = row[at] if 0 <= at < len(row) else ""
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)  # a node number typed into a spreadsheet
        return (
            cell if type(cell) is str and cell.isascii() and cell == cell.strip() else normalise(_said(cell))
        )

    def where(self, number: int, name: str) -> str:
        return f"{self.grid.where} {column_letter(self.columns[name])}{number}"


class _Faults(list[tuple[str, Text]]):
    """Faults with their places, told at once."""

    def add(self, where: str, zh: str, en: str) -> None:
        self.append((where, Text(zh, en)))

    def refuse(self) -> None:
        """Raise UserError when there is any."""
        if not self:
            return
        shown = self[:_SHOWN]
        zh = "".join(f"\n  {at}：{what.zh}" for at, what in shown) + ("\n  ……" if len(self) > _SHOWN else "")
        en = "".join(f"\n  {at}: {what.en}" for at, what in shown) + ("\n  …" if len(self) > _SHOWN else "")
        raise UserError(
            Text(f"路网表有 {len(self)} 处须改正：{zh}", f"{len(self)} faults in the road tables:{en}"),
            where=shown[0][0],
            why=Text("缺一段路会使路程算错", "a road that is absent makes ways wrong"),
            fix=Text("请逐处改正；列的写法见 docs/method/geo.md", "mend each; columns in docs/method/geo.md"),
        )


def read_roads(edges: Path, nodes: Path) -> Roads:
    """The road graph of two tables (.csv or a workbook), lengths in metres, places in WGS-84 degrees.

    Columns (Chinese or English): 起点, 终点, 长度米, 等级, 单向; 结点编号, 经度, 纬度. A class that is not known is kept
    and listed (``unknown_classes``). Raises UserError, all faults at once: absent columns, unknown or doubled nodes,
    places that are none, lengths that are no positive number, a one-way mark that is neither 是 nor 否.
    """
    faults = _Faults()
    points = _read_nodes(_sheet(nodes, _NODES), faults)
    faults.refuse()
    found = _read_edges(_sheet(edges, _EDGES), points, faults)
    faults.refuse()
    return found


def _sheet(path: Path, words: Mapping[str, Sequence[str]]) -> _Sheet:
    keys = {heading_key(word): name for name, spellings in words.items() for word in spellings}
    needed = set(words) - _OPTIONAL
    missing = needed
    for grid in read_sheets(path):
        for top, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
            columns = {
                keys[key]: at for at, cell in enumerate(row) if (key := heading_key(_said(cell))) in keys
            }
            missing = min(missing, needed - set(columns), key=len)
            if needed <= set(columns):
                return _Sheet(grid, columns, top + 1)
    heads = "、".join(sorted(words[name][0] for name in missing))
    raise UserError(
        Text(f"没有找到这些列：{heads}", f"these columns were not found: {heads}"),
        where=path.name,
        fix=Text("第一行写列名，见 docs/method/geo.md", "headings on the first row; see docs/method/geo.md"),
    )


def _read_nodes(sheet: _Sheet, faults: _Faults) -> dict[str, tuple[float, float]]:
    points: dict[str, tuple[float, float]] = {}
    for number, row in sheet.rows():
        name = sheet.text(row, "name")
        if name in points or not name:
            what = (
                ("结点编号重复", "the node appears twice")
                if name
                else ("结点没有编号", "a node without name")
            )
            faults.add(sheet.where(number, "name"), f"{what[0]} {name}".strip(), f"{what[1]} {name}".strip())
        place = []
        for axis, most in (("lon", 180), ("lat", 90)):
            value = _number(sheet.text(row, axis))
            if value is None or abs(value) > most:
                said = sheet.text(row, axis)
                zh = f"“{said}”不是{'经' if most == 180 else '纬'}度"
                faults.add(
                    sheet.where(number, axis),
                    zh,
                    f"{said!r} is no {'longitude' if most == 180 else 'latitude'}",
                )
            place.append(value or 0.0)
        points[name] = (place[0], place[1])
    if not points:
        faults.add(sheet.grid.where, "没有结点", "no node")
    return points


def _read_edges(sheet: _Sheet, points: Mapping[str, tuple[float, float]], faults: _Faults) -> Roads:
    row_of = {name: row for row, name in enumerate(sorted(points))}
    starts, ends, metres, words, one_way = [], [], [], [], []
    for number, row in sheet.rows():
        both = [sheet.text(row, side) for side in ("start", "end")]
        for side, name in zip(("start", "end"), both, strict=True):
            if name not in row_of:
                faults.add(sheet.where(number, side), f"结点表没有“{name}”", f"no node {name!r}")
        length = _number(sheet.text(row, "metres"))
        if length is None or length < 0:
            said = sheet.text(row, "metres")
            faults.add(sheet.where(number, "metres"), f"“{said}”不是长度", f"{said!r} is no length")
        mark = heading_key(sheet.text(row, "one_way"))
        if mark not in _YES | _NO:
            faults.add(sheet.where(number, "one_way"), "单向应为是或否", "one way must be yes or no")
        starts.append(row_of.get(both[0], 0))
        ends.append(row_of.get(both[1], 0))
        metres.append(length or 0.0)
        words.append(sheet.text(row, "class"))
        one_way.append(mark in _YES)
    if not starts:
        faults.add(sheet.grid.where, "没有道路", "no road")
    return _graph(points, (starts, ends, metres), words, one_way)


def _graph(
    points: Mapping[str, tuple[float, float]],
    stretches: tuple[list[int], list[int], list[float]],
    words: list[str],
    one_way: list[bool],
) -> Roads:
    """Two-way roads become two stretches."""
    names = sorted(points)
    known = {word: road_class(word) for word in set(words)}
    kinds = sorted(set(known.values()))
    starts, ends = (np.array(side, np.int64) for side in stretches[:2])
    metres, back = np.array(stretches[2], np.float64), ~np.array(one_way, bool)
    classes = np.array([kinds.index(known[word]) for word in words], np.int64)
    return Roads(
        tuple(names),
        np.array([points[name] for name in names], np.float64).reshape(-1, 2),
        np.concatenate((starts, ends[back])),
        np.concatenate((ends, starts[back])),
        np.concatenate((metres, metres[back])),
        np.concatenate((classes, classes[back])),
        tuple(kinds),
        tuple(sorted(word for word, kind in known.items() if word and not kind)),
    )


def _said(cell: object) -> str:
    return "" if cell is None else str(cell)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None

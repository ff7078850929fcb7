"""The plain tables of a road graph: stretches (ends, metres, class, one way), nodes (name, place)."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from junheng.basics import Text, UserError, heading_key
from junheng.data import read_sheets
from junheng.data.books import Headed, Record, find_sheet
from junheng.planning.cell_values import number_of
from junheng.planning.gathered import Gathered
from junheng.planning.travel.roads import Roads
from junheng.planning.travel.speeds import road_class

_PAGE = "docs/method/geo.md"
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


def read_roads(edges: Path, nodes: Path) -> Roads:
    """The road graph of two tables (.csv or a workbook), lengths in metres, places in WGS-84 degrees.

    Columns (Chinese or English): 起点, 终点, 长度米, 等级, 单向; 结点编号, 经度, 纬度. A class that is not known is kept
    and listed (``unknown_classes``). Raises UserError, all faults at once: absent columns, unknown or doubled nodes,
    places that are none, lengths that are no positive number, a one-way mark that is neither 是 nor 否.
    """
    faults = Gathered(_PAGE)
    points = _read_nodes(_headed(nodes, _NODES), faults)
    faults.refuse()
    found = _read_edges(_headed(edges, _EDGES), points, faults)
    faults.refuse()
    return found


def _headed(path: Path, words: Mapping[str, Sequence[str]]) -> Headed:
    index = {heading_key(word): name for name, spellings in words.items() for word in spellings}
    needed = [name for name in words if name not in _OPTIONAL]
    headed = find_sheet(read_sheets(path), index, needed)
    if lacking := headed.lacking(needed):
        heads = "、".join(words[name][0] for name in lacking)
        raise UserError(
            Text(f"没有找到这些列：{heads}", f"these columns were not found: {heads}"),
            where=path.name,
            fix=Text(
                "第一行写列名，见 docs/method/geo.md", "headings on the first row; see docs/method/geo.md"
            ),
        )
    return headed


def _read_nodes(headed: Headed, faults: Gathered) -> dict[str, tuple[float, float]]:
    points: dict[str, tuple[float, float]] = {}
    for row in headed.records():
        name = row.cell("name")
        if not name:
            faults.add(str(row.at("name")), "结点没有编号", "a node without name")
        elif name in points:
            faults.add(str(row.at("name")), f"结点编号重复 {name}", f"the node appears twice {name}")
        points[name] = (_degree(row, "lon", faults), _degree(row, "lat", faults))
    if not points:
        faults.add(headed.grid.where, "没有结点", "no node")
    return points


def _degree(row: Record, axis: str, faults: Gathered) -> float:
    most, zh, en = (180, "经", "longitude") if axis == "lon" else (90, "纬", "latitude")
    value = number_of(row.cell(axis))
    if value is None or abs(value) > most:
        said = row.cell(axis)
        faults.add(str(row.at(axis)), f"“{said}”不是{zh}度", f"{said!r} is no {en}")
    return value or 0.0


def _read_edges(headed: Headed, points: Mapping[str, tuple[float, float]], faults: Gathered) -> Roads:
    row_of = {name: row for row, name in enumerate(sorted(points))}
    starts, ends, metres, words, one_way = [], [], [], [], []
    for row in headed.records():
        for side in ("start", "end"):
            if (name := row.cell(side)) not in row_of:
                faults.add(str(row.at(side)), f"结点表没有“{name}”", f"no node {name!r}")
        length = number_of(row.cell("metres"))
        if length is None or length < 0:
            said = row.cell("metres")
            faults.add(str(row.at("metres")), f"“{said}”不是长度", f"{said!r} is no length")
        mark = heading_key(row.cell("one_way"))
        if mark not in _YES | _NO:
            faults.add(str(row.at("one_way")), "单向应为是或否", "one way must be yes or no")
        starts.append(row_of.get(row.cell("start"), 0))
        ends.append(row_of.get(row.cell("end"), 0))
        metres.append(length or 0.0)
        words.append(row.cell("class"))
        one_way.append(mark in _YES)
    if not starts:
        faults.add(headed.grid.where, "没有道路", "no road")
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

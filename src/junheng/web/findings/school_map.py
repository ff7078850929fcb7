"""Schools on a map: the library's drawing of where they lie, coloured and shaped by verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.basics import STAGE_NAMES, Text
from junheng.planning import MapPlace
from junheng.reports.maps import Map as Drawn
from junheng.web.findings.heat import WORDS, HeatRow
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import names_of
from junheng.web.front.school_map import as_png as as_png  # the pages and exports take them from here
from junheng.web.front.school_map import as_svg as as_svg
from junheng.web.front.school_map import drawn as map_drawn
from junheng.web.front.words import half


@dataclass(frozen=True, slots=True)
class Spot:
    """A school of the map's list: its state by what the map is coloured by, and a sentence on it."""

    row: HeatRow
    state: str | None
    said: str


def spots(rows: Sequence[HeatRow], by: str) -> list[Spot]:
    """Schools with their state by ``by``: "verdict" or an indicator's key."""
    return [_spot(row, by) for row in rows]


def _spot(row: HeatRow, by: str) -> Spot:
    if by == "verdict":
        return Spot(row, row.verdict, half(WORDS[row.verdict]))
    cell = next((one for one in row.cells if one.key == by), None)
    if cell is None:
        return Spot(row, None, "")
    value = "" if cell.value is None else f"{cell.number} "
    return Spot(row, cell.state, f"{cell.key} {value}{cell.said}")


def drawn(finding: Finding, stage: str, rows: Sequence[HeatRow], by: str) -> Drawn | None:
    """The map of the schools that have coordinates; None where there are none that fit on one map."""
    places = [
        MapPlace(
            one.row.school_id, one.row.name, one.row.about.lon, one.row.about.lat, one.state or "school",
            told=half(Text(f"{one.row.name}：{one.said}", f"{one.row.name}: {one.said}")) if one.said else one.row.name,
        )
        for one in spots(rows, by)
        if one.row.about.lon is not None and one.row.about.lat is not None
    ]  # fmt: skip
    name, words = STAGE_NAMES[stage], names_of(finding).get(by, Text("学校结论", "verdicts"))
    key = "" if by == "verdict" else f"{by} "
    zh = f"{finding.county.name} {finding.year} 年 {name.zh}：{key}{words.zh}"
    en = f"{finding.county.name} {finding.year} {name.en}: {key}{words.en}"
    return map_drawn(half(Text(zh, en)), places)

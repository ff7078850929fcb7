"""Ways between demand points and sites: the table's, or roads, or great circle × detour.

A pair that is not told has none.
"""

from collections.abc import Collection
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import exact
from junheng.planning.sheet_records import Record
from junheng.planning.site.classical.reading.points import Points
from junheng.planning.site.classical.reading.settings import Settings
from junheng.planning.travel import read_roads, ways

Table = dict[str, dict[str, int]]


def ways_of(
    demand: Points, sites: Points, table: list[Record], settings: Settings, radius: int | str | None
) -> tuple[Table, Text]:
    """Metres by demand point and site, and how they were measured; who has no place goes to ``untold``."""
    if table:
        return _of_table(demand, sites, table, settings), Text("给出的路程表", "the table of ways")
    limit = _limit(settings, radius)
    detour = settings.number("detour", least=1)
    roads = settings.given.get("roads", {})
    folder = settings.path.parent
    graph = (
        read_roads(folder / str(roads.get("edges", "")), folder / str(roads.get("nodes", "")))
        if roads
        else None
    )
    found = ways(
        demand.places,
        sites.places,
        limit=float(limit),
        roads=graph,
        detour=None if detour is None else float(detour),
    )
    for points in (demand, sites):
        points.leave_out([name for name, place in points.places.items() if place is None])
    return {name: found.of(name) for name in demand.places}, found.basis


def _limit(settings: Settings, radius: int | str | None) -> Fraction:
    """The longest way looked for: as told, else the radius."""
    limit = settings.number("reach_m", least=1)
    if limit is None and radius is not None:
        limit = exact(radius)
    if limit is None:
        settings.faults.add(
            settings.at("reach_m"),
            "没有路程表时须写最远路程 reach_m（米）",
            "without a table of ways, give reach_m",
        )
    settings.faults.refuse()
    return limit or Fraction(0)


def _of_table(demand: Points, sites: Points, table: list[Record], settings: Settings) -> Table:
    found: Table = {row["id"]: {} for row in demand.rows}
    known = {row["id"] for row in sites.rows}
    for record in table:
        _known(record, "demand", {*found, *demand.untold, *demand.empty}, settings)
        _known(record, "site", {*known, *sites.untold}, settings)
        way = record.count("way", settings.faults)
        row = found.get(record["demand"])
        if way is None or row is None or record["site"] not in known:
            continue
        if record["site"] in row:
            settings.faults.add(record.at(), "同一对有两行", "two rows of one pair")
        row[record["site"]] = way
    return found


def _known(record: Record, name: str, ids: Collection[str], settings: Settings) -> None:
    if record[name] not in ids:
        settings.faults.add(record.at(name), f"没有 {record[name]}", f"there is no {record[name]}")

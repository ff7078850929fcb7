"""Which sites are within reach of which block: a table of ways, or roads, or great circles;
metres or seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text
from junheng.planning.cell_values import exact_number
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record
from junheng.planning.site.reading.places import Point
from junheng.planning.site.reading.settings import Settings
from junheng.planning.travel import read_roads, speed_of, ways


@dataclass(frozen=True, slots=True)
class Reach:
    """``unit`` metre or second; ``ways`` block → site → length; ``off``: places that no road comes near."""

    unit: str
    limit: int
    basis: Text
    ways: dict[str, dict[str, int]]
    off: tuple[str, ...] = ()


def unit_of(settings: Settings) -> tuple[str, int]:
    """The unit of ways and the limit in it."""
    part = settings.part("reach")
    if ("metres" in part) == ("minutes" in part):
        settings.faults.add(
            settings.at("reach"), "metres、minutes 恰写一个", "give one of metres and minutes"
        )
        return "metre", 1
    unit = "metre" if "metres" in part else "second"
    key = "metres" if unit == "metre" else "minutes"
    value = exact_number(str(part[key]), settings.at(f"reach → {key}"), settings.faults, least=1)
    if unit == "second" and "by" not in part:
        settings.faults.add(
            settings.at("reach"), "按时间须写出行方式 by: walk、bus 或 car", "by: walk, bus or car"
        )
    return unit, int((value or 1) * (1 if unit == "metre" else 60))


def reach_of(
    blocks: Mapping[str, Point | None],
    sites: Mapping[str, Point | None],
    table: list[Record],
    settings: Settings,
) -> Reach:
    """Ways within the limit, of every block the nearest ones only (library: most_sites)."""
    unit, limit = unit_of(settings)
    most = int(settings.figure("", "most_sites", whole=True, least=1))
    off: tuple[str, ...]
    if table:
        found, basis, off = (
            _of_table(table, blocks, sites, settings),
            Text("给出的路程表", "the table of ways"),
            (),
        )
    else:
        found, basis, off = _measured(blocks, sites, settings, unit, limit)
    near = {
        block: dict(sorted(sorted(row.items(), key=lambda way: (way[1], way[0]))[:most]))
        for block, row in ((block, _within(row, limit)) for block, row in sorted(found.items()))
    }
    return Reach(unit, limit, basis, near, off)


def _within(row: Mapping[str, int], limit: int) -> dict[str, int]:
    return {site: length for site, length in row.items() if length <= limit}


def _of_table(
    table: list[Record],
    blocks: Mapping[str, Point | None],
    sites: Mapping[str, Point | None],
    settings: Settings,
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {block: {} for block in blocks}
    for row in table:
        length = row.count("length", settings.faults)
        if row["block"] not in blocks or row["site"] not in sites:
            settings.faults.add(
                row.at("block"),
                f"没有 {row['block']} 或 {row['site']}",
                f"no {row['block']} or {row['site']}",
            )
        elif length is not None:
            if row["site"] in found[row["block"]]:
                settings.faults.add(row.at("length"), "同一路程有两行", "the same way appears twice")
            found[row["block"]][row["site"]] = length
    return found


def _measured(
    blocks: Mapping[str, Point | None],
    sites: Mapping[str, Point | None],
    settings: Settings,
    unit: str,
    limit: int,
) -> tuple[dict[str, dict[str, int]], Text, tuple[str, ...]]:
    part, files = settings.part("reach"), settings.part("roads")
    detour = part.get("detour")
    factor = (
        None
        if detour is None
        else exact_number(str(detour), settings.at("reach → detour"), settings.faults, least=1)
    )
    roads = None
    if files:
        if set(files) != {"edges", "nodes"}:
            settings.faults.add(
                settings.at("roads"), "须写 edges 和 nodes", "edges and nodes are both needed"
            )
            settings.faults.refuse()
        roads = read_roads(*(settings.path.parent / str(files[key]) for key in ("edges", "nodes")))
    found = ways(
        blocks, sites, limit=limit, roads=roads, detour=None if factor is None else float(factor),
        speed=speed_of(str(part["by"])) if unit == "second" and "by" in part else None,
    )  # fmt: skip
    return {block: found.of(block) for block in blocks}, found.basis, found.off_network


def inputs_of(settings: Settings) -> list[Json]:
    """Every file the problem was read from, with its hash."""
    from junheng.basics import sha256_file

    names = [str(name) for name in (settings.part("roads").get(key) for key in ("edges", "nodes")) if name]
    if "boundary" in settings.given:
        names.append(str(settings.given["boundary"]))
    if "forecast" in settings.given:
        names.append(str(Path(str(settings.given["forecast"])) / "plan.json"))
    paths = [*settings.files(), *(settings.path.parent / name for name in names)]
    return [{"file": path.name, "sha256": sha256_file(path)} for path in paths]

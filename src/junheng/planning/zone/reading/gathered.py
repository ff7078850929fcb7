"""Everything the tables and shapes of a zoning problem hold, joined and checked against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record, read_records
from junheng.planning.sheet_titles import sheet_name, tables_of
from junheng.planning.zone.reading import blocks as block_tables
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.cut import Cut, cut_catchments
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.schools import School, read_schools
from junheng.planning.zone.reading.settings import Settings, library
from junheng.planning.zone.reading.shapes import Shapes, read_shapes, standing_blocks
from junheng.planning.zone.reading.versions import latest, read_versions
from junheng.planning.zone.reading.zones import (
    add_capacity,
    known_blocks,
    policy_doubts,
    read_zones,
    require_capacity,
    today_zones,
)
from junheng.planning.zone.versions import assigned


@dataclass
class Gathered:
    """What was read. ``standing``: school → its block; ``ways``: the sheet 路程; ``beside``: other layers to compare."""

    blocks: list[Block]
    schools: list[School]
    zones: list[Json]
    today: list[Json]
    neighbours: list[tuple[str, str]]
    islands: list[str]
    standing: Mapping[str, str]
    shapes: Json
    versions: list[Json]
    attending: list[Json]
    ways: list[Record]
    beside: list[Json]
    sources: dict[str, Text] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)


def gather(settings: Settings, folder: Path, head: Json, faults: Faults) -> Gathered:
    """Read and join every table and shape. Faults and doubts go into ``faults``; UserError for unreadable files."""
    files = _files(settings, folder, faults)
    renamed = settings.get("columns", {})
    sheets = read_records([*files], library("columns"), faults, said=files, renamed=renamed)
    schools = read_schools(sheets.get("学校", []), head["stage"], faults)
    is_cut = "cut" in settings
    cut = cut_catchments(settings, folder, schools, faults) if is_cut else None
    blocks = cut.blocks if cut else block_tables.read_blocks(sheets.get("片块", []), head["stage"], faults)
    blocks = block_tables.join_addresses(blocks, sheets.get("门牌", []), faults)
    versions = read_versions(sheets.get("沿革", []), head["from"], faults)
    blocks = _with_today(blocks, sheets, versions, faults)
    if "year" in settings:
        blocks = block_tables.forecast_pupils(
            blocks, sheets.get("预测", []), settings["year"], settings.get("scenario", ""), faults
        )
    block_tables.require_pupils(blocks, faults)
    shapes = cut.shapes if cut else read_shapes(settings, folder, blocks, schools, faults)
    blocks = [_placed(block, shapes) for block in blocks]
    return _joined(
        head,
        sheets,
        blocks,
        schools,
        shapes,
        cut,
        versions,
        faults,
        [*files, *shapes.files, *_roads(settings, folder)],
    )


def _files(settings: Settings, folder: Path, faults: Faults) -> dict[Path, str]:
    """File → the one table it holds, "" where its sheets' names say."""
    given = settings.get("tables", [])
    if isinstance(given, str):
        given = [given]
    if isinstance(given, list):
        return {folder / name: "" for name in given}
    found = {}
    for name, file in given.items():
        table = sheet_name(name, tables_of(library("columns")))
        if table is None:
            raise faults.ending("tables", f"不认识的表 {name}", f"unknown table {name}")
        found[folder / file] = table
    return found


def _roads(settings: Settings, folder: Path) -> list[Path]:
    """The road tables and the county's outline, where they are named."""
    named_files = [*settings.get("roads", {}).values(), settings.get("boundary", "")]
    return [folder / name for name in named_files if name]


def _with_today(
    blocks: list[Block], sheets: Mapping[str, list[Record]], versions: list[Json], faults: Faults
) -> list[Block]:
    """Today's zone of every block: its own column, else the sheet 现行学区, else the latest version."""
    told: dict[str, str] = {}
    last = latest(versions)
    if last is not None:
        told |= assigned(last)
    for record in known_blocks(sheets.get("现行学区", []), "block", (b.id for b in blocks), faults):
        told[record["block"]] = record["zone"]
    found = []
    for block in blocks:
        if block.now and told.get(block.id, block.now) != block.now:
            faults.add(
                block.where,
                f"现属学区有两种说法：{block.now}、{told[block.id]}",
                f"today's zone is told twice: {block.now}, {told[block.id]}",
            )
        found.append(block if block.now else replace(block, now=told.get(block.id, "")))
    unknown = [block.id for block in found if not block.now]
    if unknown and len(unknown) < len(found):
        said = Text(
            f"{len(unknown)} 个片块没有写现属学区：审计不计，重新划分时不算换学区：{named(unknown)}",
            f"{len(unknown)} blocks name no zone of today: left out of the audit, never counted as moved: {named(unknown)}",
        )
        faults.doubt("today", "片块", said, unknown)
    return found


def _placed(block: Block, shapes: Shapes) -> Block:
    """A block without coordinates takes a point inside its shape."""
    if block.lon or block.id not in shapes.points:
        return block
    lon, lat = shapes.points[block.id]
    return replace(block, lon=lon, lat=lat)


def _joined(
    head: Json,
    sheets: Mapping[str, list[Record]],
    blocks: list[Block],
    schools: list[School],
    shapes: Shapes,
    cut: Cut | None,
    versions: list[Json],
    faults: Faults,
    files: list[Path],
) -> Gathered:
    zones = read_zones(sheets.get("学区", []), schools, faults)
    add_capacity(zones, schools, head["mode"] == "plan", faults)
    policy_doubts(zones, schools, head["stage"], faults)
    if head["mode"] == "plan":
        require_capacity(zones, blocks, faults)
    ids = [block.id for block in blocks]
    neighbours = _neighbours(sheets.get("相邻", []), ids, shapes, faults)
    touched = {block for pair in neighbours for block in pair}
    islands = sorted(set(ids) - touched)
    _tell_islands(islands, len(ids), head["contiguity"], faults)
    found = Gathered(
        blocks=blocks,
        schools=schools,
        zones=zones,
        today=today_zones({block.id: block.now for block in blocks}, zones, schools, faults),
        neighbours=neighbours,
        islands=islands,
        standing=standing_blocks(schools, blocks, shapes, faults),
        shapes=shapes.frozen(),
        versions=versions,
        attending=_attending(sheets.get("就读", []), ids, schools, faults),
        ways=sheets.get("路程", []),
        beside=cut.beside if cut else [],
        files=files,
    )
    found.sources |= cut.sources if cut else {}
    return found


def _neighbours(
    records: list[Record], ids: Sequence[str], shapes: Shapes, faults: Faults
) -> list[tuple[str, str]]:
    """Pairs from the sheet 相邻 where there is one, else from shapes that share a border."""
    if not records:
        return shapes.neighbours
    known = set(ids)
    found = set()
    for record in records:
        if record["a"] == record["b"]:
            faults.add(record.at("b"), "片块与自己相邻", "a block beside itself")
        unknown = [record[name] for name in ("a", "b") if record[name] not in known]
        for name in unknown:
            faults.add(record.at(), f"片块表没有 {name}", f"no block {name}")
        if not unknown and record["a"] != record["b"]:
            found.add((min(record["a"], record["b"]), max(record["a"], record["b"])))
    return sorted(found)


def _tell_islands(islands: list[str], blocks: int, contiguity: str, faults: Faults) -> None:
    if contiguity == "off" or not islands or blocks == 1:
        return
    if len(islands) == blocks > 1:
        faults.add(
            "相邻",
            "没有相邻关系：请给出 相邻 表或片块图形（areas），或写 contiguity: off",
            "no neighbours: give a sheet 相邻 or shapes (areas), or contiguity: off",
        )
        return
    said = Text(
        f"{len(islands)} 个片块不与任何片块相邻（飞地、孤岛），不要求连片：{named(islands)}",
        f"{len(islands)} blocks touch no other (islands): exempt from contiguity: {named(islands)}",
    )
    faults.doubt("islands", "相邻", said, islands)


def _attending(
    records: list[Record], ids: Sequence[str], schools: Sequence[School], faults: Faults
) -> list[Json]:
    """[{"block", "school", "pupils"}]: who lives where and attends what; a school outside the tables is kept."""
    names = {school.id for school in schools}
    found: dict[tuple[str, str], int] = {}
    strange = set()
    for record in known_blocks(records, "block", ids, faults):
        pupils = record.count("pupils", faults)
        if pupils is not None:
            pair = record["block"], record["school"]
            found[pair] = found.get(pair, 0) + pupils
            strange |= set() if record["school"] in names else {record["school"]}
    if strange:
        said = Text(
            f"就读表里 {len(strange)} 所学校不在学校表（本段、公办）：都算区外就读：{named(strange)}",
            f"{len(strange)} schools attended are not in the table: counted as elsewhere: {named(strange)}",
        )
        faults.doubt("attending", "就读", said, strange)
    return [{"block": b, "school": s, "pupils": n} for (b, s), n in sorted(found.items())]

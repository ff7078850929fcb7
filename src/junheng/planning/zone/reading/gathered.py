"""Everything the tables and shapes of a zoning problem hold, joined and checked against each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record, read_records
from junheng.planning.zone.reading import blocks as block_tables
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.cut import Cut, cut_catchments
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.schools import School, read_schools
from junheng.planning.zone.reading.settings import Settings, library
from junheng.planning.zone.reading.shapes import Shapes, read_shapes, standing_blocks
from junheng.planning.zone.reading.tables import require_rows, table_files
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


def gather(settings: Settings, path: Path, head: Json, faults: Faults) -> Gathered:
    """Read and join every table and shape of the problem file ``path``. Faults and doubts go into ``faults``.

    Raises UserError for unreadable files, and for tables without which everything else would be a fault.
    """
    folder = path.parent
    files = table_files(settings, folder, path.name, faults)
    renamed = settings.get("columns", {})
    sheets = read_records([*files], library("columns"), faults, said=files, renamed=renamed)
    is_cut = "cut" in settings
    require_rows(sheets, files, head, is_cut, faults)
    schools = read_schools(sheets["学校"], head["stage"], faults)
    if not schools:
        stage = STAGE_NAMES[head["stage"]]
        raise faults.ending(
            sheets["学校"][0].file,
            f"没有{stage.zh}的公办学校",
            f"there is no public school of the stage {stage.en}",
        )
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


def _roads(settings: Settings, folder: Path) -> list[Path]:
    """The road tables and the county's outline, where they are named."""
    named_files = [*settings.get("roads", {}).values(), settings.get("boundary", "")]
    return [folder / name for name in named_files if name]


def _with_today(
    blocks: list[Block], sheets: Mapping[str, list[Record]], versions: list[Json], faults: Faults
) -> list[Block]:
    """Today's zone of every block: its own column, else the sheet 现行学区, else the latest version."""
    told: dict[str, str] = {}
    where: dict[str, str] = {}
    last = latest(versions)
    if last is not None:
        told |= assigned(last)
        where |= {r["block"]: r.at("zone") for r in sheets["沿革"] if r["version"] == last["id"]}
    for record in known_blocks(sheets.get("现行学区", []), "block", (b.id for b in blocks), faults):
        told[record["block"]], where[record["block"]] = record["zone"], record.at("zone")
    found = []
    for block in blocks:
        if block.now and told.get(block.id, block.now) != block.now:
            faults.add(
                block.now_where,
                f"片块 {block.id} 的现属学区有两种说法：{block.now}、{told[block.id]}（{where[block.id]}）",
                f"today's zone of {block.id} is told twice: {block.now}, {told[block.id]} ({where[block.id]})",
            )
        elsewhere = replace(block, now=told.get(block.id, ""), now_where=where.get(block.id, ""))
        found.append(block if block.now else elsewhere)
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
    if neighbours or not sheets.get("相邻"):  # a sheet none of whose rows is right is told already
        _tell_islands(islands, len(ids), head["contiguity"], faults)
    found = Gathered(
        blocks=blocks,
        schools=schools,
        zones=zones,
        today=today_zones(blocks, zones, schools, faults),
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
    pairs = known_blocks(known_blocks(records, "a", ids, faults), "b", ids, faults)
    for record in pairs:
        if record["a"] == record["b"]:
            faults.add(record.at("b"), "片块与自己相邻", "a block beside itself")
    return sorted({(min(r["a"], r["b"]), max(r["a"], r["b"])) for r in pairs if r["a"] != r["b"]})


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

"""Blocks – villages, estates, cells – with pupils of the stage, place, today's zone and door numbers."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record
from junheng.planning.zone.addresses import readable
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.places import place


@dataclass(frozen=True, slots=True)
class Block:
    """A block as read; ``pupils`` None when blank; ``now`` the id of today's zone or school, "" when blank.

    ``is_told``: what is wrong with its pupils is noted already.
    """

    id: str
    name: str
    where: str
    pupils: int | None
    needy: int | None = None
    lon: str = ""
    lat: str = ""
    now: str = ""
    now_where: str = ""
    is_told: bool = False
    pinned: str = ""
    town: str = ""
    addresses: tuple[Json, ...] = field(default=())


def read_blocks(records: Iterable[Record], stage: str, faults: Faults) -> list[Block]:
    """The blocks of a sheet 片块, by id; several rows of one block give it several addresses."""
    found: dict[str, Block] = {}
    for record in records:
        block = _block(record, stage, faults)
        if block.id not in found:
            found[block.id] = block
            continue
        first = found[block.id]
        if block.pupils is not None and (block.pupils, block.now) != (first.pupils, first.now):
            faults.add(
                record.at("id"),
                f"片块 {block.id} 有两行且内容不同",
                f"block {block.id} stands twice, differently",
            )
        found[block.id] = replace(first, addresses=(*first.addresses, *block.addresses))
    return [found[key] for key in sorted(found)]


def _block(record: Record, stage: str, faults: Faults) -> Block:
    at = place(record["lon"], record["lat"], record.at("lon"), faults)
    name = _of_stage(record, "pupils", stage, stage)
    needy = _of_stage(record, "needy", f"needy_{stage}", stage)
    now = _of_stage(record, "now", f"now_{stage}", stage)
    address = _address(record, faults)
    pupils = record.count(name, faults)
    return Block(
        id=record["id"],
        name=record["name"] or record["id"],
        where=record.at(name),
        pupils=pupils,
        is_told=pupils is None and record[name] != "",
        needy=record.count(needy, faults),
        lon=at[0] if at else "",
        lat=at[1] if at else "",
        now=record[now],
        now_where=record.at(now),
        pinned=record["pinned"],
        town=record["town"],
        addresses=(address,) if address else (),
    )


def _of_stage(record: Record, plain: str, own: str, stage: str) -> str:
    """The column to read: that of the stage where it is filled in, else the plain one."""
    return own if record[own] or not record[plain] else plain


def _address(record: Record, faults: Faults) -> Json | None:
    if not record["street"]:
        return None
    if not readable(record["numbers"]):
        faults.add(
            record.at("numbers"),
            f"看不懂门牌号段“{record['numbers']}”；写成 1-199单、2-200双、201以上、12弄 或 全部",
            f"door numbers {record['numbers']!r} are not understood; write 1-199单, 2-200双, 201以上, 12弄 or 全部",
        )
    return {"street": record["street"], "numbers": record["numbers"], "community": record["community"]}


def join_addresses(blocks: list[Block], records: Iterable[Record], faults: Faults) -> list[Block]:
    """``blocks`` with the rows of a sheet 门牌."""
    found = {block.id: block for block in blocks}
    for record in records:
        address = _address(record, faults)
        if record["id"] not in found:
            faults.add(record.at("id"), f"片块表没有 {record['id']}", f"no block {record['id']}")
        elif address:
            block = found[record["id"]]
            found[block.id] = replace(block, addresses=(*block.addresses, address))
    return [found[key] for key in sorted(found)]


def forecast_pupils(
    blocks: list[Block], records: list[Record], year: str, scenario: str, faults: Faults
) -> list[Block]:
    """``blocks`` with the pupils a sheet 预测 tells for ``year`` and ``scenario`` ("" for the only one)."""
    told: dict[str, int] = {}
    seen: dict[str, str] = {}
    for record in records:
        if record["year"] != year or record["scenario"] != scenario:
            continue
        pupils = record.count("pupils", faults)
        if record["block"] in seen:
            faults.add(record.at("block"), "同一片块同一年有两行", "two rows of one block and year")
        seen[record["block"]] = record.at("pupils")
        if pupils is not None:
            told[record["block"]] = pupils
    if not seen:
        faults.add("预测", f"没有 {year} 年 {scenario} 的行", f"no rows of {year} {scenario}")
        return blocks
    lost = [block.id for block in blocks if block.id not in seen]
    if lost:
        faults.add(
            next(iter(seen.values())),
            f"{year} 年缺 {len(lost)} 个片块：{named(lost)}",
            f"{len(lost)} blocks lack their pupils of {year}: {named(lost)}",
        )
    return [replace(block, pupils=told.get(block.id), is_told=block.id not in told) for block in blocks]


def require_pupils(blocks: Iterable[Block], faults: Faults) -> None:
    """Blank pupils are faults; blocks without children are kept, and listed."""
    empty = []
    for block in blocks:
        if block.is_told:
            continue
        if block.pupils is None:
            faults.add(
                block.where,
                f"片块 {block.id} 的学生数为空；没有学生请写 0",
                f"pupils of block {block.id} are blank; write 0 where there are none",
            )
        elif block.pupils == 0:
            empty.append(block.id)
        if block.needy is not None and block.pupils is not None and block.needy > block.pupils:
            faults.add(
                block.where, f"随迁 {block.needy} 多于学生数", f"{block.needy} needy exceed the pupils"
            )
    if empty:
        said = Text(
            f"{len(empty)} 个片块没有学生：仍须划入学区，但不影响路程、学位",
            f"{len(empty)} blocks have no pupils: they belong to a zone all the same, but weigh nothing",
        )
        faults.doubt("empty", "片块", said, empty)

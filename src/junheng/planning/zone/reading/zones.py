"""The zones to be filled and today's: one per school, or several schools to a zone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.schools import School
from junheng.planning.zone.reading.settings import library


def read_zones(records: list[Record], schools: list[School], faults: Faults) -> list[Json]:
    """[{"id", "name", "schools"}] by id: those of the sheet 学区, and one of its own for every school in none of them.

    A closing school has no zone.
    """
    known = {school.id: school for school in schools}
    zones, taken = _shared_zones(records, known, faults)
    for school in schools:
        if school.id not in taken and not school.is_closed:
            if school.id in zones:
                faults.add(
                    school.where, f"学区编号 {school.id} 与学校相同", f"zone {school.id} is named as a school"
                )
            zones[school.id] = {"id": school.id, "name": school.name, "schools": [school.id]}
    for zone in zones.values():
        zone["name"] = zone["name"] or "、".join(known[s].name for s in zone["schools"])
    return [zones[key] for key in sorted(zones)]


def _shared_zones(
    records: list[Record], known: Mapping[str, School], faults: Faults
) -> tuple[dict[str, Json], dict[str, str]]:
    """The zones of the sheet 学区, and which zone every school in it belongs to."""
    zones: dict[str, Json] = {}
    taken: dict[str, str] = {}
    for record in records:
        school, where = record["school"], record.at("school")
        if school not in known:
            faults.add(where, f"学校表没有 {school}", f"no school {school}")
        elif known[school].is_closed:
            faults.add(where, f"{school} 停办，不能再有学区", f"{school} closes and can have no zone")
        elif taken.setdefault(school, record["id"]) != record["id"]:
            faults.add(where, f"{school} 已在学区 {taken[school]}", f"{school} is in {taken[school]}")
        else:
            zone = zones.setdefault(record["id"], {"id": record["id"], "name": record["name"], "schools": []})
            zone["name"] = zone["name"] or record["name"]
            zone["schools"] = sorted({*zone["schools"], school})
    return zones, taken


def add_capacity(zones: list[Json], schools: list[School], is_needed: bool, faults: Faults) -> None:
    """Seats of each zone. A school without seats is a fault where they are ``needed``, else its zone has none."""
    seats = {school.id: school.seats for school in schools}
    for school in schools:
        if school.seats is None and is_needed and not school.is_closed:
            faults.add(
                school.where,
                f"{school.name} 没有学位，也没有教室数",
                f"{school.name}: neither seats nor rooms are stated",
            )
    for zone in zones:
        told = [seats[school] for school in zone["schools"]]
        if None not in told:
            zone["capacity"] = sum(seat for seat in told if seat is not None)


def require_capacity(zones: Iterable[Json], blocks: Iterable[Block], faults: Faults) -> None:
    """Doubt: fewer seats than pupils in all."""
    seats = sum(zone.get("capacity", 0) for zone in zones)
    pupils = sum(block.pupils or 0 for block in blocks)
    if pupils > seats:
        said = Text(
            f"学位合计 {seats:,} 少于学生合计 {pupils:,}，差 {pupils - seats:,}：任何划分都会超员，方案给出超得最少的",
            f"{seats:,} seats in all for {pupils:,} pupils, {pupils - seats:,} too few: no zones can hold them; the plan "
            "given is the one that exceeds least",
        )
        faults.doubt("capacity", "学校", said, [zone["id"] for zone in zones])


def today_zones(
    blocks: Iterable[Block], zones: list[Json], schools: list[School], faults: Faults
) -> list[Json]:
    """Today's zones, from the ids the blocks name: a zone of the plan, or a school (closing ones too)."""
    planned = {zone["id"]: zone for zone in zones}
    known = {school.id: school for school in schools}
    named_by: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        named_by[block.now].append(block)
    found: list[Json] = []
    for zone in sorted(set(named_by) - {""}):
        if zone in planned:
            found.append(dict(planned[zone]))
        elif zone in known:
            school = known[zone]
            seats = {} if school.seats is None else {"capacity": school.seats}
            found.append({"id": zone, "name": school.name, "schools": [zone], **seats})
    _tell_unknown({zone: named_by[zone] for zone in named_by.keys() - {"", *planned, *known}}, faults)
    return found


def _tell_unknown(named_by: Mapping[str, Sequence[Block]], faults: Faults) -> None:
    """Zones of today that no table holds: one fault, however many there are."""
    rows = [block for zone in sorted(named_by) for block in named_by[zone]]
    if rows:
        zones, blocks = named(named_by), named((block.id for block in rows), 3)
        faults.add(
            rows[0].now_where,
            f"现属学区 {zones} 不是学区表、学校表里的编号（片块 {blocks}）",
            f"today's zone {zones} is neither a zone nor a school of the tables (block {blocks})",
        )


def unchanged_zones(today: Iterable[Json], zones: Iterable[Json]) -> dict[str, list[str]]:
    """Today's zone → the planned zones a block may get and count as unmoved: those that share a school with it."""
    by_school = defaultdict(set)
    for zone in zones:
        for school in zone["schools"]:
            by_school[school].add(zone["id"])
    return {zone["id"]: sorted({z for s in zone["schools"] for z in by_school[s]}) for zone in today}


def policy_doubts(zones: Iterable[Json], schools: list[School], stage: str, faults: Faults) -> None:
    """A good junior school alone in its zone: allowed to compute, said with the clause."""
    rule = library("rules")["shared_zones"]
    if stage not in rule["stages"]:
        return
    good = {school.id: school.name for school in schools if school.is_good}
    alone = [zone for zone in zones if len(zone["schools"]) == 1 and zone["schools"][0] in good]
    source = rule["source"]
    for zone in alone:
        said = Text(
            f"优质初中 {good[zone['schools'][0]]} 单独成区；{source['text']['zh']}（{source['document']}）",
            f"the good junior school {good[zone['schools'][0]]} has a zone of its own; {source['text']['en']}",
        )
        faults.doubt("policy", f"学区 {zone['id']}", said, [zone["id"]])


def known_blocks(
    records: Iterable[Record], column: str, blocks: Iterable[str], faults: Faults
) -> list[Record]:
    """The records whose ``column`` names a block; the others are one fault, at the first of them."""
    known, kept = set(blocks), []
    unknown = []
    for record in records:
        if record[column] in known:
            kept.append(record)
        else:
            unknown.append(record)
    if unknown:
        ids = named(record[column] for record in unknown)
        faults.add(
            unknown[0].at(column),
            f"片块表没有 {ids}（共 {len(unknown)} 行）",
            f"no block {ids} (rows: {len(unknown)})",
        )
    return kept

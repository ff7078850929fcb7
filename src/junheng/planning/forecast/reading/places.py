"""Schools, zones and seats as the tables give them: who stands where, with how many rooms."""

from dataclasses import dataclass, field

from junheng.planning.forecast.reading.settings import word
from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record


@dataclass
class Zones:
    """Zones met so far, id → name; ``blocks`` leads a block to its zone."""

    names: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)

    def of(self, record: Record, faults: Gathered) -> str:
        """The zone a record names: its id, else its name, else that of its block; "" is a fault."""
        named = {name: key for key, name in self.names.items() if name != key}
        name = record["zone_name"]
        zone = record["zone"] or named.get(name, name) or self.blocks.get(record["block"], "")
        if record["zone"] and named.get(name, zone) != zone:
            faults.add(
                record.at("zone"),
                f"片区 {name} 有两个编号 {named[name]}、{zone}",
                f"zone {name} has two codes, {named[name]} and {zone}",
            )
            return named[name]
        if not zone:
            faults.add(
                record.at(), "没有片区（编号、名称或已知片块）", "no zone: its id, its name or a known block"
            )
            return ""
        self.names.setdefault(zone, record["zone_name"] or zone)
        if self.names[zone] == zone and record["zone_name"]:
            self.names[zone] = record["zone_name"]
        return zone


@dataclass
class Places:
    """What the sheet 学校 gives: names, one unit per school and stage, capacities."""

    names: dict[str, str] = field(default_factory=dict)
    units: dict[tuple[str, str], Json] = field(default_factory=dict)
    capacity: dict[tuple[str, str], Json] = field(default_factory=dict)


def read_zones(blocks: list[Record], faults: Gathered) -> Zones:
    """The blocks' zones."""
    zones = Zones()
    for record in blocks:
        zones.blocks[record["id"]] = zones.of(record, faults)
    return zones


def read_places(
    records: list[Record], zones: Zones, limits: dict[str, int], base: int, faults: Gathered
) -> Places:
    """Every school-stage once. A school closed by ``base`` stays for its history, without seats."""
    found = Places()
    for record in records:
        stage = word(limits, record["stage"])
        if not stage:
            faults.add(record.at("stage"), f"“{record['stage']}”不是所列学段", "is none of the stages")
            continue
        key = (record["id"], stage)
        if key in found.units:
            faults.add(
                record.at(), f"{key[0]} 的{record['stage']}有两行", f"{key[0]} has two rows of {stage}"
            )
        found.names[record["id"]] = record["name"] or record["id"]
        unit: Json = {"school": key[0], "stage": stage, "zone": zones.of(record, faults)}
        closed = record.count("closed", faults)
        _refuse_future(record, closed, base, faults)
        if closed is not None and closed <= base:
            unit["closed"] = closed
        else:
            found.capacity[key] = _capacity(record, key, limits, faults)
        found.units[key] = unit
    return found


def _refuse_future(record: Record, closed: int | None, base: int, faults: Gathered) -> None:
    """A school that will close: where its pupils go is a plan of its own, not a forecast."""
    if closed is not None and closed > base:
        faults.add(
            record.at("closed"),
            f"停办年 {closed} 在基准年 {base} 之后：预测不安排停办学校学生的去向，请删去停办年，用 junheng plan merge 做撤并规划",
            f"closes in {closed}, after the base year {base}: a forecast does not place its pupils; leave the year out and "
            "plan the merger with junheng plan merge",
        )


def _capacity(record: Record, key: tuple[str, str], limits: dict[str, int], faults: Gathered) -> Json:
    row: Json = {"school": key[0], "stage": key[1], "areas": []}
    limit = record.count("limit", faults, least=1)
    row["limit"] = limits[key[1]] if limit is None else limit
    rooms = record.count("rooms", faults)
    seats = record.count("seats", faults)
    if rooms is not None and seats is None and not row["limit"]:
        faults.add(
            record.at("limit"), "这个学段没有班额标准，须填", "no class-size limit is known for this stage"
        )
    return row | (
        {"seats": seats} if seats is not None else {"classrooms": rooms} if rooms is not None else {}
    )

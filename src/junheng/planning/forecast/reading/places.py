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
        zone = record["zone"] or record["zone_name"] or self.blocks.get(record["block"], "")
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
        if closed is not None and closed <= base:
            unit["closed"] = closed
        else:
            found.capacity[key] = _capacity(record, key, limits, faults)
        found.units[key] = unit
    return found


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

"""What is to come: estates with their schools, new schools, seats that other uses give up."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from junheng.planning.cell_values import exact_number
from junheng.planning.forecast.reading.places import Places, Zones
from junheng.planning.forecast.reading.settings import word
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record


def read_openings(
    new: Iterable[Record],
    estates: Iterable[Record],
    zones: Zones,
    limits: Mapping[str, int],
    places: Places,
    faults: Gathered,
) -> list[Json]:
    """Schools that open: their own sheet, and those an estate states with year and classes."""
    found: dict[tuple[str, str], Json] = {}
    for record in new:
        _opening(
            found,
            record,
            record["id"] or record["name"],
            record["name"],
            "year",
            "rooms",
            zones,
            limits,
            faults,
        )
    for record in estates:
        if record["school"] and record["opens"] and record["classes"]:
            name = record["school"]
            _opening(found, record, name, name, "opens", "classes", zones, limits, faults)
    for key in found:
        if key in places.units:
            faults.add("新建学校", f"{key[0]} 已在学校表中", f"{key[0]} stands in the sheet 学校 already")
    return [found[key] for key in sorted(found)]


def _opening(
    found: dict[tuple[str, str], Json],
    record: Record,
    key: str,
    name: str,
    year: str,
    rooms: str,
    zones: Zones,
    limits: Mapping[str, int],
    faults: Gathered,
) -> None:
    stage = word(limits, record["stage"])
    if not stage:
        faults.add(record.at("stage"), f"“{record['stage']}”应为小学或初中", "must be 小学 or 初中")
        return
    row = {
        "school": key,
        "name": name,
        "stage": stage,
        "zone": zones.of(record, faults),
        "year": record.count(year, faults) or 0,
        "classrooms": record.count(rooms, faults) or 0,
        "limit": limits[stage],
    }
    if found.setdefault((key, stage), row) != row:
        faults.add(record.at(), f"{name} 有两种写法", f"{name} is stated in two ways")


def read_estates(
    records: Iterable[Record], zones: Zones, places: Places, openings: list[Json], base: int, faults: Gathered
) -> list[Json]:
    """Rows of estates. ``school`` is the id of the school it brings; ``known`` the year it was approved (or today)."""
    ids = {name: key for key, name in places.names.items()} | {row["name"]: row["school"] for row in openings}
    closed = {unit["school"] for unit in places.units.values() if "closed" in unit}
    rows = []
    for record in records:
        row: Json = {
            "id": record["id"],
            "name": record["name"] or record["id"],
            "zone": zones.of(record, faults),
        }
        for key in ("households", "delivered"):
            row[key] = record.count(key, faults, least=1) or 0
        row["curve"] = _curve(record, faults)
        known = record.count("known", faults)
        row["known"] = base if known is None else known
        if record["school"]:
            row["school"] = ids.get(record["school"], record["school"])
        if row.get("school") in closed:
            faults.add(record.at("school"), "配建学校已停办", "the school it brings is closed")
        rows.append(row)
    if len({row["id"] for row in rows}) < len(rows):
        faults.add("新建小区", "小区编号有重复", "an estate stands twice")
    return sorted(rows, key=lambda row: str(row["id"]))


def _curve(record: Record, faults: Gathered) -> list[int | str]:
    """Shares lived in by year since delivery: 0.3 0.6 0.9 1; rising, at most 1."""
    words = record["curve"].replace("、", " ").replace(",", " ").replace("，", " ").replace("%", "").split()
    cut = 100 if "%" in record["curve"] else 1
    parts = [exact_number(text, record.at("curve"), faults) for text in words]
    shares = [part / cut for part in parts if part is not None]
    if not shares or sorted(shares) != shares or shares[-1] > 1:
        faults.add(
            record.at("curve"),
            "建成曲线应逐年不减、不超过 1，如 0.3 0.6 0.9 1；百分数须写 %，如 30% 60% 90% 100%",
            "shares must not fall, nor pass 1; per cents are written with %: 30% 60% 90% 100%",
        )
        return ["0"]
    return [number(share) for share in shares]


def read_changes(
    records: Iterable[Record], stages: Iterable[str], places: Places, faults: Gathered
) -> list[Json]:
    """Rows {"school","stage","year","classrooms" or "seats","use"}: rooms given back by other uses, or added."""
    rows, kinds = [], tuple(stages)
    for record in records:
        key = (record["school"], word(kinds, record["stage"]))
        if key not in places.capacity:
            faults.add(
                record.at("school"), f"没有在办的 {key[0]}", f"no standing school {key[0]} of that stage"
            )
        row: Json = {"school": key[0], "stage": key[1], "use": record["use"]}
        row["year"] = record.count("year", faults) or 0
        rooms = record.number("rooms", faults, whole=True)
        seats = record.number("seats", faults, whole=True)
        if (rooms is None) == (seats is None):
            faults.add(record.at(), "教室数与学位数写且只写一个", "write either rooms or seats")
            continue
        row |= {"seats": int(seats)} if seats is not None else {"classrooms": int(rooms or Fraction(0))}
        rows.append(row)
    return sorted(rows, key=lambda row: (row["school"], row["stage"], row["year"], row["use"]))

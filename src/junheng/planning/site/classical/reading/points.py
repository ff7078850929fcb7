"""Demand points and sites of the tables: what a model needs of each, and who lacks it."""

from dataclasses import dataclass, field
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.sheet_records import Record

Point = tuple[float, float]
_WEIGHED = ("p_median", "maximal_covering", "capacitated")
_LIMITS = {"lon": 180, "lat": 90}


@dataclass
class Points:
    """``rows`` of the frozen problem by id; ``places`` (None: unknown); ``untold``: id → what is lacking; ``empty``: nobody there."""

    rows: list[Json] = field(default_factory=list)
    places: dict[str, Point | None] = field(default_factory=dict)
    untold: dict[str, Text] = field(default_factory=dict)
    empty: dict[str, Text] = field(default_factory=dict)  # known to have nobody: nothing is lacking

    def leave_out(self, names: list[str]) -> None:
        """Take points without coordinates out of the rows; they are listed."""
        for name in names:
            self.untold[name] = Text("没有经纬度", "no coordinates")
        self.rows = [row for row in self.rows if row["id"] not in names]


def demand_points(records: list[Record], model: str, faults: Gathered) -> Points:
    """Demand points sorted by id. Without any 人数 (p-centre, set covering) every point weighs 1."""
    found, is_weighed = Points(), model in _WEIGHED or any(record["weight"] for record in records)
    for record in _sorted(records, faults):
        weight = record.count("weight", faults) if is_weighed else 1
        if weight is None:
            found.untold[record["id"]] = Text("没有人数", "the number of people is missing")
            continue
        if not weight and model == "capacitated":
            found.empty[record["id"]] = Text("人数为 0，不需服务", "nobody to serve")
            continue
        found.rows.append({"id": record["id"], "name": record["name"] or record["id"], "weight": weight})
        found.places[record["id"]] = _place(record, faults)
    return found


def site_points(records: list[Record], model: str, faults: Gathered) -> Points:
    """Sites sorted by id; cost (set covering: 1 where the column is blank throughout) and capacity where they count."""
    found = Points()
    has_costs = model == "capacitated" or (
        model == "set_covering" and any(record["cost"] for record in records)
    )
    for record in _sorted(records, faults):
        row: Json = {"id": record["id"], "name": record["name"] or record["id"]}
        cost = record.number("cost", faults) if has_costs else None
        room = record.count("capacity", faults, least=1) if model == "capacitated" else None
        if (has_costs and cost is None) or (model == "capacitated" and room is None):
            found.untold[record["id"]] = Text("没有固定费用或容量", "fixed cost or capacity is missing")
            continue
        row |= {} if cost is None else {"cost": number(Fraction(cost))}
        row |= {} if room is None else {"capacity": room}
        found.rows.append(row)
        found.places[record["id"]] = _place(record, faults)
    return found


def _sorted(records: list[Record], faults: Gathered) -> list[Record]:
    seen: dict[str, Record] = {}
    for record in records:
        if record["id"] in seen:
            faults.add(record.at("id"), f"编号 {record['id']} 重复", f"id {record['id']} is given twice")
        seen[record["id"]] = record
    return [seen[key] for key in sorted(seen)]


def _place(record: Record, faults: Gathered) -> Point | None:
    """Longitude and latitude; None where one is blank."""
    values = []
    for name, limit in _LIMITS.items():
        value = record.number(name, faults, least=-limit)
        if value is None:
            return None
        if value > limit:
            faults.add(
                record.at(name),
                f"{record[name]} 超出范围（经纬度是否写反）",
                f"{record[name]} is out of range (swapped?)",
            )
            return None
        values.append(float(value))
    return values[0], values[1]

"""Schools of the stage: seats as stated or rooms × class size, place, pupils, whether good or closing."""

from collections.abc import Iterable
from dataclasses import dataclass

from junheng.basics import Text
from junheng.planning.sheet_records import Record
from junheng.planning.zone.reading.faults import Faults, named
from junheng.planning.zone.reading.places import place
from junheng.planning.zone.reading.settings import library, word

_SERVES = {"primary": ("primary", "both", "point"), "junior": ("junior", "both", "complete")}


@dataclass(frozen=True, slots=True)
class School:
    """A school as read; what is blank is None or ""."""

    id: str
    name: str
    where: str
    seats: int | None
    seats_from: str = ""  # stated | rooms
    enrolled: int | None = None
    in_zone: int | None = None
    lon: str = ""
    lat: str = ""
    block: str = ""
    place: str = ""  # town | country
    is_good: bool = False
    is_boarding: bool = False
    is_closed: bool = False


def read_schools(records: Iterable[Record], stage: str, faults: Faults) -> list[School]:
    """Public schools of ``stage``, by id. Private schools have no zone: left out, and listed."""
    found: dict[str, School] = {}
    private = []
    for record in records:
        kind = word(("primary", "junior", "both", "senior", "complete", "point"), record["stage"])
        if record["stage"] and not kind:
            faults.add(
                record.at("stage"), f"不认识的学段“{record['stage']}”", f"unknown stage {record['stage']!r}"
            )
        if kind and kind not in _SERVES[stage]:
            continue
        if word(("private",), record["owner"]):
            private.append(record["id"])
            continue
        if record["id"] in found:
            faults.add(record.at("id"), f"学校 {record['id']} 有两行", f"school {record['id']} stands twice")
        found[record["id"]] = _school(record, stage, kind, faults)
    if private:
        said = Text(
            f"{len(private)} 所民办学校不划学区（公民同招，报名超过计划的全部摇号）：{named(private)}",
            f"{len(private)} private schools have no zone (they admit by lot): {named(private)}",
        )
        faults.doubt("private", "学校", said, private)
    return [found[key] for key in sorted(found)]


def _school(record: Record, stage: str, kind: str, faults: Faults) -> School:
    at = place(record["lon"], record["lat"], record.at("lon"), faults)
    seats, source = _seats(record, stage, kind, faults)
    enrolled = f"enrolled_{stage}" if record[f"enrolled_{stage}"] else "enrolled"
    return School(
        id=record["id"],
        name=record["name"] or record["id"],
        where=record.at("id"),
        seats=seats,
        seats_from=source,
        enrolled=record.count(enrolled, faults),
        in_zone=record.count("in_zone", faults),
        lon=at[0] if at else "",
        lat=at[1] if at else "",
        block=record["block"],
        place=_place(record, faults),
        is_good=_says_yes(record, "good", faults),
        is_boarding=_says_yes(record, "boarding", faults),
        is_closed=_says_yes(record, "closed", faults),
    )


def _place(record: Record, faults: Faults) -> str:
    said = word(("town", "country"), record["place"])
    if record["place"] and not said:
        faults.add(
            record.at("place"),
            f"不认识的城乡“{record['place']}”",
            f"unknown town or country {record['place']!r}",
        )
    return said


def _says_yes(record: Record, column: str, faults: Faults) -> bool:
    said = word(("yes", "no"), record[column])
    if record[column] and not said:
        faults.add(
            record.at(column), f"“{record[column]}”应为 是 或 否", f"{record[column]!r} must be yes or no"
        )
    return said == "yes"


def _seats(record: Record, stage: str, kind: str, faults: Faults) -> tuple[int | None, str]:
    """Seats of the stage: stated, else rooms × class size. A school of two stages needs columns of its stage."""
    for column in (f"seats_{stage}", "seats", f"rooms_{stage}", "rooms"):
        if not record[column]:
            continue
        if kind in ("both", "complete") and not column.endswith(stage):
            faults.add(
                record.at(column),
                "学校有两个学段：请分写小学学位、初中学位（或教室数）",
                "a school of two stages: state seats (or rooms) of each stage",
            )
        value = record.count(column, faults)
        if column.startswith("seats"):
            return value, "stated"
        size = record.count("class_size", faults, least=1)
        size = size or int(library("rules")["class_size"][stage])
        return (None if value is None else value * size), "rooms"
    return None, ""

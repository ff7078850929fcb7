"""The sheet 沿革: dated versions as they were, refused where they contradict each other."""

import itertools
from collections import defaultdict
from collections.abc import Iterable

from junheng.basics import Text
from junheng.planning.cell_values import iso_day
from junheng.planning.frozen import Json
from junheng.planning.sheet_records import Record
from junheng.planning.zone.reading.faults import Faults
from junheng.planning.zone.versions import day_before, lineage


def read_versions(records: Iterable[Record], first_day: str, faults: Faults) -> list[Json]:
    """[{"id", "from", "until"?, "assignment"}] by first day; all begin before ``first_day``, the plan's own.

    Faults: a version with two first days, a block twice in a version, two versions from one day, an end before the
    start or after the next one's start.
    """
    by_version: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_version[record["version"]].append(record)
    found = [_version(name, rows, faults) for name, rows in sorted(by_version.items())]
    found = sorted((v for v in found if v["from"]), key=lambda v: (v["from"], v["id"]))
    for version, later in itertools.pairwise(found):
        _require_order(version, later, by_version[later["id"]][0], faults)
    for version in found:
        if first_day and version["from"] >= first_day:
            faults.add(
                by_version[version["id"]][0].at("since"),
                f"版本 {version['id']} 起始于 {version['from']}，不早于新方案的 {first_day}：已公布的学区不能改写",
                f"version {version['id']} begins {version['from']}, not before the plan's {first_day}: what was in force "
                "is not rewritten",
            )
    return found


def _version(name: str, rows: list[Record], faults: Faults) -> Json:
    days = {key: {r[key] for r in rows if r[key]} for key in ("since", "until")}
    for key, said in days.items():
        if len(said) > 1:
            faults.add(
                rows[0].at(key),
                f"版本 {name} 有两个日期：{'、'.join(sorted(said))}",
                f"version {name} has two days",
            )
    zones: dict[str, str] = {}
    for record in rows:
        if zones.setdefault(record["block"], record["zone"]) != record["zone"]:
            faults.add(
                record.at("block"), f"{record['block']} 在版本 {name} 里有两个学区", "a block in two zones"
            )
    found: Json = {
        "id": name,
        "from": iso_day(min(days["since"], default=""), rows[0].at("since"), faults),
        "assignment": [{"block": block, "zone": zones[block]} for block in sorted(zones)],
    }
    until = iso_day(min(days["until"], default=""), rows[0].at("until"), faults)
    if until and found["from"] and until < found["from"]:
        faults.add(rows[0].at("until"), f"版本 {name} 截止早于起始", f"version {name} ends before it begins")
    return found | ({"until": until} if until else {})


def _require_order(version: Json, later: Json, row: Record, faults: Faults) -> None:
    where = row.at("since")
    names = version["id"], later["id"]
    if version["from"] == later["from"]:
        faults.add(
            where,
            f"版本 {names[0]} 与 {names[1]} 同日起始",
            f"versions {names[0]} and {names[1]} begin at once",
        )
    elif version.get("until", "") >= later["from"]:
        faults.add(
            where, f"版本 {names[0]} 与 {names[1]} 同时有效", f"versions {names[0]} and {names[1]} overlap"
        )
    elif "until" in version and version["until"] < day_before(later["from"]):
        said = Text(
            f"{version['until']} 之后至 {later['from']} 之前没有有效的学区",
            f"no zones were in force between {version['until']} and {later['from']}",
        )
        faults.doubt("versions", where, said, [])


def latest(versions: list[Json]) -> Json | None:
    """The last version, ended by nothing: today's zones."""
    return lineage(versions)[-1] if versions else None

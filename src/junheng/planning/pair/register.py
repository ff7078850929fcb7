"""The register of groups and pairs: who leads, who belongs, from when; contradictions refused."""

from collections.abc import Mapping
from typing import Any

from junheng.planning.cell_values import choice
from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.pair.settings import words
from junheng.planning.sheet_records import Record

Row = tuple[Json, Record]
FOREVER = "9999-12-31"  # after every day: a membership that has not ended


def read_register(
    records: list[Record], schools: Mapping[str, Json], settings: Mapping[str, Any], faults: Gathered
) -> list[Json]:
    """Memberships sorted by group, day and school. Each: group, name, form, school, role, joined, left (absent: in force)."""
    rows = [(_row(record, settings, faults), record) for record in records]
    for row, record in rows:
        if row["school"] and row["school"] not in schools:
            faults.add(
                record.at("school"),
                f"学校 {row['school']} 不在学校表（县外的学校或代码有误）",
                f"school {row['school']} is not in the sheet 学校 (outside the county, or a slip)",
            )
        if row["joined"] and "left" in row and row["left"] <= row["joined"]:
            faults.add(record.at("left"), "退出日期不晚于加入日期", "left on or before the day it joined")
    by_group: dict[str, list[Row]] = {}
    for row, record in rows:
        by_group.setdefault(row["group"], []).append((row, record))
    for group, members in sorted(by_group.items()):
        _check_group(group, members, faults)
    _check_exclusive(rows, settings["forms"]["exclusive"], faults)
    return sorted((row for row, _ in rows), key=lambda r: (r["group"], r["joined"], r["role"], r["school"]))


def _row(record: Record, settings: Mapping[str, Any], faults: Gathered) -> Json:
    row: Json = {
        "group": record["group"],
        "name": record["name"] or record["group"],
        "form": choice(record["form"], settings["forms"]["all"], record.at("form"), faults),
        "school": record["school"],
        "role": record.word("role", words("core", "member"), faults),
        "joined": record.day("joined", faults),
    }
    left = record.day("left", faults)
    return row | ({"left": left} if left else {})


def _overlap(one: Json, other: Json) -> bool:
    """Whether two memberships share a day; the day of leaving is the first day out."""
    return bool(one["joined"] < other.get("left", FOREVER) and other["joined"] < one.get("left", FOREVER))


def _check_group(group: str, members: list[Row], faults: Gathered) -> None:
    """One form, one core at a time, a core whenever there is a member, nobody twice."""
    forms = {row["form"] for row, _ in members}
    if len(forms) > 1:
        record = members[-1][1]
        shown = "、".join(sorted(forms))
        faults.add(
            record.at("form"),
            f"集团 {group} 有几种形式：{shown}",
            f"group {group} has several forms: {shown}",
        )
    cores = [row for row, _ in members if row["role"] == "core"]
    for place, (row, record) in enumerate(members):
        for earlier, _ in members[:place]:
            if not _overlap(row, earlier):
                continue
            if row["school"] == earlier["school"]:
                faults.add(
                    record.at("school"),
                    f"{row['school']} 在集团 {group} 重复",
                    f"{row['school']} stands twice",
                )
            elif row["role"] == earlier["role"] == "core":
                faults.add(
                    record.at("role"),
                    f"集团 {group} 同时有两所核心校",
                    f"group {group} has two cores at once",
                )
        if row["role"] == "member" and not _is_led(row, cores):
            faults.add(
                record.at("role"),
                f"集团 {group} 的成员 {row['school']} 有时没有核心校",
                f"group {group}: member {row['school']} is without a core for a time",
            )


def _is_led(member: Json, cores: list[Json]) -> bool:
    """Whether some core is there on every day of a membership."""
    day = member["joined"]
    for core in sorted(cores, key=lambda row: str(row["joined"])):
        if core["joined"] <= day:
            day = max(day, core.get("left", FOREVER))
    return bool(day >= member.get("left", FOREVER))


def _check_exclusive(rows: list[Row], exclusive: list[str], faults: Gathered) -> None:
    """A school is in one exclusive group at a time; and member of one tie of any form at a time."""
    by_school: dict[str, list[Row]] = {}
    for row, record in rows:
        by_school.setdefault(row["school"], []).append((row, record))
    for school, own in sorted(by_school.items()):
        for place, (row, record) in enumerate(own):
            for earlier, _ in own[:place]:
                both = row["form"] in exclusive and earlier["form"] in exclusive
                members = row["role"] == earlier["role"] == "member"
                if row["group"] != earlier["group"] and (both or members) and _overlap(row, earlier):
                    one, other = earlier["group"], row["group"]
                    faults.add(
                        record.at("school"),
                        f"学校 {school} 同时在 {one} 和 {other}",
                        f"school {school} is in {one} and {other} at once",
                    )

"""Schools of the exchange: from the county's input, a table of schools, or both (the table adds)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.data import read_input
from junheng.planning.cell_values import exact_number
from junheng.planning.gathered import Gathered
from junheng.planning.rotate.reading.faults import refuse
from junheng.planning.rotate.reading.sheets import read_table, words_of
from junheng.planning.sheet_records import Record

STAGES = ("primary", "junior")
_NOT_IN = {"special", "vocational", "senior"}
Json = dict[str, Any]


@dataclass
class School:
    """One school: pupils by stage (None: not known), whether it is a town or good school, where it lies."""

    id: str
    name: str = ""
    pupils: dict[str, int | None] = field(default_factory=dict)
    source: int = 0
    lon: float | None = None
    lat: float | None = None


@dataclass
class Schools:
    """All schools; ``alias`` leads a campus to its parent; ``left_out`` says why a school is not in the exchange."""

    found: dict[str, School] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, Text] = field(default_factory=dict)
    full_time: dict[tuple[str, str], int] = field(default_factory=dict)


def read_schools(
    asked: Mapping[str, Any], folder: Path, rule: Mapping[str, Any], faults: Gathered, file: str
) -> Schools:
    """Schools by id. Raises UserError where neither ``input`` nor ``schools`` is named, or a file cannot be read."""
    if "input" not in asked and "schools" not in asked:
        raise refuse(
            file, "没有写 input（县填报数据）或 schools（学校表）", "neither input nor schools is named"
        )
    schools = Schools()
    if "input" in asked:
        _from_input(schools, folder / asked["input"], asked, int(rule.get("teaching_point_pupils", 0)), file)
    if "schools" in asked:
        seen = set[tuple[str, str]]()
        for record in read_table(folder / asked["schools"], "schools", faults):
            if (key := (record["id"], record["stage"])) in seen and key[0]:
                faults.add(record.at("id"), f"学校 {key[0]} 出现两次", f"the school {key[0]} stands twice")
            seen.add(key)
            _from_record(schools, record, faults)
    return schools


def _from_input(schools: Schools, path: Path, asked: Mapping[str, Any], least: int, file: str) -> None:
    snapshot = read_input(path)
    year = str(asked.get("input_year", max(snapshot.years(), default=0)))
    tables: dict[str, list[Json]] = {
        name: [row for row in snapshot.tables[name].to_pylist() if str(row["year"]) == year]
        for name in ("school", "stage", "teacher_count")
        if name in snapshot.tables
    }
    if not tables.get("school"):
        raise refuse(
            f"{file}: input_year", f"输入中没有 {year} 年的学校", f"the input has no schools of {year}"
        )
    code = str((asked.get("county") or {}).get("code", ""))
    for row in tables["school"]:
        if row["county_code"] and not str(row["county_code"]).startswith(code):
            raise refuse(
                f"{file}: county.code",
                f"输入中的学校 {row['name'] or row['school_id']} 属于 {row['county_code']}，不在 {code}",
                f"the school {row['name'] or row['school_id']} of the input is in {row['county_code']}, not in {code}",
                Text("请核对代码，或只留本县的数据", "check the code, or keep the county's data only"),
            )
        _place(schools, row)
    for row in tables.get("stage", []):
        _add_pupils(schools, row)
    for row in tables.get("teacher_count", []):
        home = str(schools.alias.get(row["school_id"], row["school_id"]))
        if row["full_time"] is not None:
            key = (home, str(row["stage"]))
            schools.full_time[key] = schools.full_time.get(key, 0) + row["full_time"]
    points = {row["school_id"] for row in tables["school"] if row["kind"] == "teaching_point"}
    for school_id in sorted(points & set(schools.found)):
        if sum(value or 0 for value in schools.found[school_id].pupils.values()) < least:
            del schools.found[school_id]
            zh, en = f"不足 {least} 人的教学点", f"teaching point with fewer than {least} pupils"
            schools.left_out[school_id] = Text(zh, en)


def _place(schools: Schools, row: Json) -> None:
    school_id = row["school_id"]
    if row["is_counted"] is False and row["parent_school_id"]:
        schools.alias[school_id] = row["parent_school_id"]
    elif row["kind"] in _NOT_IN:
        schools.left_out[school_id] = Text("特殊教育、职业或高中学校", "special, vocational or senior school")
    elif row["ownership"] == "private":
        schools.left_out[school_id] = Text("民办学校", "private school")
    else:
        schools.found[school_id] = School(school_id, row["name"] or "", {}, 0, row["lon"], row["lat"])


def _add_pupils(schools: Schools, row: Json) -> None:
    """A campus that is not counted adds its pupils to its parent; an unknown part leaves the sum unknown."""
    school = schools.found.get(str(schools.alias.get(row["school_id"], row["school_id"])))
    if school is None or row["stage"] not in STAGES:
        return
    before = school.pupils.get(row["stage"], 0)
    school.pupils[row["stage"]] = None if before is None or row["pupils"] is None else before + row["pupils"]


def _from_record(schools: Schools, record: Record, faults: Gathered) -> None:
    school_id = record["id"]
    if not school_id:
        faults.add(record.at("id"), "没有填学校标识码", "the school id is blank")
        return
    if school_id in schools.left_out or school_id in schools.alias:
        return
    school = schools.found.setdefault(school_id, School(school_id))
    school.name = record["name"] or school.name
    words = words_of("schools")
    school.source = int(record.word("source", words["source"], faults) or school.source)
    school.lon, school.lat = (
        _degrees(record, name, most, getattr(school, name), faults)
        for name, most in (("lon", 180), ("lat", 90))
    )
    stage = record.word("stage", words["stage"], faults)
    if stage in STAGES:
        pupils = record.count("pupils", faults)
        school.pupils[stage] = school.pupils.get(stage) if pupils is None else pupils
    elif record["pupils"] and (stage or not record["stage"]):
        faults.add(
            record.at("stage"),
            "填了在校生数却没有学段（小学或初中）",
            "pupils without a stage (primary or junior)",
        )


def _degrees(record: Record, name: str, most: int, before: float | None, faults: Gathered) -> float | None:
    """Longitude or latitude; ``before`` where the cell is blank, None where it is none (noted)."""
    found = exact_number(record[name], record.at(name), faults, least=-most, most=most)
    return before if not record[name] else None if found is None else float(found)

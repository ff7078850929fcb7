"""Schools of a merger problem: from the county's input and the sheets 学校 and 年级, the sheets winning."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.merge.library_files import FIX, words
from junheng.planning.sheet_records import Record

STAGES = ("primary", "junior")
_PRIMARY_GRADES = 6  # the class table counts grades within a stage: grade 1 of junior is grade 7


def county_schools(
    path: Path, mapping: Path | None, county: str, on: str
) -> tuple[dict[str, Json], list[Json], int]:
    """The county's schools of the year of ``on`` by id, with pupils and classes by grade; the input's files; that year.

    Raises UserError where the input has no such year or county.
    """
    from junheng.data import check_snapshot, read_input
    from junheng.planning.state_rows import county_rows

    snapshot = check_snapshot(read_input(path, mapping=mapping)).snapshot
    years = [year for year in snapshot.years() if f"{year}-09-01" <= on]
    rows = county_rows(snapshot.tables, max(years), county) if years else {"school": []}
    if not rows["school"]:
        raise UserError(
            Text(f"数据里没有 {county} 在 {on} 以前的学校", f"no schools of {county} before {on}"),
            where=str(path.name),
            why=Text("没有学校就没有可撤并的", "without schools there is nothing to merge"),
            fix=FIX,
        )
    found: dict[str, Json] = {}
    for row in rows["school"]:
        school: Json = {
            "id": row["school_id"],
            "name": row["name"] or row["school_id"],
            "kind": row["kind"],
            "stages": {},
        }
        places = {key: repr(float(row[key])) for key in ("lon", "lat") if row.get(key) is not None}
        found[row["school_id"]] = school | (places if len(places) == len(("lon", "lat")) else {})
    _pupils(found, rows)
    files = [{"file": f.name, "sha256": f.sha256} for f in sorted(snapshot.inputs, key=lambda f: f.name)]
    return found, files, max(years)


def _pupils(found: dict[str, Json], rows: Mapping[str, list[dict[str, Any]]]) -> None:
    for row in rows.get("stage", ()):
        school = found[row["school_id"]]
        if row["stage"] in STAGES and row.get("pupils") is not None:
            school["stages"][row["stage"]] = {"pupils": row["pupils"], "grades": {}}
        if row.get("boarders") is not None:
            school["boarders"] = school.get("boarders", 0) + row["boarders"]
    for row in rows.get("class", ()):
        stage = found[row["school_id"]]["stages"].get(row["stage"])
        if stage is None or row.get("pupils") is None or row.get("grade") is None:
            continue
        grade = int(row["grade"]) + (_PRIMARY_GRADES if row["stage"] == "junior" and row["grade"] <= 3 else 0)
        own = stage["grades"].setdefault(grade, {"pupils": 0, "classes": 0})
        own["pupils"] += row["pupils"]
        own["classes"] += 1
    for school in found.values():  # classes that do not add up to the stage's pupils are no grades
        for stage in school["stages"].values():
            if sum(own["pupils"] for own in stage["grades"].values()) != stage["pupils"]:
                stage["grades"] = {}


def add_sheets(found: dict[str, Json], sheets: Mapping[str, list[Record]], faults: Gathered) -> None:
    """The sheets 学校 and 年级 over what the input says."""
    seen: set[str] = set()
    for record in sheets.get("学校", []):
        key = record["id"]
        if key in seen:
            faults.add(record.at("id"), f"学校 {key} 重复", f"school {key} is given twice")
        seen.add(key)
        school = found.setdefault(key, {"id": key, "name": key, "stages": {}})
        _school(school, record, faults)
    graded: set[tuple[str, str, int]] = set()
    for record in sheets.get("年级", []):
        if record["school"] not in found:
            faults.add(record.at("school"), f"没有学校 {record['school']}", f"no school {record['school']}")
            continue
        _grade(found[record["school"]], record, graded, faults)
    for school in found.values():
        for stage in school["stages"].values():
            if stage["grades"] and "pupils" not in stage:
                stage["pupils"] = sum(own["pupils"] for own in stage["grades"].values())


def _school(school: Json, record: Record, faults: Gathered) -> None:
    for key in ("name",):
        if record[key]:
            school[key] = record[key]
    kind = record.word("kind", words("kind"), faults)
    if kind:
        school["kind"] = kind
    for key in ("rooms", "seats", "places", "boarders"):
        value = record.count(key, faults)
        if value is not None:
            school[key] = value
    if record["remote"]:
        school["remote"] = int(record.word("remote", words("yes"), faults) or 0)
    if (pupils := record.count("pupils", faults)) is not None:
        school["pupils"] = pupils
    lon, lat = (record.number(key, faults, least=-180) for key in ("lon", "lat"))
    if lon is not None and lat is not None:
        school |= {"lon": record["lon"], "lat": record["lat"]}
    elif lon is not None or lat is not None:
        faults.add(record.at("lon"), "经度、纬度须一起填", "longitude and latitude go together")


def _grade(school: Json, record: Record, seen: set[tuple[str, str, int]], faults: Gathered) -> None:
    stage = record.word("stage", words("stage"), faults)
    grade, pupils, classes = (record.count(key, faults) for key in ("grade", "pupils", "classes"))
    if not stage or grade is None or pupils is None or classes is None:
        return
    if (school["id"], stage, grade) in seen:
        faults.add(record.at("grade"), "同一年级重复", "the same grade twice")
    if pupils and not classes:
        faults.add(record.at("classes"), "有学生却没有班", "pupils without a class")
    if not any(key[:2] == (school["id"], stage) for key in seen):
        school["stages"][stage] = {"grades": {}}
    seen.add((school["id"], stage, grade))
    school["stages"][stage]["grades"][grade] = {"pupils": pupils, "classes": classes}


def frozen_schools(found: Mapping[str, Json]) -> list[Json]:
    """Schools by id as the problem freezes them: lists, no mappings of grades."""
    rows = []
    for key in sorted(found):
        school = dict(found[key])
        stages = [
            {
                "stage": stage,
                "grades": [{"grade": g, **own["grades"][g]} for g in sorted(own["grades"])],
                **({"pupils": own["pupils"]} if "pupils" in own else {}),
            }
            for stage, own in sorted(school["stages"].items())
        ]
        if stages and "pupils" not in school and all("pupils" in stage for stage in stages):
            school["pupils"] = sum(stage["pupils"] for stage in stages)
        rows.append({name: value for name, value in school.items() if value is not None} | {"stages": stages})
    return rows

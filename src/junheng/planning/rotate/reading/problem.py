"""The frozen problem of a rotation: rule, schools, permitted pairs and persons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.frozen import FORMAT, exact, number
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.rotate.reading.distances import Distances, reachable, read_distances, within
from junheng.planning.rotate.reading.faults import FIX, PAGE, fraction_of, refuse
from junheng.planning.rotate.reading.persons import read_persons
from junheng.planning.rotate.reading.rule import library, read_preferences, read_rule
from junheng.planning.rotate.reading.schools import STAGES, Schools, read_schools
from junheng.planning.rotate.reading.sheets import Column, flag_column

_KEYS = {
    "kind", "name", "county", "year", "input", "input_year", "teachers", "schools", "places", "distances", "rule",
    "objective", "attributes", "preferences",
}  # fmt: skip
_NAMED = 3  # teachers named in a fault
_BACKBONE = {"id": "backbone", "zh": "县级以上骨干教师", "en": "backbone teachers", "weight": 1}
Json = dict[str, Any]


def read_problem(path: Path) -> Json:
    """The frozen problem of the YAML file ``path``; its tables are named relative to it.

    Raises UserError for what cannot be read, is contradictory or in doubt; faults of the tables are told all at once.
    """
    asked = read_plain_mapping(path, FIX)
    _require_keys(asked, path.name)
    faults = Gathered(PAGE)
    rule, sources = read_rule(asked.get("rule") or {}, path.name)
    attributes, columns = _attributes(asked.get("attributes"), path.name)
    schools = read_schools(asked, path.parent, rule, faults, path.name)
    table = path.parent / asked["teachers"]
    persons, left_out = read_persons(table, schools, attributes, columns, faults)
    distances = read_distances(asked, path.parent, rule, schools.found.values(), faults)
    cannot_tell = _unsure(schools, persons, attributes, rule, distances)
    homes = _homes(persons, schools, rule, distances, faults, table.name)
    faults.refuse()
    pairs = {stage: reachable(distances, schools.found, stage, rule) for stage in STAGES}
    _add_named_pairs(pairs, persons, rule, distances)
    return {
        "format": FORMAT,
        "kind": "rotate",
        "name": asked.get("name", path.stem),
        "county": asked.get("county") or {},
        "year": int(asked["year"]),
        "objective": asked.get("objective", "gap"),
        "rule": rule,
        "sources": sources,
        "covers": library()["covers"],
        "attributes": attributes,
        "preferences": read_preferences(asked.get("preferences") or {}, path.name),
        "schools": _frozen_schools(schools),
        "pairs": pairs,
        "homes": homes,
        "persons": persons,
        "cannot_tell": cannot_tell,
        "left_out": left_out,
        "differences": _differences(schools, persons),
    }


def _require_keys(asked: Mapping[str, Any], file: str) -> None:
    for key in asked:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            fix = Text(f"最接近的键是 {near}", f"the nearest known key is {near}") if near else None
            raise refuse(f"{file}: {key}", f"不认识的键 {key}", f"unknown key {key}", fix)
    for key in ("kind", "year", "teachers"):
        if not asked.get(key):
            raise refuse(file, f"缺少必填项 {key}", f"required key {key} is missing")
    if asked["kind"] != "rotate":
        raise refuse(
            f"{file}: kind", f"kind 是 {asked['kind']}，应为 rotate", f"kind is {asked['kind']}, not rotate"
        )
    if not str(asked["year"]).isdigit():
        raise refuse(f"{file}: year", "year 应为年份，如 2025", "year should be a year such as 2025")
    if asked.get("objective", "gap") not in {"gap", "cv"}:
        raise refuse(f"{file}: objective", "objective 只能是 gap 或 cv", "objective is gap or cv")


def _attributes(asked: Any, file: str) -> tuple[list[Json], list[Column]]:
    """What is evened out: backbone teachers, and columns of the list the problem file names."""
    found: dict[str, Json] = {"backbone": dict(_BACKBONE)}
    columns = []
    for place, entry in enumerate(asked or [], 1):
        where = f"{file}: attributes.{place}"
        if not isinstance(entry, Mapping) or not entry.get("id"):
            raise refuse(
                where,
                "每项要写 id（backbone 以外还要写 column）",
                "each needs id, and column unless backbone",
            )
        weight = fraction_of(str(entry.get("weight", 1)))
        if weight is None or weight < 0:
            raise refuse(where, "weight 应为不小于 0 的数", "weight should be a number of 0 or more")
        name, column = entry["id"], entry.get("column")
        if name != "backbone":
            if not column:
                raise refuse(
                    where, "没有写名册中的列名 column", "column, the heading in the list, is missing"
                )
            columns.append(flag_column(name, column))
            found[name] = {"id": name, "zh": column, "en": entry.get("en", name)}
        found[name]["weight"] = number(weight)
    if all(exact(attribute["weight"]) == 0 for attribute in found.values()):
        raise refuse(
            f"{file}: attributes", "所有权重都是 0，没有可比较的", "every weight is 0: nothing to even out"
        )
    return list(found.values()), columns


def _unsure(
    schools: Schools, persons: Sequence[Json], attributes: Sequence[Json], rule: Json, distances: Distances
) -> list[Json]:
    """School-stages that cannot take part, with the data needed first; they are taken out of ``schools``."""
    names = {a["id"]: Text(a["zh"], a["en"]) for a in attributes}
    listed = Counter((p["school"], p["stage"]) for p in persons)
    unknown: dict[tuple[str, str], set[str]] = {}
    for person in persons:
        unknown.setdefault((person["school"], person["stage"]), set()).update(person.get("unknown", ()))
    keys = {(s.id, stage) for s in schools.found.values() for stage in s.pupils} | set(listed)
    found = []
    for school_id, stage in sorted(keys):
        school = schools.found[school_id]
        missing = [] if school.pupils.get(stage) else [("pupils", Text("在校生数", "pupils"))]
        missing += [(name, names[name]) for name in sorted(unknown.get((school_id, stage), ()))]
        if not listed[school_id, stage]:
            missing.append(("teachers", Text("教师名册", "list of teachers")))
        if "most_km" in rule and not any(
            distances.metres(school_id, other) is not None for other in schools.found if other != school_id
        ):
            missing.append(("distances", Text("位置或路程", "place or distances")))
        if missing:
            school.pupils.pop(stage, None)
            zh, en = "、".join(t.zh for _, t in missing), ", ".join(t.en for _, t in missing)
            row = {
                "school_id": school_id,
                "name": school.name,
                "stage": stage,
                "missing": [n for n, _ in missing],
            }
            found.append(row | {"zh": f"缺少：{zh}", "en": f"needed first: {en}"})
    return found


def _first_of(ids: Sequence[str]) -> str:
    """The first few ids, and that there are more."""
    return "、".join(ids[:_NAMED]) + ("…" if len(ids) > _NAMED else "")


def _homes(
    persons: Sequence[Json], schools: Schools, rule: Json, distances: Distances, faults: Gathered, file: str
) -> dict[str, dict[str, int]]:
    """Every home place's schools with metres: within ``home_km`` where the rule has it; a place nobody knows is a fault."""
    places = sorted({person["home"] for person in persons if "home" in person})
    limit = exact(rule.get("home_km", 10**6))
    ends = sorted(school.id for school in schools.found.values() if school.pupils)
    found = {place: within(distances, place, ends, limit) for place in places}
    named = {place: _first_of([p["id"] for p in persons if p.get("home") == place]) for place in places}
    for place in places:
        if "home_km" in rule and all(distances.metres(place, end) is None for end in ends):
            faults.add(
                file,
                f"家庭所在地“{place}”到各校的路程都不知道：它或学校缺经纬度（教师 {named[place]}）",
                f"no way from the home place “{place}” is known: it or the schools lack coordinates ({named[place]})",
            )
    return found


def _add_named_pairs(
    pairs: dict[str, dict[str, dict[str, int | str]]],
    persons: Sequence[Json],
    rule: Json,
    distances: Distances,
) -> None:
    """A school a person names is permitted though it is not among the nearest, if it is near enough."""
    for person in persons:
        around = pairs[person["stage"]]
        start = person["school"]
        for end in person.get("reach", ()):
            if end == start or start not in around or end not in around:
                continue
            metres = distances.metres(start, end)
            if "most_km" not in rule or (metres is not None and metres <= exact(rule["most_km"]) * 1000):
                around[start][end] = "unknown" if metres is None else metres


def _frozen_schools(schools: Schools) -> list[Json]:
    return [
        {
            "id": school.id,
            "name": school.name or school.id,
            "source": school.source,
            "stages": [
                {"stage": stage, "pupils": school.pupils[stage]}
                for stage in STAGES
                if school.pupils.get(stage)
            ],
        }
        for school in sorted(schools.found.values(), key=lambda school: school.id)
    ]


def _differences(schools: Schools, persons: Sequence[Json]) -> list[Json]:
    """School-stages whose list is longer or shorter than the full-time teachers reported."""
    listed = Counter((p["school"], p["stage"]) for p in persons)
    return [
        {"school_id": school_id, "stage": stage, "listed": listed[school_id, stage], "reported": reported}
        for (school_id, stage), reported in sorted(schools.full_time.items())
        if school_id in schools.found and stage in STAGES and listed[school_id, stage] != reported
    ]

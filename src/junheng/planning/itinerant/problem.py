"""The frozen problem, from a YAML file and tables; what is absent is listed, never taken for 0."""

from pathlib import Path
from typing import Any

from junheng.basics import URBAN_RURAL, is_rural
from junheng.planning.frozen import FORMAT, Json, number
from junheng.planning.gathered import Gathered
from junheng.planning.itinerant.reading.library import PAGE, defaults, read_tables, subjects
from junheng.planning.itinerant.reading.needs import cannot_tell, classes, demand, hours_of, own_lessons
from junheng.planning.itinerant.reading.people import closed, lessons, teachers
from junheng.planning.itinerant.reading.settings import Settings, read_settings
from junheng.planning.itinerant.reading.ways import ways
from junheng.planning.itinerant.reading.words import DAYS, DAYS_EN, Words
from junheng.planning.sheet_records import Record


def read_problem(path: Path) -> Json:
    """The problem that the YAML file at ``path`` and its tables state. Raises UserError with every fault found."""
    faults = Gathered(PAGE)
    settings = read_settings(path, faults)
    faults.refuse()
    tables = read_tables(settings.files, faults)
    faults.refuse()
    words = Words(faults, _references(tables["school"], faults), _teacher_ids(tables["teacher"]))
    people = teachers(tables, words, settings, set(settings.subjects))
    travel, placed = ways(tables, words, settings, _fixed_ways(people))
    schools, needs, unknown = _schools(tables, words, settings, placed)
    sent = lessons(tables["lesson"], words, settings)
    _require_sound(people, schools, travel, faults)
    faults.refuse()
    planned = {school["id"] for school in schools}
    unknown += [cannot_tell(p["base"], ["position"]) for p in people if p["base"] not in placed]
    return {
        **_head(settings),
        "travel": travel,
        "schools": schools,
        "demand": [row for row in needs if row["school"] in placed],
        "teachers": [person for person in people if person["base"] in placed],
        "lessons": [lesson for lesson in sent if lesson["school"] in planned],
        "cannot_tell": _unique(unknown),
    }


def _head(settings: Settings) -> Json:
    return {
        "format": FORMAT,
        "kind": "itinerant",
        "name": settings.name,
        "county": dict(settings.county),
        "week": {
            "days": [{"id": str(n + 1), "zh": DAYS[n], "en": DAYS_EN[n]} for n in range(settings.days)],
            **settings.halves,
        },
        "rules": {
            **{name: int(settings.rules[name]) for name in ("schools_per_day", "same_day")},
            "mbps_per_stream": number(settings.rules["mbps_per_stream"]),
        },
        "subjects": [
            {"id": name, "zh": subjects()[name]["zh"], "en": subjects()[name]["en"]} for name in settings.subjects
        ],
        "relaxation": {
            "pupils_min": int(defaults()["relaxation"]["value"]["pupils_min"]),
            "pupils_below": int(defaults()["relaxation"]["value"]["pupils_below"]),
            "subjects": list(defaults()["relaxation"]["value"]["subjects"]),
            "source": defaults()["relaxation"]["source"]["document"],
        },
        "defaults": settings.defaults,
    }  # fmt: skip


def _references(rows: list[Record], faults: Gathered) -> dict[str, str]:
    """Ids, and names that no two schools share, → id."""
    found: dict[str, str] = {}
    names: dict[str, list[str]] = {}
    for row in rows:
        school, name = row["school"], row["name"]
        if not school or not name:
            faults.add(row.at(), "学校标识码或名称没有填", "id or name of the school is blank")
        elif school in found:
            faults.add(row.at("school"), f"学校标识码 {school} 重复", f"the school id {school} appears twice")
        found[school] = school
        names.setdefault(name, []).append(school)
    return found | {name: ids[0] for name, ids in names.items() if len(ids) == 1 and name not in found}


def _teacher_ids(rows: list[Record]) -> frozenset[str]:
    return frozenset(row["teacher"] for row in rows)


def _fixed_ways(people: list[Json]) -> list[tuple[str, str]]:
    """Every pair of places that a teacher's fixed visits join: own school and visit, and two visits of a day."""
    found = set()
    for person in people:
        visits = [row for row in person["fixed"] if row["place"] not in ("base", "away", person["base"])]
        found |= {(person["base"], row["place"]) for row in visits}
        found |= {
            (a["place"], b["place"]) for a in visits for b in visits if a["day"] == b["day"] and a is not b
        }
    return sorted(pair for pair in found if pair[0] != pair[1])


def _schools(
    tables: dict[str, list[Record]], words: Words, settings: Settings, placed: set[str]
) -> tuple[list[Json], list[Json], list[Json]]:
    """Schools, their needs, and what cannot be told."""
    parts, pupils = classes(tables["class"], words)
    own, hours = own_lessons(tables["own"], words), hours_of(settings, words)
    shut = closed(tables["closed"], words, settings)
    schools: list[Json] = []
    needs: list[Json] = []
    unknown: list[Json] = []
    for row in sorted(tables["school"], key=lambda row: row["school"]):
        name = row["school"]
        if name not in placed:
            unknown.append(cannot_tell(name, ["position"]))
        if name not in parts:
            unknown.append(cannot_tell(name, ["classes"]))
        school = _school(row, words) | {
            "classes": parts.get(name, []), "pupils": pupils.get(name, {}), "closed": shut.get(name, []),
        }  # fmt: skip
        schools.append(school)
        rows, lacking = demand(parts.get(name, []), name, own, hours, settings.subjects)
        needs += rows
        unknown += lacking + _no_relaxation(school)
    return schools, needs, unknown


def _school(row: Record, words: Words) -> Json:
    found: dict[str, Any] = {"id": row["school"], "name": row["name"]}
    code = _urban_rural(row, words)
    if code:
        found["rural"] = int(bool(is_rural(code)))
    live_rooms, width = words.whole(row, "live_rooms", needed=False), words.number(row, "mbps")
    if live_rooms is not None:
        found["live_rooms"] = live_rooms
    if width is not None:
        found["mbps"] = number(width)
    return found


def _urban_rural(row: Record, words: Words) -> str:
    word = row["urban_rural"]
    codes = {name.zh: code for code, name in URBAN_RURAL.items()} | {code: code for code in URBAN_RURAL}
    if word and word not in codes:
        words.faults.add(row.at("urban_rural"), f"没有城乡分类“{word}”", f"there is no class {word!r}")
    return codes.get(word, "")


def _no_relaxation(school: Json) -> list[Json]:
    """Whether the relaxation for small rural schools cannot be told of a school."""
    stages = sorted({part["stage"] for part in school["classes"]})
    if stages and "rural" not in school:
        return [cannot_tell(school["id"], ["urban_rural"])]
    if school.get("rural") != 1:
        return []
    return [cannot_tell(school["id"], ["pupils"], stage) for stage in stages if stage not in school["pupils"]]


def _require_sound(people: list[Json], schools: list[Json], travel: Json, faults: Gathered) -> None:
    """A fixed visit leads to a school that is open then and whose way is known."""
    known = {(pair["from"], pair["to"]) for pair in travel["pairs"]}
    shut = {(school["id"], row["day"], row["half"]) for school in schools for row in school["closed"]}
    for person in people:
        for row in person["fixed"]:
            place, base = row["place"], person["base"]
            if place in ("base", "away", base):
                continue
            where = f"固定时段 {person['id']} {DAYS[int(row['day']) - 1]}"
            if (place, row["day"], row["half"]) in shut:
                faults.add(where, f"{place} 该半天停课", f"{place} has no lessons then")
            if (base, place) not in known or (place, base) not in known:
                faults.add(
                    where, f"不知道 {base} 到 {place} 的路程", f"the way from {base} to {place} is not known"
                )


def _unique(rows: list[Json]) -> list[Json]:
    found = {(row["school_id"], row.get("stage", ""), tuple(row["missing"])): row for row in rows}
    return [found[key] for key in sorted(found)]

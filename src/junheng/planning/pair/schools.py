"""The schools of a pairing problem: place, stages, need, role; the unknown is listed, never 0."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.cell_values import meant
from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered
from junheng.planning.pair.settings import words
from junheng.planning.sheet_records import Record

Needs = Mapping[tuple[str, str], int]
_ROLES = ("strong", "weak", "other")
_WORDS = {
    "role": Text("角色", "role"),
    "need": Text("需要（点）", "need in points"),
    "stages": Text("学段", "stages"),
    "pupils": Text("在校生数", "pupils"),
    "capacity": Text("托管承接学生数", "capacity in pupils"),
    "distance": Text("路程或经纬度", "distance or coordinates"),
}


def read_schools(
    schools: list[Record], stages: list[Record], needs: Needs, settings: Mapping[str, Any], faults: Gathered
) -> list[Json]:
    """Schools sorted by id with their stages. A need written in 学段 wins over one taken from a finding."""
    by_school = _stages(stages, needs, faults)
    region = settings["county"]["code"]
    found: dict[str, Json] = {}
    _tell_doubled(schools, ("id",), faults)
    _tell_doubled(stages, ("school", "stage"), faults)
    for record in _merged(schools):
        school = record["id"]
        for name, zh in (("name", "学校名称"), ("county", "县级区划代码"), ("place", "城乡")):
            if not record[name]:
                faults.add(record.at(name), f"学校 {school} 的{zh}为空", f"school {school}: {name} is blank")
        if record["county"] and not record["county"].startswith(region):
            faults.add(
                record.at("county"), f"学校 {school} 不在 {region}", f"school {school} is not in {region}"
            )
        found[school] = _school(record, by_school.get(school, {}), settings, faults)
    for (school, _), record in _stage_records(stages).items():
        if school not in found:
            faults.add(record.at("school"), f"学校表没有 {school}", f"no school {school} in the sheet 学校")
    return [found[key] for key in sorted(found)]


def _tell_doubled(records: list[Record], key: tuple[str, ...], faults: Gathered) -> None:
    """A sheet adds to the county's input, but may speak of a school (and stage) once only."""
    seen = set[tuple[str, ...]]()
    for record in records:
        place = (record.file, *(record[name] for name in key))
        if place in seen:
            faults.add(
                record.at(key[0]), f"{' '.join(place[1:])} 出现两次", f"{' '.join(place[1:])} stands twice"
            )
        seen.add(place)


def _merged(records: list[Record]) -> list[Record]:
    """One record a school: a cell of a later record (the sheet) over that of an earlier one (the county's input)."""
    found: dict[str, Record] = {}
    for record in records:
        known = found.get(record["id"])
        found[record["id"]] = record.over(known)
    return list(found.values())


def _stage_records(records: list[Record]) -> dict[tuple[str, str], Record]:
    found: dict[tuple[str, str], Record] = {}
    for record in records:
        key = (record["school"], meant(record["stage"], words("primary", "junior")))
        known = found.get(key)
        found[key] = record.over(known)
    return found


def _stages(records: list[Record], needs: Needs, faults: Gathered) -> dict[str, dict[str, Json]]:
    """Stage → {"stage", "pupils"?, "need"?} by school; stages other than primary and junior are not paired."""
    found: dict[str, dict[str, Json]] = {}
    for (school, stage), record in sorted(_stage_records(records).items()):
        if not stage:
            continue
        part: Json = {"stage": stage}
        pupils = record.count("pupils", faults)
        need = record.count("need", faults)
        need = needs.get((school, stage)) if need is None else need
        part |= {k: v for k, v in (("pupils", pupils), ("need", need)) if v is not None}
        found.setdefault(school, {})[stage] = part
    return found


def _school(
    record: Record, stages: Mapping[str, Json], settings: Mapping[str, Any], faults: Gathered
) -> Json:
    place = meant(record["place"], words("city", "town", "rural"))
    if record["place"] and not place:
        text = record["place"]
        faults.add(
            record.at("place"), f"“{text}”不是城区、镇区、乡村或其代码", f"{text!r} is no urban-rural class"
        )
    role = record.word("role", words(*_ROLES), faults)
    found: Json = {"id": record["id"], "name": record["name"], "county": record["county"], "place": place}
    found["stages"] = [stages[stage] for stage in ("primary", "junior") if stage in stages]
    found["role"] = role or _role_of(found["stages"], settings["rules"]["blank_role"])
    for name in ("partners", "capacity"):
        value = record.count(name, faults)
        if value is not None:
            found[name] = value
    return found


def _role_of(stages: list[Json], rule: str) -> str:
    """The role of a school whose cell is blank: by its needs, "unknown" where one of them is."""
    if rule == "other" or not stages:
        return "other"
    if any("need" not in stage for stage in stages):
        return "unknown"
    return "weak" if any(stage["need"] for stage in stages) else "strong"


def untellable(schools: list[Json], mode: str, placeless: set[str]) -> list[Json]:
    """What data a school lacks to be paired: [{"school_id", "missing", "zh", "en"}]."""
    found = []
    for school in schools:
        missing = _missing(school, mode)
        if school["id"] in placeless and school["role"] == "weak":
            missing.append("distance")
        if missing:
            words = missing_text(missing)
            found.append(
                {
                    "school_id": school["id"],
                    "missing": missing,
                    "zh": f"{school['name']}：缺{words.zh}，无法安排",
                    "en": f"{school['name']}: {words.en} absent, cannot tell",
                }
            )
    return found


def missing_text(missing: Sequence[str]) -> Text:
    """The data a school lacks, in words ("need:primary": the need of its primary stage)."""
    zh, en = list[str](), list[str]()
    for one in missing:
        name, _, stage = one.partition(":")
        words = _WORDS[name]
        zh.append(f"{STAGE_NAMES[stage].zh}的{words.zh}" if stage else words.zh)
        en.append(f"{words.en} ({STAGE_NAMES[stage].en})" if stage else words.en)
    return Text("、".join(zh), ", ".join(en))


def _missing(school: Json, mode: str) -> list[str]:
    stages, role = school["stages"], school["role"]
    if role in ("strong", "weak") and not stages:
        return ["stages"]
    needs = [f"need:{stage['stage']}" for stage in stages if "need" not in stage]
    if role == "unknown":
        return ["role", *needs]
    if mode == "trusteeship" and role == "strong" and "capacity" not in school:
        return ["capacity"]
    if role != "weak":
        return []
    pupils = [f"pupils:{s['stage']}" for s in stages if "pupils" not in s and mode == "trusteeship"]
    return needs + pupils

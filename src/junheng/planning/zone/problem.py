"""Reading a zoning problem: the YAML file, its tables, shapes and ways → one frozen problem."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text, sha256_file
from junheng.planning.cell_values import choice, exact_number, iso_day, whole_number
from junheng.planning.frozen import FORMAT, Json, number
from junheng.planning.zone.reading.blocks import Block
from junheng.planning.zone.reading.distances import Ways, measure
from junheng.planning.zone.reading.faults import Faults
from junheng.planning.zone.reading.gathered import Gathered, gather
from junheng.planning.zone.reading.reach import allowed_zones, keep_today, seeds
from junheng.planning.zone.reading.schools import School
from junheng.planning.zone.reading.settings import Settings, library, read_settings, word
from junheng.planning.zone.reading.zones import unchanged_zones
from junheng.planning.zone.versions import assigned

STAGES = ("primary", "junior")
MODES = ("plan", "audit")
CONTIGUITY = ("closer", "connected", "off")


def read_problem(path: Path) -> Json:
    """The frozen problem that ``path`` (YAML, kind: zone) and the tables and shapes it names state.

    Raises UserError: everything wrong at once, each with file, sheet, row and column. What is doubtful but usable –
    blocks without pupils, islands, repaired polygons, too few seats – stands in ``warnings`` and is told with the plan.
    """
    settings, faults = read_settings(path), Faults()
    head = _head(settings, path.name, faults)
    faults.refuse()
    found = gather(settings, path, head, faults)
    faults.refuse()
    if not found.blocks or not found.schools:
        raise faults.ending(path.name, "没有片块或没有学校", "there are no blocks, or no schools")
    ways = measure(found.blocks, found.schools, found.ways, settings, path.parent, faults)
    problem = head | _tables(found, ways, head, faults) | _sources(settings, path.parent, found, ways)
    faults.refuse()
    return problem | {"warnings": faults.doubts}


def _head(settings: Settings, file: str, faults: Faults) -> Json:
    """Everything but the tables: name, county, stage, first day, limits, weights."""
    for key in ("stage", "from"):
        if not settings.get(key):
            faults.add(file, f"缺少 {key}", f"{key} is missing")
    county = settings.get("county", {})
    stage = _stage(settings.get("stage", "primary"), f"{file} → stage", faults)
    head: Json = {
        "format": FORMAT,
        "kind": "zone",
        "mode": choice(settings["mode"], MODES, f"{file} → mode", faults),
        "name": settings.get("name") or f"{STAGE_NAMES[stage].zh}学区 | zones",
        "county": {key: county.get(key, "") for key in ("code", "name")},
        "stage": stage,
        "from": iso_day(settings.get("from", ""), f"{file} → from", faults),
        "limits": _limits(settings, file, faults),
        "weights": _weights(settings, file, faults),
        "contiguity": choice(settings["contiguity"], CONTIGUITY, f"{file} → contiguity", faults),
        "rules": _rules(stage),
        "coordinates": choice(
            settings["coordinates"], ("surveyed", "assumed"), f"{file} → coordinates", faults
        ),
    }
    if version := settings.get("version"):
        head["version"] = version
    if since := iso_day(settings.get("today_from", ""), f"{file} → today_from", faults):
        head["today_from"] = since
        if head["from"] and since >= head["from"]:
            faults.add(f"{file} → today_from", "应早于 from", "must come before from")
    return head | ({"year": settings["year"]} if "year" in settings else {})


def _stage(text: str, where: str, faults: Faults) -> str:
    """``primary`` or ``junior``, from either language."""
    found = word(STAGES, text)
    if not found and text:
        shown = "、".join(f"{stage}（{STAGE_NAMES[stage].zh}）" for stage in STAGES)
        told = ", ".join(f"{stage} ({STAGE_NAMES[stage].zh})" for stage in STAGES)
        faults.add(where, f"“{text}”应为 {shown} 之一", f"{text!r} must be one of {told}")
    return found or STAGES[0]


def _limits(settings: Settings, file: str, faults: Faults) -> Json:
    given, where = settings["limits"], f"{file} → limits"
    found: Json = {"reach_m": whole_number(given["reach_m"], f"{where}.reach_m", faults, least=1) or 1}
    widen = exact_number(given["widen"], f"{where}.widen", faults, least=1)
    exact_number(settings["distance"]["detour"], f"{file} → distance.detour", faults, least=1)
    whole_number(settings["distance"]["audit_m"], f"{file} → distance.audit_m", faults, least=1)
    found["widen"] = number(widen or Fraction(1))
    if "least_fill" in given:
        share = exact_number(given["least_fill"], f"{where}.least_fill", faults)
        if share is not None and share > 1:
            faults.add(f"{where}.least_fill", "应在 0 与 1 之间", "must lie between 0 and 1")
        found["least_fill"] = number(share or Fraction(0))
    return found


def _weights(settings: Settings, file: str, faults: Faults) -> Json:
    given = settings["weights"]
    told = {key: exact_number(given[key], f"{file} → weights.{key}", faults) for key in given}
    return {key: number(value) for key, value in sorted(told.items()) if value is not None}


def _rules(stage: str) -> Json:
    """The lines of the audit with their sources, from the library."""
    rules = library("rules")
    found: Json = {}
    for key in ("radius_m", "in_zone_share", "class_size"):
        text, source = rules[key]["source"]["text"], rules[key]["source"]["document"]
        found[key] = {"value": rules[key][stage], "source": source, "zh": text["zh"], "en": text["en"]}
    return found


def _tables(found: Gathered, ways: Ways, head: Json, faults: Faults) -> Json:
    """Blocks, zones, schools, ways and everything today's zones say."""
    kept = unchanged_zones(found.today, found.zones)
    now = {block.id: kept[block.now] for block in found.blocks if block.now in kept}
    limits = head["limits"]["reach_m"], Fraction(head["limits"]["widen"])
    beside = _beside(found.neighbours)
    allowed = allowed_zones(found.blocks, found.zones, ways, limits, beside, faults)
    _require_pins(found, allowed, faults)
    _require_work(found, head["mode"], allowed, faults)
    pins = {block.id: [block.pinned] for block in found.blocks if block.pinned}
    keep_today(allowed, now, found.zones, ways)
    keep_today(allowed, pins, found.zones, ways)
    seats = {school.id: school.seats or 0 for school in found.schools}
    seeds(found.zones, found.standing, allowed, seats, faults)
    return {
        "blocks": [_frozen_block(block, now) for block in found.blocks],
        "neighbours": [list(pair) for pair in found.neighbours],
        "islands": found.islands,
        "zones": found.zones,
        "schools": [_frozen_school(school) for school in found.schools],
        "metres": {block: zones for block, zones in sorted(allowed.items()) if zones},
        **_audited(found, ways, allowed),
        "closed": sorted(school.id for school in found.schools if school.is_closed),
        "shapes": found.shapes,
        "versions": found.versions or _first_version(found, head),
        "attending": found.attending,
        "beside": found.beside,
    }


def _beside(neighbours: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in neighbours:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _require_pins(found: Gathered, allowed: Mapping[str, Mapping[str, int]], faults: Faults) -> None:
    zones = {zone["id"] for zone in found.zones}
    for block in found.blocks:
        if block.pinned and block.pinned not in zones:
            faults.add(
                block.where, f"没有学区 {block.pinned}", f"there is no zone {block.pinned} to pin it to"
            )


def _require_work(
    found: Gathered, mode: str, allowed: Mapping[str, Mapping[str, int]], faults: Faults
) -> None:
    """Something to plan, or something to audit."""
    if mode == "audit" and not found.today:
        faults.add("片块", "没有现属学区，无从审计", "no block names today's zone: there is nothing to audit")
    elif mode == "plan" and not found.zones:
        faults.add("学校", "没有可招生的学校（都停办）", "no school is left to admit: all close")
    elif mode == "plan" and not any(allowed.values()) and not any(block.pinned for block in found.blocks):
        faults.add(
            "片块", "没有坐标也没有路程表，无法划分", "neither coordinates nor ways: nothing can be measured"
        )


def _frozen_block(block: Block, now: Mapping[str, list[str]]) -> Json:
    found: Json = {"id": block.id, "name": block.name, "pupils": block.pupils}
    for key, text in (("lon", block.lon), ("lat", block.lat), ("pinned", block.pinned), ("town", block.town)):
        found |= {key: text} if text else {}
    if block.needy is not None:
        found["needy"] = block.needy
    if block.id in now:
        found["now"] = now[block.id]
    return found | {"addresses": list(block.addresses)}


def _frozen_school(school: School) -> Json:
    found: Json = {"id": school.id, "name": school.name}
    for key, text in (("lon", school.lon), ("lat", school.lat), ("place", school.place)):
        found |= {key: text} if text else {}
    numbers = {"capacity": school.seats, "enrolled": school.enrolled, "in_zone": school.in_zone}
    found |= {key: value for key, value in numbers.items() if value is not None}
    marks = {"good": school.is_good, "boarding": school.is_boarding, "closed": school.is_closed}
    return found | {key: 1 for key, is_so in marks.items() if is_so}


def _audited(found: Gathered, ways: Ways, allowed: Mapping[str, Mapping[str, int]]) -> Json:
    """Today's zones; ways and straight lines to every school an audit asks about, of today, the plan and other layers.

    Of each of these the block's own schools and the nearest of all that have a zone.
    """
    layers = [(layer["zones"], assigned(layer)) for layer in found.beside]
    versions = [(found.today, {block.id: block.now for block in found.blocks}), *layers, (found.zones, {})]
    schools_of = [{zone["id"]: zone["schools"] for zone in zones} for zones, _ in versions]
    serving = [sorted({s for schools in of.values() for s in schools}) for of in schools_of]
    way: dict[str, dict[str, int]] = {}
    straight: dict[str, dict[str, int]] = {}
    for block in found.blocks:
        asked = {s for zone in allowed[block.id] for s in schools_of[-1][zone]}
        for of, served, (_, home) in zip(schools_of, serving, versions, strict=True):
            asked |= set(of.get(home.get(block.id, ""), ()))
            near = [(metres, s) for s in served if (metres := ways.of(block.id, s)) is not None]
            asked |= {min(near)[1]} if near else set()
        way[block.id] = {s: m for s in sorted(asked) if (m := ways.of(block.id, s)) is not None}
        straight[block.id] = {s: m for s in sorted(asked) if (m := ways.straight_of(block.id, s)) is not None}
    today = {zone["id"] for zone in found.today}
    rows = [{"block": block.id, "zone": block.now} for block in found.blocks if block.now in today]
    return {"ways": way, "straight": straight, "today": {"zones": found.today, "assignment": rows}}


def _first_version(found: Gathered, head: Json) -> list[Json]:
    """Today's zones as the first dated version, where nothing older is recorded and their first day is told."""
    known = {zone["id"] for zone in found.today}
    rows = [{"block": block.id, "zone": block.now} for block in found.blocks if block.now in known]
    day = head.get("today_from", "")
    return [{"id": day, "from": day, "assignment": rows}] if day and rows else []


def _sources(settings: Settings, folder: Path, found: Gathered, ways: Ways) -> Json:
    """Which files were read, how ways were measured, where pupils and seats come from."""
    texts = {"ways": ways.basis, **found.sources}
    rooms = [school.id for school in found.schools if school.seats_from == "rooms"]
    if rooms:
        texts["seats"] = Text(
            f"{len(rooms)} 所学校的学位 = 教室数 × 班额（其余为表中所写）",
            f"seats of {len(rooms)} schools are rooms × class size, those of others as stated",
        )
    told: Json = {
        "inputs": [{"file": p.name, "sha256": sha256_file(p)} for p in sorted(set(found.files))],
        "sources": {key: {"zh": text.zh, "en": text.en} for key, text in sorted(texts.items())},
    }
    return told | ({"input": settings["input"]} if settings.get("input") else {})

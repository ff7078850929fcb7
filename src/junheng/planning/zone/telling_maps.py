"""The maps of zones: today's, the plan's, other layers, with schools and the pupils who move."""

from collections.abc import Mapping

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json
from junheng.planning.map_layers import MapArea, MapFlow, MapGroup, MapLayers, MapPlace, Number
from junheng.planning.zone.reading.shapes import thawed
from junheng.planning.zone.versions import assigned


def maps(problem: Json, outcome: Json) -> tuple[MapLayers, ...]:
    """Today's zones first, then the plan's, then other layers; without coordinates there is no map."""
    if not any("lon" in block for block in problem["blocks"]):
        return ()
    found = [_layers(problem, Text("现行学区", "zones today"), problem["today"], ())]
    if outcome.get("assignment"):
        plan = {"zones": problem["zones"], "assignment": outcome["assignment"]}
        found.append(_layers(problem, Text("方案学区", "zones planned"), plan, _flows(problem, outcome)))
    found += [_layers(problem, Text(layer["zh"], layer["en"]), layer, ()) for layer in problem["beside"]]
    return tuple(layers for layers in found if layers.areas)


def _layers(problem: Json, name: Text, version: Json, flows: tuple[MapFlow, ...]) -> MapLayers:
    zones, zone_of = {zone["id"]: zone for zone in version["zones"]}, assigned(version)
    used = sorted(set(zone_of.values()) & set(zones))
    return MapLayers(
        name=name,
        areas=tuple(_area(problem, block, zone_of) for block in problem["blocks"]) if zone_of else (),
        places=_places(problem, zones),
        flows=flows,
        note=_note(problem),
        groups=tuple(MapGroup(zone, zones[zone]["name"]) for zone in used),
        value_name=_pupils_name(problem),
        size_name=Text("学位（个）", "seats"),
        weight_name=Text("换学区的学生（人）", "pupils re-zoned"),
        are_coordinates_assumed=problem["coordinates"] == "assumed",
    )


def _pupils_name(problem: Json) -> Text:
    stage = STAGE_NAMES[problem["stage"]]
    return Text(f"{stage.zh}生（人）", f"{stage.en} pupils")


def _area(problem: Json, block: Json, zone_of: Mapping[str, str]) -> MapArea:
    place = {key: float(block[key]) for key in ("lon", "lat") if key in block}
    return MapArea(
        id=block["id"],
        name=block["name"],
        rings=tuple(tuple(ring) for ring in thawed(problem["shapes"].get(block["id"], ()))),
        group=zone_of.get(block["id"], ""),
        value=block["pupils"],
        lon=place.get("lon"),
        lat=place.get("lat"),
    )


def _places(problem: Json, zones: Mapping[str, Json]) -> tuple[MapPlace, ...]:
    zone_of = {school: zone["id"] for zone in zones.values() for school in zone["schools"]}
    return tuple(
        MapPlace(
            id=school["id"],
            name=school["name"],
            lon=float(school["lon"]),
            lat=float(school["lat"]),
            kind="closed" if "closed" in school and school["id"] not in zone_of else problem["stage"],
            size=school.get("capacity"),
            group=zone_of.get(school["id"], ""),
        )
        for school in problem["schools"]
        if "lon" in school
    )


def _flows(problem: Json, outcome: Json) -> tuple[MapFlow, ...]:
    """A flow from every moved block with pupils to its new zone's largest school."""
    seats: dict[str, Number] = {school["id"]: school.get("capacity", 0) for school in problem["schools"]}
    placed = {school["id"] for school in problem["schools"] if "lon" in school}
    end = {}
    for zone in problem["zones"]:
        there = [school for school in zone["schools"] if school in placed]
        if there:
            end[zone["id"]] = max(there, key=lambda s: (seats[s], s))
    return tuple(
        MapFlow(row["block"], end[row["to"]], row["pupils"])
        for row in outcome["moved"]
        if row["pupils"] and row["to"] in end
    )


def _note(problem: Json) -> Text | None:
    told = [problem["sources"][key] for key in ("pupils", "ways") if key in problem["sources"]]
    if not told:
        return None
    return Text("；".join(t["zh"] for t in told), "; ".join(t["en"] for t in told))

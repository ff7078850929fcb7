"""The maps of mergers: where the pupils go today, and where after;
what has no coordinates is not drawn."""

from collections.abc import Mapping

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.map_layers import MapArea, MapFlow, MapLayers, MapPlace

_HOME = "home:"  # villages and schools share one map: their ids must not meet


def maps(problem: Json, outcome: Json) -> tuple[MapLayers, ...]:
    """Today first, then the plan; nothing where no village or no school has coordinates."""
    homes = {home["place"]: home for home in problem["homes"] if "lon" in home}
    closing = {row["school"] for row in outcome["mergers"]}
    concerned = closing | {move["to"] for move in outcome["moves"]}
    schools = {s["id"]: s for s in problem["schools"] if "lon" in s and s["id"] in concerned}
    if not homes or not schools:
        return ()
    shut = {row["id"]: row["school"] for row in outcome["mergers"]}
    now = {(home["merge"], home["place"]): shut[home["merge"]] for home in problem["homes"]}
    then = {(move["merge"], move["place"]): move["to"] for move in outcome["moves"]}
    return (
        _layers(Text("现在", "today"), problem, homes, schools, now, {}),
        _layers(
            Text("撤并后", "after the mergers"),
            problem,
            homes,
            schools,
            then,
            dict.fromkeys(closing, "merged"),
        ),
    )


def _layers(
    name: Text,
    problem: Json,
    homes: Mapping[str, Json],
    schools: Mapping[str, Json],
    goes: Mapping[tuple[str, str], str],
    marks: Mapping[str, str],
) -> MapLayers:
    pupils: dict[str, int] = {}
    flows: dict[tuple[str, str], int] = {}
    for home in problem["homes"]:
        place, to = home["place"], goes.get((home["merge"], home["place"]))
        pupils[place] = pupils.get(place, 0) + home["pupils"]
        if to in schools and place in homes:
            flows[_HOME + place, str(to)] = flows.get((_HOME + place, str(to)), 0) + home["pupils"]
    said = problem.get("basis")
    return MapLayers(
        name=name,
        areas=tuple(
            MapArea(_HOME + key, key, value=pupils[key], lon=float(home["lon"]), lat=float(home["lat"]))
            for key, home in sorted(homes.items())
        ),
        places=tuple(_place(school, marks) for _, school in sorted(schools.items())),
        flows=tuple(MapFlow(start, end, weight) for (start, end), weight in sorted(flows.items())),
        note=Text(said["zh"], said["en"]) if said else None,
        value_name=Text("学生（人）", "pupils"),
        size_name=Text("在校生（人）", "pupils of the school"),
        weight_name=Text("上学的学生（人）", "pupils going there"),
    )


def _place(school: Json, marks: Mapping[str, str]) -> MapPlace:
    kind = marks.get(school["id"], school.get("kind", "school"))
    return MapPlace(
        school["id"], school["name"], float(school["lon"]), float(school["lat"]), kind, school.get("pupils")
    )

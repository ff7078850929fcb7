"""The pictures of a plan: money and schools, maps of today and of the plan, fans of a forecast."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import file_name

if TYPE_CHECKING:
    from junheng.planning import Kind, MapLayers
    from junheng.reports.planning import Picture

Json = dict[str, Any]
MAP_PAGE = "地图.html"
_WAN = 10_000
_PIXELS = 2_000  # of a map's width: about 300 to the inch on the page
_WIDTH_MM, _MOST_MM = 154.0, 200.0
_MOST_FANS = 6


def pictures_of(kind: "Kind", problem: Json, outcome: Json) -> "list[Picture]":
    """What a kind of plan can be shown by; nothing for those that are tables alone."""
    found = _money(problem, outcome) if problem["kind"] == "invest" else []
    return [*found, *_fans(kind, problem, outcome), *_maps(kind, problem, outcome)]


def write_map_page(kind: "Kind", problem: Json, outcome: Json, title: str, folder: Path) -> None:
    """One offline page for the office with the maps; none where nothing has a place."""
    from junheng.reports.maps import map_page, map_svg, maps_of

    layers = _layers(kind, problem, outcome)
    if layers:
        maps = maps_of(layers)
        page = map_page(title, maps[0], maps[1] if len(maps) > 1 else None, audience="office")
        (folder / MAP_PAGE).write_text(page, encoding="utf-8")
        for one in maps:
            (folder / f"{file_name(one.title.zh)}.svg").write_text(
                map_svg(one, beside=maps), encoding="utf-8"
            )
        _write_areas(layers[-1], folder)


def _write_areas(layers: "MapLayers", folder: Path) -> None:
    """The plan's blocks with their zones as GeoJSON, for whoever draws maps; no counts are in it."""
    from junheng.planning.geo import Area, nested, write_areas

    names = {group.id: group.name for group in layers.groups}
    areas = [
        Area(
            area.id,
            area.name,
            nested(area.rings),
            {"zone": area.group, "zone_name": names.get(area.group, "")},
        )
        for area in layers.areas
        if area.rings
    ]
    if areas:
        write_areas(areas, folder / f"{file_name(layers.name.zh)}.geojson")


def _layers(kind: "Kind", problem: Json, outcome: Json) -> Any:
    """Today and the plan: the first and the last of what the kind offers."""
    maps = getattr(kind, "maps", None)
    found: Sequence[Any] = maps(problem, outcome) if maps else ()
    return (found[0], found[-1]) if len(found) > 1 else found


def _maps(kind: "Kind", problem: Json, outcome: Json) -> "list[Picture]":
    from junheng.reports.maps import map_png, maps_of

    maps = maps_of(_layers(kind, problem, outcome))
    return [
        _picture(f"map{place}", one.title.zh, map_png(one, _PIXELS, beside=maps))
        for place, one in enumerate(maps)
    ]


def _fans(kind: "Kind", problem: Json, outcome: Json) -> "list[Picture]":
    fans = getattr(kind, "fans", None)
    if fans is None:
        return []
    from junheng.reports.maps import fan_png

    shown = fans(problem, outcome)[:_MOST_FANS]
    return [_picture(f"fan{place}", fan.name.zh, fan_png(fan, _PIXELS)) for place, fan in enumerate(shown)]


def _picture(key: str, caption: str, png: bytes) -> "Picture":
    """As wide as the text, lower where it would not fit the page."""
    from io import BytesIO

    from PIL import Image

    from junheng.reports.planning import Picture

    wide, high = Image.open(BytesIO(png)).size
    width = min(_WIDTH_MM, _MOST_MM * wide / high)
    return Picture(key, caption, png, width, width * high / wide, caption)


def _money(problem: Json, outcome: Json) -> "list[Picture]":
    from junheng.planning import exact
    from junheng.reports.planning import curve_picture, spending_picture

    found = []
    if outcome.get("spending"):
        spent = [(int(year), _wan(money)) for year, money in sorted(outcome["spending"].items())]
        budget = [(int(year), _wan(money)) for year, money in sorted(problem.get("budgets", {}).items())]
        found.append(spending_picture(spent, budget))
    if outcome.get("pareto"):
        points = [(_wan(point["cost_yuan"]), int(exact(point["stages"]))) for point in outcome["pareto"]]
        total = sum(1 for school in problem["schools"] for stage in school["stages"] if stage["judged"])
        found.append(curve_picture(points, total))
    return found


def _wan(money: int | str) -> float:
    from junheng.planning import exact

    return float(exact(money) / _WAN)

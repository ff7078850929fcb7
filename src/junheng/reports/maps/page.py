"""One offline HTML page of a map, or of two to compare: nothing is loaded, every word is escaped.

The page's policy (Content-Security-Policy) allows exactly the style and the script of `page.html`, by their hashes,
and no connection at all. What is public never holds numbers of single areas or flows of pupils: in a hamlet a count
of two is a child that neighbours know.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from junheng.basics import Text, UserError
from junheng.planning import MapArea, Table
from junheng.reports.maps.furniture import Key, both, keys, number_words
from junheng.reports.maps.ground import Frame, Ground, frame_of, grounds
from junheng.reports.maps.marks import mark_of
from junheng.reports.maps.one_map import Map
from junheng.reports.maps.page_parts import legend_list, note_list, table_list
from junheng.reports.maps.page_side import Side, blocks, names_of, side
from junheng.reports.maps.scene import WIDTH, clean
from junheng.reports.maps.short_names import shared_start, start_note
from junheng.reports.maps.svg import HATCH, hatch, safe

Audience = Literal["public", "office"]
_HEIGHT = (4_500, 14_000)
_TOKEN = re.compile(r"\{\{(\w+)\}\}")


def map_page(
    title: str,
    before: Map,
    after: Map | None = None,
    tables: Sequence[Table] = (),
    *,
    audience: Audience = "public",
) -> str:
    """One HTML file. ``after`` brings the slider; both maps must have the same ``bounds`` (see `maps_of`).

    ``audience``: "public" leaves out numbers of single areas and flows; "office" shows them under a red mark "内部".
    ``tables`` are printed as given: the caller answers for what is in them. Raises UserError for unlike bounds.
    """
    maps = [before] if after is None else [before, after]
    if len({one.bounds for one in maps}) > 1:
        raise UserError(
            Text(
                "前后两图的范围不同，不能叠放", "the two maps lie in different boxes and cannot be laid over"
            ),
            where=title,
            fix=Text("请用 maps_of 一次生成两图", "make both with maps_of"),
        )
    shown = [_for(one, audience) for one in maps]
    frame = frame_of(before.bounds, 0, 0, WIDTH, _HEIGHT)
    found = grounds(shown, frame)
    return _filled(title, shown, frame, found, tables, audience)


def _for(one: Map, audience: Audience) -> Map:
    """The map without the flows the audience may not see; values are kept out of the data, shades stay."""
    return one if audience == "office" else replace(one, flows=())


def _filled(
    title: str,
    maps: list[Map],
    frame: Frame,
    found: list[Ground],
    tables: Sequence[Table],
    audience: Audience,
) -> str:
    data, ground = _contents(maps, frame, found, audience)
    template, policy = _template()
    notes = list(dict.fromkeys(note for one in maps for note in one.notes))
    notes += start_note(shared_start({p.id: p.name for one in maps for p in one.places}.values()))
    parts = {
        "policy": policy,
        "title": safe(title),
        "mark": '<p class="internal">内部使用，含片块人数，不得公开 · internal: numbers of single blocks</p>'
        if audience == "office"
        else "",
        "statement": note_list(notes),
        "height": str(frame.height),
        "hatch": hatch(HATCH),
        "ground": ground,
        "before_name": safe(maps[0].title.zh),
        "after_name": safe(maps[-1].title.zh),
        "legend": legend_list(_keys(maps, found)),
        "tables": table_list(tables),
        "data": _json(data),
    }
    return _TOKEN.sub(lambda match: parts[match.group(1)], template)


def _keys(maps: list[Map], found: list[Ground]) -> list[Key]:
    return [
        key
        for one, ground in zip(maps, found, strict=True)
        for key in keys(one, ground, max((flow.weight for flow in one.flows), default=None))
    ]


def _json(data: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    text = clean(json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


@cache
def _template() -> tuple[str, str]:
    """The page with its gaps, and the policy that names the hashes of its style and script."""
    text = (Path(__file__).parent / "page.html").read_text("utf-8")
    hashes = {}
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        hashes[tag] = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{hashes['script']}'; style-src 'sha256-{hashes['style']}'; "
        "img-src 'none'; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    return text, policy


def _contents(
    maps: list[Map], frame: Frame, found: list[Ground], audience: Audience
) -> tuple[dict[str, Any], str]:
    """The data of tooltips and search, and the map's groups."""
    place_ids = list(dict.fromkeys(place.id for one in maps for place in one.places))
    place_at = {id_: at for at, id_ in enumerate(place_ids)}
    held: list[Mapping[str, MapArea]] = [{area.id: area for area in one.areas} for one in maps]
    area_ids = list(dict.fromkeys(id_ for areas in held for id_ in areas))
    zone_ids = sorted({area.group for areas in held for area in areas.values()})
    names = {group.id: group.name for one in maps for group in one.legend.groups}
    named = names_of(maps, frame)
    sides = [side(one, ground, frame, place_at, named) for one, ground in zip(maps, found, strict=True)]
    ground = _layered(sides, blocks(found, held, {id_: at for at, id_ in enumerate(area_ids)}, frame))
    data = {
        "areas": [_area_row(id_, held, zone_ids, audience) for id_ in area_ids],
        "height": frame.height,
        "metres": round(frame.metres_per_unit, 6),
        "names": {"value": _named(maps, "value_name"), "size": _named(maps, "size_name")},
        "places": [_place_row(id_, maps, frame) for id_ in place_ids],
        "sides": [one.title.zh for one in maps],
        "width": WIDTH,
        "zones": [names.get(id_, id_) for id_ in zone_ids],
    }
    return data, ground


def _layered(sides: Sequence[Side], of_blocks: Sequence[str]) -> str:
    """All groups as they are painted; those of one side are cut off at the slider."""
    names = ("before", "after")
    parts = [_clipped(names[at], "ground", one.ground) for at, one in enumerate(sides)]
    if len(of_blocks) == len(sides):
        parts += [_clipped(names[at], "blocks", text) for at, text in enumerate(of_blocks)]
    else:
        parts.append(f'<g id="blocks">{of_blocks[0]}</g>')
    parts += [_clipped(names[at], "edges", one.edges) for at, one in enumerate(sides)]
    parts += [_clipped(names[at], "marks", one.marks) for at, one in enumerate(sides)]
    return "".join(parts)


def _clipped(name: str, part: str, text: str) -> str:
    return f'<g id="{name}-{part}" clip-path="url(#clip-{name})">{text}</g>'


def _named(maps: list[Map], field: str) -> str:
    found = [both(name) for one in maps if (name := getattr(one.legend, field))]
    return found[0] if found else ""


def _area_row(
    id_: str, held: list[Mapping[str, MapArea]], zone_ids: list[str], audience: Audience
) -> list[Any]:
    """Name, then per side zone (-1: not there) and value in words ("": unknown or not told)."""
    first = next(areas[id_] for areas in held if id_ in areas)
    row: list[Any] = [first.name]
    for areas in held:
        area = areas.get(id_)
        row += [zone_ids.index(area.group) if area else -1]
        value = area.value if area and audience == "office" else None
        row += [number_words(value) if value is not None else ""]
    return row


def _place_row(id_: str, maps: list[Map], frame: Frame) -> list[Any]:
    """Name, x, y, then per side kind in words ("": not there) and size in words."""
    held = [next((place for place in one.places if place.id == id_), None) for one in maps]
    first = next(place for place in held if place)
    row: list[Any] = [first.name, *frame.spot(first.lon, first.lat)]
    for place in held:
        row += [both(mark_of(place.kind).words) if place else ""]
        row += [number_words(place.size) if place and place.size is not None else ""]
    return row

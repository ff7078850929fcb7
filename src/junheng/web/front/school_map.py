"""Schools where they lie: the library's one drawing for every page of the site that shows a map."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from junheng.basics import Text, UserError
from junheng.planning import MapLayers, MapPlace
from junheng.reports.maps import Map, map_of, map_png, map_svg
from junheng.web.front.words import is_english

_KEPT = 32  # drawings remembered by a process: a page is asked for far more often than its schools change
as_png = map_png


def drawn(title: str, places: Sequence[MapPlace]) -> Map | None:
    """The map in the reader's language; None where no place has coordinates that fit on one map."""
    try:
        found = map_of(MapLayers(Text(title, ""), places=places))
        return replace(found, language="en" if is_english() else "")
    except UserError:
        return None


def as_svg(one: Map) -> str:
    """The map as SVG; names are escaped by the library."""
    return map_svg(one)


def svg_of(title: str, places: tuple[MapPlace, ...]) -> str:
    """The map of these places as SVG, "" where there is none."""
    return _svg(title, places, is_english())


@lru_cache(maxsize=_KEPT)
def _svg(title: str, places: tuple[MapPlace, ...], _english: bool) -> str:
    one = drawn(title, places)
    return as_svg(one) if one else ""

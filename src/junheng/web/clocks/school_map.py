"""The map of who has not reported: where the schools lie, marked by what the list shows them as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.basics import Text
from junheng.planning import MapPlace
from junheng.web.clocks.standing import Standing
from junheng.web.clocks.templatetags.clock_words import LOOKS, look_name
from junheng.web.filing.models import CountyYear
from junheng.web.front.school_map import svg_of
from junheng.web.front.words import half


@dataclass(frozen=True, slots=True)
class SchoolMap:
    """The drawing, "" where there is none; and the schools without coordinates."""

    svg: str
    without: tuple[Standing, ...]


def school_map(
    year: CountyYear, standings: Sequence[Standing], places: Mapping[int, tuple[float, float]]
) -> SchoolMap:
    """Place the schools; ``places``: longitude and latitude by return. The late are drawn last, above the others."""
    order = list(LOOKS)
    told = [one for one in standings if one.filing.pk in places]
    told.sort(key=lambda one: (-order.index(one.look), one.filing.code))
    title = Text(
        f"{year.county.name} {year.year} 年：谁还没报",
        f"{year.county.name} {year.year}: who has not reported",
    )
    return SchoolMap(
        svg_of(half(title), tuple(_place(one, places[one.filing.pk]) for one in told)),
        tuple(one for one in standings if one.filing.pk not in places),
    )


def _place(one: Standing, at: tuple[float, float]) -> MapPlace:
    name = one.filing.school.name
    said = half(Text(f"{name}：{look_name(one.look)}", f"{name}: {look_name(one.look)}"))
    return MapPlace(one.filing.code, name, *at, kind=f"return_{one.look}", told=said)

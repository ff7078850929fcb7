"""Names of a page that zooms: from which scale on each is shown, so that at no scale two names meet.

Marks and names keep their size on the screen while the ground grows. Names are placed at a row of scales, from the
smallest phone to deep zoom; what has its place keeps it, and whatever fits besides is added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.reports.maps.labels import Box, Name, Placed, Room, place
from junheng.reports.maps.scene import WIDTH, Anchor

# Pixels of the screen to a unit, from the smallest phone on; each a quarter more than the last.
SCALES = tuple(round(0.028 * 1.25**step, 4) for step in range(18))
SIZE, ZONE_SIZE = 12.5, 14.0  # pixels
_GAP = 9.0


@dataclass(frozen=True, slots=True)
class Shown:
    """A name's offset from its spot in pixels, and the least scale at which it is shown."""

    dx: float
    dy: float
    anchor: Anchor
    scale: float


@dataclass(frozen=True, slots=True)
class Wish:
    """A name wanted at a spot (units), beside a mark; a zone's name stands on its spot and fits into ``room`` units."""

    id: str
    text: str
    spot: tuple[int, int]
    weight: float = 0.0
    room: int = 0


def names_by_scale(wishes: Sequence[Wish], height: int) -> dict[str, Shown]:
    """Where each name of a mark stands and from which scale on; what never fits is absent.

    ``height``: units of the frame.
    """
    found: dict[str, Shown] = {}
    for scale in SCALES:
        room = _room(wishes, found, scale, height)
        wanted = [_name(wish, scale) for wish in wishes if wish.id not in found]
        for placed in place(wanted, room):
            found[placed.name.id] = Shown(placed.dx, placed.dy, placed.anchor, scale)
    return found


def zone_names_by_scale(
    zones: Sequence[Wish], wishes: Sequence[Wish], shown: Mapping[str, Shown], height: int
) -> dict[str, Shown]:
    """The same for names of zones, on the spot, where they meet no name of a mark at any larger scale either."""
    clear = {zone.id: SCALES[-1] * 2 for zone in zones}  # from here on nothing is in the way
    for scale in reversed(SCALES):
        room = _room(wishes, shown, scale, height)
        for zone in zones:
            is_free = room.is_free(_zone_box(zone, scale))
            if is_free and clear[zone.id] == _next(scale):
                clear[zone.id] = scale
    found: dict[str, Shown] = {}
    for scale in SCALES:
        room = Room((2, 2, WIDTH * scale - 2, height * scale - 2), cell=40)
        for zone in zones:
            if zone.id in found:
                room.take(_zone_box(zone, scale))
        for zone in zones:
            box = _zone_box(zone, scale)
            fits = zone.id not in found and clear[zone.id] <= scale and box[2] - box[0] <= zone.room * scale
            if fits and room.is_free(box):
                room.take(box)
                found[zone.id] = Shown(0, 0.33 * ZONE_SIZE, "middle", scale)
    return found


def _next(scale: float) -> float:
    at = SCALES.index(scale) + 1
    return SCALES[at] if at < len(SCALES) else SCALES[-1] * 2


def _room(wishes: Sequence[Wish], shown: Mapping[str, Shown], scale: float, height: int) -> Room:
    """The frame at a scale with all marks, and the names shown by then, taken."""
    names = {wish.id: _name(wish, scale) for wish in wishes}
    room = Room((2, 2, WIDTH * scale - 2, height * scale - 2), map(_around, names.values()), cell=40)
    for id_, one in shown.items():
        if one.scale <= scale:
            room.take(_box(names[id_], one))
    return room


def _name(wish: Wish, scale: float) -> Name:
    x, y = wish.spot
    return Name(wish.id, wish.text, x * scale, y * scale, _GAP, wish.weight, SIZE)


def _zone_box(zone: Wish, scale: float) -> Box:
    x, y = zone.spot
    name = Name(zone.id, zone.text, x * scale, y * scale, 0.0, 0.0, ZONE_SIZE)
    return Placed(name, 0, 0.33 * ZONE_SIZE, "middle").box()


def _box(name: Name, shown: Shown) -> Box:
    return Placed(name, shown.dx, shown.dy, shown.anchor).box()


def _around(name: Name) -> Box:
    reach = _GAP - 2
    return name.x - reach, name.y - reach, name.x + reach, name.y + reach


def attributes(shown: Mapping[str, Shown], id_: str) -> str:
    """The attributes of a name's text element: offset in pixels, anchor, least scale."""
    one = shown[id_]
    anchor = "" if one.anchor == "start" else f' text-anchor="{one.anchor}"'
    return f' x="{one.dx:.1f}" y="{one.dy:.1f}"{anchor} data-s="{one.scale:g}"'

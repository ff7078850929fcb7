"""What every map carries besides the ground: title, scale bar, north arrow, legend, notes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text
from junheng.planning import Number
from junheng.reports.charts.canvas import GREY, INK, WHITE
from junheng.reports.maps.colouring import SHADES
from junheng.reports.maps.ground import Frame, Ground
from junheng.reports.maps.marks import Mark, drawn, mark_of
from junheng.reports.maps.one_map import Map
from junheng.reports.maps.projection import bar_metres, length_words
from junheng.reports.maps.scene import STRIPE, Item, Layer, Shape, Words, width_of, wrapped

TITLE, KEY, NOTE = 280, 175, 150  # sizes of text, units
_TITLE_ENDS = 9_800  # of 10,000
_BAR_SHARE = 0.22  # of the frame's width, at most
_MOST_LISTED = 8
BORDER = "#374151"
FLOW = "#1f2937"
CHANGED = STRIPE
_NORTH, _FLOWS, _NO_DATA = Text("北", "N"), Text("流向", "flows"), Text("无数据", "no data")
_CHANGED = Text("调整的片块", "blocks that change zone")
_NEIGHBOURS = Text("颜色只区分相邻各区，不相邻的可同色", "colours only tell neighbours apart")
_NO_ZONE = Text("未分区", "in no zone")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend: what is drawn about the point (x, y), 260 units wide, and its words."""

    words: str
    swatch: Callable[[int, int], list[Item]]


def number_words(number: Number) -> str:
    """A number for people: thousands apart, at most one decimal."""
    if isinstance(number, int) or number.denominator == 1:
        return f"{int(number):,}"
    return f"{float(round(Fraction(number), 1)):,.1f}"


def title(one: Map, x: int, y: int) -> Layer:
    """The title's baseline at ``y``: Chinese large, English small beside or, when long, left out of the line."""
    room, wide = _TITLE_ENDS - x, width_of(one.title.zh, TITLE)
    size = TITLE if wide <= room else TITLE * room // wide  # a long name is set smaller, never cut off
    items: list[Item] = [Words(x, y, one.title.zh, size)]
    beside = x + width_of(one.title.zh, TITLE) + 200
    if one.title.en and beside + width_of(one.title.en, KEY) < _TITLE_ENDS:
        items.append(Words(beside, y, one.title.en, KEY, colour=GREY))
    return Layer("title", items)


def scale_bar(frame: Frame, x: int, y: int, language: str = "") -> Layer:
    """A bar of a round length, its left end at ``x``; black and white halves."""
    metres = bar_metres(frame.metres_per_unit * frame.width * _BAR_SHARE)
    long = round(metres / frame.metres_per_unit)
    length = length_words(metres, language)
    wide = max(long, width_of(length, KEY) + 220)
    ground = Shape([_box(x - 70, y - 260, x + wide + 70, y + 90)], WHITE, opacity=0.8)
    half = Shape([_box(x, y - 35, x + long // 2, y + 35)], INK)
    whole = Shape([_box(x, y - 35, x + long, y + 35)], "", INK, 14)
    words = Words(x + wide // 2, y - 90, length, KEY, "middle")
    return Layer("scale-bar", [ground, half, whole, words])


def north_arrow(x: int, y: int, language: str = "") -> Layer:
    """An arrow to the north about ``x``, its tip at ``y``."""
    left = Shape([[(x, y), (x - 130, y + 420), (x, y + 320)]], INK, INK, 12)
    right = Shape([[(x, y), (x + 130, y + 420), (x, y + 320)]], WHITE, INK, 12)
    return Layer("north", [left, right, Words(x, y + 620, both(_NORTH, language), KEY, "middle", halo=40)])


def _box(left: int, top: int, right: int, bottom: int) -> list[tuple[int, int]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _patch(fill: str, *, is_hatched: bool = False) -> Callable[[int, int], list[Item]]:
    def paint(x: int, y: int) -> list[Item]:
        return [Shape([_box(x, y - 70, x + 260, y + 70)], fill, BORDER, 10, is_hatched=is_hatched)]

    return paint


def _marked(mark: Mark) -> Callable[[int, int], list[Item]]:
    return lambda x, y: drawn(mark, x + 130, y, 70)


def _arrow(x: int, y: int) -> list[Item]:
    return [
        Shape([[(x, y), (x + 200, y)]], "", FLOW, 24, is_closed=False),
        Shape([[(x + 170, y - 55), (x + 260, y), (x + 170, y + 55)]], FLOW),
    ]


def _outlined(x: int, y: int) -> list[Item]:
    box = [_box(x + 12, y - 70, x + 248, y + 70)]
    stripes = [
        Shape([[(x + at, y + 70), (x + at + 90, y - 70)]], "", CHANGED, 24, is_closed=False)
        for at in (40, 120)
    ]
    return [Shape(box, WHITE, CHANGED, 34), *stripes]


def keys(one: Map, ground: Ground, heaviest: Number | None = None) -> list[Key]:
    """What the map's colours and marks mean, as far as they occur on it."""
    found = _group_keys(one, ground) if not ground.limits else _value_keys(one, ground)
    found += [Key(both(_CHANGED, one.language), _outlined)] if one.changed else []
    kinds = {place.kind for place in one.places}
    marks = sorted(((mark_of(kind).weight, kind) for kind in kinds), reverse=True)
    found += [Key(both(mark_of(kind).words, one.language), _marked(mark_of(kind))) for _, kind in marks]
    if heaviest is not None:
        name = one.legend.weight_name
        widest = both(Text("，最粗", ", widest" if one.language else "widest"), one.language)
        words = both(name or _FLOWS, one.language)
        found.append(Key(f"{words}{widest} {number_words(heaviest)}", _arrow))
    return found


def both(words: Text, language: str = "") -> str:
    """Chinese with English beside; once where they are the same; English alone in ``language`` "en"."""
    if language == "en" and words.en:
        return words.en
    return words.zh if words.zh == words.en or not words.en else f"{words.zh} {words.en}"


def _group_keys(one: Map, ground: Ground) -> list[Key]:
    named = [zone for zone in ground.zones if zone.id]
    if not named and not any(area.group for area, _, _ in ground.dots):
        return []
    fills = {zone.id: zone.fill for zone in named} | {
        area.group: fill for area, _, fill in ground.dots if area.group
    }
    names = {group.id: group.name for group in one.legend.groups}
    if len(fills) <= _MOST_LISTED:
        found = [Key(names.get(group, group), _patch(fill)) for group, fill in sorted(fills.items())]
    else:
        found = [Key(both(_NEIGHBOURS, one.language), _many(fills.values()))]
    if any(not zone.id for zone in ground.zones):
        found.append(
            Key(both(_NO_ZONE, one.language), _patch(next(z.fill for z in ground.zones if not z.id)))
        )
    return found


def _many(fills: Iterable[str]) -> Callable[[int, int], list[Item]]:
    shown = sorted(set(fills))[:4]

    def paint(x: int, y: int) -> list[Item]:
        wide = 260 // len(shown)
        return [
            Shape([_box(x + at * wide, y - 70, x + (at + 1) * wide, y + 70)], fill, BORDER, 8)
            for at, fill in enumerate(shown)
        ]

    return paint


def _value_keys(one: Map, ground: Ground) -> list[Key]:
    name = one.legend.value_name
    colon = ": " if one.language == "en" else "："
    head = f"{both(name, one.language)}{colon}" if name else ""
    found = []
    for at, limit in enumerate(ground.limits):
        low = f"> {number_words(ground.limits[at - 1])} – " if at else "≤ "
        fill = SHADES[at * (len(SHADES) - 1) // max(1, len(ground.limits) - 1)]
        found.append(Key((head if not at else "") + low + number_words(limit), _patch(fill)))
    has_unknown_dot = any(area.value is None for area, _, _ in ground.dots)
    if has_unknown_dot or any(zone.is_unknown for zone in ground.zones):
        found.append(Key(both(_NO_DATA, one.language), _patch("", is_hatched=not has_unknown_dot)))
    return found


def legend(found: Sequence[Key], x: int, y: int, right: int) -> tuple[Layer, int]:
    """Entries in rows from ``x`` to ``right``, the first about ``y``; and the y below the last."""
    items: list[Item] = []
    at = x
    for key in found:
        wide = 260 + 80 + width_of(key.words, KEY) + 260
        if at > x and at + wide - 260 > right:
            at, y = x, y + 270
        items += [*key.swatch(at, y), Words(at + 340, y + 62, key.words, KEY)]
        at += wide
    return Layer("legend", items), y + (270 if found else 0)


def notes(lines: Sequence[str], x: int, y: int, right: int) -> tuple[Layer, int]:
    """Paragraphs of small print from ``y`` (the first baseline); and the y below the last."""
    items: list[Item] = []
    for paragraph in lines:
        for line in wrapped(paragraph, NOTE, right - x):
            items.append(Words(x, y, line, NOTE, colour="#4b5563"))
            y += 215
    return Layer("notes", items), y

"""Forecast fans: what was, what is likely within its range, and the seats there are; as PNG and SVG.

The band lies between the low and the high value of each year and starts at the last known year. Years without a
value are gaps, never 0. A year whose middle value is over the first line of capacity carries a triangle.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from junheng.basics import Text, UserError
from junheng.planning import Number
from junheng.reports.charts.axes import Scale
from junheng.reports.charts.canvas import GREY, INK, WHITE
from junheng.reports.maps.furniture import KEY, NOTE, TITLE, Key, legend, notes, number_words
from junheng.reports.maps.png import png
from junheng.reports.maps.scene import WIDTH, Disc, Item, Layer, Scene, Shape, Words, width_of
from junheng.reports.maps.svg import svg
from junheng.reports.word.blocks import Picture

_BAND, _EDGE, _MIDDLE, _PAST, _OVER = "#cfe1f2", "#7fa6cc", "#1d5288", INK, "#b3261e"
_LINES = (("#b3261e", 0), ("#8a4b08", 90), ("#4b5563", 45))
_LEFT, _RIGHT, _TOP, _BASE = 1_000, 9_700, 1_150, 5_000
_ROOM = 1.08  # above the highest value
_MM = 154.0  # the width of a page's text

Known = tuple[int, Number | None]


@dataclass(frozen=True, slots=True)
class FanYear:
    """One year ahead: low ≤ mid ≤ high."""

    year: int
    low: Number
    mid: Number
    high: Number


@dataclass(frozen=True, slots=True)
class FanLine:
    """A line to compare with, such as seats by classrooms; ``points``: (year, value), None unknown."""

    name: Text
    points: Sequence[Known]


@dataclass(frozen=True, slots=True)
class Fan:
    """``past``: (year, value), None unknown. ``lines``: at most three, the first is what a shortage is told by."""

    title: Text
    unit: Text
    past: Sequence[Known]
    ahead: Sequence[FanYear]
    lines: Sequence[FanLine] = ()
    notes: Sequence[Text] = ()


class PlainFan(Protocol):
    """A fan as a forecast tells it (pupils): series of (year, value), an absent year is a gap."""

    @property
    def name(self) -> Text:
        """Whose pupils."""

    @property
    def history(self) -> Sequence[Known]:
        """What was."""

    @property
    def low(self) -> Sequence[Known]:
        """The least that is likely."""

    @property
    def mid(self) -> Sequence[Known]:
        """The middle."""

    @property
    def high(self) -> Sequence[Known]:
        """The most that is likely."""

    @property
    def seats(self) -> Sequence[Known]:
        """What there is room for; may be empty."""


def _as_fan(fan: Fan | PlainFan) -> Fan:
    if isinstance(fan, Fan):
        return fan
    return fan_of(fan.name, Text("人", "pupils"), fan.history, (fan.low, fan.mid, fan.high), fan.seats)


def fan_of(
    title: Text,
    unit: Text,
    past: Sequence[Known],
    ranges: tuple[Sequence[Known], Sequence[Known], Sequence[Known]],
    seats: Sequence[Known] = (),
    notes: Sequence[Text] = (),
) -> Fan:
    """A fan from plain series; ``ranges``: low, middle, high. A year lacking one of the three is a gap."""
    low, mid, high = (dict(series) for series in ranges)
    ahead = [
        FanYear(year, least, middle, most)
        for year in sorted(mid)
        if (least := low.get(year)) is not None
        and (middle := mid[year]) is not None
        and (most := high.get(year)) is not None
    ]
    lines = [FanLine(Text("学位", "seats"), seats)] if seats else []
    return Fan(title, unit, past, ahead, lines, notes)


def fan_png(fan: Fan | PlainFan, width_px: int = 1600) -> bytes:
    """The fan as PNG. Raises UserError where nothing is known or a range is upside down."""
    return png(fan_scene(fan), width_px)


def fan_svg(fan: Fan | PlainFan) -> str:
    """The fan as SVG with real text. Raises UserError as `fan_png`."""
    return svg(fan_scene(fan))


def fan_picture(fan: Fan | PlainFan) -> Picture:
    """The fan for a Word report. Raises UserError as `fan_png`."""
    fan = _as_fan(fan)
    scene = fan_scene(fan)
    told = f"{fan.title.zh}（{fan.unit.zh}）"
    return Picture("fan", told, png(scene, 1600), _MM, _MM * scene.height / WIDTH, told)


def fan_scene(fan: Fan | PlainFan) -> Scene:
    """The drawing of a fan."""
    fan = _as_fan(fan)
    _require(fan)
    across, up = _scales(fan)
    items = _axes(fan, across, up)
    for run in _runs(fan):
        items += _band(run, across, up)
    for at, line in enumerate(fan.lines[: len(_LINES)]):
        colour, dash = _LINES[at]
        items += _strokes(_stairs(line.points), across, up, colour, 26, dash)
    items += _strokes(fan.past, across, up, _PAST, 40)
    for run in _runs(fan):
        items += _strokes([(one.year, one.mid) for one in run], across, up, _MIDDLE, 40)
    items += [Disc(round(across(y)), round(up(float(v))), 45, _PAST) for y, v in fan.past if v is not None]
    items += _over(fan, across, up)
    keys, y = legend(_keys(fan), _LEFT - 700, _BASE + 620, _RIGHT)
    small, y = notes([f"{note.zh} {note.en}" for note in fan.notes], _LEFT - 700, y + 60, _RIGHT)
    head: list[Item] = [Words(_LEFT - 700, 420, fan.title.zh, TITLE)]
    if _LEFT - 500 + width_of(fan.title.zh, TITLE) + width_of(fan.title.en, KEY) < _RIGHT:
        head.append(Words(_LEFT - 500 + width_of(fan.title.zh, TITLE), 420, fan.title.en, KEY, colour=GREY))
    head.append(Words(_LEFT - 700, 800, f"{fan.unit.zh} {fan.unit.en}", KEY))
    layers = [Layer("title", head), Layer("fan", items), keys, small]
    return Scene(WIDTH, y + 60, layers, str(fan.title), _description(fan))


def _require(fan: Fan) -> None:
    upside = [one.year for one in fan.ahead if not one.low <= one.mid <= one.high]
    if upside or not (fan.ahead or any(value is not None for _, value in fan.past)):
        years = "、".join(map(str, upside))
        raise UserError(
            Text(f"区间上下颠倒：{years}", f"a range is upside down: {years}")
            if upside
            else Text("没有可画的数据", "nothing to draw"),
            where=fan.title.zh,
            fix=Text("请核对预测的低、中、高值", "check the low, middle and high values"),
        )


def _scales(fan: Fan) -> tuple[Scale, Scale]:
    years = [year for year, _ in fan.past] + [one.year for one in fan.ahead]
    years += [year for line in fan.lines for year, _ in line.points]
    values = [value for _, value in fan.past] + [one.high for one in fan.ahead]
    values += [value for line in fan.lines for _, value in line.points]
    highest = max((float(value) for value in values if value is not None), default=0.0) * _ROOM or 1.0
    first, last = min(years), max(years)
    return Scale(first, max(last, first + 1), _LEFT + 350, _RIGHT - 350), Scale(0, highest, _BASE, _TOP)


def _axes(fan: Fan, across: Scale, up: Scale) -> list[Item]:
    items: list[Item] = []
    for tick in up.ticks(5):
        y = round(up(tick))
        items += [
            Shape([[(_LEFT, y), (_RIGHT, y)]], "", "#e2e5e9" if tick else INK, 10, is_closed=False),
            Words(_LEFT - 80, y + 60, f"{tick:,.10g}", KEY, "end"),
        ]
    years = range(int(across.low), int(across.high) + 1)
    step = next(n for n in (1, 2, 5, 10, 20, 50) if len(years) / n <= 15)
    for year in years:
        if year % step == 0:
            x = round(across(year))
            items += [
                Shape([[(x, _BASE), (x, _BASE + 60)]], "", INK, 10, is_closed=False),
                Words(x, _BASE + 280, str(year), KEY, "middle"),
            ]
    if fan.ahead and fan.past:
        x = round((across(max(year for year, _ in fan.past)) + across(fan.ahead[0].year)) / 2)
        items += [
            Shape([[(x, _TOP - 60), (x, _BASE)]], "", GREY, 10, 60, is_closed=False),
            Words(x - 70, _TOP - 100, "实际 actual", NOTE, "end", GREY),
            Words(x + 70, _TOP - 100, "预测 forecast", NOTE, colour=GREY),
        ]
    return items


def _runs(fan: Fan) -> list[list[FanYear]]:
    """Years ahead without a gap between them, the first run begun by the last known year."""
    known = [(year, value) for year, value in fan.past if value is not None]
    years = sorted(fan.ahead, key=lambda one: one.year)
    if known and years and known[-1][0] == years[0].year - 1:
        year, value = known[-1]
        years = [FanYear(year, value, value, value), *years]
    runs: list[list[FanYear]] = []
    for one in years:
        if runs and runs[-1][-1].year == one.year - 1:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _band(run: Sequence[FanYear], across: Scale, up: Scale) -> list[Item]:
    if len(run) < 2:
        (one,) = run
        low, high = round(up(float(one.low))), round(up(float(one.high)))
        x = round(across(one.year))
        return [
            Shape([[(x, low), (x, high)]], "", _EDGE, 60, is_closed=False),
            Disc(x, round(up(float(one.mid))), 45, _MIDDLE),
        ]
    lows = [(round(across(one.year)), round(up(float(one.low)))) for one in run]
    highs = [(round(across(one.year)), round(up(float(one.high)))) for one in run]
    edges = [Shape([line], "", _EDGE, 14, 70, is_closed=False) for line in (lows, highs)]
    return [Shape([[*lows, *highs[::-1]]], _BAND), *edges]


def _stairs(points: Sequence[Known]) -> list[tuple[float, Number | None]]:
    """Seats change between two school years, not slowly over a year: level half a year to either side."""
    return [(year + half, value) for year, value in points for half in (-0.5, 0.5)]


def _strokes(
    points: Sequence[tuple[float, Number | None]],
    across: Scale,
    up: Scale,
    colour: str,
    width: int,
    dash: int = 0,
) -> list[Item]:
    """The line through the points, broken where a value is unknown."""
    runs: list[list[tuple[int, int]]] = [[]]
    for year, value in points:
        if value is None:
            runs.append([])
        else:
            runs[-1].append((round(across(year)), round(up(float(value)))))
    return [Shape([run], "", colour, width, dash, is_closed=False) for run in runs if len(run) > 1]


def shortage(fan: Fan) -> list[int]:
    """Years ahead whose middle value is over the first line of capacity; compared exactly."""
    seats = dict(fan.lines[0].points) if fan.lines else {}
    return [one.year for one in fan.ahead if (has := seats.get(one.year)) is not None and one.mid > has]


def _over(fan: Fan, across: Scale, up: Scale) -> list[Item]:
    value = {one.year: one.mid for one in fan.ahead}
    spots = [(round(across(year)), round(up(float(value[year])))) for year in shortage(fan)]
    return [_triangle(x, y) for x, y in spots]


def _triangle(x: int, y: int) -> Item:
    return Shape([[(x, y - 85), (x + 80, y + 60), (x - 80, y + 60)]], _OVER, WHITE, 14)


def _keys(fan: Fan) -> list[Key]:
    found = [Key("实际 actual", lambda x, y: [*_dash(_PAST, 0)(x, y), Disc(x + 130, y, 45, _PAST)])]
    if fan.ahead:
        found.append(Key("预测（中）middle", _dash(_MIDDLE, 0)))
        found.append(Key("低–高情景，不是区间 low–high scenarios, not an interval", _swatch))
    found += [
        Key(line.name.zh if line.name.zh == line.name.en else f"{line.name.zh} {line.name.en}", _dash(*style))
        for line, style in zip(fan.lines, _LINES, strict=False)
    ]
    if shortage(fan):
        found.append(Key("超过学位 over the seats", lambda x, y: [_triangle(x + 130, y)]))
    return found


def _dash(colour: str, dash: int) -> Callable[[int, int], list[Item]]:
    return lambda x, y: [Shape([[(x, y), (x + 260, y)]], "", colour, 34, dash, is_closed=False)]


def _swatch(x: int, y: int) -> list[Item]:
    corners = [(x, y - 70), (x + 260, y - 70), (x + 260, y + 70), (x, y + 70)]
    return [Shape([corners], _BAND, _EDGE, 12)]


def _description(fan: Fan) -> str:
    ahead = "；".join(
        f"{one.year}: {number_words(one.low)}–{number_words(one.mid)}–{number_words(one.high)}"
        for one in fan.ahead
    )
    return f"{fan.unit} {ahead}"

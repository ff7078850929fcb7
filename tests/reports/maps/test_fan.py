"""Forecast fans: known points stand where they belong, gaps stay gaps, shortage is compared exactly."""

import io
import itertools
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest
from PIL import Image

from junheng.basics import Text, UserError
from junheng.reports.maps import Fan, FanLine, FanYear, fan_of, fan_picture, fan_png, fan_svg
from junheng.reports.maps.fan import _runs, fan_scene, shortage
from junheng.reports.maps.scene import Disc, Words

SEATS = FanLine(Text("学位", "seats"), [(year, 1_000) for year in range(2020, 2030)])


def made(**given: Any) -> Fan:
    past = [(2020, 900), (2021, None), (2022, 950), (2023, 960), (2024, 980)]
    ahead = [FanYear(2025, 940, 1_000, 1_050), FanYear(2026, 900, Fraction(2001, 2), 1_100)]
    words: dict[str, Any] = {"title": Text("在校生预测<b>", "pupils & fan"), "unit": Text("人", "pupils")}
    return Fan(**{**words, "past": past, "ahead": ahead, "lines": [SEATS], **given})


def test_files_open_and_are_the_same_every_time() -> None:
    image = Image.open(io.BytesIO(fan_png(made(), 900)))
    assert image.width == 900
    assert len(image.convert("RGB").getcolors(100_000) or []) > 20
    assert fan_png(made(), 900) == fan_png(made(), 900)
    root = ElementTree.fromstring(fan_svg(made()))
    assert "在校生预测<b>" in [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_unknown_years_are_gaps() -> None:
    scene = fan_scene(made())
    dots = [
        item
        for layer in scene.layers
        if layer.name == "fan"
        for item in layer.items
        if isinstance(item, Disc)
    ]
    assert len(dots) == 4
    gaps = [b.x - a.x for a, b in itertools.pairwise(dots)]
    assert gaps[0] == pytest.approx(2 * gaps[1], abs=2)
    foot = max(
        item.y
        for layer in scene.layers
        for item in layer.items
        if isinstance(item, Words) and item.text == "0"
    )
    assert all(dot.y < foot - 1_000 for dot in dots)


def test_shortage_is_more_than_the_seats_by_however_little() -> None:
    assert shortage(made()) == [2026]
    assert shortage(made(lines=[])) == []
    assert "超过学位" in fan_svg(made())
    assert "超过学位" not in fan_svg(made(ahead=[FanYear(2025, 1, 1_000, 1_000)]))


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        fan_svg(made(ahead=[FanYear(2025, 10, 9, 11)]))
    assert "2025" in caught.value.what.zh
    with pytest.raises(UserError):
        fan_svg(made(past=[], ahead=[]))


def test_odd_fans_are_drawn() -> None:
    assert "<svg" in fan_svg(made(past=[]))
    assert "<svg" in fan_svg(made(ahead=[]))
    assert "<svg" in fan_svg(made(past=[(2024, 0)], ahead=[], lines=[]))
    picture = fan_picture(made())
    assert picture.width_mm == 154
    assert picture.png[:4] == b"\x89PNG"


def test_a_year_without_its_range_is_a_gap() -> None:
    words = Text("预测", "forecast"), Text("人", "pupils")
    low, high = [(2025, 1), (2026, None), (2027, 3)], [(2025, 5), (2026, 6), (2027, 7)]
    fan = fan_of(*words, [(2024, 2)], (low, [(2025, 2), (2026, 3), (2027, 4), (2028, 5)], high), [(2025, 9)])
    assert [one.year for one in fan.ahead] == [2025, 2027]
    assert [[one.year for one in run] for run in _runs(fan)] == [[2024, 2025], [2027]]
    assert "<svg" in fan_svg(fan)


@dataclass(frozen=True)
class Told:
    """A fan as a forecast tells it."""

    name: Text
    history: Sequence[tuple[int, Fraction]]
    low: Sequence[tuple[int, Fraction]]
    mid: Sequence[tuple[int, Fraction]]
    high: Sequence[tuple[int, Fraction]]
    seats: Sequence[tuple[int, Fraction]]


def test_a_forecasts_own_fan_is_drawn_as_it_is() -> None:
    one = [(2025, Fraction(7, 2)), (2026, Fraction(4))]
    told = Told(Text("全县", "the county"), [(2024, Fraction(3))], one, one, one, [(2025, Fraction(3))])
    assert "超过学位" in fan_svg(told)
    assert fan_picture(told).caption == "全县（人）"
    assert "超过学位" not in fan_svg(replace(told, mid=[], seats=[]))

"""Still maps: files that open, are not blank, hold the statement, escape every name, and never change."""

import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from fractions import Fraction

import numpy as np
import numpy.typing as npt
from PIL import Image
from tests.reports.maps.made_maps import WICKED, made_layers, made_pair

from junheng.basics import Text
from junheng.planning import MapArea, MapFlow, MapLayers, MapPlace, with_rings
from junheng.reports.maps import map_of, map_page, map_png, map_svg, maps_of
from junheng.reports.maps.colouring import HUES
from junheng.reports.maps.flows import MOST, flows_of
from junheng.reports.maps.furniture import number_words
from junheng.reports.maps.ground import frame_of
from junheng.reports.maps.plate import scene_of
from junheng.reports.maps.scene import Words, width_of

SPACE = "{http://www.w3.org/2000/svg}"


def pixels(png: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SPACE}text")]


def test_the_picture_opens_and_shows_its_colours() -> None:
    found = pixels(map_png(map_of(made_layers()), 800))
    assert found.shape[1] == 800
    for hue in HUES[:2]:
        wanted = np.array([int(hue[at : at + 2], 16) for at in (1, 3, 5)])
        assert (np.abs(found.astype(int) - wanted).max(axis=2) <= 6).mean() > 0.02
    assert (found.min(axis=2) < 60).mean() > 0.002  # ink


def test_same_map_same_bytes() -> None:
    one = map_of(made_layers())
    assert map_png(one, 600) == map_png(map_of(made_layers()), 600)
    assert map_svg(one) == map_svg(map_of(made_layers()))
    turned = replace(made_layers(), places=made_layers().places[::-1])
    assert map_svg(map_of(turned)) == map_svg(one)


def test_text_is_text_with_fonts_to_fall_back_on() -> None:
    svg = map_svg(map_of(made_layers()))
    assert {"样例学区", "示例甲小学", "北 N"} <= set(texts(svg))
    assert "Noto Sans CJK SC" in svg
    assert "Microsoft YaHei" in svg


def test_every_name_is_escaped() -> None:
    svg = map_svg(map_of(made_layers(wicked=True)))
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SPACE) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text", "g"}
    assert any(WICKED.split("\u2028")[0] in text for text in texts(svg))
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


def test_signs_that_no_file_can_hold_spoil_nothing() -> None:
    layers = replace(made_layers(), name=Text("坏\x00字\x1b符\ufffe\ud800", "bad"))
    layers = replace(layers, places=[replace(layers.places[0], name="两\n行\ud800校"), *layers.places[1:]])
    one = map_of(layers)
    assert {"坏\ufffd字\ufffd符\ufffd\ufffd", "两 行\ufffd校"} <= set(texts(map_svg(one)))
    assert map_png(one, 400)[:4] == b"\x89PNG"
    assert "两 行\ufffd校" in map_page("坏\ud800", one).encode("utf-8").decode("utf-8")


def test_rings_that_enclose_nothing_are_left_out() -> None:
    layers = made_layers(3)
    bad = replace(
        layers.areas[0], rings=((), ((110.0, 35.0),), ((110.0, 35.0), (110.01, 35.0)), *layers.areas[0].rings)
    )
    flat = replace(layers.areas[1], rings=(((110.01, 35.0), (110.02, 35.0), (110.015, 35.0)),))
    odd = replace(layers, areas=[bad, flat, *layers.areas[2:]], flows=[MapFlow(flat.id, "s甲", 3)])
    assert "示例甲小学" in texts(map_svg(map_of(odd)))
    assert map_png(map_of(odd), 300)[:4] == b"\x89PNG"
    assert "示例甲小学" in map_page("学区", map_of(odd), audience="office")


def test_maps_of_china_carry_the_statement_and_others_do_not() -> None:
    words = "".join(texts(map_svg(map_of(made_layers()))))
    assert "审图号" in words
    assert "《地图管理条例》" in words
    assert "坐标为假定" in words
    abroad = MapLayers(Text("汉密尔顿", "Hamilton"), places=[MapPlace("a", "Ancaster", -79.98, 43.22)])
    words = "".join(texts(map_svg(map_of(abroad))))
    assert "审图号" not in words
    assert "坐标为假定" not in words
    assert "WGS-84" in words


def test_no_text_leaves_the_page() -> None:
    long = replace(
        made_layers(), note=Text("说明" * 200, "a note " * 60), name=Text("很长的图名" * 6, "a long title")
    )
    scene = scene_of(map_of(long))
    for layer in scene.layers:
        for item in layer.items:
            if isinstance(item, Words):
                wide = width_of(item.text, item.size)
                left = item.x - {"start": 0, "middle": wide / 2, "end": wide}[item.anchor]
                assert left >= 0, item.text
                assert left + wide <= scene.width, item.text
                assert 0 < item.y < scene.height


def test_unknown_values_are_hatched_and_never_nought() -> None:
    areas = [
        replace(area, group="", value=None if at == 3 else at) for at, area in enumerate(made_layers(3).areas)
    ]
    svg = map_svg(map_of(replace(made_layers(3), areas=areas, groups=())))
    assert svg.count('fill="url(#hatch)"') == 2  # the area and its line in the legend
    assert "无数据 no data" in texts(svg)
    assert number_words(Fraction(7, 2)) == "3.5"
    assert number_words(12345) == "12,345"


def test_areas_without_shapes_are_dots_and_shapes_can_be_added() -> None:
    layers = made_layers(3)
    bare = replace(
        layers,
        areas=[replace(a, rings=(), lon=110.0 + 0.01 * at, lat=35.0) for at, a in enumerate(layers.areas)],
    )
    assert map_svg(map_of(bare)).count("<circle") >= 9
    filled = with_rings(bare, {area.id: area.rings for area in layers.areas})
    assert [area.rings for area in filled.areas] == [area.rings for area in layers.areas]


def test_flows_are_drawn_heaviest_on_top_and_the_rest_is_told() -> None:
    before = made_layers(6)
    ids = [area.id for area in before.areas]
    flows = [MapFlow(a, b, 1 + at) for at, (a, b) in enumerate((a, b) for a in ids for b in ids if a < b)]
    flows += [MapFlow(ids[0], ids[0], 9_999), MapFlow("nowhere", ids[0], 9_999)]
    one = map_of(replace(before, flows=flows))
    arrows, left = flows_of(one, frame_of(one.bounds, 0, 0, 10_000, (1, 20_000)))
    assert [arrow.weight for arrow in arrows] == list(range(len(flows) - 1 - MOST, len(flows) - 1))
    assert left == len(flows) - 2 - MOST
    assert f"另有 {left} 条较小的流向未画" in "".join(texts(map_svg(one)))


def test_a_zone_keeps_its_colour_from_today_to_the_plan() -> None:
    """Alone the plan's zones would be coloured anew: here z0 vanishes, and the first colour would be another's."""
    before = made_layers(4, lambda column, row: f"z{column}")
    areas = [replace(area, group="z1") if area.group == "z0" else area for area in before.areas]
    pair = maps_of([before, replace(before, areas=areas)])
    fills = []
    for one in pair:
        zones = ElementTree.fromstring(map_svg(one, beside=pair)).find(f"{SPACE}g[@id='zones']")
        assert zones is not None
        found = {path[0].text: path.get("fill") for path in zones}
        fills.append(found)
    assert set(fills[0]) - set(fills[1]) == {"z0学区"}
    assert {name: fills[0][name] for name in fills[1]} == fills[1]


def test_what_the_plan_changes_is_striped_and_framed() -> None:
    before, after = maps_of(made_pair())
    assert (list(before.changed), list(after.changed)) == ([], ["b0002"])
    assert "url(#stripes)" not in map_svg(before).replace('<pattern id="stripes"', "")
    svg = map_svg(after)
    assert svg.count('fill="url(#stripes)"') == 1
    assert "调整的片块 blocks that change zone" in texts(svg)
    red = [179, 38, 30]
    near = [
        (np.abs(pixels(map_png(one, 800)).astype(int) - red).max(axis=2) < 40).sum()
        for one in (before, after)
    ]
    assert near[0] == 0
    assert near[1] > 300


def test_an_empty_group_is_told_as_no_zone() -> None:
    layers = made_layers(4, lambda column, row: "" if column == row else "z1")
    assert "未分区 in no zone" in texts(map_svg(map_of(layers)))
    single = MapLayers(Text("一片", "one"), [MapArea("a", "甲", [[(110, 35), (110.01, 35), (110, 35.01)]])])
    assert "一片" in texts(map_svg(map_of(single)))

"""The page in a real browser: slider by keyboard, search, layers, tooltips, phone, print."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.reports.maps.made_maps import made_layers, made_pair

from junheng.reports.maps import map_of, map_page, maps_of

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TITLE = "学区调整方案（样例）"


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Any]:
    yield from _opened(browser, tmp_path, DESKTOP)


@pytest.fixture
def phone(browser: Any, tmp_path: Path) -> Iterator[Any]:
    yield from _opened(browser, tmp_path, PHONE, has_touch=True)


def _opened(browser: Any, folder: Path, size: dict[str, int], text: str = "", **given: Any) -> Iterator[Any]:
    file = folder / "map.html"
    file.write_text(text or map_page(TITLE, *maps_of(made_pair()), audience="office"), encoding="utf-8")
    context = browser.new_context(viewport=size, locale="zh-CN", offline=True, **given)
    found = context.new_page()
    asked: list[str] = []
    troubles: list[str] = []
    found.on("request", lambda request: asked.append(request.url))
    found.on("pageerror", lambda error: troubles.append(str(error)))
    found.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    found.goto(file.as_uri())
    yield found
    context.close()
    assert asked == [file.as_uri()]
    assert troubles == []


def _settled(page: Any) -> None:
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _cut(page: Any) -> float:
    _settled(page)
    return float(page.evaluate("document.getElementById('rect-after').getAttribute('x')"))


def test_the_slider_moves_by_keyboard(page: Any) -> None:
    middle = _cut(page)
    page.focus("#slide")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    right = _cut(page)
    page.keyboard.press("Home")
    left = _cut(page)
    assert left < middle < right
    wide = page.evaluate("document.getElementById('map').viewBox.baseVal.width")
    assert right - middle == pytest.approx(0.1 * wide, rel=0.02)


def test_the_slider_moves_by_mouse(page: Any) -> None:
    start = _cut(page)
    box = page.locator("#grip circle").bounding_box()
    page.mouse.move(box["x"] + 19, box["y"] + 19)
    page.mouse.down()
    page.mouse.move(box["x"] + 219, box["y"] + 19, steps=4)
    page.mouse.up()
    assert _cut(page) > start
    assert float(page.input_value("#slide")) > 60


def test_search_finds_a_school_and_says_what_changes(page: Any) -> None:
    page.fill("#find", "甲")
    assert page.locator("#found li").count() == 1
    page.keyboard.press("Enter")
    told = page.inner_text("#told")
    assert "示例甲小学" in told
    assert "现状 today：小学" in told
    assert "停办学校" in told
    assert page.locator("#halo").evaluate("circle => circle.r.baseVal.value") > 0
    assert page.is_visible("#tip")


def test_search_moves_in_its_list_by_keyboard(page: Any) -> None:
    page.fill("#find", "小学")
    page.keyboard.press("ArrowDown")
    assert page.locator("#found li[aria-selected=true]").inner_text().startswith("示例乙小学")
    page.keyboard.press("Escape")
    assert page.is_hidden("#found")


def test_a_block_tells_its_zones_where_it_is_touched(phone: Any) -> None:
    box = phone.locator('[data-a="2"]').bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] / 4, box["y"] + box["height"] / 4)
    told = phone.inner_text("#told")
    assert "第0-2片" in told
    assert "方案 plan：z10学区" in told
    assert "有变化" in told


def test_a_tooltip_follows_the_mouse(page: Any) -> None:
    box = page.locator('[data-a="30"]').bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert "第5-0片" in page.inner_text("#tip")
    assert "小学生（人） pupils：35" in page.inner_text("#tip")


def test_layers_are_switched_off_and_on(page: Any) -> None:
    for name in ("zones", "places", "flows", "lines", "moved", "names"):
        part = page.locator(f"#map .{name if name != 'names' else 'p text:not([style])'}").last
        assert part.evaluate("e => getComputedStyle(e).display") != "none", name
        page.click(f"#layer-{name}")
        assert part.evaluate("e => getComputedStyle(e).display") == "none", name
        page.focus(f"#layer-{name}")
        page.keyboard.press("Space")
        assert part.evaluate("e => getComputedStyle(e).display") != "none", name


def test_the_scale_bar_stays_right_when_zoomed(page: Any) -> None:
    where = """() => { const bar = document.getElementById('bar').dataset, map = document.getElementById('map');
      return [bar.metres / bar.pixels, JSON.parse(document.getElementById('data').textContent).metres
        * map.viewBox.baseVal.width / map.clientWidth]; }"""
    page.focus("#map")
    for key in ("0", "+", "+", "ArrowRight", "-"):
        page.keyboard.press(key)
        _settled(page)
        bar, ground = page.evaluate(where)
        assert bar == pytest.approx(ground, rel=0.01)


@pytest.mark.parametrize("name", ["page", "phone"])
def test_nothing_overflows_and_names_do_not_meet(name: str, request: pytest.FixtureRequest) -> None:
    window = request.getfixturevalue(name)
    scroll, wide = window.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert scroll <= wide
    boxes = window.evaluate(
        "[...document.querySelectorAll('#before-marks .p text')].filter(t => t.style.display !== 'none')"
        ".map(t => t.getBoundingClientRect()).map(b => [b.left, b.top + 3, b.right, b.bottom - 3])"
    )
    assert len(boxes) >= 4
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            meets = one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
            assert not meets
    assert window.locator("#map").bounding_box()["width"] > 340


def test_paper_shows_both_maps_and_the_statement(page: Any, tmp_path: Path) -> None:
    page.pdf(path=str(tmp_path / "map.pdf"), format="A4")
    assert (tmp_path / "map.pdf").stat().st_size > 20_000
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#paper figure").count() == 2
    assert page.is_visible(".notes")
    assert page.is_hidden(".tools")
    assert page.evaluate("document.getElementById('rect-before').getAttribute('width')") == "300000"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert _cut(page) > 0


def test_one_map_alone_has_no_slider(browser: Any, tmp_path: Path) -> None:
    opened = _opened(browser, tmp_path, DESKTOP, map_page(TITLE, map_of(made_layers())))
    page = next(opened)
    assert page.is_hidden("#cutter")
    assert page.is_hidden("#cut")
    page.fill("#find", "丁")
    page.keyboard.press("Enter")
    assert page.inner_text("#told") == "示例丁小学\n小学 primary school，学位 seats：670"
    next(opened, None)

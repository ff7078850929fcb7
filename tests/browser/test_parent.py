"""The draw is published, and a parent with a telephone and no account looks, downloads and checks."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import PHONE, Site
from tests.browser.held_draw import TITLE
from tests.browser.publishing import NOTICE

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
Visit = Callable[..., Any]
WIDE = "document.documentElement.scrollWidth - innerWidth"


def _find_the_draw(page: Any, site: Site) -> None:
    """From the front door: the county, a door number, then the draw."""
    page.goto(site.at("/open"))
    page.get_by_role("link", name=re.compile("XX区")).click()
    page.get_by_label(re.compile("^街道")).fill("甲一路")
    page.get_by_label(re.compile("^门牌号")).fill("12号")
    page.get_by_role("button", name=re.compile("查询")).click()
    answer = page.get_by_role("status")
    expect(answer).to_contain_text("XX区第三小学")
    expect(answer).not_to_contain_text("XX区实验小学")
    _up(page)
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", name=re.compile("录取线"))).to_be_visible()


def _up(page: Any) -> None:
    """To the county's own public page."""
    page.get_by_role("navigation", name="位置").get_by_role("link", name="XX区").click()


def test_a_parent_checks_the_draw_at_home(published: Site, visit: Visit, held: Path, tmp_path: Path) -> None:
    phone = visit(viewport=PHONE, has_touch=True, is_mobile=True)
    _find_the_draw(phone, published)
    assert phone.evaluate(WIDE) <= 0
    for name in ("verify.html", "transcript.json"):
        with phone.expect_download() as handed:
            phone.get_by_role("link", name=name).click()
        handed.value.save_as(tmp_path / name)
    slip = _a_placed_child(held / "slips")
    at_home = visit(viewport=PHONE, offline=True)
    at_home.goto((tmp_path / "verify.html").as_uri())
    at_home.set_input_files("#input", [str(tmp_path / "transcript.json"), str(slip)])
    expect(at_home.locator("#verdict-word")).to_have_text("核对通过")
    expect(at_home.locator(".own b")).to_be_visible()
    expect(at_home.locator(".check.failed")).to_have_count(0)


def _a_placed_child(slips: Path) -> Path:
    return next(
        path
        for path in sorted(slips.glob("*.json"))
        if '"school"' in json.dumps(json.loads(path.read_bytes()))
    )


def test_the_draw_needs_no_script(published: Site, visit: Visit) -> None:
    page = visit(viewport=PHONE, java_script_enabled=False)
    _find_the_draw(page, published)
    page.get_by_label(re.compile("抽签号")).fill("123456")
    page.get_by_role("button", name=re.compile("对照录取线")).click()
    expect(page.get_by_role("status")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Cut-offs")).to_be_visible()
    expect(page.get_by_role("link", name="verify.html")).to_be_visible()


def test_the_notice_and_the_data_need_no_script(published: Site, visit: Visit) -> None:
    page = visit(viewport=PHONE, java_script_enabled=False)
    page.goto(published.at("/open/county/{county}"))
    page.get_by_role("link", name=NOTICE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOTICE)
    expect(page.get_by_role("article").get_by_role("paragraph").last).to_have_text("请带户口簿。")
    _up(page)
    page.get_by_role("link", name=re.compile("^2024 年")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("XX区 2024 年")
    expect(page.get_by_role("row").filter(has_text="小学").first).to_be_visible()
    with page.expect_download() as handed:
        page.get_by_role("link", name=re.compile("下载数据包")).click()
    assert zipfile.is_zipfile(handed.value.path())

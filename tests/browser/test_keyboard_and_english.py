"""Without a mouse, and in English: the same pages can be reached, filled and read."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.browser.conftest import Site
from tests.browser.small_county import PASSWORD, SCHOOLS

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SignIn = Callable[..., Any]
WORDS = "[...document.querySelectorAll('main h1, main h2, main h3, main label, main button, main th[scope=col], main nav')]"
FOCUSED = "document.activeElement.textContent.trim() + '|' + (document.activeElement.getAttribute('aria-label') || '')"
MOST = 80  # presses of Tab to any place


def tab_to(page: Any, words: str) -> None:
    """Press Tab until what has the focus says ``words``."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"Tab never reached {words}")


def test_a_return_by_keyboard_alone(site: Site, visit: Callable[..., Any]) -> None:
    page = visit()
    page.goto(site.at("/account/login/"))
    page.locator("input[name=login]").focus()
    page.keyboard.type("clerk8")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("XX区第六小学")
    page.keyboard.press("Tab")
    assert "跳到正文" in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    tab_to(page, "^填报")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("本校报表")
    tab_to(page, "^2025")
    page.keyboard.press("Enter")
    expect(page.locator("#cells")).to_be_visible()
    tab_to(page, "^校舍与设施")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name=re.compile("^校舍与设施"))).to_be_visible()
    tab_to(page, "占地面积(（[^）]*）)?$")
    page.keyboard.press("Control+a")
    page.keyboard.type("46930")
    page.keyboard.press("Tab")
    expect(page.locator("output.ok").first).to_have_text("已保存")
    tab_to(page, "^提交审核")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_be_visible()


def test_every_page_has_an_english_side(site: Site, sign_in: SignIn) -> None:
    """Headings, labels, buttons and columns hold no Chinese but names of places and people."""
    page = sign_in("leader")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    left = {}
    for path in (
        *("/place/{county}", "/filing/year/{year}", "/filing/year/{year}/sources", "/place/{county}/sources"),
        *("/finding/{finding}", "/finding/{finding}/map", "/finding/{finding}/school/2199000005"),
        *("/finding/{finding}/school/2199000005/R6", "/finding/{finding}/what-if?school=2199000005"),
        *(
            "/place/{county}/jobs",
            "/place/{county}/monitoring",
            "/place/{county}/gaps",
            "/place/{county}/open",
        ),
        *("/open", "/open/county/{county}", "/account/mfa/", "/notices", "/place/{county}/trail"),
    ):
        page.goto(site.at(path))
        said = page.evaluate(WORDS + ".map(one => one.textContent.trim())")
        chinese = {one for one in said if re.search("[一-鿿]", _without_names(one))}
        if chinese:
            left[path] = sorted(chinese)[:4]
    assert left == {}


def _without_names(words: str) -> str:
    names = [name for schools in SCHOOLS.values() for name in schools.values()]
    for name in (*names, *SCHOOLS, "中文"):
        words = words.replace(name, "")
    return words

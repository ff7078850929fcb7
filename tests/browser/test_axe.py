"""No page breaks a WCAG 2 A or AA rule that axe-core can tell: every page once, the busiest in every guise."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.browser.conftest import DESKTOP, PHONE, Site

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_FILES = re.compile(
    r"/export/|\.(xlsx|csv|zip|png|json|svg|yaml)|/file/|/paper/|/logout|/open/draw/\d+/|^/health|school-file|/evidence/\d|/template$|/book$|/trail/export$"
)
PEOPLE = ("officer", "leader", "administrator", "inspector", "head", "clerk")
BUSIEST = (
    *("/place/{county}", "/finding/{finding}", "/finding/{finding}/school/2199000001", "/filing/year/{year}"),
    *("/place/{county}/monitoring", "/finding/{finding}/what-if", "/place/{county}/jobs/evaluate", "/start"),
)
GUISES = [  # language, colours, size; Chinese, light and wide are those of the walk over all pages
    *(("zh-hans", "dark", PHONE), ("en", "light", PHONE), ("en", "dark", DESKTOP)),
]


@pytest.fixture(scope="module")
def axe() -> Any:
    """The checker."""
    found = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    return found.Axe()


@pytest.fixture(scope="module")
def filled(published: Site) -> Site:
    """The small county with something on every page."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUNHENG_")}
    given = kept | {"JUNHENG_HOME": str(published.home), "DJANGO_SETTINGS_MODULE": "junheng.web.settings"}
    program = Path(__file__).with_name("small_pages.py")
    made = subprocess.run(
        [sys.executable, str(program)], check=False, env=given, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    return published


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The kinds of pages already checked for somebody."""
    return set()


def faults_of(axe: Any, page: Any) -> list[str]:
    """What axe-core holds against the page: rule, how often, the first element."""
    found = axe.run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    path = urlsplit(page.url).path
    return [
        f"{path}: {one['id']} ×{len(one['nodes'])} {one['nodes'][0]['html'][:200]}"
        for one in found
    ]  # fmt: skip


def kind_of(address: str) -> str:
    """Pages that differ by a number alone are one kind."""
    path = re.sub(r"/row/\d+/\w+/", "/row/", urlsplit(address).path)
    return re.sub(r"/[A-Z]\d+$", "/indicator", re.sub(r"/\d+", "/N", path))


def walked(page: Any, home: str, seen: set[str]) -> Iterator[None]:
    """Every kind of page that links lead to from the page one is on, each once."""
    waiting = [page.url, f"{home}/notices", f"{home}/start", f"{home}/scenarios"]
    while waiting:
        address = waiting.pop(0)
        if kind_of(address) in seen or _FILES.search(urlsplit(address).path):
            continue
        seen.add(kind_of(address))
        answer = page.goto(address)
        assert answer.status == 200, address
        yield
        links = page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        waiting += [home + one.split("#")[0] for one in links if one.startswith("/")]


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_somebody_can_open(
    username: str, filled: Site, axe: Any, sign_in: Callable[..., Any], looked_at: set[str]
) -> None:
    page = sign_in(username)
    first = kind_of(page.url)
    looked_at.discard(first)  # the first page differs by role
    wrong = [fault for _ in walked(page, filled.address, looked_at) for fault in faults_of(axe, page)]
    assert wrong == []


def test_the_pages_of_the_public(
    filled: Site, axe: Any, visit: Callable[..., Any], looked_at: set[str]
) -> None:
    page = visit()
    page.goto(filled.at("/open"))
    for address in ("/account/login/", "/api", "/nowhere"):
        page.goto(filled.at(address))
        assert faults_of(axe, page) == []
    page.goto(filled.at("/open"))
    looked_at -= {kind_of(page.url), "/open/county/N"}
    wrong = []
    seen = {"/notices", "/start", "/scenarios", *looked_at}
    for _ in walked(page, filled.address, seen):
        wrong += faults_of(axe, page)
    assert wrong == []


@pytest.mark.parametrize(("language", "colours", "size"), GUISES)
def test_the_busiest_pages_in_every_guise(
    language: str, colours: str, size: dict[str, int], filled: Site, axe: Any, sign_in: Callable[..., Any]
) -> None:
    page = sign_in("leader", viewport=size, color_scheme=colours)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": filled.address}])
    wrong = []
    for address in BUSIEST:
        assert page.goto(filled.at(address)).status == 200, address
        wrong += faults_of(axe, page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{address} is {wide} pixels wider than the screen"
    assert wrong == []


def test_the_tour_is_walked_by_keyboard_and_shown_once(
    filled: Site, axe: Any, sign_in: Callable[..., Any]
) -> None:
    page = sign_in("leader2")
    page.locator("#tour-begin").press("Enter")
    box = page.get_by_role("dialog")
    assert box.get_by_role("heading").text_content() == "从总览开始"
    assert page.locator(".tour-here").text_content() == "总览"
    page.keyboard.press("ArrowRight")
    assert page.locator(".tour-here").text_content() == "填报"
    assert faults_of(axe, page) == []
    with page.expect_response("**/start/done"):
        page.keyboard.press("Escape")
    assert box.count() == 0
    page.reload()
    assert page.locator("#tour").count() == 0
    page.goto(filled.at("/start"))
    page.get_by_role("link", name="在页面上走一遍").click()
    box.wait_for()

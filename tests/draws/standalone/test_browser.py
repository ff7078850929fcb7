"""verify.html in a real browser, opened from the disk: files in, verdict out, nothing leaves the page."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.random_markets import random_market
from tests.class_formation.random_intakes import random_intake
from tests.draws.standalone.verifiers import by_python, failed
from tests.draws.standalone.whole_draws import Drawn, whole_draw
from tests.effort import examples

from junheng.admissions import run_draw as admit
from junheng.class_formation import run_draw as form
from junheng.draws import STANDALONE

ADDRESS = (STANDALONE / "verify.html").as_uri()
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MARKUP = '<img src=x onerror="document.title=1"><b>示例</b>'


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh page on a desktop, in Chinese; whatever it asked for is checked when it closes."""
    yield from _opened(browser, DESKTOP)


@pytest.fixture
def phone(browser: Any) -> Iterator[Any]:
    yield from _opened(browser, PHONE)


def _opened(browser: Any, size: dict[str, int]) -> Iterator[Any]:
    context = browser.new_context(viewport=size, locale="zh-CN", offline=True)
    found = context.new_page()
    asked: list[str] = []
    troubles: list[str] = []
    found.on("request", lambda request: asked.append(request.url))
    found.on("pageerror", lambda error: troubles.append(str(error)))
    found.goto(ADDRESS)
    yield found
    context.close()
    assert [url for url in asked if url != ADDRESS and not url.startswith("blob:")] == []
    assert troubles == []


@cache
def _drawn(**given: Any) -> Drawn:
    problem, rows = random_market(
        8, units="overflow", ranking={"method": "hmac"}, units_at_most=40, digits=10
    )
    return whole_draw("admission", problem, rows, admit, **given)


@cache
def _formed() -> Drawn:
    for number in range(1000):
        problem, rows = random_intake(number)
        if problem["method"] == "stratified" and problem["groups"][0]["teams"]:
            return whole_draw("classes", problem, rows, form)
    raise AssertionError("no such intake")


def _seated(drawn: Drawn) -> int:
    return next(i for i, leaf in enumerate(drawn.leaves) if leaf.get("school"))


def _give(page: Any, folder: Path, case: dict[str, str], *names: str) -> None:
    """Choose the files of ``case``, as one does with the button."""
    endings = {"transcript": ".json", "slip": ".json", "rows": ".jsonl", "results": ".jsonl"}
    paths = []
    for name in names or case:
        paths.append(folder / (name + endings[name]))
        paths[-1].write_text(case[name], encoding="utf-8")
    page.set_input_files("#input", [str(path) for path in paths])
    page.wait_for_selector("#outcome:not([hidden])")


def test_a_guardian_checks_record_and_slip(page: Any, tmp_path: Path) -> None:
    drawn = _drawn()
    _give(page, tmp_path, drawn.case(slip=_seated(drawn)))
    assert page.inner_text("#verdict-word") == "核对通过"
    school = drawn.leaves[_seated(drawn)]["school"]
    name = next(one["name"] for one in drawn.transcript["spec"]["problem"]["schools"] if one["id"] == school)
    assert name in page.inner_text(".own b")
    assert "没有核对：全部重算" in page.inner_text("#verdict-text")
    assert page.locator(".check.failed").count() == 0
    page.screenshot(path=str(tmp_path / "desktop.png"), full_page=True)
    page.click("#language")
    assert page.inner_text("#verdict-word") == "Passed"
    assert "Your slip" in page.inner_text("#files")


def test_a_notary_checks_all_rows(page: Any, tmp_path: Path) -> None:
    _give(page, tmp_path, _drawn().case(with_rows=True, with_results=True))
    assert page.inner_text("#verdict-word") == "核对通过"
    assert "全部报名行重新派位" in page.inner_text("#verdict-text")


def test_classes_and_teams(page: Any, tmp_path: Path) -> None:
    _give(page, tmp_path, _formed().case(slip=0, with_rows=True, with_results=True))
    assert page.inner_text("#verdict-word") == "核对通过"
    assert "班（师资组 " in page.inner_text(".own b")


def test_a_changed_record_fails_and_says_where(page: Any, tmp_path: Path) -> None:
    case = _drawn().case(slip=0)
    record = json.loads(case["transcript"])
    record["reveals"][0]["value"] = "00" * 32
    _give(page, tmp_path, {**case, "transcript": json.dumps(record)})
    assert page.inner_text("#verdict-word") == "核对不通过"
    assert page.inner_text(".faults") == "承诺与揭示\n种子"
    assert "notary 揭示的数与事先的承诺不符" in page.inner_text(".check.failed >> nth=0")


def test_another_file_cannot_be_checked(page: Any, tmp_path: Path) -> None:
    _give(page, tmp_path, {"transcript": '{"format":"junheng/draw-transcript/1"}'})
    assert page.inner_text("#verdict-word") == "无法核对"
    assert "缺少 spec" in page.inner_text("#verdict-text")


@pytest.mark.parametrize("name", ["page", "phone"])
def test_a_rehearsal_is_shown_in_huge_letters(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    window = request.getfixturevalue(name)
    _give(window, tmp_path, _drawn(purpose="rehearsal").case())
    big = window.locator("#rehearsal-big")
    assert big.inner_text() == "演练"
    assert big.is_visible()
    assert float(big.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")) >= 96
    assert window.inner_text("#verdict-word") == "核对通过（演练）"


def test_nothing_overflows_a_phone(phone: Any, tmp_path: Path) -> None:
    drawn = _drawn()
    _give(phone, tmp_path, drawn.case(slip=_seated(drawn), with_rows=True, with_results=True))
    for language in range(2):
        wide = "[document.documentElement.scrollWidth, innerWidth]"
        scroll, width = phone.evaluate(wide)
        assert scroll <= width, language
        phone.screenshot(path=str(tmp_path / f"phone-{language}.png"), full_page=True)
        phone.click("#language")
    assert phone.locator("details").first.evaluate("element => { element.open = true; return element.open; }")


def test_names_are_never_taken_for_mark_up(page: Any, tmp_path: Path) -> None:
    _give(page, tmp_path, _drawn(title=MARKUP).case())
    assert page.inner_text("#verdict-word") == "核对通过"
    assert MARKUP in page.inner_text("#verdict-text")
    assert page.locator("#outcome img").count() == 0
    assert page.title() == "抽签核对"


def test_the_page_cannot_reach_the_network(page: Any) -> None:
    blocked = "fetch('%s').then(() => 'reached', error => String(error))"
    for address in ("https://example.invalid/", "data:text/plain,x"):
        assert page.evaluate(blocked % address).startswith("TypeError")


def test_a_script_put_in_later_does_not_run(page: Any) -> None:
    put = "document.body.append(Object.assign(document.createElement('script'), {textContent: 'document.title = 7'}))"
    page.evaluate(put)
    assert page.title() == "抽签核对"


def test_files_can_be_dropped(page: Any) -> None:
    text = _drawn().case()["transcript"]
    make = (
        "text => { const held = new DataTransfer(); held.items.add(new File([text], 'a.json')); "
        "document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true})); }"
    )
    page.evaluate(make, text)
    page.wait_for_selector("#outcome:not([hidden])")
    assert page.inner_text("#verdict-word") == "核对通过"


def test_it_works_where_workers_are_forbidden(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(locale="en-GB", offline=True)
    page = context.new_page()
    page.add_init_script("window.Worker = function () { throw new Error('forbidden'); };")
    page.goto(ADDRESS)
    _give(page, tmp_path, _drawn().case(with_rows=True))
    assert page.inner_text("#verdict-word") == "Passed"
    context.close()


@pytest.mark.hypothesis  # random: made longer by make properties
def test_the_browser_agrees_with_python(page: Any) -> None:
    """The same code as in node, in the engine that parents have: every check and every word."""
    cases = []
    for number in range(examples(60)):
        problem, rows = random_market(number)
        drawn = whole_draw("admission", problem, rows, admit, seed=number)
        cases.append(drawn.case(slip=0 if rows else None, with_rows=True, with_results=True))
    found = page.evaluate(
        "cases => { const one = makeVerifier(), encoder = new TextEncoder(); return cases.map(given => { "
        "for (const key of Object.keys(given)) given[key] = encoder.encode(given[key]); "
        "return one.verify(given).checks.map(c => [c.zh, c.en, c.state, c.detail.join(' | ')]); }); }",
        cases,
    )
    told = [by_python(case) for case in cases]
    assert [failed(checks) for checks in told] == [[]] * len(cases)
    assert [[tuple(check) for check in checks] for checks in found] == told

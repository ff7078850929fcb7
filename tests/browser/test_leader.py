"""The leader: freezes the year without a school, reads from the verdict down to the cell, asks what if."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.browser.conftest import PATIENCE, Site

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SignIn = Callable[..., Any]


def test_the_year_is_frozen_without_a_school(site: Site, sign_in: SignIn) -> None:
    """The missing school is named, its figures are unknown and never 0."""
    page = sign_in("leader2")
    page.get_by_role("link", name=re.compile("^填报$")).click()
    page.get_by_role("link", name="2025").click()
    page.get_by_text("有学校未报，仍要定稿").click()
    page.get_by_label(re.compile("理由")).fill("师范附属小学校舍重建，数据另报")
    page.get_by_role("button", name="定稿并评估").click()
    expect(page.get_by_text("师范附属小学校舍重建，数据另报")).to_be_visible()
    late = page.get_by_role("row").filter(has_text="XX区师范附属小学")
    expect(late).to_contain_text("定稿时未报")
    expect(page.get_by_role("row").filter(has_text="XX区第九小学")).to_contain_text("已定稿")
    _judged(page)
    expect(page.get_by_role("main")).to_contain_text("无法判定 1")
    unknown = page.locator("table.heat").get_by_role("row").filter(has_text="XX区师范附属小学")
    expect(unknown.get_by_role("cell")).to_have_text(["0", "—", *["?"] * 7])  # it meets 0; pupils; figures


def _judged(page: Any) -> None:
    """The judging goes on behind the page, which leads to it; done, the year leads to the finding."""
    year = page.url
    finding = page.get_by_role("paragraph").filter(has_text="评估结论").get_by_role("link")
    progress = page.get_by_role("main").get_by_role("link", name=re.compile("查看进度"))
    expect(progress.or_(finding)).to_be_visible()
    if progress.is_visible():
        progress.click()
        expect(page.locator("h1 .badge")).to_have_text("已完成", timeout=1000 * PATIENCE)
        page.goto(year)
    finding.click()


def test_from_the_verdict_to_the_cell_and_the_clause(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("leader")
    page.get_by_role("row").filter(has_text="2024").get_by_role("link", name="2024").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("未达标")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"小学 \d 所中有 \d 所未达标"))
    heat = page.locator("table.heat")
    expect(heat.get_by_role("row").nth(1)).to_contain_text("XX区第三小学")  # furthest away first
    heat.get_by_role("link", name="XX区第三小学").click()
    figure = page.get_by_role("article").filter(has_text="R6 生均教学仪器设备值")
    expect(figure).to_contain_text("还差 646,900 元")
    figure.get_by_role("link", name=re.compile("^R6")).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("(3013100) / (1830) = 1646.502732 元/生")
    expect(main).to_contain_text(re.compile(r"2024\.xlsx 校舍与设施 K\d"))
    expect(main).to_contain_text("教督〔2017〕6号")
    expect(main).to_contain_text("第六条第（六）项")
    _exported(page, tmp_path)
    _printed(page, site, tmp_path)


def _exported(page: Any, folder: Path) -> None:
    """The workbook's figures are figures."""
    with page.expect_download() as handed:
        page.get_by_role("link", name="Excel").click()
    handed.value.save_as(folder / "rows.xlsx")
    book = openpyxl.load_workbook(folder / "rows.xlsx")
    told = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert 3013100 in told


def _printed(page: Any, site: Site, folder: Path) -> None:
    """On paper the overview has several sheets, without navigation and buttons."""
    page.goto(site.at("/finding/{finding}"))
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="机构")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    paper = page.pdf(path=folder / "overview.pdf", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") > 1 or paper.count(b"/Type /Page") > 2


def test_what_if_follows_the_typing(site: Site, sign_in: SignIn) -> None:
    """A school that lacked one thing: the figure is typed, the county's count moves, nothing is loaded anew."""
    page = sign_in("leader")
    page.goto(site.at("/finding/{finding}/school/2199000007"))
    page.get_by_role("link", name=re.compile("怎样补上")).first.click()
    outcome = page.locator("#outcome")
    expect(outcome).to_contain_text("达标 1/6 → 2/6")
    page.evaluate("window.stayed = true")
    field = page.locator(f'input[name="{page.locator("input.changed").get_attribute("name")}"]')
    field.fill("1")
    expect(outcome).to_contain_text("达标 1/6 → 1/6")
    field.fill("40000")
    expect(outcome).to_contain_text("达标 1/6 → 2/6")
    expect(outcome).to_contain_text("新达标")
    assert page.evaluate("window.stayed") is True
    page.get_by_label(re.compile("名称")).fill("第五小学扩建运动场")
    page.get_by_role("button", name=re.compile("保存")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第五小学扩建运动场")
    page.goto(site.at("/place/{county}/scenarios"))
    expect(page.get_by_role("row").filter(has_text="第五小学扩建运动场")).to_contain_text("2/6")

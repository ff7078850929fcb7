"""Officers review: a return goes back with a reason on a cell and comes again; two accept at once; two sources disagree."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.browser.conftest import Site
from tests.browser.small_county import YEAR

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SignIn = Callable[..., Any]
REASON = "学籍系统里是 61 间，请核对"


def open_of(page: Any, site: Site, school: str, table: str) -> None:
    """A return from the county's list."""
    page.goto(site.at("/filing/year/{year}"))
    page.get_by_role("link", name=school).click()
    page.get_by_role("navigation", name="各表").get_by_role("link", name=table).click()


def test_sent_back_mended_accepted(site: Site, sign_in: SignIn) -> None:
    officer = sign_in("officer")
    open_of(officer, site, "XX区第五小学", "校舍与设施")
    row = officer.get_by_role("row").filter(has=officer.get_by_role("rowheader", name="网络多媒体教室间数"))
    row.get_by_text("意见").click()
    row.get_by_role("textbox").fill(REASON)
    officer.get_by_role("button", name="退回学校").click()
    expect(officer.get_by_role("main")).to_contain_text("已退回")

    clerk = sign_in("clerk7")
    clerk.get_by_role("link", name=re.compile("^填报")).click()
    clerk.get_by_role("link", name="2025").click()
    clerk.get_by_role("navigation", name="各表").get_by_role("link", name="校舍与设施").click()
    told = clerk.locator("td").filter(has_text=REASON)
    expect(told).to_have_count(1)
    told.get_by_role("textbox").fill("67")
    expect(told.locator("output")).to_have_text("已保存")
    clerk.get_by_role("button", name="提交审核").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text("待审核")

    officer.reload()
    expect(officer.get_by_role("row").filter(has_text="网络多媒体教室间数")).to_contain_text("67")
    officer.get_by_role("button", name="通过", exact=True).click()
    expect(officer.get_by_role("row").filter(has_text="XX区第五小学")).to_contain_text("已通过")


def test_of_two_who_accept_one_is_told(site: Site, sign_in: SignIn) -> None:
    first, second = sign_in("officer"), sign_in("officer2")
    for page in (first, second):
        open_of(page, site, "XX区第三小学", "学段")
    first.get_by_role("button", name="通过", exact=True).click()
    expect(first.get_by_role("row").filter(has_text="XX区第三小学")).to_contain_text("已通过")
    second.get_by_role("button", name="通过", exact=True).click()
    expect(second.get_by_role("status").first).to_contain_text("报表现在是“已通过”，不能")


def test_two_sources_disagree(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    """An export says 2300 pupils where the return says 1830; the officer decides and says why."""
    page = sign_in("officer")
    page.get_by_role("link", name=re.compile("^填报")).click()
    page.get_by_role("link", name=re.compile("其他来源")).click()
    page.get_by_label(re.compile("年份")).first.fill("2025")
    page.get_by_role("button", name="查看").first.click()
    page.get_by_label(re.compile("^来源")).select_option("workbook")
    page.get_by_label(re.compile("^工作簿")).set_input_files(_export(site, tmp_path))
    page.get_by_role("button", name="读入").click()
    page.goto(site.at("/filing/year/{year}/sources"))
    figure = page.get_by_role("listitem").filter(has_text="在校生数").filter(has_text="XX区第三小学")
    expect(figure).to_contain_text("1830")
    expect(figure).to_contain_text("2300")
    if not figure.get_by_role("textbox", name="理由").is_visible():
        figure.get_by_text("决定", exact=True).click()
    figure.get_by_label(re.compile("保留填报数")).check()
    figure.get_by_role("textbox", name="理由").fill("导出有误，学校已核对")
    figure.get_by_role("button", name="保存决定").click()
    page.get_by_role("link", name=re.compile("全部决定")).click()
    expect(page.get_by_role("main")).to_contain_text("导出有误，学校已核对")


def _export(site: Site, folder: Path) -> Path:
    """Last year's tables of the county, with another number of pupils, as of the year being filed."""
    book = openpyxl.load_workbook(site.home / "demo" / "xx_district" / f"{YEAR}.xlsx")
    for name in book.sheetnames:
        if name not in ("学校", "学段"):
            del book[name]
    for sheet in book:
        for row in sheet.iter_rows():
            for place in row:
                if place.value == YEAR:
                    place.value = YEAR + 1
                elif place.value == 1830:
                    place.value = 2300
    path = folder / "统计导出.xlsx"
    book.save(path)
    return path

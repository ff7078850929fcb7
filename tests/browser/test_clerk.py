"""The clerk files a return: what is typed is kept, what is doubtful is told, what is filled offline comes back."""

import hmac
import re
import struct
from base64 import b32decode
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Any

import openpyxl
import pytest
from tests.browser.conftest import Site, press_sign_in, type_password
from tests.browser.small_county import PASSWORD

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SignIn = Callable[..., Any]
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def open_return(page: Any, table: str) -> None:
    """From the school's page to a table of its return, by links alone."""
    page.get_by_role("link", name=re.compile("^填报")).click()
    page.get_by_role("link", name="2025").click()
    page.get_by_role("navigation", name="各表").get_by_role("link", name=table).click()


def cell(page: Any, heading: str) -> Any:
    """The field of a figure, by the words beside it."""
    return page.locator("#cells").get_by_label(re.compile(f"{heading}(（[^）]*）)?$"))


def type_and_see_it_saved(page: Any, heading: str, figure: str) -> None:
    place = cell(page, heading)
    place.fill(figure)
    expect(page.locator(f'output[for="{place.get_attribute("id")}"]')).to_have_text("已保存")


def one_time(secret: str) -> str:
    """The six digits an authenticator shows now (RFC 6238)."""
    digest = hmac.digest(b32decode(secret), struct.pack(">Q", int(time()) // 30), "sha1")
    found = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{found % 10**6:06}"


def test_the_whole_return(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("clerk")
    open_return(page, "校舍与设施")
    _begun_with_last_year(page)
    page = _the_tab_is_killed(page, sign_in)
    page = _the_session_ended(page, sign_in)
    _checked_while_typing(page)
    _explained(page)
    _attached(page)
    _filled_offline(page, tmp_path)
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("待审核")
    expect(page.locator("#cells input")).to_have_count(0)


def _begun_with_last_year(page: Any) -> None:
    row = page.get_by_role("row").filter(has_text="计算机台数")
    expect(cell(page, "计算机台数")).to_have_value("402")
    expect(row).to_contain_text("上年数据表 2024.xlsx 校舍与设施 M3")
    expect(page.locator("a.past[tabindex='0']")).to_have_count(
        1
    )  # the histories are one stop, not one a cell
    cell(page, "计算机台数").press("Alt+h")
    expect(page.get_by_role("link", name="历史 计算机台数")).to_be_focused()


def _the_tab_is_killed(page: Any, sign_in: SignIn) -> Any:
    """What was typed is there in another browser."""
    type_and_see_it_saved(page, "计算机台数", "431")
    type_and_see_it_saved(page, "图书册数", "73200")
    page.context.close()
    again = sign_in("clerk")
    open_return(again, "校舍与设施")
    expect(cell(again, "计算机台数")).to_have_value("431")
    expect(cell(again, "图书册数")).to_have_value("73200")
    again.get_by_role("link", name="历史 计算机台数").click()
    expect(again.get_by_role("row").filter(has_text="431")).to_contain_text("402")
    again.go_back()
    return again


def _the_session_ended(page: Any, sign_in: SignIn) -> Any:
    """What is typed signed out is not called saved, stays in its field, and is offered to the same person again."""
    page.context.clear_cookies(name="sessionid")
    place = cell(page, "图书册数")
    place.fill("73299")
    expect(page.locator(f'output[for="{place.get_attribute("id")}"]')).to_contain_text("未保存")
    expect(place).to_have_value("73299")
    _signs_in_again(page, "clerk")
    page.get_by_role("button", name="填回来").click()
    expect(place).to_have_value("73299")
    expect(page.locator(f'output[for="{place.get_attribute("id")}"]')).to_have_text("已保存")
    assert page.evaluate("sessionStorage.getItem('unsaved')") is None
    page.context.clear_cookies(name="sessionid")
    place.fill("1")
    expect(page.locator(f'output[for="{place.get_attribute("id")}"]')).to_contain_text("未保存")
    assert "1" in page.evaluate("sessionStorage.getItem('unsaved')")
    _signs_in_again(page, "clerk7")
    assert page.evaluate("sessionStorage.getItem('unsaved')") is None, "never another person's"
    page.context.close()
    again = sign_in("clerk")
    open_return(again, "校舍与设施")
    return again


def _signs_in_again(page: Any, username: str) -> None:
    """In the same tab, led from the page that was being typed into."""
    page.once("dialog", lambda asked: asked.accept())  # whether to leave what is not saved
    page.reload()
    type_password(page, username)
    press_sign_in(page)
    page.locator("body[data-account]").wait_for()


def _checked_while_typing(page: Any) -> None:
    """Logic stands in the way of handing in; mended, it goes away without a press of a button."""
    page.get_by_role("navigation", name="各表").get_by_role("link", name="学段").click()
    type_and_see_it_saved(page, "双语教育学生数", "2300")
    checks = page.get_by_role("complementary")
    expect(checks).to_contain_text("双语教育学生数 2300 多于在校生数 2217")
    beside = page.locator("#cells td").filter(has=page.locator(".wrong-here"))
    expect(beside).to_contain_text("多于在校生数 2217")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status").first).to_contain_text("还不能提交")
    expect(beside).to_have_count(1)
    type_and_see_it_saved(page, "双语教育学生数", "0")
    expect(checks).to_contain_text("没有问题")
    expect(beside).to_have_count(0)


def _explained(page: Any) -> None:
    page.get_by_role("navigation", name="各表").get_by_role("link", name="校舍与设施").click()
    type_and_see_it_saved(page, "教学仪器设备资产值", "８１，０００，０００")
    told = page.get_by_role("listitem").filter(has_text="超过 3 倍")
    expect(told).to_contain_text("经验")
    told.get_by_label("说明").fill("新购实验设备，发票附后")
    told.get_by_role("button", name="保存说明").click()
    expect(page.get_by_text("说明已保存")).to_be_visible()
    expect(told.get_by_label("说明")).to_have_value("新购实验设备，发票附后")


def _attached(page: Any) -> None:
    page.get_by_text("附上材料").click()
    page.get_by_label("属于").select_option(label="校舍与设施 · 教学仪器设备资产值")
    page.get_by_label("文件", exact=True).set_input_files(
        {"name": "发票.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_label("说明什么").fill("实验设备发票")
    page.get_by_role("button", name="附上").click()
    files = page.locator("#files")
    expect(files.get_by_role("link", name="发票.pdf")).to_be_visible()
    expect(files).to_contain_text("实验设备发票")


def _filled_offline(page: Any, folder: Path) -> None:
    """Two cells of the downloaded workbook come back; nothing changes before it is agreed to."""
    with page.expect_download() as handed:
        page.get_by_role("link", name="下载工作簿").click()
    path = folder / handed.value.suggested_filename
    handed.value.save_as(path)
    _fill(path, {"431": 440, "73299": 73300})
    page.get_by_label("填好的工作簿").set_input_files(path)
    page.get_by_role("button", name="上传并查看改动").click()
    computers, books = (page.get_by_role("row").filter(has_text=one) for one in ("计算机台数", "图书册数"))
    for row, was, becomes in ((computers, "431", "440"), (books, "73299", "73300")):
        expect(row.get_by_role("cell")).to_have_text([re.compile("校舍与设施"), was, becomes])
    expect(page.get_by_role("table")).to_have_count(1)
    page.get_by_role("button", name="全部合并").click()
    page.get_by_role("navigation", name="各表").get_by_role("link", name="校舍与设施").click()
    expect(cell(page, "计算机台数")).to_have_value("440")
    expect(page.get_by_role("row").filter(has_text="计算机台数")).to_contain_text("工作簿")


def _fill(path: Path, figures: dict[str, int]) -> None:
    book = openpyxl.load_workbook(path)
    filled = 0
    for row in book["校舍与设施"].iter_rows():
        for place in row:
            if str(place.value) in figures:
                place.value = figures[str(place.value)]
                filled += 1
    assert filled == len(figures)
    book.save(path)


def test_a_second_factor(site: Site, sign_in: SignIn) -> None:
    """Turned on with the secret shown, asked for at the next sign-in, and nothing opens without it."""
    page = sign_in("clerk11")
    page.get_by_text("学校填报员·clerk11").click()
    page.get_by_role("link", name=re.compile("两步验证")).click()
    page.get_by_role("link", name=re.compile("开启")).click()
    page.get_by_label("密码").fill(PASSWORD)  # asked again before what guards the account is changed
    page.get_by_role("button", name=re.compile("确认")).click()
    secret = page.get_by_label(re.compile("密钥")).input_value()
    page.locator("input[name=code]").fill(one_time(secret))
    page.get_by_role("button", name=re.compile("开启")).click()
    page.goto(site.at("/"))
    page.get_by_text("学校填报员·clerk11").click()
    page.get_by_role("button", name=re.compile("退出")).click()
    page.goto(site.at("/account/login/"))
    type_password(page, "clerk11")
    press_sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("两步验证")
    page.goto(site.at("/notices"))
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("通知")
    page.locator("input[name=code]").fill(one_time(secret))
    page.get_by_role("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("XX区第九小学")

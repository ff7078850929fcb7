"""An alert becomes a gap, the head reports, the officer sends it back: only newer data that pass close it."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.browser.conftest import PATIENCE, Site
from tests.browser.small_county import YEAR

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SignIn = Callable[..., Any]
JOB = 2000 * PATIENCE  # milliseconds


def test_a_gap_closes_by_data_alone(site: Site, sign_in: SignIn, tmp_path: Path) -> None:
    officer, head = sign_in("officer"), sign_in("head")
    _entered(officer)
    address = officer.url
    _reported(head)
    officer.reload()
    officer.get_by_label(re.compile("^意见")).fill("请附采购合同")
    officer.get_by_role("button", name=re.compile("退回")).click()
    head.goto(address)
    expect(head.get_by_role("main")).to_contain_text("请附采购合同")
    head.get_by_label("做了什么").fill("合同已签，设备已到校")
    head.get_by_role("button", name=re.compile("^报告")).click()
    officer.goto(address)
    officer.get_by_role("button", name=re.compile("提请复算")).click()
    officer.get_by_role("button", name=re.compile("按最新数据复算")).click()
    heading = officer.get_by_role("heading", level=1)
    expect(heading).not_to_contain_text("已销号")  # no newer data: words and buttons change nothing
    assert officer.get_by_role("button", name=re.compile("销号")).count() == 0
    _judged(officer, _mended(site, tmp_path))
    for _ in range(int(PATIENCE)):  # the rules run once the finding is kept
        officer.goto(address)
        if "已销号" in heading.inner_text():
            break
        officer.wait_for_timeout(1000)
    expect(heading).to_contain_text("已销号")
    expect(officer.get_by_role("heading", name=re.compile("数据复算")).locator("..")).to_contain_text("通过")


def _entered(page: Any) -> None:
    """From the alert of the school's equipment, over a form, into the ledger."""
    page.get_by_role("link", name=re.compile("^监测")).click()
    alert = page.get_by_role("row").filter(has_text="XX区第三小学").filter(has_text="R6")
    alert.get_by_role("link", name="低于底线").click()
    expect(page.get_by_role("main")).to_contain_text("低于底线 1700")
    page.get_by_role("link", name=re.compile("列入整改台账")).click()
    page.get_by_label("名称").fill("第三小学仪器设备")
    page.get_by_label("责任人").select_option(label="XX区第三小学 校长")
    due = datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=60)
    page.get_by_label("整改期限").fill(due.isoformat())
    page.get_by_label("整改措施").fill("按清单补充实验设备")
    page.get_by_label("销号条件").fill("生均设备值达到底线")
    page.get_by_role("button", name=re.compile("列入台账")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("第三小学仪器设备")


def _reported(page: Any) -> None:
    """The head finds it from the school's own page."""
    page.get_by_role("link", name=re.compile("^监测")).click()
    page.get_by_role("link", name=re.compile("^整改台账")).click()
    page.get_by_role("link", name="第三小学仪器设备").click()
    take = page.get_by_role("button", name=re.compile("接办"))
    expect(take).to_be_visible()
    take.click()
    page.get_by_label("做了什么").fill("已列入采购计划")
    page.get_by_role("button", name=re.compile("^报告")).click()
    expect(page.get_by_role("main")).to_contain_text("已列入采购计划")


def _mended(site: Site, folder: Path) -> Path:
    """Last year's workbook with the equipment that was bought."""
    book = openpyxl.load_workbook(site.home / "demo" / "xx_district" / f"{YEAR}.xlsx")
    places = [cell for row in book["校舍与设施"].iter_rows() for cell in row if cell.value == 3013100]
    assert len(places) == 1
    places[0].value = 4200000
    path = folder / "2024-改.xlsx"
    book.save(path)
    return path


def _judged(page: Any, workbook: Path) -> None:
    page.get_by_role("link", name=re.compile("^任务")).first.click()
    page.get_by_role("link", name="评估 Evaluate").click()
    page.get_by_label(re.compile("数据文件")).set_input_files(workbook)
    page.get_by_label(re.compile("年份")).fill(str(YEAR))
    page.get_by_role("button", name=re.compile("提交")).click()
    expect(page.locator("h1 .badge")).to_have_text("已完成", timeout=JOB)

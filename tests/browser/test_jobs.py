"""Background jobs as the office sees them: an evaluation, its independent check by one click, a plan and its papers."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browser.conftest import PATIENCE, Site

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect = sync_api.expect
SignIn = Callable[..., Any]
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
JOB = 1000 * PATIENCE  # milliseconds


def wait_until_done(page: Any) -> None:
    """The page of a job brings itself up to date: nobody reloads it."""
    page.evaluate("window.stayed = true")
    expect(page.locator("h1 .badge")).to_have_text("已完成", timeout=2 * JOB)
    assert page.evaluate("window.stayed") is True


def test_an_evaluation_and_its_check(site: Site, sign_in: SignIn) -> None:
    page = sign_in("officer")
    page.get_by_role("link", name=re.compile("^任务")).click()
    page.get_by_role("link", name="评估 Evaluate").click()
    source = site.home / "demo" / "xx_district" / "2023.xlsx"
    page.get_by_label(re.compile("数据文件")).set_input_files(source)
    page.get_by_label(re.compile("年份")).fill("2023")
    page.get_by_role("button", name=re.compile("提交")).click()
    wait_until_done(page)
    expect(page.locator("table").filter(has_text="步骤")).to_contain_text(
        "读取数据"
    )  # the log, folded by now
    page.get_by_role("link", name=re.compile("打开结论")).click()
    expect(page.get_by_text("未复算")).to_be_visible()
    page.get_by_role("link", name=re.compile("独立复算")).click()
    page.get_by_role("button", name=re.compile("提交")).click()
    wait_until_done(page)
    expect(page.get_by_text("复算与结论完全相符")).to_be_visible()
    expect(page.locator(".badge", has_text="一致")).to_be_visible()


def test_a_plan_and_its_papers(site: Site, sign_in: SignIn) -> None:
    page = sign_in("officer")
    page.get_by_role("link", name=re.compile("^任务")).click()
    page.get_by_role("link", name=re.compile("规划")).first.click()
    page.get_by_label(re.compile("zip")).set_input_files(
        {"name": "plan.zip", "mimeType": "application/zip", "buffer": _problem()}
    )
    page.get_by_label(re.compile("求解时限")).fill("20")
    page.get_by_role("button", name=re.compile("提交")).click()
    wait_until_done(page)
    papers = page.locator("ul.papers a")
    expect(papers.first).to_be_visible()
    with page.expect_download() as handed:
        papers.filter(has_text=".xlsx").first.click()
    assert zipfile.is_zipfile(handed.value.path())


def _problem() -> bytes:
    """The example of itinerant teachers, with what it names beside it."""
    folder = EXAMPLES / "plans" / "itinerant"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for path in folder.iterdir():
            if path.suffix in (".yaml", ".xlsx"):
                archive.write(path, path.name)
    return held.getvalue()

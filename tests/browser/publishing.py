"""What a county puts out through the desk: zones, a draw, a notice, the figures of a finding."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from tests.browser.held_draw import TITLE

NOTICE = "2027年招生公告"
_LIST = "学区,学校,街道,门牌号段\n第一学区,XX区实验小学,甲一路,1-99单\n第二学区,XX区第三小学,甲一路,2-98双\n"


def put_out(page: Any, held: Path) -> None:
    """All four, from the page of the desk, by somebody who may."""
    _fill(page, "学区：由清单")
    page.get_by_label(re.compile("法定地址清单")).set_input_files(_file("zones.csv", _LIST.encode()))
    page.get_by_label(re.compile("版本名称")).fill("2026版")
    page.get_by_label(re.compile("自哪天起施行")).fill("2026-01-01")
    _done(page, "2026版")
    _fill(page, "抽签")
    page.get_by_label(re.compile("抽签公布文件夹")).set_input_files(
        _file("公布.zip", _zipped(held / "public"))
    )
    _done(page, TITLE)
    _fill(page, "公告与事项")
    page.get_by_label(re.compile("标题")).fill(NOTICE)
    page.get_by_label(re.compile("正文")).fill("六月一日起报名。\n\n请带户口簿。")
    page.get_by_label(re.compile("自哪天起显示")).fill("2026-01-01")
    _done(page, NOTICE)
    _fill(page, "评估数据")
    page.get_by_label(re.compile("评估结论")).select_option(index=1)
    _done(page, "数据")


def _fill(page: Any, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link, exact=True).click()


def _done(page: Any, words: str) -> None:
    """Sent, and back at the desk, where it is listed."""
    page.get_by_role("button", name=re.compile("^办理")).click()
    page.get_by_role("cell", name=re.compile(words)).first.wait_for()


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _zipped(folder: Path) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    return made.getvalue()

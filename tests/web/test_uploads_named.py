"""Whatever is wrong with an upload is told by the name its sender gave it, never by the name
it has on disk."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import YEAR, filings_of

from junheng.basics import Text, UserError
from junheng.web.front.file_names import named, sent_name
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
NAME = "我县 2024 上报.xlsx"
_OURS = ("import.xlsx", "upload.xlsx", f"{YEAR}.xlsx", f"{YEAR - 1}.xlsx", "/tmp/", ".import-")


def _foreign() -> bytes:
    """A workbook of something else."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["菜单", "星期一"])
    book.worksheets[0].append(["米饭", 3])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"not a workbook", _foreign()], ids=["no workbook", "another's"])
def test_a_refused_upload_is_named_as_it_was_sent(
    site: Site, person: People, browse: Browse, content: bytes
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county))[SCHOOL]
    county, year = [site.county.pk], [filing.county_year_id]
    officer, clerk = browse(Role.OFFICER, site.county), browse(Role.CLERK, site.school)
    administrator = browse(Role.ADMINISTRATOR, site.county)
    opening = {"year": YEAR + 1, "due_on": "2025-10-31", "standard": "quality-2017"}
    uploads = [
        (administrator, reverse("import", args=[*county, "organisations"]), "file", {}),
        (administrator, reverse("import", args=[*county, "people"]), "file", {}),
        (officer, reverse("filing_open", args=county), "source", opening),
        (officer, reverse("sources_give", args=county) + f"?year={YEAR}", "file", {"kind": "statistics"}),
        (officer, reverse("filing_workbooks", args=year), "file", {}),
        (clerk, reverse("filing_workbook_upload", args=[filing.pk]), "file", {}),
    ]
    for browser, address, field, more in uploads:
        sent = {**more, field: SimpleUploadedFile(NAME, content)}
        page = browser.post(address, sent, follow=True).content.decode()
        told = page.split("<main", 1)[1]
        assert NAME in told, address
        assert not [one for one in _OURS if one in told], address


def test_every_part_of_an_error_is_told_by_the_name_and_a_name_in_a_name_is_left() -> None:
    path = Path("/srv/x/2024.xlsx")
    error = UserError(
        Text("2024.xlsx 坏了", "2024.xlsx is broken"),
        where="/srv/x/2024.xlsx 学校 A1",
        fix=Text("改 2024.xlsx", "mend it"),
    )
    lines = [one.zh for one in named(error, path, "甲-2024.xlsx").lines()]
    assert lines == ["甲-2024.xlsx 坏了", "位置：甲-2024.xlsx 学校 A1", "办法：改 甲-2024.xlsx"]
    assert named(UserError(Text("坏", "bad")), path, "乙.xlsx").where == "乙.xlsx"
    assert sent_name("C:\\我的\\甲.xlsx") == "甲.xlsx"
    assert sent_name(None) == ""

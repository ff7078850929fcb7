"""Organisations and people from Excel: looked at first, all or nothing, a second time without effect."""

import base64
import io
import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import PASSWORD, SCHOOL, Site

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.people import actions, tree
from junheng.web.people.imports import actions as imports
from junheng.web.people.imports.template import template
from junheng.web.people.models import Account, Import, Invitation, Organisation
from junheng.web.people.permissions import may_see
from junheng.web.people.queries import organisation_of_code, within
from junheng.web.people.roles import Kind, Role

Browse = Callable[[Role, Organisation], Client]
People = Callable[[Role, Organisation], Account]
_ROWS = (
    ("教育集团 group", "甲集团", "999901G1", "", 2024, None),
    ("学校", "新一小", "2199000101", "999901G1", 2024, None),
    ("school", "新二小", 2199000102.0, "999901", 2024, 2030),
    ("校区", "东校区", "2199000101E", "2199000101", "2024", None),
    ("学校", "XX区实验小学（改名）", SCHOOL, "999901G1", 2015, None),
)
_PEOPLE = (
    ("王一", "学校填报员 school clerk", "", SCHOOL, ""),
    ("李二", "县级业务人员", "财务", "999901", ""),
)


def workbook(what: str, rows: Sequence[Sequence[object]]) -> bytes:
    """The template, filled."""
    book = openpyxl.load_workbook(io.BytesIO(template(what)))
    for row in rows:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _given(browser: Client, place: Organisation, what: str, rows: Sequence[Sequence[object]]) -> str:
    file = SimpleUploadedFile("机构.xlsx", workbook(what, rows))
    answer = browser.post(reverse("import", args=[place.pk, what]), {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def _agree(browser: Client, look: str) -> Any:
    """Agree to what the page shows."""
    return browser.post(look, {"seen": browser.get(look).context["plan"].digest})


def test_organisations_are_looked_at_then_made(site: Site, browse: Browse) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    look = _given(browser, site.county, "organisations", _ROWS)
    page = browser.get(look).content.decode()
    for count in ("新增 4", "修改 1", "错误 0"):
        assert count in page
    assert not Organisation.objects.filter(name="新一小").exists(), "nothing is written by looking"
    assert _agree(browser, look).status_code == 302
    group = Organisation.objects.get(kind=Kind.GROUP)
    campus = Organisation.objects.get(kind=Kind.CAMPUS)
    assert campus.parent == organisation_of_code("2199000101", 2024)
    assert Organisation.objects.get(pk=site.school.pk).parent == group
    for one in within(site.county):
        assert one.path == one.path_below(one.parent), one
    assert organisation_of_code("2199000102", 2031) is None
    assert list(faults()) == []
    assert Entry.objects.filter(action="organisation.add", actor_id__isnull=False).count() == 4


def test_a_second_time_changes_nothing(site: Site, browse: Browse) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    _agree(browser, _given(browser, site.county, "organisations", _ROWS))
    before, acts = list(Organisation.objects.values()), Entry.objects.count()
    look = _given(browser, site.county, "organisations", _ROWS)
    assert "不变 5" in browser.get(look).content.decode()
    _agree(browser, look)
    assert list(Organisation.objects.values()) == before
    assert Entry.objects.count() == acts + 1, "only that it was imported"
    assert _agree(browser, look).status_code == 302
    assert Entry.objects.count() == acts + 1


@pytest.mark.parametrize(
    ("row", "where", "said"),
    [
        (("寺庙", "甲", "7", "", 2024, None), "A2", "没有“寺庙”这个选项"),
        (("学校", "", "7", "", 2024, None), "B2", "没有填"),
        (("学校", "甲", "7", "12345", 2024, None), "D2", "上级代码不存在"),
        (("校区", "甲", "7", "", 2024, None), "D2", "不能设在"),
        (("学校", "甲", "7", "", "去年", None), "E2", "不是 1949"),
        (("学校", "甲", "7", "", 2024, 2020), "F2", "早于"),
        (("学校", "甲", "999902", "", 2024, None), "C2", "本级以外"),
        (("学校", "甲", "888", "", 2024, None), "C2", "本级以外"),
        (("教育集团", "甲", SCHOOL, "", 2015, None), "A2", "类型不同"),
    ],
)
def test_every_fault_is_told_by_its_cell(
    site: Site, browse: Browse, row: tuple[object, ...], where: str, said: str
) -> None:
    actions.add_organisation(None, Kind.SCHOOL, "外县学校", site.other, "888", 2020)
    browser = browse(Role.ADMINISTRATOR, site.county)
    good = ("学校", "好学校", "2199000103", "", 2024, None)
    look = _given(browser, site.county, "organisations", [row, good])
    page = browser.get(look).content.decode()
    assert f"机构!{where}" in page, page
    assert said in page
    _agree(browser, look)
    assert not Organisation.objects.filter(name="好学校").exists(), "all or nothing"


def test_a_code_twice_in_a_sheet_is_a_fault(site: Site, browse: Browse) -> None:
    rows = [("学校", "甲", "7", "", 2020, 2022), ("学校", "乙", "7", "", 2022, None)]
    browser = browse(Role.ADMINISTRATOR, site.county)
    assert "重复" in browser.get(_given(browser, site.county, "organisations", rows)).content.decode()


@pytest.mark.parametrize("what", ["organisations", "people"])
def test_a_template_without_a_row_is_refused_and_not_called_up_to_date(
    site: Site, browse: Browse, what: str
) -> None:
    address = reverse("import", args=[site.county.pk, what])
    file = SimpleUploadedFile("empty.xlsx", template(what))
    page = browse(Role.ADMINISTRATOR, site.county).post(address, {"file": file}).content.decode()
    assert "没有填一行" in page


def test_people_are_invited_and_the_links_are_given_once(site: Site, browse: Browse) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    look = _given(browser, site.county, "people", _PEOPLE)
    answer = _agree(browser, look)
    page = answer.content.decode()
    assert "已导入" in page
    given = re.search(r'download="invitations.xlsx" href="data:[^;]+;base64,([^"]+)"', page)
    assert given is not None
    sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(unescape(given[1])))).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["王一", "李二"]
    assert all(str(row[4]) in page for row in rows)
    assert "base64" not in browser.get(look).content.decode()
    path = str(rows[0][4]).removeprefix("http://testserver")
    assert (
        Client().post(path, {"username": "wangyi", "password": PASSWORD, "again": PASSWORD}).status_code
        == 302
    )
    assert may_see(Account.objects.get(username="wangyi"), site.school)
    assert _agree(browser, look).status_code == 302, "not given a second time"
    again = _given(browser, site.county, "people", _PEOPLE)
    assert "不变 2" in browser.get(again).content.decode()
    _agree(browser, again)
    assert Invitation.objects.count() == 2


def test_somebody_with_an_account_gets_the_post(site: Site, browse: Browse, person: People) -> None:
    clerk, foreign = person(Role.CLERK, site.school), person(Role.LEADER, site.other)
    browser = browse(Role.ADMINISTRATOR, site.county)
    rows = [("甲", "校长", "", SCHOOL, clerk.username)]
    _agree(browser, _given(browser, site.county, "people", rows))
    assert {post.role for post in clerk.posts.all()} == {"clerk", "head"}
    rows = [("甲", "校长", "", SCHOOL, foreign.username), ("乙", "县级负责人", "", SCHOOL, "")]
    page = browser.get(_given(browser, site.county, "people", rows)).content.decode()
    assert "人员!E2" in page
    assert "人员!B3" in page


def test_what_became_wrong_meanwhile_is_not_written(site: Site, browse: Browse, person: People) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    look = _given(browser, site.county, "organisations", _ROWS[:2])
    seen = browser.get(look).context["plan"].digest
    tree.give_code(None, site.neighbour, "2199000101", 2024, None)
    assert "其间有变化" in browser.post(look, {"seen": seen}, follow=True).content.decode()
    assert not Organisation.objects.filter(kind=Kind.GROUP).exists()
    given = Import.objects.get()
    with pytest.raises(ValidationError):
        imports.carry_out(person(Role.ADMINISTRATOR, site.county), given, seen)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsm", b"PK\x03\x04", "只收"),
        ("a.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("a.xlsx", b"", "空"),
        ("a.xlsx", workbook("people", _PEOPLE), "没有名为“机构”的工作表"),
    ],
)
def test_what_is_no_such_workbook_is_refused(
    site: Site, browse: Browse, name: str, content: bytes, said: str
) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    file = SimpleUploadedFile(name, content)
    answer = browser.post(reverse("import", args=[site.county.pk, "organisations"]), {"file": file})
    assert said in answer.content.decode()
    assert not Import.objects.exists()


def test_names_are_shown_as_text(site: Site, browse: Browse) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    rows = [("学校", "<script>alert(1)</script>", "2199000109", "", 2024, None)]
    page = browser.get(_given(browser, site.county, "organisations", rows)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page

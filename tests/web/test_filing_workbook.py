"""The offline workbook's way round: down, filled, shown, merged."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, cell_of, filings_of, row_of, tables_of

from junheng.basics import UserError
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.filing import actions, merging
from junheng.web.filing.merging import apply, by_cause, keep_workbook, not_read, proposed
from junheng.web.filing.models import Cell, Change, Filing, Origin, Row, Workbook
from junheng.web.filing.states import State
from junheng.web.filing.workbooks import read_workbook, write_workbook
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
PUPILS, CLASSES = ("学段", "C2"), ("学段", "C3")


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def _filled(filing: Filing, path: Path, cells: Mapping[tuple[str, str], object]) -> Path:
    write_workbook(Filing.objects.select_related("county_year", "school").get(pk=filing.pk), path)
    opened = openpyxl.load_workbook(path)
    for (sheet, address), value in cells.items():
        opened[sheet][address] = value
    opened.save(path)
    return path


def test_it_is_shown_first_and_then_merged_with_its_place_and_history(
    filing: Filing, site: Site, browse: Browse, tmp_path: Path
) -> None:
    clerk = browse(Role.CLERK, site.school)
    sent = clerk.get(reverse("filing_workbook_file", args=[filing.pk]))
    assert sent["Content-Disposition"].startswith("attachment")
    (tmp_path / "a.xlsx").write_bytes(sent.content)
    opened = openpyxl.load_workbook(tmp_path / "a.xlsx")
    opened["学段"]["C2"] = 913
    for address, value in (("A2", "小学"), ("B2", 1), ("C2", "1"), ("D2", 44)):
        opened["班级"][address] = value
    opened.save(tmp_path / "a.xlsx")
    file = SimpleUploadedFile("../填好.xlsx", (tmp_path / "a.xlsx").read_bytes())
    shown = clerk.post(reverse("filing_workbook_upload", args=[filing.pk]), {"file": file})
    assert cell_of(filing, "stage", "pupils").value == "900"
    workbook = Workbook.objects.get()
    assert shown["Location"] == reverse("filing_workbook", args=[workbook.pk])
    page = clerk.get(shown["Location"]).content.decode()
    assert "913" in page
    assert "学段 C2" in page
    assert "新行" in page
    revision = Filing.objects.get(pk=filing.pk).revision
    clerk.post(reverse("filing_workbook_apply", args=[workbook.pk]), {"revision": revision})
    pupils = cell_of(filing, "stage", "pupils")
    assert (pupils.value, pupils.origin, pupils.place) == ("913", Origin.OFFLINE, "填好.xlsx 学段 C2")
    change = Change.objects.get(cell=pupils)
    assert (change.old, change.new) == ("900", "913")
    assert Cell.objects.get(row__key="primary|1|1", column="pupils").value == "44"
    assert Entry.objects.filter(action="filing.workbook").count() == 1
    assert list(faults()) == []
    with pytest.raises(ValidationError, match="已经合并"):
        apply(Account.objects.get(username=f"clerk{site.school.pk}"), workbook, {})


def test_what_two_people_changed_is_a_conflict_with_a_choice(
    filing: Filing, site: Site, person: People, tmp_path: Path
) -> None:
    clerk, head = person(Role.CLERK, site.school), person(Role.HEAD, site.school)
    path = _filled(filing, tmp_path / "a.xlsx", {PUPILS: 913, CLASSES: 21})
    actions.save_cell(head, row_of(filing, "stage"), "pupils", "950")
    actions.save_cell(head, row_of(filing, "stage"), "max_class_size", "46")  # not in the workbook: it stays
    workbook = keep_workbook(clerk, filing, path, "a.xlsx")
    found = {one.filled.column: one for one in proposed(workbook)}
    assert set(found) == {"pupils", "classes"}
    assert found["pupils"].is_conflict
    assert (found["pupils"].base, found["pupils"].was, found["pupils"].becomes) == ("900", "950", "913")
    assert found["pupils"].who == head.name
    assert not found["classes"].is_conflict
    apply(clerk, workbook, {})
    assert cell_of(filing, "stage", "pupils").value == "950"
    assert cell_of(filing, "stage", "classes").value == "21"
    again = keep_workbook(clerk, filing, path, "a.xlsx")
    (left,) = proposed(again)
    apply(clerk, again, {left.number: "mine"})
    assert cell_of(filing, "stage", "pupils").value == "913"
    assert cell_of(filing, "stage", "max_class_size").value == "46"


def test_what_moved_on_since_the_page_was_shown_is_shown_again(
    filing: Filing, site: Site, person: People, tmp_path: Path
) -> None:
    clerk = person(Role.CLERK, site.school)
    workbook = keep_workbook(clerk, filing, _filled(filing, tmp_path / "a.xlsx", {PUPILS: 913}), "a.xlsx")
    seen = Filing.objects.get(pk=filing.pk).revision
    actions.save_cell(clerk, row_of(filing, "stage"), "pupils", "950")
    with pytest.raises(ValidationError, match="再看一遍"):
        apply(clerk, workbook, {}, seen)
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    with pytest.raises(ValidationError, match="不能修改"):
        apply(clerk, workbook, {})
    assert cell_of(filing, "stage", "pupils").value == "950"


def test_killed_half_way_nothing_is_merged(
    filing: Filing, site: Site, person: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = person(Role.CLERK, site.school)
    path = _filled(filing, tmp_path / "a.xlsx", {PUPILS: 913, CLASSES: 21})
    workbook = keep_workbook(clerk, filing, path, "a.xlsx")
    put, done = merging._put, []

    def dies(*given: object) -> None:
        if done:
            raise KeyboardInterrupt
        put(*given)  # type: ignore[arg-type] # passed on as it came
        done.append(1)

    monkeypatch.setattr(merging, "_put", dies)
    with pytest.raises(KeyboardInterrupt):
        apply(clerk, workbook, {})
    assert done
    assert cell_of(filing, "stage", "pupils").value == "900"
    assert not Change.objects.exists()
    assert not Entry.objects.filter(action="filing.workbook").exists()
    monkeypatch.setattr(merging, "_put", put)
    assert apply(clerk, workbook, {}).applied == 2


def test_a_workbook_of_another_return_is_refused_by_name(
    filing: Filing, site: Site, person: People, tmp_path: Path
) -> None:
    other = Filing.objects.get(code=NEIGHBOUR)
    with pytest.raises(UserError, match="另一所学校"):
        read_workbook(filing, _filled(other, tmp_path / "a.xlsx", {}), "a.xlsx")
    opened = filing.county_year
    opened.pk, opened.year, opened._state.adding = None, YEAR + 1, True
    opened.save()
    later = Filing.objects.create(county_year=opened, school=site.school, code=SCHOOL)
    with pytest.raises(UserError, match=f"{YEAR + 1} 年"):
        read_workbook(Filing.objects.get(pk=filing.pk), _filled(later, tmp_path / "b.xlsx", {}), "b.xlsx")


def test_an_altered_hidden_sheet_and_a_damaged_file_are_refused_by_the_senders_name(
    filing: Filing, tmp_path: Path
) -> None:
    path = _filled(filing, tmp_path / "a.xlsx", {})
    opened = openpyxl.load_workbook(path)
    hidden = opened["junheng-return"]
    cell = next(one for row in hidden.iter_rows() for one in row if '"pupils"' in str(one.value))
    cell.value = str(cell.value).replace("900", "901")
    opened.save(path)
    with pytest.raises(UserError, match="被改动") as refusal:
        read_workbook(filing, path, "填好.xlsx")
    assert refusal.value.where == "填好.xlsx"
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UserError):
        read_workbook(filing, path, "填好.xlsx")


def test_a_refusal_reaches_the_page(filing: Filing, site: Site, browse: Browse) -> None:
    clerk, address = browse(Role.CLERK, site.school), reverse("filing_workbook_upload", args=[filing.pk])
    for name, content, said in (
        ("a.xlsx", b"no workbook", "是文本文件"),
        ("a.xlsx", b"%PDF-1.7", "是PDF 文件"),
        ("a.xlsx", b"", "文件是空的"),
        ("a.xlsm", b"PK\x03\x04", "宏"),
        ("a.exe", b"MZ\0", "不支持"),
        ("", b"", "没有选文件"),
    ):
        sent = {"file": SimpleUploadedFile(name, content)} if name else {}
        answer = clerk.post(address, {**sent, "section": "premises"}, follow=True)
        assert said in answer.content.decode(), name
        assert answer.request["QUERY_STRING"] == "section=premises", "back to the table it came from"
    assert not Workbook.objects.exists()


def test_what_was_not_read_is_listed_and_the_rest_is_merged(
    filing: Filing, site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    clerk = person(Role.CLERK, site.school)
    path = _filled(filing, tmp_path / "a.xlsx", {PUPILS: "=900+1", CLASSES: 21, ("校舍与设施", "A3"): "面积"})
    workbook = keep_workbook(clerk, filing, path, "a.xlsx")
    untold = not_read(workbook)
    assert {(one["sheet"], one["address"]) for one in untold} == {("学段", "C2"), ("校舍与设施", "A3")}
    (cause, *_) = by_cause([untold[0], *untold, {**untold[0], "sheet": "班级", "address": "D2"}])
    places = {untold[0]["sheet"]: (untold[0]["address"],) * 2, "班级": ("D2",)}
    assert (cause.what.zh, cause.count, dict(cause.places)) == (untold[0]["zh"], 3, places)
    assert [one.filled.column for one in proposed(workbook)] == ["classes"]
    page = browse(Role.CLERK, site.school).get(reverse("filing_workbook", args=[workbook.pk]))
    assert "公式没有计算结果" in page.content.decode()
    assert browse(Role.CLERK, site.neighbour).get(page.request["PATH_INFO"]).status_code == 404


def test_a_county_takes_many_back_with_a_summary(
    filing: Filing, site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    officer, year = browse(Role.OFFICER, site.county), filing.county_year_id
    mine = _filled(filing, tmp_path / "mine.xlsx", {PUPILS: 913})
    theirs = _filled(
        Filing.objects.get(code=NEIGHBOUR), tmp_path / "theirs.xlsx", {("校舍与设施", "C3"): 4000}
    )
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(mine, "甲/mine.xlsx")
        archive.write(theirs, "乙/theirs.xlsx")
        archive.writestr("bad.xlsx", b"no workbook")
    actions.save_cell(person(Role.HEAD, site.school), row_of(filing, "stage"), "pupils", "950")
    address = reverse("filing_workbooks", args=[year])
    file = SimpleUploadedFile("all.zip", (tmp_path / "all.zip").read_bytes())
    page = officer.post(address, {"file": file}).content.decode()
    assert "bad.xlsx" in page
    assert Workbook.objects.count() == 2
    batch = Workbook.objects.all()[0].batch
    officer.post(reverse("filing_workbooks_apply", args=[year]), {"batch": batch})
    assert Cell.objects.filter(row__filing__code=NEIGHBOUR, origin=Origin.OFFLINE).count() == 1
    assert cell_of(filing, "stage", "pupils").value == "950", "a conflict waits for a choice"
    assert browse(Role.CLERK, site.school).post(address, {}).status_code == 404
    assert Row.objects.filter(filing__code=NEIGHBOUR, table="premises").count() == 1

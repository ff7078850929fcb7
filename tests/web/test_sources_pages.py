"""The pages of sources: who may, what they show, how many queries they need; the first filling of a year."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, cell_of, filings_of, tables_of
from tests.web.sourced import give, stage, upload

from junheng.web.audit.models import Entry
from junheng.web.filing.models import Cell, CountyYear, Filing, Origin, Row
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role
from junheng.web.sources.models import Decision, SourceTable

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def officer(site: Site, person: People) -> Account:
    return person(Role.OFFICER, site.county)


@pytest.fixture
def opened(site: Site, officer: Account, tmp_path: Path) -> CountyYear:
    """A year whose first school says 900 pupils and an export 799."""
    year = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL].county_year
    give(site, officer, tmp_path, stage(799))
    return year


def test_an_officer_uploads_and_is_told_what_was_read(site: Site, browse: Browse, tmp_path: Path) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("sources_give", args=[site.county.pk])
    sent = {"kind": "statistics", "mapping": "", "file": upload(tmp_path, stage(799), "<b>导出.xlsx")}
    page = client.post(f"{address}?year={YEAR}", sent, follow=True).content.decode()
    assert "2 个数" in page
    assert "&lt;b&gt;导出.xlsx" in page
    source = SourceTable.objects.get()
    assert Entry.objects.get(action="source.give").object_id == str(source.pk)
    assert source.sha256 in Entry.objects.get(action="source.give").detail


@pytest.mark.parametrize(("name", "kind"), [("来源.xlsx", "register"), ("来源.exe", "statistics")])
def test_what_says_nothing_or_is_no_workbook_is_refused(
    name: str, kind: str, site: Site, browse: Browse, tmp_path: Path
) -> None:
    sent = {"kind": kind, "mapping": "", "file": upload(tmp_path, stage(799), name)}
    address = f"{reverse('sources_give', args=[site.county.pk])}?year={YEAR}"
    page = browse(Role.OFFICER, site.county).post(address, sent)
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert not SourceTable.objects.exists()


def test_the_board_shows_both_figures_and_takes_a_decision(
    site: Site, opened: CountyYear, browse: Browse
) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("sources_board", args=[opened.pk])
    page = client.get(address)
    text = page.content.decode()
    assert "799" in text
    assert "900" in text
    assert "来源.xlsx 学段" in text
    (line,) = page.context["lines"]
    sent = {
        "school": SCHOOL, "table": "stage", "key": "primary", "column": "pupils", "token": line.token,
        "choice": "take:statistics", "reason": "以统计为准", "query": page.context["query"],
    }  # fmt: skip
    answer = client.post(reverse("sources_decide", args=[opened.pk]), sent)
    assert answer.headers["Location"].startswith(f"{address}?school=")
    assert cell_of(Filing.objects.get(code=SCHOOL), "stage", "pupils").value == "799"
    told = client.get(reverse("sources_decisions", args=[opened.pk])).content.decode()
    assert "以统计为准" in told
    assert "900" in told  # what was said then
    client.post(reverse("sources_decide", args=[opened.pk]), {**sent, "choice": "nonsense"})
    client.post(reverse("sources_decide", args=[opened.pk]), sent)  # the page was old
    assert Decision.objects.count() == 1


def test_a_page_is_decided_at_once_only_as_it_was_seen(
    site: Site, officer: Account, opened: CountyYear, browse: Browse, tmp_path: Path
) -> None:
    give(site, officer, tmp_path, stage(799, classes=21))
    client, address = browse(Role.OFFICER, site.county), reverse("sources_board", args=[opened.pk])
    page = client.get(address)
    sent = {
        "query": page.context["query"],
        "seen": page.context["seen"],
        "page": "1",
        "choice": "take:statistics",
    }
    decide = reverse("sources_decide_page", args=[opened.pk])
    client.post(decide, sent)  # no reason
    client.post(decide, {**sent, "reason": "x", "seen": "of another page"})
    client.post(decide, {**sent, "reason": "x", "choice": "ask"})
    assert not Decision.objects.exists()
    text = client.post(decide, {**sent, "reason": "以统计为准"}, follow=True).content.decode()
    assert "已决定 2 个，0 个须逐个决定" in text
    filing = Filing.objects.get(code=SCHOOL)
    assert cell_of(filing, "stage", "pupils").value == "799"
    assert cell_of(filing, "stage", "classes").value == "21"


def test_a_page_leaves_what_is_under_review(site: Site, opened: CountyYear, browse: Browse) -> None:
    Filing.objects.filter(code=SCHOOL).update(state="submitted")
    client = browse(Role.OFFICER, site.county)
    page = client.get(reverse("sources_board", args=[opened.pk]))
    sent = {"query": page.context["query"], "seen": page.context["seen"], "page": "1", "reason": "x"}
    decide = reverse("sources_decide_page", args=[opened.pk])
    text = client.post(decide, {**sent, "choice": "take:statistics"}, follow=True).content.decode()
    assert "已决定 0 个，1 个须逐个决定" in text
    client.post(decide, {**sent, "choice": "keep"})
    assert Decision.objects.get().outcome == "kept"


def test_filters_leave_out_what_was_not_asked(site: Site, opened: CountyYear, browse: Browse) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("sources_board", args=[opened.pk])
    for query, count in (
        ("", 1), ("least=10", 1), ("least=20", 0), ("table=stage", 1), ("table=school", 0),
        (f"school={SCHOOL}", 1), (f"school={NEIGHBOUR}", 0), ("state=decided", 0), ("least=x&kind=", 1),
    ):  # fmt: skip
        assert client.get(f"{address}?{query}").context["total"] == count, query


def test_schools_see_no_board_and_leaders_decide_nothing(
    site: Site, opened: CountyYear, browse: Browse
) -> None:
    board, decide = (reverse(name, args=[opened.pk]) for name in ("sources_board", "sources_decide"))
    given, whole = (
        reverse("sources_give", args=[site.county.pk]),
        reverse("sources_decide_page", args=[opened.pk]),
    )
    for role in (Role.CLERK, Role.HEAD):
        assert browse(role, site.school).get(board).status_code == 404
    for role in (Role.LEADER, Role.ADMINISTRATOR):
        assert browse(role, site.county).get(board).status_code == 200
        assert browse(role, site.county).post(decide).status_code == 404
        assert browse(role, site.county).post(given).status_code == 404
        assert browse(role, site.county).post(whole).status_code == 404
    assert "保存决定" not in browse(Role.LEADER, site.county).get(board).content.decode()


def test_english_pages_show_no_chinese_of_ours(site: Site, opened: CountyYear, browse: Browse) -> None:
    client = browse(Role.OFFICER, site.county)
    client.post("/language", {"language": "en", "next": "/"})
    text = client.get(reverse("sources_board", args=[opened.pk])).content.decode()
    text += client.get(reverse("sources", args=[site.county.pk])).content.decode()
    for word in ("学校名称", "采用", "待决定", "统计导出</", "保存", "在用", "填报</"):
        assert word not in text, word
    assert "pupils" in text


def test_the_workbook_holds_the_same(site: Site, opened: CountyYear, browse: Browse) -> None:
    answer = browse(Role.LEADER, site.county).get(reverse("sources_export", args=[opened.pk]))
    rows = list(load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    told = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2
    assert (told["标识码"], told["填报"], told["统计导出"], told["最大差"]) == (SCHOOL, 900, 799, 101)


def test_the_board_needs_no_more_queries_for_more_schools(
    site: Site, officer: Account, opened: CountyYear, browse: Browse, tmp_path: Path
) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("sources_board", args=[opened.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    queries()
    give(site, officer, tmp_path, stage(798))  # what was remembered is forgotten
    one, rows = queries(), stage(798)
    for number in range(29):
        code = f"21990001{number:02d}"
        school = add_organisation(None, Kind.SCHOOL, f"第{number}小学", site.county, code, 2015)
        filing = Filing.objects.create(county_year=opened, school=school, code=code)
        row = Row.objects.create(filing=filing, table="stage", key="primary")
        Cell.objects.create(row=row, column="pupils", value="500", origin=Origin.TYPED)
        rows["stage"].append({**rows["stage"][0], "school_id": code})
    give(site, officer, tmp_path, rows)
    assert queries() == one
    assert client.get(address).context["total"] == 30

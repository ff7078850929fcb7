"""Who has not reported, the map, counties by share, and one's own notices."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, YEAR, filings_of, row_of
from tests.web.reminders import reminder_of

from junheng.reports.maps.marks import mark_of
from junheng.web.clocks.models import Notice, Terms
from junheng.web.clocks.school_map import school_map
from junheng.web.clocks.shares import shares
from junheng.web.clocks.standing import coordinates, standings
from junheng.web.clocks.templatetags.clock_words import LOOKS, look_name
from junheng.web.filing.models import Cell, CountyYear, Filing, Origin
from junheng.web.filing.states import State
from junheng.web.front.words import half
from junheng.web.people.actions import add_organisation
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def opened(site: Site, person: People) -> CountyYear:
    return filings_of(site, person(Role.OFFICER, site.county))[SCHOOL].county_year


def _place(code: str, lon: str, lat: str, last: bool = False) -> None:
    row = row_of(Filing.objects.get(code=code), "school")
    for column, value in (("lon", lon), ("lat", lat)):
        said = {"last_year": value} if last else {"value": value}
        Cell.objects.create(row=row, column=column, origin=Origin.INPUT, **said)


def test_the_list_names_the_late_first_and_who_is_responsible(
    site: Site, opened: CountyYear, person: People, browse: Browse
) -> None:
    clerk = person(Role.CLERK, site.school)
    Filing.objects.filter(code=NEIGHBOUR).update(state=State.SUBMITTED, submitted_at=timezone.now())
    page = browse(Role.LEADER, site.county).get(reverse("clocks_year", args=[opened.pk]))
    text = page.content.decode()
    (line,) = page.context["lines"]
    assert (line.filing.code, line.look, line.is_late) == (SCHOOL, "late", True)
    assert clerk.name in text
    assert "没有学校填了经纬度" in text
    chosen = browse(Role.LEADER, site.county).get(
        f"{reverse('clocks_year', args=[opened.pk])}?look=submitted"
    )
    assert [one.filing.code for one in chosen.context["lines"]] == [NEIGHBOUR]
    assert browse(Role.CLERK, site.school).get(reverse("clocks_year", args=[opened.pk])).status_code == 404


def test_schools_stand_on_the_map_where_they_lie(site: Site, opened: CountyYear, browse: Browse) -> None:
    _place(SCHOOL, "111.6", "40.8")
    _place(NEIGHBOUR, "111.7", "40.9", last=True)
    drawn = school_map(opened, standings(opened), coordinates(opened))
    assert drawn.without == ()
    marks = [
        (float(x), float(y))
        for x, y in re.findall(r'<path d="M(-?[0-9.]+) (-?[0-9.]+)[^>]*fill="#c2452f"', drawn.svg)
    ]
    assert len(marks) >= 2, "both are late, and drawn as such"
    text = browse(Role.OFFICER, site.county).get(reverse("clocks_year", args=[opened.pk])).content.decode()
    assert "<title>XX区实验小学：逾期未报</title>" in text
    assert "未经地图审核" in text, "what every map of the site says"


@pytest.mark.parametrize("told", [("x", "40"), ("999", "40"), ("", "40")])
def test_a_school_without_a_true_place_stands_beside_the_map(
    told: tuple[str, str], site: Site, opened: CountyYear
) -> None:
    _place(SCHOOL, *told)
    _place(NEIGHBOUR, "111.7", "40.9")
    drawn = school_map(opened, standings(opened), coordinates(opened))
    assert [one.filing.code for one in drawn.without] == [SCHOOL]
    assert "师范附属小学：逾期未报" in drawn.svg
    assert "实验小学" not in drawn.svg


def test_every_look_has_a_shape_of_its_own(site: Site, opened: CountyYear) -> None:
    seen = set()
    for state in State:
        Filing.objects.update(state=state, submitted_at=timezone.now())
        seen |= {one.look for day in (date(2024, 1, 1), date(2090, 1, 1)) for one in standings(opened, day)}
    assert seen == set(LOOKS)
    marks = [mark_of(f"return_{look}") for look in LOOKS]
    assert len({mark.form for mark in marks}) == len({mark.colour for mark in marks}) == len(LOOKS)
    assert [half(mark.words) for mark in marks] == [look_name(look) for look in LOOKS]


def test_the_list_needs_no_more_queries_for_more_schools(
    site: Site, opened: CountyYear, person: People, browse: Browse
) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("clocks_year", args=[opened.pk])
    person(Role.CLERK, site.school)
    _place(SCHOOL, "111.6", "40.8")
    Filing.objects.exclude(code=SCHOOL).delete()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    queries()
    one = queries()
    for number in range(29):
        code = f"21990001{number:02d}"
        school = add_organisation(None, Kind.SCHOOL, f"第{number}小学", site.county, code, 2015)
        Filing.objects.create(county_year=opened, school=school, code=code)
        person(Role.CLERK, school)
    assert queries() == one
    assert client.get(address).context["open"] == 30


def test_counties_stand_worst_first(site: Site, opened: CountyYear, person: People, browse: Browse) -> None:
    Filing.objects.filter(code=SCHOOL).update(state=State.ACCEPTED)
    found = shares(site.city, YEAR, date(YEAR, 11, 1))
    assert [(one.county.name, one.reported, one.total, one.is_late) for one in found] == [
        ("YY区", 0, 0, False), ("XX区", 1, 2, True)
    ]  # fmt: skip
    assert found[0].share is None
    assert not shares(site.city, YEAR, opened.due_on)[1].is_late
    client, address = browse(Role.INSPECTOR, site.city), reverse("clocks_reported", args=[site.city.pk])
    text = client.get(address).content.decode()
    assert "50.0%" in text
    assert "未开始" in text
    assert client.get(f"{address}?year=x").status_code == 200
    assert browse(Role.OFFICER, site.county).get(address).status_code == 404
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(30):
        add_organisation(None, Kind.COUNTY, f"第{number}县", site.city)
    with CaptureQueriesContext(connection) as after:
        client.get(address)
    assert len(after) == len(before)


def test_the_bureau_sets_its_time_limits(site: Site, browse: Browse) -> None:
    address = reverse("clocks_terms_set", args=[site.county.pk])
    sent = {"since": "2024-09-01", "days_after_return": "5", "days_to_review": "6"}
    assert browse(Role.OFFICER, site.county).post(address, sent).status_code == 302
    assert browse(Role.OFFICER, site.county).post(address, {**sent, "days_to_review": "0"}).status_code == 200
    assert browse(Role.INSPECTOR, site.city).post(address, sent).status_code == 404
    assert Terms.objects.get().days_after_return == 5
    text = (
        browse(Role.INSPECTOR, site.city).get(reverse("clocks_terms", args=[site.county.pk])).content.decode()
    )
    assert "本县设定" in text
    assert "国家无统一规定" in text


def test_a_notice_is_ones_own_and_is_read_once_followed(site: Site, person: People, browse: Browse) -> None:
    clerk, head = person(Role.CLERK, site.school), person(Role.HEAD, site.school)
    mine, other = reminder_of(clerk), reminder_of(head)
    client = browse(Role.CLERK, site.school)
    text = client.get(reverse("notices")).content.decode()
    assert '<b class="badge bad">1</b>' in text
    assert client.post(reverse("notice", args=[other.pk])).status_code == 404
    assert client.post(reverse("notice", args=[mine.pk])).headers["Location"] == "/notices"
    first = Notice.objects.get(pk=mine.pk).read_at
    client.post(reverse("notice", args=[mine.pk]))
    assert Notice.objects.get(pk=mine.pk).read_at == first
    reminder_of(clerk, "k2")
    client.post(reverse("notices_read"))
    assert not Notice.objects.filter(account=clerk, read_at=None).exists()
    assert Notice.objects.filter(account=head, read_at=None).exists()
    assert "badge bad" not in client.get(reverse("notices")).content.decode()


def test_english_pages_show_no_chinese_of_ours(site: Site, opened: CountyYear, browse: Browse) -> None:
    client = browse(Role.OFFICER, site.county)
    client.post("/language", {"language": "en", "next": "/"})
    _place(SCHOOL, "111.6", "40.8")
    text = client.get(reverse("clocks_year", args=[opened.pk])).content.decode()
    text = re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL)  # the library's drawing carries both languages
    text += client.get(reverse("notices")).content.decode()
    text += client.get(reverse("clocks_terms", args=[site.county.pk])).content.decode()
    for word in ("逾期", "已过", "通知", "时限", "责任人", "地图", "天<", "本系统"):
        assert word not in text, word
    assert f"late by {(timezone.localdate() - opened.due_on) // timedelta(days=1)} days" in text

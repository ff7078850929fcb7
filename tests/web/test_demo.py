"""The demonstration of a fresh site, of fewer schools: what each kind of visitor finds, and dates of the day it is made."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site

from junheng.basics import UserError
from junheng.data import make_district, make_neighbour
from junheng.verification import verify_transcript
from junheng.web.clocks.standing import standings
from junheng.web.demo import making, province
from junheng.web.demo.province import Size, make_province
from junheng.web.demo.school_years import filing_year, judged_years
from junheng.web.filing.models import CountyYear
from junheng.web.findings import actions
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import verdict_of
from junheng.web.monitoring.models import Run
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind
from junheng.web.public.demo_draw import SLIPS
from junheng.web.public.models import Draw
from junheng.web.sources.board import Asked, lines_of

SCHOOLS = 12
Tables = Mapping[str, pa.Table]


def _few(tables: Tables, prefix: str) -> dict[str, pa.Table]:
    """The first primary schools of a county and what is said of it as a whole."""
    codes = sorted({code for code in tables["school"]["school_id"].to_pylist() if code.startswith(prefix)})
    wanted = pa.array(codes[:SCHOOLS])
    return {
        name: table.filter(pc.is_in(table["school_id"], wanted))
        if "school_id" in table.column_names
        else table
        for name, table in tables.items()
        if name != "quota"
    }


@pytest.fixture
def made(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The demonstration, small and without Word, in a home of its own."""
    monkeypatch.setattr(settings, "HOME", tmp_path)
    monkeypatch.setattr(making, "make_district", lambda last: _few(make_district(last=last), "2199"))
    monkeypatch.setattr(making, "make_neighbour", lambda last: _few(make_neighbour(last=last), "2199"))
    monkeypatch.setattr(making, "judged_years", lambda day: judged_years(day)[-2:])
    monkeypatch.setattr(making, "_NEIGHBOURS_YEARS", 1)
    monkeypatch.setattr(actions, "_documents", lambda _: None)
    return list(making.make_demo())


def _browser(username: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=username), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def test_every_visitor_finds_something(made: list[str], tmp_path: Path) -> None:
    _returns_are_due_in_a_week()
    _the_inspector_compares_two_counties()
    _two_sources_differ_and_one_is_decided()
    _rules_about_years_to_come_have_a_forecast()
    _the_draw_is_verified_by_a_slip(tmp_path)
    _the_file_tells_who_sees_what(tmp_path)
    assert list(making.make_demo()) == [], "a site with places is left as it is"


def _returns_are_due_in_a_week() -> None:
    today = timezone.localdate()
    opened = CountyYear.objects.get()
    assert (opened.year, opened.due_on) == (filing_year(today), today + timedelta(days=7))
    looks = {one.look for one in standings(opened)}
    assert looks == {"draft", "submitted", "returned", "accepted"}, "nobody is late on the first day"


def _the_inspector_compares_two_counties() -> None:
    city = Organisation.objects.get(name="示例市")
    page = _browser("inspector").get(reverse("place", args=[city.pk])).content.decode()
    for county in ("XX区（虚构样例）", "YY县（虚构样例）"):
        finding = Finding.objects.get(county__name=county, year=judged_years(timezone.localdate())[-1])
        assert reverse("finding", args=[finding.pk]) in page
        assert _browser("inspector").get(reverse("finding", args=[finding.pk])).status_code == 200
        seen = _browser("officer").get(reverse("finding", args=[finding.pk])).status_code
        assert (seen == 200) == county.startswith("XX"), "an officer sees their own county alone"


def _rules_about_years_to_come_have_a_forecast() -> None:
    run = Run.objects.filter(finding__county__name="XX区（虚构样例）").order_by("-pk")[0]
    assert "FUT-FAIL" not in {one["rule"] for one in run.idle}, "it has a forecast to look at"


def _two_sources_differ_and_one_is_decided() -> None:
    opened = CountyYear.objects.get()
    said = [
        {kind: told.value for kind, told in line.found.said.items()} for line in lines_of(opened, Asked())
    ]
    assert {"register": "812", "statistics": "799", "return": "799"} in said
    assert len(lines_of(opened, Asked(state="decided"))) == 1


def _the_draw_is_verified_by_a_slip(home: Path) -> None:
    draw = Draw.objects.get()
    files = {path.name: path.read_bytes() for path in draw.folder.iterdir()}
    assert all(check.state != "failed" for check in verify_transcript(files["transcript.json"], None, None))
    slips = [json.loads(path.read_bytes()) for path in (home / SLIPS).glob("*.json")]
    assert len({bool(slip["result"]["choice"]) for slip in slips}) == 2, (
        "somebody has a seat, somebody has none"
    )
    page = Client().get(reverse("public_draw", args=[draw.pk])).content.decode()
    assert "verify.html" in page
    assert not [slip for slip in slips if slip["identity"]["name"] in page]
    _the_clock_was_not_turned(files)


def _the_clock_was_not_turned(files: Mapping[str, bytes]) -> None:
    """Committed before revealed, revealed before the beacon, the announced ten minutes waited for."""
    log = [json.loads(line) for line in files["log.jsonl"].splitlines()]
    at: dict[str, list[datetime]] = {}
    for entry in log:
        at.setdefault(entry["step"], []).append(datetime.fromisoformat(entry["time"]))
    schedule = json.loads(files["transcript.json"])["spec"]["schedule"]
    by, start = (datetime.fromisoformat(schedule[key]) for key in ("reveals_by", "beacon_from"))
    assert max(at["commit"]) <= min(at["declare"]) <= min(at["reveal"]) <= max(at["reveal"]) <= by
    assert start - by >= timedelta(minutes=10)
    assert min(at["observe"]) >= start
    assert max(at["publish"]) <= datetime.now(start.tzinfo)


def _the_file_tells_who_sees_what(home: Path) -> None:
    lines = (home / "demo-accounts.txt").read_text(encoding="utf-8").splitlines()
    told = {line.split("\t")[0]: line.split("\t") for line in lines if not line.startswith("#")}
    assert set(told) == {"clerk", "head", "officer", "leader", "inspector", "administrator", "keeper"}
    assert all(len(parts) == 5 for parts in told.values())
    username, password, *_ = told["inspector"]
    assert Client().login(username=username, password=password)


def test_a_made_up_province_drills_to_its_schools(
    site: Site, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    """Beside other counties, whose codes it does not take; a second one is refused."""
    size = Size(2, 16, [judged_years(timezone.localdate())[-1]])
    assert [words.en for words in make_province(size)][-1].endswith("2 counties judged")
    place = Organisation.objects.get(name=province.NAME)
    assert within(place).filter(kind=Kind.SCHOOL).count() == 16
    client = _browser("province")
    with django_assert_max_num_queries(30):
        page = client.get(reverse("place", args=[place.pk])).content.decode()
    assert page.count("<tr>") > 2
    for finding in Finding.objects.filter(county__path__startswith=place.path):
        school = next(iter(verdict_of(finding)["schools"]))["school_id"]
        for name, more in (
            ("finding", ()),
            ("finding_school", (school,)),
            ("finding_figure", (school, "R1")),
        ):
            assert client.get(reverse(name, args=[finding.pk, *more])).status_code == 200
    with pytest.raises(UserError):
        list(make_province(size))


@pytest.mark.parametrize(
    ("today", "year"), [(date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026), (date(2027, 1, 1), 2026)]
)
def test_the_year_that_is_filed_is_the_one_that_has_begun(today: date, year: int) -> None:
    assert filing_year(today) == year
    assert judged_years(today) == (year - 3, year - 2, year - 1)

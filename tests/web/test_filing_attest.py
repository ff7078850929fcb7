"""What rests on evidence: entered by its section, told at once, frozen and judged; what has expired drops out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.evidences import PDF
from tests.web.filings import NEIGHBOUR, YEAR, filings_of, tables_of

from junheng.data import check_snapshot, read_input
from junheng.judgement import CountyResult, Question, assess_regions
from junheng.web.audit.models import Entry
from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind import remind
from junheng.web.clocks.remind_evidence import expiring
from junheng.web.evidence.models import Evidence
from junheng.web.filing.attested import entries_of, lines_of
from junheng.web.filing.attesting import attest
from junheng.web.filing.checking import problems_of
from junheng.web.filing.freezing import folder_of, freeze
from junheng.web.filing.models import Cell, Change, CountyYear, Filing, Origin, Row
from junheng.web.filing.states import State
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role, Section

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
GOOD = {"rating": "良好", "dated_on": f"{YEAR}-06-30", "expires_on": f"{YEAR + 2}-06-30"}


@pytest.fixture
def own(site: Site, person: People, tmp_path: Path) -> Filing:
    """The county's own return, with nothing attested yet."""
    filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))
    return Filing.every.select_related("school", "county_year__county").get(is_county=True)


def _cell(own: Filing, item: str, owner: str, column: str) -> str:
    return reverse("filing_attest_cell", args=[own.pk, item, owner, column])


def _judged(own: Filing, officer: Account) -> CountyResult:
    Filing.every.filter(county_year=own.county_year).update(state=State.ACCEPTED)
    freeze(officer, own.county_year)
    folder = folder_of(CountyYear.objects.get(pk=own.county_year_id))
    (whole,) = assess_regions(check_snapshot(read_input(folder)), Question("quality-2017", YEAR))
    return whole.counties[0]


def test_every_attested_item_is_offered_with_its_ratings(own: Filing, site: Site, browse: Browse) -> None:
    page = (
        browse(Role.OFFICER, site.county).get(reverse("filing_attestations", args=[own.pk])).content.decode()
    )
    keys = [line.asked.item.id for line in lines_of(own)]
    assert {"G1", "G10", "Q3", "Q6", "V1"} <= set(keys)
    assert "G9" not in keys
    assert all(f'id="{key}-{own.code}-rating"' in page for key in keys)
    assert "<option>优秀" in page
    assert "<option>未发现" in page


def test_only_its_section_enters_it(own: Filing, site: Site, browse: Browse) -> None:
    finance = Account.objects.create_user(username="f", password=None, name="f")
    give_post(None, finance, site.county, Role.OFFICER, Section.FINANCE)
    supervision = Account.objects.create_user(username="s", password=None, name="s")
    give_post(None, supervision, site.county, Role.OFFICER, Section.SUPERVISION)
    address, sent = _cell(own, "Q6", own.code, "rating"), {"value": "良好", "seen": ""}
    for someone, status in ((finance, 404), (supervision, 200)):
        client = Client()
        client.force_login(someone, backend=settings.AUTHENTICATION_BACKENDS[0])
        assert client.get(reverse("filing_attestations", args=[own.pk])).status_code == 200
        assert client.post(address, sent).status_code == status
    for role, place in ((Role.CLERK, site.school), (Role.LEADER, site.county), (Role.OFFICER, site.other)):
        assert browse(role, place).post(address, sent).status_code == 404
    assert (
        browse(Role.CLERK, site.school).get(reverse("filing_attestations", args=[own.pk])).status_code == 404
    )


def test_a_cell_is_kept_as_it_is_typed_and_an_emptied_entry_is_none(
    own: Filing, site: Site, browse: Browse
) -> None:
    client = browse(Role.OFFICER, site.county)
    told = client.post(_cell(own, "Q6", own.code, "rating"), {"value": "良好", "seen": ""}).json()
    assert (told["value"], told["overtaken"]) == ("良好", None)
    assert any(one.check == "attestation.undated" for one in problems_of(Filing.every.get(pk=own.pk)))
    client.post(_cell(own, "Q6", own.code, "dated_on"), {"value": GOOD["dated_on"], "seen": ""})
    own = Filing.every.get(pk=own.pk)
    assert not any(one.check == "attestation.undated" for one in problems_of(own))
    assert (
        client.post(_cell(own, "Q6", own.code, "rating"), {"value": "优", "seen": "良好"}).status_code == 409
    )
    assert client.post(_cell(own, "G9", own.code, "rating"), {"value": "良好"}).status_code == 404
    assert client.post(_cell(own, "Q6", "0000000000", "rating"), {"value": "良好"}).status_code == 409
    over = client.post(_cell(own, "Q6", own.code, "rating"), {"value": "优秀", "seen": "合格"}).json()
    assert over["overtaken"] == "良好"
    for column in ("rating", "dated_on"):
        client.post(_cell(own, "Q6", own.code, column), {"value": ""})
    assert not Row.objects.filter(filing=own, table="attestation", is_removed=False).exists()
    assert Change.objects.filter(cell__row__filing=own).count() == 5


def test_one_rating_for_many_schools_and_the_page_without_a_script(
    own: Filing, site: Site, browse: Browse
) -> None:
    client, many = browse(Role.OFFICER, site.county), reverse("filing_attest_many", args=[own.pk, "Q6"])
    client.post(many, {"owner": [SCHOOL, NEIGHBOUR], **GOOD})
    entries = entries_of(own)
    assert {key: one.state for key, one in entries.items()} == {
        f"school|{SCHOOL}|Q6": "used", f"school|{NEIGHBOUR}|Q6": "used",
    }  # fmt: skip
    assert Entry.objects.filter(action="filing.attest").count() == 1
    page = client.get(reverse("filing_attestation", args=[own.pk, "Q6"])).content.decode()
    assert "2/2" in page
    form = {f"c-Q6|{NEIGHBOUR}|rating": "不合格", f"w-Q6|{NEIGHBOUR}|rating": "良好", "clause": "Q6"}
    client.post(reverse("filing_attest", args=[own.pk]), form)
    assert entries_of(own)[f"school|{NEIGHBOUR}|Q6"].value("rating") == "不合格"
    client.post(reverse("filing_attest", args=[own.pk]), {f"c-Q6|{own.code}|rating": "优秀", "x": "1"})
    checks = [one.check for one in problems_of(Filing.every.get(pk=own.pk))]
    assert "attestation.contradiction" in checks
    assert "attestation.undated" in checks


def test_a_file_gives_its_fingerprint_and_its_dates(own: Filing, site: Site, browse: Browse) -> None:
    client, address = browse(Role.OFFICER, site.county), reverse("filing_attest_file", args=[own.pk, "Q6"])
    paper = {"words": "评估报告", "dated_on": f"{YEAR}-06-30", "expires_on": f"{YEAR + 1}-12-31"}
    client.post(address, {"file": SimpleUploadedFile("a.pdf", PDF), **paper, "owner": [SCHOOL, NEIGHBOUR]})
    evidence = Evidence.objects.get(organisation=site.county)
    hashes = Cell.objects.filter(row__filing=own, column="evidence_hash").values_list("value", flat=True)
    assert list(hashes) == [evidence.sha256] * 2
    entry = entries_of(own)[f"school|{SCHOOL}|Q6"]
    assert (entry.value("dated_on"), entry.value("expires_on")) == (paper["dated_on"], paper["expires_on"])
    assert entry.state == "unrated"
    Cell.objects.filter(row=entry.row, column="dated_on").update(value="2020-01-01", origin=Origin.INPUT)
    client.post(address, {"file": SimpleUploadedFile("b.pdf", PDF + b"\n"), **paper, "owner": [SCHOOL]})
    entry = entries_of(own)[f"school|{SCHOOL}|Q6"]
    assert entry.value("dated_on") == paper["dated_on"], "what was carried over gives way to the new paper"
    assert len(entry.value("evidence_hash").split()) == len(entry.papers) == 2
    client.post(reverse("filing_detach", args=[own.pk, entry.papers[1].pk]))
    client.post(reverse("filing_detach", args=[own.pk, entry.papers[0].pk]))
    assert entries_of(own)[f"school|{SCHOOL}|Q6"].value("evidence_hash") == ""


def test_what_was_entered_is_judged_and_what_expired_is_not(own: Filing, site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    late = {"rating": "符合", "dated_on": f"{YEAR - 2}-06-30", "expires_on": f"{YEAR}-08-31"}
    attest(officer, own, {
        ("Q6", SCHOOL): GOOD, ("Q3", own.code): {**GOOD, "rating": "符合"}, ("Q8", own.code): late,
        ("V1", own.code): {**GOOD, "rating": "发现"},
    })  # fmt: skip
    states = {key: one.state for key, one in entries_of(own).items()}
    assert states[f"county|{own.code}|Q8"] == "expired"
    found = _judged(own, officer).items
    assert [str(found[key].verdict) for key in ("Q6", "Q3", "Q8", "V1", "Q7")] == [
        "met", "met", "cannot_tell", "not_met", "cannot_tell",
    ]  # fmt: skip
    assert found["Q8"].attestations[0].state == "expired"
    with pytest.raises(ValidationError, match="已经定稿"):
        attest(officer, own, {("Q7", own.code): GOOD})


def test_what_expires_soon_is_told_once_at_each_of_the_days(own: Filing, site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    day = timezone.localdate()
    soon = {**GOOD, "expires_on": (day + timedelta(days=20)).isoformat()}
    attest(
        officer,
        own,
        {("Q6", own.code): soon, ("Q3", own.code): {**soon, "rating": "符合", "expires_on": "2099-01-01"}},
    )
    assert [one.item for one in expiring(day)[site.county.pk]] == ["Q6"]
    now = timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=9)
    for _ in range(2):
        remind(now)
    letters = Notice.objects.filter(key__startswith="evidence:")
    assert [(one.account, "Q6" in one.zh) for one in letters] == [(officer, True)]
    remind(now + timedelta(days=14))
    assert letters.all().count() == 2
    remind(now + timedelta(days=30))
    assert letters.all().count() == 2
    assert {one.due_on for one in letters.all()} == {day + timedelta(days=20)}


def test_the_pages_and_the_entry_ask_as_much_of_two_schools_as_of_one(
    own: Filing, site: Site, person: People, browse: Browse
) -> None:
    officer, client = person(Role.OFFICER, site.county), browse(Role.OFFICER, site.county)
    counts = []
    for owners in ([SCHOOL], [SCHOOL, NEIGHBOUR]):
        with CaptureQueriesContext(connection) as entering:
            attest(
                officer,
                own,
                {
                    ("Q6", owner): {**GOOD, "rating": "优秀" if len(owners) > 1 else "良好"}
                    for owner in owners
                },
            )
        client.get(reverse("filing_attestation", args=[own.pk, "Q6"]))
        with CaptureQueriesContext(connection) as showing:
            client.get(reverse("filing_attestation", args=[own.pk, "Q6"]))
        counts.append((len(entering), len(showing)))
    assert counts[1][0] <= counts[0][0] + 1, counts
    assert counts[0][1] == counts[1][1], counts

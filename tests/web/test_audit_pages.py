"""The trail on the page: of one's tree, by what is asked, paged, checked, exported, its last hash noted elsewhere."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site

from junheng.basics import sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.audit.chain import Act, faults, record, record_all
from junheng.web.audit.models import Entry
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
People = Callable[[Role, Organisation], Account]


@pytest.fixture
def acts(site: Site, person: People) -> Account:
    """120 acts of the first county, one of the second."""
    leader = person(Role.LEADER, site.county)
    with transaction.atomic():
        record_all(leader, [Act("filing.freeze", "filing", n, {"n": n}, site.county.pk) for n in range(120)])
        record(None, "finding.keep", "finding", "f-foreign", {"x": "=1+1"}, organisation_id=site.other.pk)
    return leader


def test_many_at_once_hold_each_other_as_one_by_one(acts: Account) -> None:
    assert list(faults()) == []
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_page_after_a_page_shows_each_act_once(site: Site, acts: Account, browse: Browse) -> None:
    browser, seen = browse(Role.LEADER, site.county), []
    address = reverse("trail", args=[site.county.pk]) + "?action=filing.freeze"
    below: str | None = ""
    while below is not None:
        page = browser.get(address + below)
        seen += [one.entry.object_id for one in page.context["rows"]]
        following = page.context["following"]
        below = f"&below={following}" if following else None
    assert seen == [str(n) for n in range(119, -1, -1)]


def test_another_county_is_not_shown(site: Site, acts: Account, browse: Browse) -> None:
    page = browse(Role.LEADER, site.county).get(reverse("trail", args=[site.county.pk])).content.decode()
    assert "f-foreign" not in page
    inspector = browse(Role.INSPECTOR, site.city)
    assert "f-foreign" in inspector.get(reverse("trail", args=[site.city.pk])).content.decode()
    for name in ("trail", "trail_check", "trail_receipt", "trail_export"):
        assert browse(Role.LEADER, site.other).get(reverse(name, args=[site.county.pk])).status_code == 404
        assert browse(Role.OFFICER, site.county).get(reverse(name, args=[site.county.pk])).status_code == 404


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("who=负责人", 120),
        ("who=nobody", 0),
        ("action=filing.freeze&object_kind=filing&object_id=7", 1),
        ("since=2000-01-01&until=2001-01-01", 0),
        ("action=nonsense", None),
        ("below=x&since=never", None),
    ],
)
def test_what_is_asked_is_found(
    site: Site, acts: Account, browse: Browse, asked: str, count: int | None
) -> None:
    page = browse(Role.LEADER, site.county).get(reverse("trail", args=[site.county.pk]) + "?" + asked)
    assert page.status_code == 200
    if count is not None:
        assert len(page.context["rows"]) == min(count, 50)
    today = timezone.localdate()
    span = f"?since={today - timedelta(days=1)}&until={today}&action=filing.freeze"
    found = browse(Role.LEADER, site.county).get(reverse("trail", args=[site.county.pk]) + span)
    assert len(found.context["rows"]) == 50


def test_the_export_lets_every_hash_be_computed_again(site: Site, acts: Account, browse: Browse) -> None:
    address = reverse("trail_export", args=[site.city.pk])
    inspector = browse(Role.INSPECTOR, site.city)
    told = json.loads(inspector.get(address + "?as=json").getvalue())
    assert len(told["entries"]) > 120
    for entry in told["entries"]:
        content = {key: value for key, value in entry.items() if key != "digest" and value is not None}
        assert sha256_bytes(canonical_bytes(content)) == entry["digest"]
    text = inspector.get(address + "?as=csv").getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["digest"] for row in rows] == [entry["digest"] for entry in told["entries"]]


def test_the_check_is_bounded_and_goes_on(
    site: Site, acts: Account, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("junheng.web.audit.views._CHECKED", 100)
    browser, address = browse(Role.LEADER, site.county), reverse("trail_check", args=[site.county.pk])
    page = browser.get(address)
    assert "完整" in page.content.decode()
    assert (page.context["first"], page.context["end"], page.context["following"]) == (1, 100, 100)
    rest = browser.get(f"{address}?after=100")
    assert rest.context["following"] is None
    assert rest.context["end"] == Entry.objects.count()
    with connection.cursor() as cursor:
        _open(cursor)
        cursor.execute("UPDATE audit_entry SET actor_name = 'x' WHERE number = 90")
    assert "第 90 条的内容被改过" in browser.get(address).content.decode()
    later = browser.get(f"{address}?after=100").content.decode()
    assert "完整" in later
    assert "被改过" not in later


def test_a_receipt_shows_the_loss_of_the_newest_rows(site: Site, acts: Account, browse: Browse) -> None:
    browser, address = browse(Role.LEADER, site.county), reverse("trail_receipt", args=[site.county.pk])
    last = browser.get(address).context["last"]
    asked = f"{address}?number={last.number}&digest={last.digest.upper()}"
    assert browser.get(asked).context["stands"] == "same"
    assert browser.get(f"{address}?number={last.number}&digest={'0' * 64}").context["stands"] == "other"
    with connection.cursor() as cursor:
        _open(cursor)
        cursor.execute("DELETE FROM audit_entry WHERE number = %s", [last.number])
    assert list(faults()) == [], "the chain alone cannot show it"
    assert browser.get(asked).context["stands"] == "missing"


def test_a_long_trail_asks_no_more_questions(site: Site, acts: Account, browse: Browse) -> None:
    browser, address = browse(Role.LEADER, site.county), reverse("trail", args=[site.county.pk])
    browser.get(address)
    with CaptureQueriesContext(connection) as one:
        browser.get(address + "?object_id=7&action=filing.freeze")
    with CaptureQueriesContext(connection) as many:
        browser.get(address + "?action=filing.freeze")
    assert len(one) == len(many)


def _open(cursor: object) -> None:
    """Take the database's own guard away, as somebody with its password could."""
    run = cursor.execute  # type: ignore[attr-defined] # a cursor
    if connection.vendor == "sqlite":
        for act in ("update", "delete"):
            run(f"DROP TRIGGER audit_entry_no_{act}")
    else:
        run("ALTER TABLE audit_entry DISABLE TRIGGER USER")

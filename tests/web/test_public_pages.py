"""Notices and the county's home; who may publish; what is typed is text; no script needed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site

from junheng.basics import UserError
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Kind, Role, Section
from junheng.web.public import actions, folder_actions, zoning
from junheng.web.public.models import Notice
from junheng.web.public.permissions import may_open_data, may_publish

Browse = Callable[[Role, Organisation], Client]
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def _notice(county: Organisation, **more: Any) -> Notice:
    told = {"kind": "notice", "title": "招生公告", "text": "第一段\n\n第二段", "last_day": None}
    told |= {"first_day": timezone.localdate()} | more
    return actions.publish_notice(None, county, actions.Told(**told))


def test_a_notice_is_shown_from_its_first_to_its_last_day(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _notice(site.county, first_day=date(2026, 5, 1), last_day=date(2026, 5, 31))
    address, home = reverse("public_notice", args=[made.pk]), reverse("public_county", args=[site.county.pk])
    for day, status, is_listed in (
        (date(2026, 4, 30), 404, False),
        (date(2026, 5, 1), 200, True),
        (date(2026, 5, 31), 200, True),
        (date(2026, 6, 1), 410, False),
    ):
        monkeypatch.setattr(timezone, "localdate", lambda day=day: day)
        answer = Client().get(address)
        assert answer.status_code == status, day
        assert ("招生公告" in Client().get(home).content.decode()) == is_listed
        assert ("第一段" in answer.content.decode()) == (status == 200)
    assert "2026-05-31" in Client().get(address).content.decode()


def test_paragraphs_are_paragraphs(site: Site) -> None:
    page = Client().get(reverse("public_notice", args=[_notice(site.county).pk])).content.decode()
    assert "<p>第一段</p>" in page
    assert "<p>第二段</p>" in page


def test_what_is_typed_is_text_everywhere(site: Site, finding: Finding, browse: Browse) -> None:
    made = _notice(site.county, title=EVIL[:120], text=EVIL)
    text = f"学区,街道,门牌号段,居委会\n{EVIL.replace(',', '')},{EVIL},1-9,{EVIL}\n"
    zones = zoning.from_list(text.encode(), "primary", EVIL[:60], date(2025, 9, 1))
    version = actions.publish_zones(None, site.county, zones, "list", text.encode())
    site.county.name = EVIL[:100]
    site.county.save()
    leader = browse(Role.LEADER, site.county)
    withdrawn = _notice(site.county, title=EVIL[:120])
    actions.withdraw(None, withdrawn, EVIL)
    asked = {"street": EVIL, "door": EVIL[:20], "stage": "primary", "on": "2026-01-01"}
    zone_page = reverse("public_zones", args=[site.county.pk])
    pages = [
        Client().get(reverse("public")),
        Client().get(reverse("public_county", args=[site.county.pk])),
        Client().get(reverse("public_notice", args=[made.pk])),
        Client().get(reverse("public_notice", args=[withdrawn.pk])),
        Client().get(reverse("public_zone_version", args=[version.pk])),
        Client().get(zone_page, asked),
        Client().get(zone_page, asked | {"door": "3"}),
        Client().get(zone_page, asked | {"street": "", "community": EVIL[:60]}),
        leader.get(reverse("desk", args=[site.county.pk])),
        leader.get(reverse("withdraw", args=["notice", made.pk])),
    ]
    for page in pages:
        content = page.content.decode()
        assert content.count("<script") == content.count('<script src="/static/')
        assert "<img src=x" not in content


def test_public_pages_carry_no_script_and_run_under_the_policy(site: Site, finding: Finding) -> None:
    package = folder_actions.publish_data(None, finding, with_schools=True)
    for page in (
        reverse("public"),
        reverse("public_county", args=[site.county.pk]),
        reverse("public_zones", args=[site.county.pk]),
        reverse("public_notice", args=[_notice(site.county).pk]),
        reverse("public_data", args=[package.pk]),
    ):
        answer = Client().get(page)
        assert answer.status_code == 200
        content = answer.content.decode()
        assert not re.search(r"<script|\son\w+=|\sstyle=|javascript:", content), page
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "sessionid" not in answer.cookies


def test_the_sign_in_page_leads_to_the_public_pages(site: Site) -> None:
    assert f'href="{reverse("public")}"' in Client().get("/account/login/").content.decode()
    assert "XX区" not in Client().get(reverse("public")).content.decode()
    _notice(site.county)
    page = Client().get(reverse("public")).content.decode()
    assert "XX区" in page
    assert "YY区" not in page


@pytest.mark.parametrize("place", ["city", "school"])
def test_only_a_county_has_a_public_home(site: Site, place: str) -> None:
    assert Client().get(reverse("public_county", args=[getattr(site, place).pk])).status_code == 404


def test_the_right_post_publishes_and_no_other(site: Site, person: Callable[..., Account]) -> None:
    def held(role: Role, organisation: Organisation, section: str = "") -> Account:
        account = Account.objects.create_user(username=f"x{role}{organisation.pk}{section}", name="某")
        give_post(None, account, organisation, role, section)
        return account

    expected = {
        (Role.LEADER, site.county, ""): (True, True),
        (Role.OFFICER, site.county, ""): (True, False),
        (Role.OFFICER, site.county, Section.BASIC.value): (True, False),
        (Role.OFFICER, site.county, Section.FINANCE.value): (False, False),
        (Role.OFFICER, site.county, Section.STATISTICS.value): (False, False),
        (Role.ADMINISTRATOR, site.county, ""): (False, False),
        (Role.INSPECTOR, site.city, ""): (False, False),
        (Role.HEAD, site.school, ""): (False, False),
        (Role.CLERK, site.school, ""): (False, False),
        (Role.LEADER, site.other, ""): (False, False),
        (Role.OFFICER, site.other, ""): (False, False),
    }
    for who, may in expected.items():
        account = held(*who)
        assert (may_publish(account, site.county), may_open_data(account, site.county)) == may, who
        account.is_active = False
        assert not may_publish(account, site.county)
    assert not may_publish(person(Role.LEADER, site.county), site.school)


def test_routes_refuse_the_wrong_post(site: Site, browse: Browse) -> None:
    made = _notice(site.county)
    pages = [reverse(name, args=[site.county.pk]) for name in ("desk", "publish_notice", "publish_list")]
    pages += [reverse("withdraw", args=["notice", made.pk])]
    for role, place in (
        (Role.ADMINISTRATOR, site.county),
        (Role.CLERK, site.school),
        (Role.INSPECTOR, site.city),
        (Role.OFFICER, site.other),
    ):
        for page in pages:
            assert browse(role, place).get(page).status_code == 404, (role, page)
            assert browse(role, place).post(page, {"because": "x"}).status_code in (404, 405)
    assert not Notice.objects.exclude(withdrawn_on=None).exists()
    officer = browse(Role.OFFICER, site.county)
    assert officer.get(reverse("withdraw", args=["data", made.pk])).status_code == 404
    assert officer.get(reverse("withdraw", args=["nothing", made.pk])).status_code == 404


def test_publishing_and_withdrawing_are_in_the_trail(site: Site, browse: Browse) -> None:
    officer, today = browse(Role.OFFICER, site.county), timezone.localdate()
    told = {"kind": "aid", "title": "生活补助", "text": "办法", "first_day": today}
    assert officer.post(reverse("publish_notice", args=[site.county.pk]), told).status_code == 302
    made = Notice.objects.get()
    withdraw = reverse("withdraw", args=["notice", made.pk])
    assert officer.post(withdraw, {"because": ""}).status_code == 200
    assert officer.post(withdraw, {"because": "标准有误"}).status_code == 302
    assert officer.post(withdraw, {"because": "再一次"}).status_code == 200
    acts = Entry.objects.filter(object_kind="notice").order_by("number")
    assert [entry.action for entry in acts] == ["notice.publish", "notice.withdraw"]
    assert {entry.organisation_id for entry in acts} == {site.county.pk}
    assert all(entry.actor_name for entry in acts)
    assert list(faults()) == []
    gone = Client().get(reverse("public_notice", args=[made.pk]))
    assert gone.status_code == 410
    assert "标准有误" in gone.content.decode()


def test_personal_data_does_not_go_out(site: Site) -> None:
    for text in ("身份证 11010519491231002X", "联系人手机 13800001234"):
        with pytest.raises(UserError):
            _notice(site.county, text=text)
    made = _notice(site.county, text="咨询电话 0311-81234567")
    with pytest.raises(UserError):
        actions.withdraw(None, made, "见 13800001234")


def test_dates_of_a_notice_are_checked(site: Site, browse: Browse) -> None:
    today = timezone.localdate()
    told = {
        "kind": "aid",
        "title": "a",
        "text": "b",
        "first_day": today,
        "last_day": today - timedelta(days=1),
    }
    page = browse(Role.OFFICER, site.county).post(reverse("publish_notice", args=[site.county.pk]), told)
    assert "结束日期早于开始日期" in page.content.decode()
    assert not Notice.objects.exists()


def test_the_home_needs_no_more_queries_for_more(site: Site) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            Client().get(reverse("public_county", args=[site.county.pk]))
            Client().get(reverse("public"))
        return len(caught)

    _notice(site.county)
    one = queries()
    for _ in range(20):
        _notice(site.county)
    assert queries() == one
    assert site.county.kind == Kind.COUNTY

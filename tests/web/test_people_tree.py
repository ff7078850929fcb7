"""The tree changed: names with their past, subtrees moved, codes by year, closing."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.people import actions, tree
from junheng.web.people.models import Organisation
from junheng.web.people.queries import code_of, county_of, organisation_of_code, within
from junheng.web.people.roles import Kind, Role

Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def group(site: Site) -> Organisation:
    return actions.add_organisation(None, Kind.GROUP, "甲集团", site.county)


def test_a_school_of_a_group_still_counts_for_its_county(
    site: Site, group: Organisation, finding: Finding, browse: Browse
) -> None:
    campus = actions.add_organisation(None, Kind.CAMPUS, "东校区", site.school)
    assert tree.move(None, site.school, group) == 2
    school = Organisation.objects.get(pk=site.school.pk)
    assert county_of(school) == site.county
    assert county_of(Organisation.objects.get(pk=campus.pk)) == site.county
    page = browse(Role.HEAD, school).get(reverse("place", args=[school.pk])).content.decode()
    assert f"/finding/{finding.pk}" in page


def test_all_paths_below_follow_and_a_ring_is_refused(site: Site) -> None:
    other_city = actions.add_organisation(None, Kind.CITY, "丙市", site.city.parent)
    before = set(within(site.county).values_list("pk", flat=True))
    assert tree.move(None, site.county, other_city) == len(before)
    county = Organisation.objects.get(pk=site.county.pk)
    assert set(within(county).values_list("pk", flat=True)) == before
    for one in within(other_city):
        assert one.path == one.path_below(one.parent)
    with pytest.raises(ValidationError):
        tree.move(None, other_city, county)
    with pytest.raises(ValidationError):
        tree.move(None, county, county)


def test_a_school_cannot_stand_under_a_city_or_a_closed_place(site: Site, group: Organisation) -> None:
    with pytest.raises(ValidationError):
        tree.move(None, site.school, site.city)
    tree.close(None, group)
    with pytest.raises(ValidationError):
        tree.move(None, site.school, group)
    with pytest.raises(ValidationError, match="撤销"):
        tree.close(None, site.county)


def test_the_past_of_a_name_stays(site: Site) -> None:
    tree.rename(None, site.school, "XX区第一小学")
    tree.rename(None, site.school, "XX区第一小学")
    assert [one.name for one in site.school.changes.all()] == ["XX区实验小学"]
    assert Entry.objects.filter(action="organisation.rename").count() == 1


def test_codes_are_of_one_organisation_a_year(site: Site) -> None:
    tree.give_code(None, site.school, "2199000099", 2025, None)
    assert (code_of(site.school, 2024), code_of(site.school, 2025)) == (SCHOOL, "2199000099")
    tree.give_code(None, site.neighbour, SCHOOL, 2026, None)
    assert organisation_of_code(SCHOOL, 2024) == site.school
    assert organisation_of_code(SCHOOL, 2026) == site.neighbour
    with pytest.raises(ValidationError, match="其他机构"):
        tree.give_code(None, site.neighbour, "2199000099", 2030, None)
    with pytest.raises(ValidationError):
        actions.add_organisation(None, Kind.SCHOOL, "丁校", site.county, "2199000099", 2030)


def test_the_page_changes_the_tree_and_the_trail_tells(site: Site, browse: Browse) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    address = reverse("organisation_page", args=[site.county.pk])
    given = {"act": "add", "kind": "group", "name": "<script>甲</script>", "code": "", "first_year": ""}
    assert browser.post(address, given).status_code == 302
    page = browser.get(address).content.decode()
    assert "&lt;script&gt;甲" in page
    assert "<script>甲" not in page
    group = Organisation.objects.get(kind=Kind.GROUP)
    school = reverse("organisation_page", args=[site.school.pk])
    assert browser.post(school, {"act": "move", "parent": group.pk}).status_code == 302
    assert browser.post(school, {"act": "name", "name": "新名"}).status_code == 302
    assert browser.post(school, {"act": "code", "code": "7", "first_year": 2026}).status_code == 302
    assert browser.post(school, {"act": "close"}).status_code == 302
    assert browser.post(school, {"act": "open"}).status_code == 302
    actor = browser.session["_auth_user_id"]
    acts = Entry.objects.filter(actor_id=actor).order_by("number").values_list("action", flat=True)
    assert list(acts) == [
        f"organisation.{act}" for act in ("add", "move", "rename", "code", "close", "reopen")
    ]
    assert list(faults()) == []


@pytest.mark.parametrize("act", ["name", "code", "move", "close"])
def test_nobody_reshapes_the_top_of_their_own_tree(site: Site, browse: Browse, act: str) -> None:
    browser = browse(Role.ADMINISTRATOR, site.county)
    address = reverse("organisation_page", args=[site.county.pk])
    assert browser.post(address, {"act": act, "name": "x"}).status_code == 404
    head = browse(Role.HEAD, site.school)
    assert head.post(reverse("organisation_page", args=[site.school.pk]), {"act": act}).status_code == 404


def test_a_place_of_another_county_is_no_target(site: Site, browse: Browse) -> None:
    foreign = actions.add_organisation(None, Kind.GROUP, "外县集团", site.other)
    browser = browse(Role.ADMINISTRATOR, site.county)
    address = reverse("organisation_page", args=[site.school.pk])
    assert browser.post(address, {"act": "move", "parent": foreign.pk}).status_code == 200
    assert Organisation.objects.get(pk=site.school.pk).parent_id == site.county.pk


def test_thirty_children_ask_no_more_than_one(site: Site, browse: Browse) -> None:
    browser, address = (
        browse(Role.ADMINISTRATOR, site.county),
        reverse("organisation_page", args=[site.county.pk]),
    )
    browser.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        browser.get(address)
    for number in range(30):
        actions.add_organisation(None, Kind.SCHOOL, f"校{number}", site.county, f"9{number:09d}", 2020)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    assert len(many) == len(few)

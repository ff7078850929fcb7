"""Saving a section without a script, rows that come and go, and who may type: the school's own people, with a token."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR, cell_of, filings_of, row_of, tables_of

from junheng.web.filing import actions
from junheng.web.filing.models import Cell, Filing, Row
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    return filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]


def test_rows_come_and_go_and_their_cells_stay(filing: Filing, site: Site, person: People) -> None:
    clerk = person(Role.CLERK, site.school)
    keys = {"stage": "primary", "grade": "01", "class_no": "3"}
    row = actions.add_row(clerk, filing, "class", keys)
    assert row.key == "primary|1|3"
    actions.save_cell(clerk, row, "pupils", "44")
    with pytest.raises(ValidationError, match="已经有"):
        actions.add_row(clerk, filing, "class", keys)
    actions.remove_row(clerk, row)
    with pytest.raises(ValidationError, match="删除"):
        actions.save_cell(clerk, row, "pupils", "45")
    assert actions.add_row(clerk, filing, "class", keys) == row
    assert Cell.objects.get(row=row, column="pupils").value == "44"
    with pytest.raises(ValidationError, match="只有一行"):
        actions.remove_row(clerk, row_of(filing, "premises"))
    assert Row.objects.filter(filing=filing, table="class").count() == 1


@pytest.mark.parametrize(
    "keys",
    [{}, {"stage": "primary", "grade": "一", "class_no": "1"}, {"stage": "x", "grade": "1", "class_no": "1"}],
)
def test_a_row_needs_a_key_of_the_dictionary(
    filing: Filing, site: Site, person: People, keys: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        actions.add_row(person(Role.CLERK, site.school), filing, "class", keys)


@pytest.mark.parametrize(
    ("role", "where", "may"),
    [
        (Role.CLERK, "school", True),
        (Role.CLERK, "neighbour", False),
        (Role.HEAD, "neighbour", False),
        (Role.OFFICER, "county", False),
        (Role.OFFICER, "other", False),
    ],
)
def test_only_the_schools_own_people_type(
    filing: Filing, site: Site, browse: Browse, role: Role, where: str, may: bool
) -> None:
    row = row_of(filing, "stage")
    address = reverse("filing_cell", args=[filing.pk, row.pk, "pupils"])
    answer = browse(role, getattr(site, where)).post(address, {"value": "1"})
    assert answer.status_code == (200 if may else 404)
    assert cell_of(filing, "stage", "pupils").value == ("1" if may else "900")


def test_a_row_of_another_return_is_not_reached_through_ones_own(
    filing: Filing, site: Site, browse: Browse
) -> None:
    foreign = row_of(Filing.objects.get(code=NEIGHBOUR), "school")
    address = reverse("filing_cell", args=[filing.pk, foreign.pk, "name"])
    assert browse(Role.CLERK, site.school).post(address, {"value": "x"}).status_code == 404


def test_a_request_without_its_token_changes_nothing(filing: Filing, site: Site, person: People) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(
        person(Role.CLERK, site.school), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    row = row_of(filing, "stage")
    for name, args in (("filing_cell", [filing.pk, row.pk, "pupils"]), ("filing_submit", [filing.pk])):
        assert browser.post(reverse(name, args=args), {"value": "1"}).status_code == 403
    assert cell_of(filing, "stage", "pupils").value == "900"


def test_without_a_script_only_what_was_changed_is_saved(filing: Filing, site: Site, browse: Browse) -> None:
    row = row_of(filing, "stage")
    actions.save_cell(Account.objects.get(username=f"officer{site.county.pk}"), row, "classes", "22")
    sent = {
        "section": "stage",
        f"c-{row.pk}-pupils": "905",
        f"w-{row.pk}-pupils": "900",
        f"c-{row.pk}-classes": "20",  # as the page still showed it
        f"w-{row.pk}-classes": "20",
    }
    answer = browse(Role.CLERK, site.school).post(reverse("filing_section", args=[filing.pk]), sent)
    assert answer.status_code == 302
    assert cell_of(filing, "stage", "pupils").value == "905"
    assert cell_of(filing, "stage", "classes").value == "22"

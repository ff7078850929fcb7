"""The states of a return: every way of the table is taken, every other refused, by whom the table says alone."""

from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import cell_of, filings_of, row_of, tables_of

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.filing import actions, review
from junheng.web.filing.checking import problems_of
from junheng.web.filing.freezing import freeze
from junheng.web.filing.models import CountyYear, Filing, Remark
from junheng.web.filing.states import TRANSITIONS, Act, State, page, transition
from junheng.web.filing.unfreezing import unfreeze
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]
_WAYS = {(one.before, one.act) for one in TRANSITIONS}
_ROUTES = {
    Act.SUBMIT: "filing_submit",
    Act.ACCEPT: "filing_accept",
    Act.SEND_BACK: "filing_remark",
    Act.REOPEN: "filing_reopen",
}


@pytest.fixture
def filing(site: Site, person: People, tmp_path: Path) -> Filing:
    """A return ready to be submitted: last year's tables hold nothing odd."""
    found = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    for one in problems_of(found):
        actions.explain(person(Role.CLERK, site.school), found, one.key, "属实")
    return Filing.objects.get(pk=found.pk)


def _do(act: Act, actor: Account, filing: Filing) -> None:
    done: Mapping[Act, Callable[[], object]] = {
        Act.SUBMIT: lambda: review.submit(actor, filing),
        Act.ACCEPT: lambda: review.accept(actor, filing),
        Act.SEND_BACK: lambda: review.send_back(actor, filing, "学生数与学籍不符"),
        Act.REOPEN: lambda: review.reopen(actor, filing, "看错了一格"),
        Act.FREEZE: lambda: freeze(actor, filing.county_year),
        Act.UNFREEZE: lambda: unfreeze(actor, filing.county_year, "一所学校填错"),
    }
    done[act]()


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_only_the_ways_of_the_table_are_open(
    filing: Filing, site: Site, person: People, state: State, act: Act
) -> None:
    filing.county_year.filings.exclude(pk=filing.pk).update(state=State.ACCEPTED)
    Filing.objects.filter(pk=filing.pk).update(state=state)
    if act == Act.UNFREEZE and state == State.FROZEN:
        CountyYear.objects.update(frozen_at=timezone.now(), snapshot="a", sha256="0" * 64)
    way = transition(act, state)
    assert (way is not None) == ((state, act) in _WAYS)
    actor = person(Role.CLERK, site.school)
    acts = Entry.objects.count()
    if way is None:
        with pytest.raises(ValidationError):
            _do(act, actor, filing)
        assert Filing.objects.get(pk=filing.pk).state == state
        assert Entry.objects.count() == acts
    else:
        _do(act, actor, filing)
        assert Filing.objects.get(pk=filing.pk).state == way.after
        assert Entry.objects.first().action == f"filing.{act}"  # type: ignore[union-attr] # it was just written
    assert list(faults()) == []


@pytest.mark.parametrize(("act", "route"), list(_ROUTES.items()))
@pytest.mark.parametrize("role", [Role.CLERK, Role.HEAD, Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR])
def test_only_the_roles_of_the_table_may_take_a_way(
    filing: Filing, site: Site, browse: Browse, act: Act, route: str, role: Role
) -> None:
    way = next(one for one in TRANSITIONS if one.act == act)
    Filing.objects.filter(pk=filing.pk).update(state=way.before)
    place = site.school if role in (Role.CLERK, Role.HEAD) else site.county
    sent = {"send_back": "1", "words": "请核对"} if act in (Act.SEND_BACK, Act.REOPEN) else {}
    answer = browse(role, place).post(reverse(route, args=[filing.pk]), sent)
    may = role in way.roles
    assert answer.status_code == (302 if may else 404)
    assert Filing.objects.get(pk=filing.pk).state == (way.after if may else way.before)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED, State.FROZEN])
def test_nothing_is_typed_into_a_closed_return(
    filing: Filing, site: Site, browse: Browse, state: State
) -> None:
    cell = cell_of(filing, "stage", "pupils")
    Filing.objects.filter(pk=filing.pk).update(state=state)
    address = reverse("filing_cell", args=[filing.pk, cell.row_id, "pupils"])
    answer = browse(Role.CLERK, site.school).post(address, {"value": "1"})
    assert answer.status_code == 409
    assert str(State(state).label) in answer.json()["error"]
    cell.refresh_from_db()
    assert cell.value == "900"


def test_of_two_officers_who_accept_the_second_is_told(filing: Filing, site: Site, person: People) -> None:
    """Both saw the return submitted; the state is asked again under its lock."""
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    first, second = Filing.objects.get(pk=filing.pk), Filing.objects.get(pk=filing.pk)
    officer = person(Role.OFFICER, site.county)
    review.accept(officer, first)
    with pytest.raises(ValidationError, match="已通过"):
        review.accept(officer, second)
    assert Entry.objects.filter(action="filing.accept").count() == 1
    with pytest.raises(ValidationError):
        review.send_back(officer, second, "再核")
    assert not Remark.objects.exists()


def test_reasons_reach_the_school_when_it_comes_back_and_close_when_it_is_submitted_again(
    filing: Filing, site: Site, person: People, browse: Browse
) -> None:
    clerk, officer = browse(Role.CLERK, site.school), browse(Role.OFFICER, site.county)
    review.submit(person(Role.CLERK, site.school), filing)
    row = row_of(filing, "stage")
    page_of = reverse("filing", args=[filing.pk]) + "?section=stage"
    note = {f"r-{row.pk}-pupils": "与学籍系统差 13 人", "section": "stage"}
    officer.post(reverse("filing_remark", args=[filing.pk]), note)
    assert "差 13 人" in officer.get(page_of).content.decode()
    assert "差 13 人" not in clerk.get(page_of).content.decode()
    officer.post(reverse("filing_remark", args=[filing.pk]), {"send_back": "1", "words": "请一并核对班数"})
    told = clerk.get(page_of).content.decode()
    assert "差 13 人" in told
    assert "请一并核对班数" in told
    review.submit(person(Role.CLERK, site.school), Filing.objects.get(pk=filing.pk))
    assert "差 13 人" not in clerk.get(page_of).content.decode()
    assert Remark.objects.exclude(closed_at=None).count() == 2
    assert "差 13 人" in Entry.objects.get(action="filing.send_back").detail


def test_it_goes_back_only_with_a_reason(filing: Filing, site: Site, person: People) -> None:
    Filing.objects.filter(pk=filing.pk).update(state=State.SUBMITTED)
    with pytest.raises(ValidationError, match="理由"):
        review.send_back(person(Role.OFFICER, site.county), filing, "  ")
    assert Filing.objects.get(pk=filing.pk).state == State.SUBMITTED


def test_what_changed_after_its_checks_is_not_submitted(
    filing: Filing, site: Site, person: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody types while the checks run: the checks are of other figures."""
    clerk = person(Role.CLERK, site.school)

    def slow(checked: Filing) -> list[object]:
        actions.save_cell(clerk, row_of(checked, "stage"), "pupils", "1")
        return []

    monkeypatch.setattr(review, "problems_of", slow)
    with pytest.raises(ValidationError, match="改动"):
        review.submit(clerk, filing)
    assert Filing.objects.get(pk=filing.pk).state == State.DRAFT


def test_the_manual_shows_the_table_of_states() -> None:
    shown = Path(__file__).resolve().parents[2] / "docs" / "site_states.md"
    assert shown.read_text(encoding="utf-8") == page()


def test_an_acceptance_by_mistake_is_taken_back_with_a_reason(
    filing: Filing, site: Site, person: People, browse: Browse
) -> None:
    officer = browse(Role.OFFICER, site.county)
    review.submit(person(Role.CLERK, site.school), Filing.objects.get(pk=filing.pk))
    review.accept(person(Role.OFFICER, site.county), Filing.objects.get(pk=filing.pk))
    address = reverse("filing_reopen", args=[filing.pk])
    assert address in officer.get(reverse("filing", args=[filing.pk])).content.decode()
    officer.post(address, {"words": "  "})
    assert Filing.objects.get(pk=filing.pk).state == State.ACCEPTED, "no reason, no change"
    officer.post(address, {"words": "学生数看错了"})
    now = Filing.objects.get(pk=filing.pk)
    assert (now.state, now.accepted_at) == (State.RETURNED, None)
    seen = browse(Role.CLERK, site.school).get(reverse("filing", args=[filing.pk])).content.decode()
    assert "学生数看错了" in seen
    assert address not in seen
    assert Entry.objects.first().action == "filing.reopen"  # type: ignore[union-attr] # it was just written

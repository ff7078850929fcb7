"""Gaps: opened of alerts of one school, moved by the table of states alone, by whom it names."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from tests.web.api_keys import key
from tests.web.conftest import SCHOOL, Site
from tests.web.monitored import NOW, TODAY, People, alert_in, gap_in

from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.monitoring import actions
from junheng.web.monitoring.actions import Owned
from junheng.web.monitoring.forms import GapForm
from junheng.web.monitoring.models import AlertState, Event, Gap
from junheng.web.monitoring.opening import Opening, open_gap
from junheng.web.monitoring.states import TRANSITIONS, Act, State, Who, page, transition
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
_BY_PEOPLE = [Act.TAKE, Act.REPORT, Act.SEND_BACK, Act.PASS_ON]
_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def gap(site: Site, finding: Finding, person: People) -> Gap:
    """A gap the neighbour's head answers for."""
    return gap_in(site, person(Role.OFFICER, site.county), alert_in(finding, site.neighbour))


def _in_state(gap: Gap, finding: Finding, state: State) -> None:
    closed = {"closed_by": finding, "closed_at": NOW} if state == State.CLOSED else {}
    Gap.objects.filter(pk=gap.pk).update(state=state, **closed)


def _do(act: Act, actor: Account, gap: Gap) -> None:
    done: Mapping[Act, Callable[[], object]] = {
        Act.TAKE: lambda: actions.take(actor, gap, NOW),
        Act.REPORT: lambda: actions.report(actor, gap, "已引进 7 名", NOW),
        Act.SEND_BACK: lambda: actions.send_back(actor, gap, "请附聘书", NOW),
        Act.PASS_ON: lambda: actions.pass_on(actor, gap, "", NOW),
    }
    done[act]()


@pytest.mark.parametrize(("state", "act"), list(product(State, _BY_PEOPLE)))
def test_only_the_ways_of_the_table_are_open(
    gap: Gap, finding: Finding, site: Site, person: People, state: State, act: Act
) -> None:
    _in_state(gap, finding, state)
    head = person(Role.HEAD, site.neighbour)
    way, acts = transition(act, state), Entry.objects.count()
    if way is None:
        with pytest.raises(ValidationError):
            _do(act, head, gap)
        assert Gap.objects.get().state == state
        assert Entry.objects.count() == acts
    else:
        _do(act, head, gap)
        assert Gap.objects.get().state == way.after
        assert Entry.objects.first().action == f"gap.{act}"  # type: ignore[union-attr] # it was just written
        assert gap.events.last().after == way.after  # type: ignore[union-attr] # so was this
    assert list(faults()) == []


def test_the_data_alone_close_a_gap_and_only_people_do_the_rest() -> None:
    for one in TRANSITIONS:
        assert (one.who is Who.DATA) == (one.act in (Act.CLOSE, Act.FAIL)), one
        assert (one.after == State.CLOSED) == (one.act == Act.CLOSE), one
        assert one.before != State.CLOSED, one


_POSTS = [
    (Role.CLERK, "neighbour"),
    (Role.HEAD, "neighbour"),
    (Role.HEAD, "school"),
    (Role.OFFICER, "county"),
    (Role.LEADER, "county"),
    (Role.ADMINISTRATOR, "county"),
    (Role.OFFICER, "other"),
    (Role.INSPECTOR, "city"),
]
_MAY = {
    "gap": {0, 1, 3, 4, 5, 7},
    "gap_owner": {1},
    "gap_review": {3},
    "gap_recheck": {3},
    "gap_amend": {3},
    "gap_evidence": {1, 3},
    "gap_order": {7},
}


@pytest.mark.parametrize("name", list(_MAY))
def test_each_does_only_what_is_theirs(gap: Gap, site: Site, browse: Browse, name: str) -> None:
    for number, (role, place) in enumerate(_POSTS):
        browser = browse(role, getattr(site, place))
        address = reverse(name, args=[gap.pk])
        answer = browser.get(address) if name == "gap" else browser.post(address, {})
        assert (answer.status_code != 404) == (number in _MAY[name]), (role, place)


def test_the_owner_reports_the_officer_sends_back_then_passes_on(
    gap: Gap, site: Site, browse: Browse
) -> None:
    head, officer = browse(Role.HEAD, site.neighbour), browse(Role.OFFICER, site.county)
    owner, review = reverse("gap_owner", args=[gap.pk]), reverse("gap_review", args=[gap.pk])
    head.post(owner, {"act": "take"})
    head.post(owner, {"act": "report", "words": "  "})
    assert Gap.objects.get().state == State.IN_HAND, "nothing was said"
    head.post(owner, {"act": "report", "words": "引进骨干教师 7 名"})
    officer.post(review, {"act": "send_back", "words": ""})
    assert Gap.objects.get().state == State.REPORTED, "no reason was given"
    officer.post(review, {"act": "send_back", "words": "请附聘书"})
    shown = head.get(reverse("gap", args=[gap.pk])).content.decode()
    assert "请附聘书" in shown
    head.post(owner, {"act": "report", "words": "聘书已附"})
    officer.post(review, {"act": "pass_on"})
    assert Gap.objects.get().state == State.RECHECK
    assert [one.act for one in Event.objects.all()] == [
        *("open", "take", "report", "send_back", "report", "pass_on")
    ]


def test_of_two_officers_the_second_is_told(gap: Gap, site: Site, person: People) -> None:
    """Both saw it reported; the state is asked again under its lock."""
    Gap.objects.update(state=State.REPORTED)
    first, second = Gap.objects.get(), Gap.objects.get()
    officer = person(Role.OFFICER, site.county)
    actions.pass_on(officer, first, "", NOW)
    with pytest.raises(ValidationError, match="待复算"):
        actions.send_back(officer, second, "再核", NOW)
    assert Event.objects.filter(act="send_back").count() == 0


def test_of_two_officers_who_open_the_same_alert_the_second_is_told(
    gap: Gap, site: Site, person: People
) -> None:
    with pytest.raises(ValidationError, match="已在台账中"):
        gap_in(site, person(Role.OFFICER, site.county), gap.alerts.get())
    assert Gap.objects.count() == 1


def test_evidence_goes_with_the_gap_and_stays_with_the_school(gap: Gap, site: Site, browse: Browse) -> None:
    head = browse(Role.HEAD, site.neighbour)
    sent = {"file": SimpleUploadedFile("聘书.pdf", _PDF), "words": "七份聘书", "dated_on": "2026-03-01"}
    assert head.post(reverse("gap_evidence", args=[gap.pk]), sent).status_code == 302
    event = Event.objects.get(act="file")
    assert event.evidence is not None
    assert event.evidence.organisation == site.neighbour
    file = reverse("evidence_file", args=[event.evidence.pk])
    assert file in browse(Role.OFFICER, site.county).get(reverse("gap", args=[gap.pk])).content.decode()
    assert browse(Role.HEAD, site.school).get(file).status_code == 404
    bad = {"file": SimpleUploadedFile("x.exe", b"MZ"), "words": "x", "dated_on": "2026-03-01"}
    assert head.post(reverse("gap_evidence", args=[gap.pk]), bad).status_code == 200
    assert Event.objects.filter(act="file").count() == 1


def _opening(site: Site, **other: object) -> Opening:
    given = {
        "title": "名称",
        "owned": Owned(site.neighbour, Role.HEAD),
        "due_on": TODAY + timedelta(days=5),
        "measures": "措施",
        "passing": "条件",
    }
    return Opening(**{**given, **other})  # type: ignore[arg-type] # each of its kind


def test_a_gap_is_opened_only_when_all_is_said(site: Site, finding: Finding, person: People) -> None:
    officer, stranger = person(Role.OFFICER, site.county), person(Role.HEAD, site.school)
    own, other = alert_in(finding, site.neighbour), alert_in(finding, site.school, SCHOOL)
    gone = alert_in(finding, site.neighbour, indicator="R5")
    gone.state = AlertState.GONE
    gone.save()
    for alerts, said in (
        ([], _opening(site)),
        ([own, other], _opening(site)),
        ([gone], _opening(site)),
        ([own], _opening(site, title=" ")),
        ([own], _opening(site, measures="")),
        ([own], _opening(site, passing="")),
        ([own], _opening(site, due_on=TODAY)),
        ([own], _opening(site, owned=Owned(site.other, Role.LEADER))),
        ([own], _opening(site, owned=Owned(site.school, Role.HEAD))),
        ([own], _opening(site, owned=Owned(site.neighbour, account=stranger))),
        ([own], _opening(site, owned=Owned(site.neighbour))),
    ):
        with pytest.raises(ValidationError):
            open_gap(officer, site.county, alerts, said, NOW)
    with pytest.raises(ValidationError):
        open_gap(officer, site.other, [own], _opening(site), NOW)  # another county's alert is none
    assert not Gap.objects.exists()


def test_it_is_opened_from_the_list_of_alerts(site: Site, finding: Finding, browse: Browse) -> None:
    first, second = alert_in(finding, site.neighbour), alert_in(finding, site.neighbour, indicator="R5")
    officer, address = browse(Role.OFFICER, site.county), reverse("gap_new", args=[site.county.pk])
    page_of = officer.get(f"{address}?alert={first.pk}&alert={second.pk}").content.decode()
    assert f"post:{site.neighbour.pk}:head" in page_of
    sent = {
        "alert": [first.pk, second.pk],
        "title": "师范附小两项",
        "owner": f"post:{site.neighbour.pk}:head",
        "due_on": (localdate() + timedelta(days=30)).isoformat(),
        "measures": "引进教师，改造操场",
        "passing": "两项均达底线",
    }
    assert officer.post(address, {**sent, "owner": f"post:{site.other.pk}:leader"}).status_code == 200
    assert officer.post(address, sent).status_code == 302
    made = Gap.objects.get()
    assert (made.alerts.count(), made.ordered_at) == (2, None)
    assert browse(Role.LEADER, site.other).get(address).status_code == 404


def test_an_inspector_orders_a_gap_and_one_that_stands(
    gap: Gap, site: Site, finding: Finding, browse: Browse
) -> None:
    alert = alert_in(finding, site.school, SCHOOL)
    inspector = browse(Role.INSPECTOR, site.city)
    sent = {
        "alert": alert.pk,
        "title": "督办事项",
        "owner": f"post:{site.county.pk}:leader",
        "due_on": (localdate() + timedelta(days=30)).isoformat(),
        "measures": "限期解决",
        "passing": "达标",
    }
    inspector.post(reverse("gap_new", args=[site.county.pk]), sent)
    ordered = Gap.objects.get(title="督办事项")
    assert ordered.ordered_by is not None
    inspector.post(reverse("gap_order", args=[gap.pk]), {"words": "省里关注"})
    assert Gap.objects.get(pk=gap.pk).ordered_at is not None
    assert browse(Role.LEADER, site.county).get(reverse("gap", args=[ordered.pk])).status_code == 200


def test_the_deadline_moves_only_with_a_reason(gap: Gap, site: Site, person: People) -> None:
    officer, owned = person(Role.OFFICER, site.county), Owned(site.county, Role.OFFICER)
    with pytest.raises(ValidationError):
        actions.amend(officer, gap, TODAY + timedelta(days=90), owned, "", NOW)
    actions.amend(officer, gap, TODAY + timedelta(days=90), owned, "校舍招标延期", NOW)
    assert Gap.objects.get().owner_place == site.county
    assert "招标延期" in Entry.objects.get(action="gap.amend").detail


def test_a_gap_without_an_owner_cannot_be(gap: Gap) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.update(owner=None, owner_role="")


def test_the_manual_shows_the_table_of_states() -> None:
    shown = Path(__file__).resolve().parents[2] / "docs" / "site_gap_states.md"
    assert shown.read_text(encoding="utf-8") == page()


def test_a_programs_account_answers_for_no_gap(site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    token, _ = key(person(Role.ADMINISTRATOR, site.county), site.county)
    owners = str(GapForm(site.county, None)["owner"])
    assert f"account:{site.county.pk}:{officer.pk}" in owners
    assert f"account:{site.county.pk}:{token.account_id}" not in owners

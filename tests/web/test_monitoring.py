"""Alerts: entered once, gone when data pass, muted with a reason, asked again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of
from tests.web.monitored import NOW, TODAY, WEAK, People, alert_in, seen_of
from tests.web.test_jobs import done

from junheng.basics import Text
from junheng.judgement.monitoring import Alert as Seen
from junheng.judgement.monitoring import Course, Unwatched, Watch
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.filing.freezing import freeze, judge
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.monitoring import muting, queries
from junheng.web.monitoring.entering import Ran, enter
from junheng.web.monitoring.models import Alert, AlertState, Run
from junheng.web.monitoring.running import after_keeping, run_rules
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def _ran(finding: Finding, *seen: Seen, days: int = 0, **courses: Course) -> Run:
    watch = Watch(2024, seen, (Unwatched("FUT-FAIL", Text("预计", "will"), Text("没有", "none")),))
    told = {one.replace("_", ":"): course for one, course in courses.items()}
    moment = NOW + timedelta(days=days)
    return enter(Ran(finding, watch, told, "0" * 64, moment, TODAY + timedelta(days=days)))


def test_the_rules_run_on_the_district_and_say_the_same_when_run_again(site: Site, finding: Finding) -> None:
    run = run_rules(finding, NOW)
    assert run.new == run.fired == Alert.objects.count() > 100
    found = Alert.objects.get(rule="IND-FLOOR", school_code=WEAK, indicator="R2")
    assert found.school == site.neighbour
    assert found.said["distance"] == 7
    again = run_rules(finding, NOW + timedelta(days=1))
    assert (again.fired, again.new, again.gone) == (run.fired, 0, 0)
    found.refresh_from_db()
    assert found.first_seen == NOW
    assert found.last_seen == NOW + timedelta(days=1)
    assert Entry.objects.filter(action="alerts.run").count() == 2
    assert list(faults()) == []


def test_the_rules_look_at_the_accepted_returns_of_a_frozen_year(
    site: Site, person: People, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    """What a finding does not hold (classes, zones) is read from what was frozen; as soon as it is judged."""
    officer = person(Role.OFFICER, site.county)
    opened = filings_of(site, officer, tables_of(tmp_path / "before"))[SCHOOL].county_year
    opened.filings.update(state=State.ACCEPTED)
    frozen = freeze(officer, opened)
    with django_capture_on_commit_callbacks(execute=True):
        finding = done(judge(officer, frozen)).finding
    run = Run.objects.get()
    assert (run.finding, run.error) == (finding, None)
    assert "COLD-EMPTY" not in {one["rule"] for one in run.idle}, "the numbers of classes were found"


def test_an_older_finding_does_not_speak_of_today(site: Site, finding: Finding) -> None:
    old = Finding.objects.create(
        county=site.county,
        standard=finding.standard,
        year=2023,
        verdict="met",
        passed=0,
        judged=0,
        folder_name="old",
        sha256="0" * 64,
    )
    with pytest.raises(ValidationError, match="更新年度"):
        run_rules(old, NOW)
    after_keeping(old)
    assert not Run.objects.exists()


def test_a_failure_of_the_rules_is_told_and_the_finding_stands(
    site: Site, finding: Finding, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("junheng.web.monitoring.running.states_of", lambda _: 1 / 0)
    after_keeping(finding)
    assert Run.objects.get().error
    page = browse(Role.OFFICER, site.county).get(reverse("monitoring", args=[site.county.pk]))
    assert "请重试" in page.content.decode()


def test_an_alert_is_entered_once_goes_when_data_pass_and_comes_back(finding: Finding, site: Site) -> None:
    _ran(finding, seen_of(WEAK))
    first = Alert.objects.get()
    _ran(finding, days=1)
    first.refresh_from_db()
    assert first.state == AlertState.OPEN, "not raised, and yet nothing says that it passes"
    run = enter(Ran(finding, Watch(2024, ()), {first.key: "closed"}, "", NOW, TODAY))
    first.refresh_from_db()
    assert (run.gone, first.state, first.gone_at) == (1, AlertState.GONE, NOW)
    _ran(finding, seen_of(WEAK), days=3)
    back = Alert.objects.get()
    assert (back.state, back.gone_at, back.first_seen) == (AlertState.OPEN, None, NOW)


def test_what_the_last_run_could_not_tell_is_counted_apart(
    finding: Finding, site: Site, browse: Browse
) -> None:
    first = _ran(finding, seen_of(WEAK))
    assert queries.left_standing(first, TODAY) == 0
    second = _ran(finding, seen_of(SCHOOL), days=1)
    assert queries.left_standing(second, TODAY) == 1
    assert queries.left_standing(None, TODAY) == 0
    page = browse(Role.OFFICER, site.county).get(reverse("monitoring", args=[site.county.pk]))
    assert "其中 1" in page.content.decode()


def test_missing_data_not_raised_again_has_nothing_left_to_say(finding: Finding, site: Site) -> None:
    for kind, state in (("no_data", AlertState.GONE), ("warning", AlertState.OPEN)):
        Alert.objects.all().delete()
        _ran(finding, replace(seen_of(WEAK), kind=kind))  # type: ignore[arg-type] # one of two words
        first = Alert.objects.get()
        enter(Ran(finding, Watch(2024, ()), {first.key: "cannot_tell"}, "", NOW, TODAY))
        assert Alert.objects.get().state == state


def test_a_muted_alert_asks_again_after_its_day(site: Site, finding: Finding, person: People) -> None:
    alert, officer = alert_in(finding, site.neighbour), person(Role.OFFICER, site.county)
    muting.mute(officer, alert, "新校区九月启用", TODAY + timedelta(days=10), TODAY)
    for days, is_asking in ((0, False), (10, False), (11, True), (-400, False)):
        day = TODAY + timedelta(days=days)
        assert Alert.objects.filter(queries.asking(day)).exists() == is_asking, day
    _ran(finding, seen_of(WEAK), days=10)
    assert Alert.objects.get().state == AlertState.MUTED
    _ran(finding, seen_of(WEAK), days=11)
    assert Alert.objects.get().state == AlertState.OPEN
    assert "新校区九月启用" in Entry.objects.get(action="alert.mute").detail


@pytest.mark.parametrize(
    ("now", "asks"),
    [
        (seen_of(WEAK, distance=6.0), False),
        (seen_of(WEAK, distance=7.0), False),
        (seen_of(WEAK, distance=7.5), True),
        (replace(seen_of(WEAK), cases=2), True),
        (replace(seen_of(WEAK), level="yellow", distance=99.0), False),
    ],
)
def test_a_muted_alert_asks_again_when_its_value_gets_worse(
    site: Site, finding: Finding, person: People, now: Seen, asks: bool
) -> None:
    alert = alert_in(finding, site.neighbour)
    muting.mute(person(Role.OFFICER, site.county), alert, "等新教师", TODAY + timedelta(days=90), TODAY)
    _ran(finding, now, days=1)
    assert (Alert.objects.get().state == AlertState.OPEN) == asks


def test_muting_needs_a_reason_and_a_coming_day_and_can_be_taken_back(
    site: Site, finding: Finding, person: People
) -> None:
    alert, officer = alert_in(finding, site.neighbour), person(Role.OFFICER, site.county)
    for words, until in ((" ", TODAY + timedelta(days=1)), ("理由", TODAY)):
        with pytest.raises(ValidationError):
            muting.mute(officer, alert, words, until, TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.update(state=AlertState.MUTED)
    muting.mute(officer, alert, "理由", TODAY + timedelta(days=1), TODAY)
    muting.unmute(officer, alert)
    assert Alert.objects.get().state == AlertState.OPEN
    with pytest.raises(ValidationError):
        muting.unmute(officer, alert)
    assert Entry.objects.first().action == "alert.unmute"  # type: ignore[union-attr] # it was just written


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR, Role.HEAD, Role.INSPECTOR])
def test_only_the_county_mutes(site: Site, finding: Finding, browse: Browse, role: Role) -> None:
    alert = alert_in(finding, site.neighbour)
    place = {Role.HEAD: site.neighbour, Role.INSPECTOR: site.city}.get(role, site.county)
    sent = {"words": "理由", "until": "2999-01-01"}
    answer = browse(role, place).post(reverse("alert_mute", args=[alert.pk]), sent)
    may = role in (Role.OFFICER, Role.LEADER)
    assert answer.status_code == (302 if may else 404)
    assert (Alert.objects.get().state == AlertState.MUTED) == may


def test_a_school_sees_its_own_alerts_and_no_others(site: Site, finding: Finding, browse: Browse) -> None:
    own, other = alert_in(finding, site.neighbour), alert_in(finding, site.school, SCHOOL)
    head = browse(Role.HEAD, site.neighbour)
    page = head.get(reverse("monitoring", args=[site.neighbour.pk])).content.decode()
    assert reverse("alert", args=[own.pk]) in page
    assert reverse("alert", args=[other.pk]) not in page
    assert head.get(reverse("alert", args=[own.pk])).status_code == 200
    assert head.get(reverse("alert", args=[other.pk])).status_code == 404
    assert head.get(reverse("monitoring", args=[site.county.pk])).status_code == 404


def test_an_alert_opens_its_figure_and_its_rule(site: Site, finding: Finding, browse: Browse) -> None:
    alert = alert_in(finding, site.neighbour)
    officer = browse(Role.OFFICER, site.county)
    page = officer.get(reverse("alert", args=[alert.pk])).content.decode()
    figure = reverse("finding_figure", args=[finding.pk, WEAK, "R2"])
    assert figure in page
    assert officer.get(figure).status_code == 200
    assert "教督〔2017〕6号" in page
    assert "#IND-FLOOR" in page


def test_alerts_are_chosen_by_level_rule_school_and_tab(site: Site, finding: Finding, browse: Browse) -> None:
    weak = alert_in(finding, site.neighbour)
    hot = alert_in(finding, site.school, SCHOOL, rule="HOT-GROWTH", indicator="")
    officer = browse(Role.OFFICER, site.county)
    for query, is_hot, is_weak in (
        ("", True, True),
        ("?level=red", False, True),
        ("?rule=HOT-GROWTH", True, False),
        (f"?school_code={WEAK}", False, True),
        ("?tab=heat", True, False),
        ("?tab=gone", False, False),
    ):
        page = officer.get(reverse("monitoring", args=[site.county.pk]) + query).content.decode()
        shown = [reverse("alert", args=[one.pk]) in page for one in (hot, weak)]
        assert shown == [is_hot, is_weak], query

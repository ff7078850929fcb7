"""A gap closes by newer data that pass, and by nothing else: every other way is tried."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import get_resolver, reverse
from tests.web.conftest import DISTRICT, SCHOOL, Site
from tests.web.monitored import NOW, TODAY, WEAK, People, alert_in, answers, gap_in, later

from junheng.data import check_snapshot, read_input
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, write_findings
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.monitoring import actions, muting
from junheng.web.monitoring.models import Alert, AlertState, Answer, Gap
from junheng.web.monitoring.rechecking import recheck_county
from junheng.web.monitoring.running import recheck_gap, run_rules
from junheng.web.monitoring.states import STANDING, State
from junheng.web.monitoring.values import set_value
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def gap(site: Site, finding: Finding, person: People) -> Gap:
    """A gap of the neighbour's backbone teachers."""
    return gap_in(site, person(Role.OFFICER, site.county), alert_in(finding, site.neighbour))


@pytest.fixture(scope="session")
def mended_finding() -> Path:
    """The example district in which the neighbour's primary has 60 backbone teachers."""
    folder = Path(settings.HOME) / "findings" / "mended"
    snapshot = read_input(DISTRICT)
    table = snapshot.tables["teacher_count"]
    rows = table.to_pylist()
    for row in rows:
        if (row["year"], row["school_id"], row["stage"]) == (2024, WEAK, "primary"):
            row["backbone"] = 60
    tables = {**snapshot.tables, "teacher_count": pa.Table.from_pylist(rows, table.schema)}
    checked = check_snapshot(replace(snapshot, tables=tables))
    found = assess_regions(checked, Question("quality-2017", 2024), catalogue=load_catalogue(()))
    write_findings(found, folder, command=["test"], documents=lambda _: None)
    return folder


def test_data_that_pass_close_it_data_that_fail_again_open_another(
    site: Site, finding: Finding, person: People, district_finding: Path, mended_finding: Path
) -> None:
    """From end to end by the library's rules: fails, passes, fails again."""
    run_rules(finding, NOW)
    alert = Alert.objects.get(rule="IND-FLOOR", school_code=WEAK, indicator="R2")
    gap = gap_in(site, person(Role.OFFICER, site.county), alert)
    run_rules(later(site, district_finding), NOW + timedelta(days=1))
    gap.refresh_from_db()
    assert (gap.answer, gap.state) == (Answer.FAILS, State.OPEN)
    mended = later(site, mended_finding)
    run_rules(mended, NOW + timedelta(days=2))
    gap.refresh_from_db()
    alert.refresh_from_db()
    assert (gap.answer, gap.state, gap.closed_by, alert.state) == (
        *(Answer.PASSES, State.CLOSED, mended, AlertState.GONE),
    )
    assert Entry.objects.get(action="gap.close").actor_id is None
    run_rules(later(site, district_finding), NOW + timedelta(days=3))
    gap.refresh_from_db()
    again = Gap.objects.get(before=gap)
    assert (gap.state, again.state, again.owner_role) == (State.CLOSED, State.OPEN, Role.HEAD)
    assert list(again.alerts.all()) == [alert]
    assert list(faults()) == []


def test_the_same_data_close_nothing(gap: Gap, finding: Finding) -> None:
    assert recheck_county(finding, answers("closed"), NOW) == 0
    with pytest.raises(ValidationError, match="更新的数据"):
        recheck_gap(gap, NOW)
    assert Gap.objects.get().state == State.OPEN


@pytest.mark.parametrize("state", sorted(STANDING))
@pytest.mark.parametrize("status", ["closed", "open", "cannot_tell"])
def test_what_newer_data_do_in_every_state(
    gap: Gap, site: Site, district_finding: Path, state: State, status: str
) -> None:
    Gap.objects.update(state=state)
    newer = later(site, district_finding)
    recheck_county(newer, answers(status), NOW)
    found = Gap.objects.get()
    expected = {"closed": State.CLOSED, "open": State.IN_HAND if state == State.RECHECK else state}
    assert found.state == expected.get(status, state)
    assert found.answer_words == [{"zh": "测试答复", "en": "the test's answer"}]
    assert (found.closed_by == newer) == (status == "closed")


def test_one_failure_among_several_keeps_it_open(
    site: Site, finding: Finding, person: People, district_finding: Path, mended_finding: Path
) -> None:
    """The backbone teachers are there, the sports ground is not."""
    run_rules(finding, NOW)
    chosen = Alert.objects.filter(rule="IND-FLOOR", school_code=WEAK, indicator__in=["R2", "R5"])
    gap = gap_in(site, person(Role.OFFICER, site.county), *chosen)
    run_rules(later(site, mended_finding), NOW + timedelta(days=1))
    gap.refresh_from_db()
    assert (gap.answer, gap.state, len(gap.answer_words)) == (Answer.FAILS, State.OPEN, 2)


def test_a_school_that_vanished_from_the_data_keeps_it_open(
    site: Site, finding: Finding, person: People, district_finding: Path
) -> None:
    gap = gap_in(site, person(Role.OFFICER, site.county), alert_in(finding, site.neighbour, "2199999999"))
    run_rules(later(site, district_finding), NOW)
    gap.refresh_from_db()
    assert (gap.answer, gap.state) == (Answer.UNTOLD, State.OPEN)


def test_no_route_closes_it_whoever_asks(gap: Gap, site: Site, browse: Browse) -> None:
    """Every way into a gap, with every word that might close it, by everybody."""
    routes = [one.name for one in get_resolver("junheng.web.monitoring.urls").url_patterns]
    names = [name for name in routes if name.startswith("gap") and name not in ("gaps", "gap_new")]
    assert len(names) >= 7
    for state in (State.REPORTED, State.RECHECK):
        Gap.objects.update(state=state)
        for role, place in (
            *((Role.OFFICER, site.county), (Role.LEADER, site.county), (Role.ADMINISTRATOR, site.county)),
            *((Role.HEAD, site.neighbour), (Role.INSPECTOR, site.city)),
        ):
            for name in names:
                for act in ("close", "pass_on"):
                    sent = {"act": act, "state": "closed", "words": "请销号", "answer": "passes"}
                    browse(role, place).post(reverse(name, args=[gap.pk]), sent)
    assert Gap.objects.get().state in STANDING


def test_muting_or_losing_its_alert_does_not_close_it(gap: Gap, site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    muting.mute(officer, gap.alerts.get(), "理由", TODAY + timedelta(days=9), TODAY)
    Alert.objects.update(state=AlertState.GONE, muted_until=None)
    assert Gap.objects.get().state == State.OPEN


def test_the_database_itself_asks_for_the_finding(gap: Gap) -> None:
    for wrong in ({"state": State.CLOSED}, {"state": State.CLOSED, "closed_at": NOW}, {"closed_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Gap.objects.update(**wrong)


def test_a_county_does_not_close_it_by_another_value(
    site: Site, finding: Finding, person: People, district_finding: Path
) -> None:
    """The line is moved after the gap was opened: the gap keeps that of its day, and a new alert has the new one."""
    run_rules(finding, NOW)
    thin = Alert.objects.filter(rule="IND-THIN", school=None).first()
    assert thin is not None
    officer, leader = person(Role.OFFICER, site.county), person(Role.LEADER, site.county)
    thin.school = site.neighbour
    thin.save()
    gap = gap_in(site, officer, thin)
    set_value(leader, site.county, "IND-THIN", "thin", "0.0000001", "放宽", NOW)
    run_rules(later(site, district_finding), NOW + timedelta(days=1))
    gap.refresh_from_db()
    thin.refresh_from_db()
    assert thin.state == AlertState.GONE
    assert (gap.answer, gap.state) == (Answer.FAILS, State.OPEN)


def test_another_countys_or_standards_data_close_nothing(
    gap: Gap, site: Site, district_finding: Path
) -> None:
    newer = later(site, district_finding)
    for wrong in ({"county": site.other}, {"standard": "other"}):
        Finding.objects.filter(pk=newer.pk).update(**wrong)
        foreign = Finding.objects.get(pk=newer.pk)
        assert recheck_county(foreign, answers("closed"), NOW) == 0
        Finding.objects.filter(pk=newer.pk).update(county=site.county, standard=gap.finding.standard)
    assert Gap.objects.get().state == State.OPEN


def test_a_closed_gap_does_not_open_twice(
    gap: Gap, site: Site, person: People, district_finding: Path
) -> None:
    recheck_county(later(site, district_finding), answers("closed"), NOW)
    for day in (1, 2):
        recheck_county(later(site, district_finding), answers("open"), NOW + timedelta(days=day))
    assert Gap.objects.count() == 2
    with pytest.raises(ValidationError, match="已销号"):
        actions.order(person(Role.INSPECTOR, site.city), gap, "再查", NOW)


def test_a_gap_somebody_opened_anew_is_not_doubled(
    gap: Gap, site: Site, person: People, district_finding: Path
) -> None:
    recheck_county(later(site, district_finding), answers("closed"), NOW)
    gap_in(site, person(Role.OFFICER, site.county), gap.alerts.get())
    recheck_county(later(site, district_finding), answers("open"), NOW)
    assert Gap.objects.count() == 2
    assert not Gap.objects.filter(before=gap).exists()


def test_schools_are_not_mixed_up(site: Site, finding: Finding, person: People, mended_finding: Path) -> None:
    """Another school's improvement closes nothing."""
    run_rules(finding, NOW)
    other = Alert.objects.exclude(school_code__in=[WEAK, SCHOOL, ""]).filter(rule="IND-FLOOR").first()
    assert other is not None
    other.school = site.neighbour
    other.save()
    gap = gap_in(site, person(Role.OFFICER, site.county), other)
    run_rules(later(site, mended_finding), NOW)
    gap.refresh_from_db()
    assert (gap.answer, gap.state) == (Answer.FAILS, State.OPEN)

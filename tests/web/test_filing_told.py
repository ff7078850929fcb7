"""What people are told of returns and of monitoring: each once, to who answers for it, in their language."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, row_of, tables_of
from tests.web.monitored import alert_in

from junheng.data import Figure
from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind import remind
from junheng.web.filing.models import CountyYear, Filing, Remark
from junheng.web.filing.queries import due_on, lines_of, listed
from junheng.web.filing.states import State
from junheng.web.findings.models import Finding
from junheng.web.monitoring.models import Alert, Gap
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role
from junheng.web.sources.board import token_of
from junheng.web.sources.deciding import Wish, decide, said_of
from junheng.web.sources.models import Choice

NOW = timezone.now()  # posts of the tests begin today
People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


def test_a_return_sent_back_is_late_only_after_its_own_days(
    site: Site, person: People, browse: Browse
) -> None:
    officer = person(Role.OFFICER, site.county)
    filing = filings_of(site, officer)[SCHOOL]
    back = date(2024, 11, 20)
    Filing.objects.filter(pk=filing.pk).update(state=State.RETURNED)
    Remark.objects.create(
        filing=filing,
        words="请核对",
        by=officer,
        by_name=officer.name,
        sent_at=datetime(2024, 11, 20, 3, tzinfo=UTC),
    )
    opened = CountyYear.objects.get()

    def late(day: date) -> dict[str, bool]:
        return {line.filing.code: line.is_overdue for line in lines_of(opened, listed(opened), day)}

    assert opened.due_on < back
    assert late(back)[SCHOOL] is False
    assert late(back + timedelta(days=60))[SCHOOL] is True
    assert late(back)[next(code for code in late(back) if code != SCHOOL)] is True


def _asked(site: Site, person: People, tmp_path: Path) -> Filing:
    """A figure the officer asked the school about, with no source to take instead."""
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    figure = Figure("stage", SCHOOL, row_of(filing, "stage").key, "pupils")
    told = token_of(said_of(filing, figure), None)
    wish = Wish(figure, Choice.ASK, "", "与学籍不一致", told)
    decide(person(Role.OFFICER, site.county), filing, wish)
    return filing


def test_asking_a_school_gives_its_people_a_notice_in_both_languages(
    site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    clerk, head = person(Role.CLERK, site.school), person(Role.HEAD, site.school)
    person(Role.CLERK, site.neighbour)
    filing = _asked(site, person, tmp_path)
    notices = Notice.objects.order_by("account__username")
    assert {one.account for one in notices} == {clerk, head}
    assert "请核实“学段”" in notices[0].zh
    assert "please check" in notices[0].en
    assert notices[0].address == f"{reverse('filing', args=[filing.pk])}?section=stage"


def test_a_remark_of_the_site_reads_in_either_language(
    site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    filing = _asked(site, person, tmp_path)
    remark = Remark.objects.get(filing=filing)
    assert str(remark) == remark.words
    assert "填报 900；请核实。与学籍不一致" in remark.words
    assert "the return 900; please check. 与学籍不一致" in remark.words_en
    with override("en"):
        assert str(remark) == remark.words_en
    page = browse(Role.CLERK, site.school).get(reverse("filing", args=[filing.pk]), {"section": "stage"})
    assert "填报 900；请核实" in page.content.decode()


def _gap(finding: Finding, alert: Alert, **owned: object) -> Gap:
    made = Gap.objects.create(
        county=finding.county, title="实验室不足", finding=finding, due_on=NOW.date() - timedelta(days=2), measures="建",
        passing="达标", rules_on=NOW.date(), opened_at=NOW, **owned,
    )  # fmt: skip
    made.alerts.add(alert)
    return made


def test_overdue_gaps_and_new_alerts_are_told_once(site: Site, person: People, finding: Finding) -> None:
    officer, head = person(Role.OFFICER, site.county), person(Role.HEAD, site.school)
    Alert.objects.all().delete()
    alert = alert_in(finding, site.school)
    Alert.objects.filter(pk=alert.pk).update(first_seen=NOW - timedelta(days=1))
    own = _gap(finding, alert, owner=head, owner_place=site.school)
    post = _gap(finding, alert, owner_place=site.county, owner_role=Role.OFFICER)
    assert remind(NOW) == 4
    assert remind(NOW + timedelta(hours=1)) == 0
    told = {(one.account, one.address) for one in Notice.objects.all()}
    assert told == {
        (head, reverse("gap", args=[own.pk])),
        (officer, reverse("gap", args=[post.pk])),
        (officer, f"{reverse('gaps', args=[site.county.pk])}?tab=overdue"),
        (officer, reverse("monitoring", args=[site.county.pk])),
    }
    words = Notice.objects.get(address=reverse("monitoring", args=[site.county.pk]))
    assert "新发现 1 项预警" in words.zh
    assert "raised 1 new alerts" in words.en


def test_closed_gaps_and_old_or_muted_alerts_are_not_told(
    site: Site, person: People, finding: Finding
) -> None:
    person(Role.OFFICER, site.county)
    Alert.objects.all().delete()
    old = alert_in(finding, site.school)
    Alert.objects.filter(pk=old.pk).update(first_seen=NOW - timedelta(days=30))
    gap = _gap(finding, old, owner_place=site.county, owner_role=Role.OFFICER)
    Gap.objects.filter(pk=gap.pk).update(state="closed", closed_by=finding, closed_at=NOW)
    assert remind(NOW) == 0


def test_why_one_cell_came_back_stands_at_the_top_with_the_day_it_is_due(
    site: Site, person: People, browse: Browse, tmp_path: Path
) -> None:
    filing = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "before"))[SCHOOL]
    Filing.objects.filter(pk=filing.pk).update(state=State.RETURNED)
    row = row_of(filing, "stage")
    Remark.objects.create(filing=filing, row=row, column="pupils", words="学籍为 899", sent_at=timezone.now())
    page = browse(Role.CLERK, site.school).get(reverse("filing", args=[filing.pk]) + "?section=premises")
    told = page.content.decode()
    assert '<a href="?section=stage">在校生数</a>：学籍为 899' in told
    filing.refresh_from_db()
    due = due_on(filing)
    assert due is not None
    assert due > timezone.localdate()
    assert f"截止 {due:%Y-%m-%d}" in told

"""A gap given, ordered (督办) or sent back is told at once to whoever answers for it: what to
do, and by when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.monitored import NOW, TODAY, People, alert_in, gap_in

from junheng.web.clocks.models import Notice
from junheng.web.findings.models import Finding
from junheng.web.monitoring import actions
from junheng.web.monitoring.models import Gap
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def gap(site: Site, finding: Finding, person: People) -> Gap:
    """A gap the neighbour's head answers for, due in thirty days of today."""
    person(Role.HEAD, site.neighbour)
    days = (timezone.localdate() - TODAY).days + 30
    return gap_in(site, person(Role.OFFICER, site.county), alert_in(finding, site.neighbour), days=days)


def _told(person: Account) -> list[str]:
    return list(Notice.objects.filter(account=person).order_by("pk").values_list("zh", flat=True))


def test_the_head_is_told_of_an_order_at_once_with_what_to_do_by_when(
    gap: Gap, site: Site, person: People, browse: Browse
) -> None:
    head, due = person(Role.HEAD, site.neighbour), str(gap.due_on)
    (first,) = _told(head)
    assert first.startswith("新的整改项：“师范附小骨干教师不足”")
    assert f"期限 {due}；请接办" in first
    inspector = browse(Role.INSPECTOR, site.city)
    inspector.post(reverse("gap_order", args=[gap.pk]), {"words": "一周内上报进展"})
    order = _told(head)[1]
    assert order.startswith("督办（一周内上报进展）：“师范附小骨干教师不足”")
    assert due in order
    notice = Notice.objects.get(account=head, zh=order)
    assert (notice.address, notice.due_on) == (reverse("gap", args=[gap.pk]), gap.due_on)
    shown = browse(Role.HEAD, site.neighbour).get(reverse("notices")).content.decode()
    assert order in shown
    assert browse(Role.HEAD, site.neighbour).get(notice.address).status_code == 200
    assert not Notice.objects.exclude(account=head).exists(), "the neighbour's head alone"


def test_a_report_that_came_back_is_told_with_the_reason(gap: Gap, site: Site, person: People) -> None:
    head, officer = person(Role.HEAD, site.neighbour), person(Role.OFFICER, site.county)
    actions.take(head, gap, NOW)
    actions.report(head, gap, "已招聘", NOW)
    actions.send_back(officer, gap, "没有附合同", NOW)
    assert _told(head)[-1] == f"整改报告被退回（没有附合同）：“{gap.title}”，请在 {gap.due_on} 前补正再报"


def test_an_order_past_its_day_says_so(gap: Gap, site: Site, person: People) -> None:
    Gap.objects.filter(pk=gap.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    actions.order(person(Role.INSPECTOR, site.city), gap, "限期", NOW)
    assert "期限已过，请立即接办" in _told(person(Role.HEAD, site.neighbour))[-1]

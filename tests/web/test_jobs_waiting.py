"""What a queue tells: place and usual time; with no more queries for more jobs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site

from junheng.web.jobs import waiting
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State, Work
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]


def _done(county: Organisation, seconds: int, ended: datetime, kind: str) -> None:
    Job.objects.create(
        county=county, work=Work.PLAN, state=State.DONE, options={"kind": kind}, ended_at=ended,
        started_at=ended - timedelta(seconds=seconds),
    )  # fmt: skip


def test_the_place_in_the_queue_counts_all_counties(site: Site) -> None:
    first = Job.objects.create(county=site.other, work=Work.PLAN)
    second = Job.objects.create(county=site.county, work=Work.PLAN)
    Job.objects.create(county=site.county, work=Work.PLAN, state=State.DONE)
    assert waiting.places() == {first.pk: 1, second.pk: 2}
    Job.objects.filter(pk=first.pk).update(queued_at=timezone.now() + timedelta(seconds=9))
    assert waiting.places() == {second.pk: 1, first.pk: 2}


def test_the_median_of_the_last_ten_of_a_kind(site: Site) -> None:
    now = timezone.now()
    for number in range(10):
        _done(site.county, 10 + number, now - timedelta(hours=number), "zone")
    _done(site.county, 9000, now - timedelta(hours=99), "zone")  # the eleventh, left out
    _done(site.county, 300, now, "pair")
    Job.objects.create(county=site.county, work=Work.PLAN, state=State.FAILED, options={"kind": "pair"})
    found = waiting.usual()
    assert found[Work.PLAN, "zone"] == timedelta(seconds=14.5)
    assert found[Work.PLAN, "pair"] == timedelta(seconds=300)
    assert (Work.PLAN, "site") not in found


def test_a_waiting_job_says_its_place_and_what_is_usual(site: Site, browse: Browse) -> None:
    _done(site.county, 300, timezone.now(), "zone")
    Job.objects.create(county=site.other, work=Work.PLAN, options={"kind": "zone"})
    job = Job.objects.create(county=site.county, work=Work.PLAN, options={"kind": "zone"})
    officer = browse(Role.OFFICER, site.county)
    for address in (reverse("job", args=[job.pk]), reverse("jobs", args=[site.county.pk])):
        text = officer.get(address).content.decode()
        assert "排在第 2 位" in text
        assert "同类通常用时 5 分钟" in text


def test_more_jobs_need_no_more_queries(site: Site, browse: Browse) -> None:
    leader = browse(Role.LEADER, site.county)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert leader.get(reverse("jobs", args=[site.county.pk])).status_code == 200
        return len(caught)

    Job.objects.create(county=site.county, work=Work.PLAN, options={"kind": "zone"})
    queries()  # the first visit of a session writes it
    one = queries()
    for number in range(29):
        work = (Work.PLAN, Work.DRAW, Work.CLASSES)[number % 3]
        Job.objects.create(county=site.county, work=work, options={"kind": "zone"}, asked_by=None)
        _done(site.county, number, timezone.now(), "zone")
    assert queries() == one

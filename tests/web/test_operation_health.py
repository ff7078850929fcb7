"""How the site does: two words for monitors, everything for administrators."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import Site

from junheng.web.audit.chain import record
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State
from junheng.web.operation import health
from junheng.web.operation.beats import beat, workers
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

pytestmark = pytest.mark.django_db
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture(autouse=True)
def no_worker() -> None:
    """No worker of another test is heard of."""
    for path in (Path(settings.HOME) / "workers").glob("*"):
        path.unlink()


def test_monitors_hear_two_words_and_nothing_else() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_browser_gets_a_page() -> None:
    page = Client().get("/health", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "数据库可用" in page.text


def test_a_database_that_is_gone_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(gone):
        answer = Client().get("/health")
        page = Client().get("/health", headers={"accept": "text/html"})
    assert (answer.status_code, answer.json()) == (503, {"status": "not_ok"})
    assert (page.status_code, "数据库没有应答" in page.text) == (503, True)


def test_a_disk_nearly_full_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DISK_FREE_BYTES", health.free_bytes() * 2)
    assert Client().get("/health").status_code == 503


def _page(browse: Browse, place: Organisation, language: str = "zh-hans") -> str:
    client = browse(Role.ADMINISTRATOR, place)
    client.cookies["django_language"] = language
    answer = client.get(reverse("health_detail", args=[place.pk]))
    assert answer.status_code == 200
    return answer.text


def test_an_empty_site_says_what_to_do(site: Site, browse: Browse) -> None:
    page = _page(browse, site.county)
    for word in ("还没有备份过", "junheng-backup.timer", "请启动 junheng-worker", "与软件一致"):
        assert word in page
    english = _page(browse, site.county, "en")
    assert "none yet" in english
    assert "备份" not in english


def test_all_is_well(site: Site, browse: Browse) -> None:
    beat(f"here:{os.getpid()}")
    with transaction.atomic():
        record(None, "backup.make", "backup", "junheng-x.tar.gz")
    assert "一切正常" in _page(browse, site.county)


def test_old_backups_and_old_jobs_are_told(site: Site, finding: Finding) -> None:
    now = timezone.now()
    with transaction.atomic():
        record(None, "backup.make", "backup", "junheng-x.tar.gz")
    Job.objects.create(county=site.county, work="report", finding=finding, queued_at=now)
    well = {one.name.en: one.is_well for one in health.facts(now)}
    later = {one.name.en: one.is_well for one in health.facts(now + timedelta(days=3))}
    assert (well["Last backup"], later["Last backup"]) == (True, False)
    assert (well["Oldest waiting job"], later["Oldest waiting job"]) == (True, False)
    back = {one.name.en: one.value.en for one in health.facts(now - timedelta(hours=1))}
    assert back["Oldest waiting job"] == "0 minutes", "a clock that jumped back"


def test_the_number_of_questions_does_not_grow(site: Site, finding: Finding) -> None:
    counts = []
    for number in (1, 30):
        Job.objects.bulk_create(
            [Job(county=site.county, work="report", finding=finding) for _ in range(number)]
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            health.facts()
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_other_roles_do_not_see_it(site: Site, browse: Browse) -> None:
    for role, place in ((Role.LEADER, site.county), (Role.HEAD, site.school)):
        assert browse(role, place).get(reverse("health_detail", args=[place.pk])).status_code == 404


def test_workers_are_alive_while_they_are_heard_of(site: Site, finding: Finding) -> None:
    import socket

    beat("elsewhere:1")
    beat(f"{socket.gethostname()}:999999999")  # a process of this machine that is gone
    assert {one.name.partition(":")[0]: one.is_alive for one in workers()} == {
        "elsewhere": True, socket.gethostname(): False
    }  # fmt: skip
    path = Path(settings.HOME) / "workers" / "elsewhere:1"
    os.utime(path, (time.time() - 300,) * 2)
    assert not any(one.is_alive for one in workers())
    Job.objects.create(
        county=site.county, work="report", finding=finding, state=State.RUNNING, token="t", worker="elsewhere:1",
        beat_at=timezone.now(),
    )  # fmt: skip
    assert [(one.is_alive, one.is_busy) for one in workers() if one.name == "elsewhere:1"] == [(True, True)]
    os.utime(path, (time.time() - 90_000,) * 2)
    beat("elsewhere:2")
    assert not path.exists()

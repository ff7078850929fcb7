"""A job belongs to one worker; a worker that lost it keeps nothing; what died is put back, what is cancelled ends."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.conftest import DISTRICT, Site

from junheng.web.audit.models import Entry
from junheng.web.findings.models import Finding
from junheng.web.jobs import actions, claims, run
from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.states import MOVES, State, Work
from junheng.web.jobs.worker import work
from junheng.web.people.access import end_post
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]


@pytest.fixture
def job(site: Site, person: People) -> Job:
    """An evaluation that waits."""
    upload = Upload(county=site.county, sha256="ab" * 32, suffix=".xlsx", size=1, name="x.xlsx")
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    upload.path.write_bytes((DISTRICT / "2024.xlsx").read_bytes())
    upload.save()
    return actions.ask_evaluation(
        person(Role.OFFICER, site.county), site.county, upload, "quality-2017", 2024
    )


def _claimed() -> Job:
    job = claims.claim("one")
    assert job is not None
    return job


def _silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - timedelta(seconds=claims.DEAD_SECONDS + 1))


def _left(job: Job) -> list[str]:
    names = ("jobs", "findings", "results")
    return [str(path) for name in names for path in (Path(settings.HOME) / name).glob(f"*{job.token}*")]


def test_a_job_is_claimed_once(job: Job) -> None:
    mine = _claimed()
    assert claims.claim("two") is None
    assert (mine.state, mine.tries, mine.worker) == (State.RUNNING, 1, "one")
    assert not claims.beat(mine)


def test_a_worker_does_all_that_waits(job: Job, site: Site) -> None:
    second = Job.objects.create(county=site.county, work=Work.PLAN, asked_by=job.asked_by)
    assert work(Event(), is_once=True) == 2
    for one, state in ((job, State.DONE), (second, State.FAILED)):
        one.refresh_from_db()
        assert one.state == state, one.error


def test_a_worker_that_lost_its_job_keeps_nothing(job: Job) -> None:
    mine = _claimed()
    stage = claims.stage_of(mine)
    (stage / "out").mkdir(parents=True)
    _silent(mine)
    assert claims.sweep() == 1
    assert not stage.exists()
    other = claims.claim("two")
    assert other is not None
    assert other.token != mine.token
    for act in (
        lambda: claims.beat(mine),
        lambda: claims.tell(mine, {"zh": "一", "en": "one"}, 1, 2),
        lambda: claims.end(mine, State.FAILED),
        lambda: run.finish(mine, {}),
    ):
        with pytest.raises(claims.Lost):
            act()
    job.refresh_from_db()
    assert (job.state, job.token) == (State.RUNNING, other.token)
    assert not Finding.objects.exists()


def test_a_living_job_is_not_swept(job: Job) -> None:
    _claimed()
    assert claims.sweep() == 0


def test_after_three_deaths_it_is_given_up(job: Job) -> None:
    for _ in range(claims.MOST_TRIES):
        _silent(_claimed())
        assert claims.sweep() == 1
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "3 次意外结束" in job.error[0]["zh"]
    assert claims.claim("one") is None


def test_a_result_that_cannot_be_entered_leaves_nothing(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database refuses in the last moment: no finding, no folder, and the job says so."""

    def broken(*_: Any) -> Finding:
        raise ZeroDivisionError

    monkeypatch.setattr(run, "keep", broken)
    mine = _claimed()
    run.run(mine, Event())
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "程序内部错误" in job.error[0]["zh"]
    assert not Finding.objects.exists()
    assert _left(mine) == []


def test_what_waits_is_cancelled_at_once_and_may_be_tried_again(site: Site, job: Job, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    officer.post(reverse("job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert claims.claim("one") is None
    assert not actions.cancel(job.asked_by, job)  # type: ignore[arg-type] # the fixture's officer
    officer.post(reverse("job_retry", args=[job.pk]))
    assert _claimed().pk == job.pk
    acts = Entry.objects.filter(object_kind="job").order_by("number").values_list("action", flat=True)
    assert list(acts) == ["job.ask", "job.cancel", "job.retry", "job.start"]


def test_what_runs_is_cancelled_by_its_worker(job: Job, site: Site, person: People) -> None:
    mine = _claimed()
    assert actions.cancel(person(Role.LEADER, site.county), job)
    run.run(mine, Event())
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert not Finding.objects.exists()
    assert _left(mine) == []
    assert Entry.objects.get(action="job.finish").actor_id == person(Role.LEADER, site.county).pk


def test_a_wish_to_cancel_in_the_last_moment_holds(job: Job) -> None:
    mine = _claimed()
    Job.objects.filter(pk=job.pk).update(cancel_at=timezone.now())
    with pytest.raises(run.Cancelled):
        run.finish(mine, {})


def test_a_worker_that_is_stopped_puts_its_job_back(job: Job) -> None:
    stop = Event()
    stop.set()
    mine = _claimed()
    run.run(mine, stop)
    job.refresh_from_db()
    assert (job.state, job.tries, job.token) == (State.QUEUED, 0, "")
    assert _left(mine) == []


def test_what_takes_too_long_is_ended(job: Job) -> None:
    run.run(_claimed(), Event(), longest=0.2)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "超过时限" in job.error[0]["zh"]


def test_our_own_fault_is_told_without_a_trace(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "task_of", lambda job: {"work": "no such", "stage": str(claims.stage_of(job))})
    run.run(_claimed(), Event())
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "程序内部错误" in job.error[0]["zh"]
    assert "Traceback" not in str(job.error)


def test_who_lost_the_right_gets_no_result(job: Job, site: Site, person: People) -> None:
    officer = person(Role.OFFICER, site.county)
    end_post(person(Role.ADMINISTRATOR, site.county), officer.posts.get())
    run.run(_claimed(), Event())
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "无权" in job.error[0]["zh"]


def test_an_input_that_is_gone_is_told(job: Job) -> None:
    assert job.upload is not None
    job.upload.path.unlink()
    run.run(_claimed(), Event())
    job.refresh_from_db()
    assert "请重新上传" in job.error[0]["zh"]


def test_a_queue_has_an_end(job: Job, site: Site, person: People) -> None:
    for _ in range(actions.MOST_OPEN - 1):
        Job.objects.create(county=site.county, work=Work.VERIFY)
    with pytest.raises(actions.UserError, match="未结束"):
        actions.ask_plan(person(Role.OFFICER, site.county), site.county, job.upload, "", 60)  # type: ignore[arg-type] # it has one


def test_only_the_states_of_the_table_follow_each_other() -> None:
    assert set(MOVES) == set(State)
    assert not MOVES[State.DONE]
    assert all(State.RUNNING not in after for state, after in MOVES.items() if state != State.QUEUED)

"""Who has a job: taken once, kept by a beating heart, put back when its worker died."""

import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from junheng.web.audit.chain import record
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job, Line
from junheng.web.jobs.states import State
from junheng.web.people.models import Account

DEAD_SECONDS = 60  # without a beat; more than after which the process of a silent worker ends itself
MOST_TRIES = 3
_GIVEN_UP = [
    {"zh": f"处理它的进程 {MOST_TRIES} 次意外结束，不再重试；没有保留任何结果",
     "en": f"the process that worked on it died {MOST_TRIES} times; it is not tried again and nothing was kept"},
    {"zh": "办法：请管理员查看服务器日志（可能是内存不足），再点“重试”",
     "en": "What to do: ask the administrator to look at the server's log (memory may be short), then retry"},
]  # fmt: skip


class Lost(Exception):  # noqa: N818 # a state of affairs, told to the worker
    """The claim is gone: cancelled, or given to another worker."""


@transaction.atomic
def claim(worker: str) -> Job | None:
    """The oldest job that waits, now this worker's alone; None where none waits.

    PostgreSQL: rows locked by others are skipped. SQLite: the transaction is the only writer's from its start. The
    update itself asks for the state once more, so that a job is taken once under any isolation.
    """
    waiting = Job.objects.filter(state=State.QUEUED).order_by("queued_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True)
    job = waiting.first()
    if job is None:
        return None
    now, token = timezone.now(), secrets.token_hex(8)
    taken = Job.objects.filter(pk=job.pk, state=State.QUEUED).update(
        state=State.RUNNING, token=token, worker=worker[:100], beat_at=now, started_at=now, tries=F("tries") + 1,
        done=0, total=0,
    )  # fmt: skip
    if not taken:
        return None
    job.refresh_from_db()
    detail = {"work": job.work, "worker": job.worker, "try": job.tries}
    record(job.asked_by, "job.start", "job", job.pk, detail, organisation_id=job.county_id)
    return job


def held(job: Job) -> Job:
    """The row of a job this worker has, locked until the transaction ends. Raises Lost."""
    found = Job.objects.select_for_update().filter(pk=job.pk, token=job.token, state=State.RUNNING).first()
    if found is None:
        raise Lost
    return found


def beat(job: Job) -> bool:
    """Tell that the job is alive; whether somebody wishes it cancelled. Raises Lost."""
    mine = Job.objects.filter(pk=job.pk, token=job.token, state=State.RUNNING)
    if not mine.update(beat_at=timezone.now()):
        raise Lost
    return mine.filter(cancel_at__isnull=False).exists()


@transaction.atomic
def tell(job: Job, words: dict[str, str], done: int, total: int) -> None:
    """A line of the log, and how far it has come. Raises Lost."""
    row = held(job)
    Line.objects.create(job=row, zh=words["zh"], en=words["en"])
    Job.objects.filter(pk=job.pk).update(done=done, total=total)


@transaction.atomic
def end(
    job: Job,
    state: State,
    *,
    error: list[dict[str, str]] | None = None,
    by: Account | None = None,
    folder_name: str = "",
) -> None:
    """The job ended without a result; ``folder_name``: what is kept of it all the same. Raises Lost."""
    row = held(job)
    row.state, row.error, row.ended_at, row.token = state, error, timezone.now(), ""
    row.folder_name = folder_name
    row.save(update_fields=["state", "error", "ended_at", "token", "folder_name"])
    detail = {"work": row.work, "state": str(state), "why": error[0]["zh"] if error else ""}
    record(by or row.asked_by, "job.finish", "job", row.pk, detail, organisation_id=row.county_id)


@transaction.atomic
def put_back(job: Job, why: dict[str, str], *, is_fault: bool = True) -> None:
    """Into the queue again, or given up after the last try; a stop that is nobody's fault is no try. Raises Lost."""
    row = held(job)
    row.tries -= 0 if is_fault else 1
    is_over = row.tries >= MOST_TRIES
    row.state, row.token, row.beat_at, row.queued_at = State.QUEUED, "", None, timezone.now()
    if is_over or row.cancel_at:
        row.state, row.ended_at = (
            State.FAILED if is_over and not row.cancel_at else State.CANCELLED,
            timezone.now(),
        )
        row.error = _GIVEN_UP if row.state == State.FAILED else None
    row.save(update_fields=["state", "token", "beat_at", "queued_at", "ended_at", "error", "tries"])
    Line.objects.create(job=row, **why)
    action = "job.put_back" if row.state == State.QUEUED else "job.finish"
    record(
        None,
        action,
        "job",
        row.pk,
        {"state": str(row.state), "try": row.tries},
        organisation_id=row.county_id,
    )


def sweep() -> int:
    """Put back the jobs whose workers died, and clear what those left behind; how many."""
    silent = timezone.now() - timedelta(seconds=DEAD_SECONDS)
    dead = Job.objects.filter(Q(beat_at__lt=silent) | Q(beat_at__isnull=True), state=State.RUNNING)
    count = 0
    for job in dead:
        why = {
            "zh": f"处理它的进程没有回音（{job.worker}）",
            "en": f"its worker does not answer ({job.worker})",
        }
        try:
            with transaction.atomic():
                row = held(job)
                if row.beat_at and row.beat_at >= silent:
                    continue  # it was only slow
                put_back(job, why)
        except Lost:
            continue
        clear(job)
        count += 1
    return count


def stage_of(job: Job) -> Path:
    """The folder in which a claim's process works."""
    return Path(settings.HOME) / "jobs" / f"{job.pk}-{job.token}"


def finding_name(job: Job) -> str:
    """The folder a claim's finding gets below findings/."""
    return f"{job.county_id}-{job.options.get('year')}-{job.token}"


def clear(job: Job) -> None:
    """Remove what a claim left: its stage, and a finding or papers that were moved and never entered."""
    shutil.rmtree(stage_of(job), ignore_errors=True)
    if not Finding.objects.filter(folder_name=finding_name(job)).exists():
        shutil.rmtree(Path(settings.HOME) / "findings" / finding_name(job), ignore_errors=True)
    papers = f"{job.pk}-{job.token}"
    if not Job.objects.filter(folder_name=papers).exists():
        shutil.rmtree(Path(settings.HOME) / "results" / papers, ignore_errors=True)

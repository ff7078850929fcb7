"""One job from claim to end: its task for the process, its log on the way,
its result kept whole or not at all."""

import logging
import time
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.db import OperationalError, transaction
from django.utils import timezone

from junheng.web.audit.chain import record
from junheng.web.findings.actions import keep
from junheng.web.jobs.asking import OUT
from junheng.web.jobs.child import OWN_FAULT, TOO_LONG, Child, Ended
from junheng.web.jobs.claims import Lost, beat, clear, end, finding_name, held, put_back, stage_of, tell
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import known_source
from junheng.web.jobs.states import State, Work
from junheng.web.people.permissions import may_evaluate
from junheng.web.people.queries import code_of

Json = dict[str, Any]
LONGEST_SECONDS = 3600.0
_BEAT_SECONDS = 2.0
_STOPPED = {"zh": "处理它的进程停机，重新排队", "en": "its worker was stopped; queued again"}
_NO_RIGHT = [
    {"zh": "提交人已无权为本县提交任务", "en": "whoever asked for it may no longer do so for this county"}
]
_log = logging.getLogger(__name__)


class Cancelled(Exception):  # noqa: N818 # a wish, not an error
    """Somebody wishes the job cancelled."""


class Stopped(Exception):  # noqa: N818 # a wish, not an error
    """The worker is asked to end."""


def run(job: Job, stop: Event, longest: float = LONGEST_SECONDS) -> None:
    """Do a claimed job to its end, whatever that is. Raises OperationalError where the database is gone."""
    try:
        finish(job, _computed(job, stop, longest))
    except Lost:
        _log.warning("job %s was taken away from %s", job.pk, job.worker)
    except Cancelled:
        row = Job.objects.select_related("cancel_by").get(pk=job.pk)
        _ended(job, State.CANCELLED, None, by=row.cancel_by)
    except Stopped:
        put_back(job, _STOPPED, is_fault=False)
    except Ended as ended:
        if ended.log:
            _log.error("job %s: %s", job.pk, ended.log)
        _ended(job, State.FAILED, _without_places(ended.lines, job))
    except OperationalError:
        raise  # the job is put back when its heart has stopped
    except Exception:
        _log.exception("job %s", job.pk)
        _ended(job, State.FAILED, OWN_FAULT)
    finally:
        clear(job)


def _ended(job: Job, state: State, error: list[dict[str, str]] | None, **who: Any) -> None:
    try:
        end(job, state, error=error, **who)
    except Lost:
        _log.warning("job %s was taken away from %s", job.pk, job.worker)


def _computed(job: Job, stop: Event, longest: float) -> Json:
    """The result of the job's process, its steps told on the way. Raises what ends it otherwise."""
    if job.asked_by is None or not may_evaluate(job.asked_by, job.county):
        raise Ended(_NO_RIGHT)
    stage_of(job).mkdir(parents=True, mode=0o700)
    until, beaten = time.monotonic() + longest, 0.0
    with Child(task_of(job)) as child:
        while time.monotonic() < until:
            line = child.listen(0.3)
            if line and "result" in line:
                return dict(line["result"])
            if line:
                tell(job, _clean(line["say"], job), line["done"], line["total"])
            if stop.is_set():
                raise Stopped
            if time.monotonic() - beaten > _BEAT_SECONDS:
                beaten = time.monotonic()
                if beat(job):
                    raise Cancelled
    raise Ended(TOO_LONG)


def task_of(job: Job) -> Json:
    """What the process is told. Raises Ended where what is needed is no longer there."""
    task: Json = {"work": job.work, "stage": str(stage_of(job)), **job.options}
    if job.finding and job.work in (Work.REPORT, Work.VERIFY):
        task |= {"finding": str(job.finding.folder), "sha256": job.finding.sha256}
    if job.work == Work.EVALUATE:
        task["county"] = code_of(job.county, int(job.options["year"]))
    source = job.upload.path if job.upload else None
    if job.work == Work.VERIFY and source is None and job.finding:
        source = known_source(job.finding)
    if job.work != Work.REPORT:
        if source is None or not source.exists():
            gone = {
                "zh": "原始数据已不在服务器上，请重新上传",
                "en": "the input is no longer on the server: upload it again",
            }
            raise Ended([gone])
        task["source"] = str(source)
    return task


@transaction.atomic
def finish(job: Job, result: Json) -> None:
    """Keep what the process made, in the transaction that ends the job. Raises Lost, Cancelled; then nothing is kept."""
    row = held(job)
    if row.cancel_at:
        raise Cancelled
    if row.work == Work.EVALUATE:
        folder = _moved(job, Path(settings.HOME) / "findings" / finding_name(job))
        row.finding = keep(row.asked_by, row.county, folder)
    elif row.work in (Work.REPORT, Work.PLAN):
        row.folder_name = _moved(job, Path(settings.HOME) / "results" / f"{job.pk}-{job.token}").name
    row.state, row.result, row.ended_at, row.token = State.DONE, result, timezone.now(), ""
    row.save()
    detail: Json = {"work": row.work, "state": str(State.DONE)}
    if "ok" in result:
        detail["verified"] = "yes" if result["ok"] else "no"
    record(row.asked_by, "job.finish", "job", row.pk, detail, organisation_id=row.county_id)


def _moved(job: Job, place: Path) -> Path:
    place.parent.mkdir(exist_ok=True)
    return (stage_of(job) / OUT).rename(place)


def _without_places(lines: list[dict[str, str]], job: Job) -> list[dict[str, str]]:
    return [_clean(line, job) for line in lines]


def _clean(words: dict[str, str], job: Job) -> dict[str, str]:
    """The words without this machine's folders."""
    found = dict(words)
    for place in (stage_of(job) / "input", stage_of(job), settings.HOME):
        found = {key: text.replace(f"{place}/", "").replace(str(place), "") for key, text in found.items()}
    return found

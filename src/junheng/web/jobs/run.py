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

from junheng.basics import Text, UserError
from junheng.web.audit.chain import record
from junheng.web.findings.actions import keep
from junheng.web.jobs.asking import FIGURES, OUT, PROMISES
from junheng.web.jobs.child import OWN_FAULT, TOO_LONG, Child, Ended
from junheng.web.jobs.claims import Lost, beat, clear, end, finding_name, held, put_back, stage_of, tell
from junheng.web.jobs.models import Job
from junheng.web.jobs.permissions import may_ask_work
from junheng.web.jobs.private_work import write_said
from junheng.web.jobs.queries import known_source, plans_of, source_of
from junheng.web.jobs.signals import books_wanted, finding_made, report_wanted, source_read
from junheng.web.jobs.states import State, Work
from junheng.web.jobs.uploads import forget
from junheng.web.jobs.works.kinds import WORK_KINDS
from junheng.web.jobs.works.places import places_of
from junheng.web.people.queries import code_of

Json = dict[str, Any]
LONGEST_SECONDS = 3600.0
_BEAT_SECONDS = 2.0
_STOPPED = {"zh": "处理它的进程停机，重新排队", "en": "its worker was stopped; queued again"}
_GONE = {
    "zh": "原始数据已不在服务器上，请重新上传",
    "en": "the input is no longer on the server: upload it again",
}
_NO_RIGHT = [
    {"zh": "提交人已无权为本县提交任务", "en": "whoever asked for it may no longer do so for this county"}
]
_KEPT_APART = [
    {"zh": "没有完成；原因见下，可能含姓名，只随本任务的私密文件短期保存",
     "en": "Not done; the cause, which may hold names, is kept shortly among this job's private papers"}
]  # fmt: skip
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
        _failed(job, ended)
    except OperationalError:
        raise  # the job is put back when its heart has stopped
    except Exception:
        _log.exception("job %s", job.pk)
        _ended(job, State.FAILED, OWN_FAULT)
    finally:
        clear(job)
        forget(job)


def _failed(job: Job, ended: Ended) -> None:
    """Why, in the job's row; where names of minors may stand in the words, among its private papers alone."""
    lines = _without_places(ended.lines, job)
    if not job.is_private:
        if ended.log:
            _log.error("job %s: %s", job.pk, ended.log)
        return _ended(job, State.FAILED, lines)
    if ended.log:
        _log.error("job %s failed; its words may hold names and are not logged", job.pk)
    folder = Path(settings.HOME) / "results" / f"{job.pk}-{job.token}"
    folder.mkdir(parents=True, mode=0o700)
    write_said(folder, [Text(line["zh"], line["en"]) for line in lines])
    return _ended(job, State.FAILED, _KEPT_APART, folder_name=folder.name)


def _ended(job: Job, state: State, error: list[dict[str, str]] | None, **who: Any) -> None:
    try:
        end(job, state, error=error, **who)
    except Lost:
        _log.warning("job %s was taken away from %s", job.pk, job.worker)


def _computed(job: Job, stop: Event, longest: float) -> Json:
    """The result of the job's process, its steps told on the way. Raises what ends it otherwise."""
    if job.asked_by is None or not may_ask_work(job.asked_by, job.county, job.work):
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
    if job.work == Work.REPORT:
        report_wanted.send(Job, job=job, path=stage_of(job) / PROMISES)
    if job.work == Work.SOURCE and job.upload:
        task["name"] = job.upload.name
    if job.work == Work.EVALUATE:
        task["county"] = code_of(job.county, int(job.options["year"]))
    if job.work == Work.BOOKS:
        books_wanted.send(Job, job=job, path=stage_of(job) / "books.jsonl")
        return task | {"books": str(stage_of(job) / "books.jsonl")}
    if job.work in (Work.COMPARE, Work.CHECK):
        return task | _plans(job)
    if job.work in WORK_KINDS:
        found = places_of(job)
        if found is None:
            raise Ended([_GONE])
        return task | found
    source = source_of(job)
    if job.work == Work.VERIFY and source is None and job.finding:
        source = known_source(job.finding)
    if job.work != Work.REPORT:
        if source is None or not source.exists():
            raise Ended([_GONE])
        task["source"] = str(source)
    return task


def _plans(job: Job) -> Json:
    """Where the plans lie that are compared or checked. Raises Ended where one is gone."""
    asked = job.options["plans"] if job.work == Work.COMPARE else [job.options["plan"]]
    found = {str(plan.pk): str(plan.folder) for plan in plans_of(job.county).filter(pk__in=asked)}
    if len(found) != len(asked) or not all(Path(folder).is_dir() for folder in found.values()):
        raise Ended([_GONE])
    return {"plans": found} if job.work == Work.COMPARE else {"plan": next(iter(found.values()))}


@transaction.atomic
def finish(job: Job, result: Json) -> None:
    """Keep what the process made, in the transaction that ends the job. Raises Lost, Cancelled; then nothing is kept."""
    row = held(job)
    if row.cancel_at:
        raise Cancelled
    if row.work == Work.EVALUATE and "scenario" not in row.options:
        folder = _moved(job, Path(settings.HOME) / "findings" / finding_name(job))
        row.finding = keep(row.asked_by, row.county, folder)
        finding_made.send(Job, job=row)
    elif row.work == Work.SOURCE:
        result = {**result, "told": _kept(row, stage_of(job) / OUT)}
    elif row.work not in (Work.VERIFY, Work.CHECK):  # a scenario's evaluation takes no finding's place
        folder = _moved(job, Path(settings.HOME) / "results" / f"{job.pk}-{job.token}")
        folder.chmod(0o700)
        row.folder_name = folder.name
    row.state, row.result, row.ended_at, row.token = State.DONE, result, timezone.now(), ""
    row.save()
    detail: Json = {"work": row.work, "state": str(State.DONE)}
    if "ok" in result:
        detail["verified"] = "yes" if result["ok"] else "no"
    record(row.asked_by, "job.finish", "job", row.pk, detail, organisation_id=row.county_id)


def _kept(job: Job, folder: Path) -> list[Json]:
    """What is said of the figures that were read. Raises Ended where none of them is kept."""
    try:
        answers = source_read.send(Job, job=job, path=folder / FIGURES)
    except UserError as error:
        raise Ended([{"zh": line.zh, "en": line.en} for line in error.lines()]) from error
    told: list[Any] = [line for _, lines in answers for line in lines or ()]
    return [{"zh": line.zh, "en": line.en} for line in told]


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

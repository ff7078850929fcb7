"""Asking for jobs, cancelling them, asking again: each with its entry in the trail."""

import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.audit.chain import record
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.states import MOVES, PRIVATE, State, Work
from junheng.web.jobs.uploads import forget, remove_bytes
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import code_of

LEAST_COMPARED = 2
MOST_OPEN = 20  # of one county: a queue is no store; own default
Json = dict[str, Any]
About = tuple[Json, Finding | None]


def ask_evaluation(actor: Account, county: Organisation, upload: Upload, standard: str, year: int) -> Job:
    """Evaluate an upload. Raises UserError where the county has no code in that year."""
    require_code(county, year)
    return _ask(actor, county, Work.EVALUATE, {"standard": standard, "year": year}, upload=upload)


def ask_frozen(actor: Account, county: Organisation, snapshot: str, standard: str, year: int) -> Job:
    """Evaluate a frozen year, whose tables lie in ``snapshot`` below the site's snapshots. Raises UserError as above."""
    require_code(county, year)
    options: Json = {"standard": standard, "year": year, "snapshot": snapshot}
    return _ask(actor, county, Work.EVALUATE, options)


def ask_scenario(actor: Account, finding: Finding, upload: Upload, scenario: int, name: str) -> Job:
    """Evaluate the changed tables of a what-if scenario by the finding's standard; kept as papers, never as a finding."""
    options: Json = {"standard": finding.standard, "year": finding.year, "scenario": scenario, "name": name}
    return _ask(actor, finding.county, Work.EVALUATE, options, upload=upload)


def ask_report(actor: Account, finding: Finding, percent: str, digits: int) -> Job:
    """Make a finding's documents anew."""
    return _ask(actor, finding.county, Work.REPORT, {"percent": percent, "digits": digits}, finding=finding)


def ask_verification(actor: Account, finding: Finding, upload: Upload | None) -> Job:
    """Compute a finding again, from ``upload`` or the input the site has."""
    return _ask(actor, finding.county, Work.VERIFY, {}, finding=finding, upload=upload)


def ask_plan(actor: Account, county: Organisation, upload: Upload, problem: str, seconds: int) -> Job:
    """A plan or forecast from an uploaded problem folder; of which kind, its looking told."""
    kind = (upload.looked or {}).get("kind", "")
    return _ask(
        actor, county, Work.PLAN, {"problem": problem, "seconds": seconds, "kind": kind}, upload=upload
    )


def ask_comparison(actor: Account, county: Organisation, plans: Sequence[Job]) -> Job:
    """Set earlier plans of one kind side by side. Raises UserError for fewer than two, and for two kinds."""
    kinds = {str(plan.options.get("kind")) for plan in plans}
    if len(plans) < LEAST_COMPARED or len(kinds) != 1:
        raise UserError(
            Text("请选两个以上同一种规划", "choose two or more plans of one kind"),
            why=Text("只有同一种规划的目标和资金可以相比", "only plans of one kind can be compared"),
            fix=Text("重新勾选", "choose again"),
        )
    return _ask(actor, county, Work.COMPARE, {"plans": [plan.pk for plan in plans], "kind": kinds.pop()})


def ask_check(actor: Account, plan: Job) -> Job:
    """Have a kept plan held against itself by the second mind. Raises UserError where its files are gone."""
    if plan.work != Work.PLAN or plan.folder is None or not plan.folder.is_dir():
        raise UserError(
            Text("这个任务没有可核对的规划文件", "this job keeps no plan to check"),
            fix=Text("文件过了保存期限的，请重新规划", "past their time papers are cleared: plan again"),
        )
    return _ask(actor, plan.county, Work.CHECK, {"plan": plan.pk, "kind": plan.options.get("kind", "")})


def ask_private(actor: Account, county: Organisation, work: Work, upload: Upload, options: Json) -> Job:
    """A draw, a rehearsal or a class formation; the trail holds the work alone."""
    return _ask(actor, county, work, options, upload=upload)


def ask_library(actor: Account, county: Organisation, work: Work, upload: Upload | None, given: About) -> Job:
    """One of the library's other works. ``given``: its options as texts and integers, its ``finding`` if one."""
    options, finding = given
    return _ask(actor, county, work, options, upload=upload, finding=finding)


def ask_source(actor: Account, county: Organisation, upload: Upload, asked: Mapping[str, Any]) -> Job:
    """Read a large source. ``asked``: kind, year, mapping. Raises UserError, and keeps nothing, where no job is taken."""
    try:
        return _ask(actor, county, Work.SOURCE, dict(asked), upload=upload)
    except UserError:
        remove_bytes(upload)
        raise


def ask_books(actor: Account, county: Organisation, options: Json) -> Job:
    """Write the offline workbooks of a year's returns. Raises UserError where no job can be taken."""
    return _ask(actor, county, Work.BOOKS, options)


def require_code(county: Organisation, year: int) -> None:
    """Raise UserError where the county has no code in ``year``: its data could not be told from another's."""
    if code_of(county, year) is None:
        raise UserError(
            Text(f"{county}在 {year} 年没有登记代码", f"no code of {county} is known for {year}"),
            why=Text("无法核对数据是不是本县的", "whether the data are this county's cannot be checked"),
            fix=Text("请管理员先登记代码，或改正年份", "ask the administrator to enter it, or mend the year"),
        )


@transaction.atomic
def _ask(actor: Account, county: Organisation, work: Work, options: Json, **about: Any) -> Job:
    if Job.objects.filter(county=county, state__in=(State.QUEUED, State.RUNNING)).count() >= MOST_OPEN:
        raise UserError(
            Text(f"本县已有 {MOST_OPEN} 个任务未结束", f"{MOST_OPEN} jobs of this county are not yet done"),
            fix=Text("请等待完成，或取消不需要的", "wait, or cancel those you do not need"),
        )
    job = Job.objects.create(county=county, work=work, options=options, asked_by=actor, **about)
    detail: Json = {"work": str(work)}
    if work not in PRIVATE:
        detail |= {key: str(value) if isinstance(value, list) else value for key, value in options.items()}
    detail |= {name: one.pk for name, one in about.items() if one is not None}
    record(actor, "job.ask", "job", job.pk, detail, organisation_id=county.pk)
    return job


@transaction.atomic
def cancel(actor: Account, job: Job) -> bool:
    """Cancel what waits, at once; of what runs, tell its worker. False where it had already ended."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if not row.is_open or row.cancel_at:
        return False
    row.cancel_by, row.cancel_at = actor, timezone.now()
    if row.state == State.QUEUED:
        row.state, row.ended_at = State.CANCELLED, row.cancel_at
    row.save(update_fields=["cancel_by", "cancel_at", "state", "ended_at"])
    transaction.on_commit(lambda: forget(row))
    record(actor, "job.cancel", "job", row.pk, {"work": row.work}, organisation_id=row.county_id)
    return True


@transaction.atomic
def retry(actor: Account, job: Job) -> bool:
    """Put what failed or was cancelled into the queue again, now in ``actor``'s name. False where it cannot be."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.is_open or State.QUEUED not in MOVES[State(row.state)]:
        return False
    left = row.folder
    row.folder_name = ""  # what a failed private job told
    if left is not None:
        transaction.on_commit(lambda: shutil.rmtree(left, ignore_errors=True))
    row.state, row.asked_by, row.queued_at = State.QUEUED, actor, timezone.now()
    row.tries, row.done, row.total = 0, 0, 0
    row.error = row.started_at = row.ended_at = row.cancel_at = row.cancel_by = row.beat_at = None
    row.save()
    record(actor, "job.retry", "job", row.pk, {"work": row.work}, organisation_id=row.county_id)
    return True

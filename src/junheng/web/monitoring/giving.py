"""Taking a forecast or an admission's applications for a county, for the rules about them."""

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from junheng.basics import Text, UserError, sha256_bytes
from junheng.judgement.monitoring import admission_subjects
from junheng.web.audit.chain import record
from junheng.web.filing.gathering import upload_name, written
from junheng.web.jobs.models import Job
from junheng.web.jobs.states import State, Work
from junheng.web.jobs.unpack import unpack
from junheng.web.monitoring.models import Given, GivenKind
from junheng.web.people.models import Account, Organisation

PLAN = "plan.json"
_MOST = 20 * 2**20  # bytes of a plan: a county's is under 2 MB
_FIX = Text(
    "请给出学位预测任务的结果（.zip 或 plan.json）",
    "give the result of a seat forecast (a zip, or its plan.json)",
)


@dataclass(frozen=True, slots=True)
class Read:
    """What an upload or a job's result holds, before it is kept."""

    kind: GivenKind
    name: str
    content: str
    stage: str = ""
    job: int | None = None


def read_forecast(file: "UploadedFile[Any]") -> Read:
    """The forecast in an upload: its plan.json, alone or in a zip. Raises UserError where there is none."""
    name = upload_name(file)
    with tempfile.TemporaryDirectory(prefix=".given-", dir=settings.HOME) as folder:
        if name.lower().endswith(".zip"):
            inside = Path(folder) / "inside"
            unpack(written(file, Path(folder), ".zip"), inside)
            return Read(GivenKind.FUTURE, name, _forecast_in(inside, name))
        return Read(GivenKind.FUTURE, name, _forecast(written(file, Path(folder), ".json"), name))


def forecasts_of(county: Organisation) -> list[Job]:
    """Its finished forecasts, the newest first. One query."""
    done = Job.objects.filter(county=county, work=Work.PLAN, state=State.DONE, options__kind="forecast")
    return list(done.exclude(folder_name="")[:20])


def read_job(job: Job) -> Read:
    """The forecast in a job's result folder. Raises UserError where it holds none."""
    if job.folder is None:
        raise _none(str(job))
    return Read(GivenKind.FUTURE, str(job), _forecast_in(job.folder, str(job)), job=job.pk)


def _forecast_in(folder: Path, name: str) -> str:
    """Of a folder's plans the forecast; the one nearest to the top."""
    paths = sorted(folder.rglob(PLAN), key=lambda path: (len(path.parts), str(path)))
    for path in paths:
        try:
            return _forecast(path, name)
        except UserError:
            continue  # a plan of another kind
    raise _none(name)


def _forecast(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > _MOST:
            raise _none(name)
        content = path.read_text("utf-8")
        plan = json.loads(content)
    except (OSError, ValueError, RecursionError) as error:
        raise _none(name) from error
    if (
        not isinstance(plan, dict)
        or plan.get("kind") != "forecast"
        or not isinstance(plan.get("pupils"), list)
    ):
        raise _none(name)
    return content


def read_applications(file: "UploadedFile[Any]", stage: str) -> Read:
    """A CSV of seats and wishes. Raises UserError where the library does not read it, or it is too large."""
    name = upload_name(file)
    with tempfile.TemporaryDirectory(prefix=".given-", dir=settings.HOME) as folder:
        path = written(file, Path(folder), ".csv")
        try:
            if not admission_subjects(path, stage=stage):
                raise UserError(Text("文件里没有学校", "the file names no school"), where=name)
        except UserError as error:
            where = error.where.replace(str(path), name)
            raise UserError(error.what, where=where, why=error.why, fix=error.fix) from error
        return Read(GivenKind.SEATS, name, path.read_text("utf-8-sig"), stage)


@transaction.atomic
def keep(actor: Account, county: Organisation, read: Read) -> Given:
    """Keep it as the one the rules look at; what it replaces stays readable."""
    Organisation.objects.select_for_update().get(pk=county.pk)
    same = Given.objects.filter(county=county, kind=read.kind, stage=read.stage, is_current=True)
    same.update(is_current=False)
    made = Given.objects.create(
        county=county, kind=read.kind, stage=read.stage, name=read.name[:200], job=read.job, content=read.content,
        sha256=sha256_bytes(read.content.encode()), by=actor, by_name=actor.name,
    )  # fmt: skip
    detail = {
        "kind": str(read.kind),
        "stage": read.stage,
        "name": made.name,
        "sha256": made.sha256,
        "job": read.job or 0,
    }
    record(actor, "monitoring.give", "given", made.pk, detail, organisation_id=county.pk)
    return made


@transaction.atomic
def withdraw(actor: Account, given: Given) -> None:
    """The rules look at it no more; it stays readable in the trail."""
    if Given.objects.filter(pk=given.pk, is_current=True).update(is_current=False):
        detail = {"kind": str(given.kind), "stage": given.stage, "sha256": given.sha256}
        record(actor, "monitoring.withdraw", "given", given.pk, detail, organisation_id=given.county_id)


def current(county: Organisation) -> Iterator[Given]:
    """What the rules look at now, without its text. One query."""
    yield from Given.objects.filter(county=county, is_current=True).defer("content")


def _none(where: str) -> UserError:
    return UserError(
        Text("这不是学位预测的结果", "it is no result of a seat forecast"),
        where=where,
        why=Text("没有保存", "nothing was kept"),
        fix=_FIX,
    )

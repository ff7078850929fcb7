"""Freezing a county's year: its accepted returns become one folder of tables,
which the library judges."""

import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from junheng.basics import sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.audit.chain import record
from junheng.web.filing.attaching import hashes_of
from junheng.web.filing.county_return import is_begun
from junheng.web.filing.models import CountyYear, Filing, UndoneFreeze
from junheng.web.filing.refusing import refused
from junheng.web.filing.states import Act, State, transition
from junheng.web.filing.tables import content_of, existence_of, joined, write_tables
from junheng.web.findings.models import Finding
from junheng.web.jobs.actions import ask_frozen
from junheng.web.jobs.models import Job
from junheng.web.jobs.queries import of_snapshot
from junheng.web.people.models import Account

_WORDS = 500  # what the database keeps of a reason


def folder_of(year: CountyYear) -> Path:
    """Where a frozen year's tables lie."""
    return Path(settings.HOME) / "snapshots" / year.snapshot


def freeze(actor: Account, year: CountyYear, missing_reason: str = "") -> CountyYear:
    """Write the accepted returns and close them. Raises ValidationError while one is not accepted.

    With a ``missing_reason`` schools that were not accepted are left out, by name: the tables say that they exist and
    nothing of their figures, so that the library cannot tell. None of their figures is taken half-way.
    """
    name = f"{year.county_id}-{year.year}-{uuid4().hex[:12]}"
    folder = Path(settings.HOME) / "snapshots" / name
    folder.mkdir(parents=True)
    try:
        return _frozen(actor, year, folder, " ".join(missing_reason.split())[:_WORDS])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # a snapshot nobody knows of is none
        raise


@transaction.atomic
def _frozen(actor: Account, year: CountyYear, folder: Path, reason: str) -> CountyYear:
    now = CountyYear.objects.select_for_update(of=("self",)).select_related("county").get(pk=year.pk)
    held = Filing.every.select_for_update(of=("self",)).select_related("school")
    filings = [one for one in held.filter(county_year=now).order_by("code") if _counts(one)]
    if now.frozen_at:
        raise refused("这一年已经定稿", "this year is frozen already")
    missing = [filing for filing in filings if transition(Act.FREEZE, filing.state) is None]
    accepted = [filing for filing in filings if filing not in missing]
    if all(filing.is_county for filing in accepted) or (missing and not reason):
        raise refused(f"还有 {len(missing)} 份报表没有通过", f"{len(missing)} returns are not accepted yet")
    content = joined(content_of(accepted), existence_of(content_of(missing)))
    hashes = write_tables(folder, content, now.county, now.year)
    now.snapshot, now.sha256 = folder.name, sha256_bytes(canonical_bytes(hashes))
    now.frozen_at, now.missing_reason = timezone.now(), reason if missing else ""
    now.save(update_fields=["snapshot", "sha256", "frozen_at", "missing_reason"])
    Filing.every.filter(pk__in=[filing.pk for filing in accepted]).update(state=State.FROZEN)
    now.undone.filter(superseded_at=None).update(superseded_at=now.frozen_at)
    detail = {
        "year": now.year,
        "returns": len(accepted),
        "county": int(any(one.is_county for one in accepted)),
        "sha256": now.sha256,
        "files": hashes,
        "missing": {filing.code: filing.school.name for filing in missing},
        "reason": now.missing_reason,
        "evidence": {code: list(found) for code, found in hashes_of(accepted).items()},
    }
    record(actor, "filing.freeze", "county_year", now.pk, detail, organisation_id=now.county_id)
    return now


def _counts(filing: Filing) -> bool:
    """Whether it has its part in the year: the county's own only once somebody touched it, for it begins as a guess."""
    return not filing.is_county or is_begun(filing)


def judge(actor: Account, year: CountyYear) -> Job:
    """Ask for the library's finding of a frozen year, in the background; asked twice, it is one job.

    Raises ValidationError before it is frozen; UserError where no job can be taken.
    """
    if not year.frozen_at:
        raise refused("定稿后才能评估", "freeze it first")
    under_way = of_snapshot(year.county, year.snapshot)
    if under_way is not None and under_way.is_open:
        return under_way
    return ask_frozen(actor, year.county, year.snapshot, year.standard, year.year)


def judged(job: Job, **_: Any) -> None:
    """A job made the finding of a frozen year: the year knows it now; tables taken back give no current finding."""
    snapshot = job.options.get("snapshot")
    year = CountyYear.objects.filter(county_id=job.county_id, snapshot=snapshot).first() if snapshot else None
    if job.finding is None:
        return
    if year is None:
        _of_undone(snapshot, job.finding)
        return
    CountyYear.objects.filter(pk=year.pk).update(finding=job.finding)
    detail = {"finding": job.finding.pk, "snapshot_sha256": year.sha256}
    record(job.asked_by, "filing.judge", "county_year", year.pk, detail, organisation_id=year.county_id)


def _of_undone(snapshot: str | None, finding: Finding) -> None:
    """An old evaluation, asked for again after its freezing was taken back: it is kept, and stands before no newer one."""
    if not snapshot or not UndoneFreeze.objects.filter(snapshot=snapshot).update(finding=finding):
        return
    same = {"county": finding.county_id, "standard": finding.standard, "year": finding.year}
    before = Finding.objects.filter(**same).exclude(pk=finding.pk).order_by("-made_at").first()
    if before is not None:
        Finding.objects.filter(pk=finding.pk).update(is_current=False)
        Finding.objects.filter(pk=before.pk).update(is_current=True)

"""Freezing a county's year: its accepted returns become one folder of tables,
which the library judges."""

import shutil
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.audit.chain import record
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.states import Act, State, transition
from junheng.web.filing.tables import content_of, write_tables
from junheng.web.findings.actions import Asked, evaluate
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account


def folder_of(year: CountyYear) -> Path:
    """Where a frozen year's tables lie."""
    return Path(settings.HOME) / "snapshots" / year.snapshot


def freeze(actor: Account, year: CountyYear) -> CountyYear:
    """Write the accepted returns and close them for good. Raises ValidationError while one is not accepted."""
    name = f"{year.county_id}-{year.year}-{uuid4().hex[:12]}"
    folder = Path(settings.HOME) / "snapshots" / name
    folder.mkdir(parents=True)
    try:
        return _frozen(actor, year, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # a snapshot nobody knows of is none
        raise


@transaction.atomic
def _frozen(actor: Account, year: CountyYear, folder: Path) -> CountyYear:
    now = CountyYear.objects.select_for_update(of=("self",)).select_related("county").get(pk=year.pk)
    filings = list(Filing.objects.select_for_update().filter(county_year=now).order_by("code"))
    if now.frozen_at:
        raise ValidationError("这一年已经定稿 | this year is frozen already")
    left = sum(transition(Act.FREEZE, filing.state) is None for filing in filings)
    if left:
        raise ValidationError(f"还有 {left} 所学校的报表没有通过 | returns not accepted yet")
    hashes = write_tables(folder, content_of(filings), now.county, now.year)
    now.snapshot, now.sha256 = folder.name, sha256_bytes(canonical_bytes(hashes))
    now.frozen_at = timezone.now()
    now.save(update_fields=["snapshot", "sha256", "frozen_at"])
    Filing.objects.filter(county_year=now).update(state=State.FROZEN)
    detail = {"year": now.year, "returns": len(filings), "sha256": now.sha256, "files": hashes}
    record(actor, "filing.freeze", "county_year", now.pk, detail, organisation_id=now.county_id)
    return now


def judge(actor: Account, year: CountyYear) -> Finding:
    """The library's finding of a frozen year, kept as the county's. Raises ValidationError before; UserError as the library."""
    if not year.frozen_at:
        raise ValidationError("定稿后才能评估 | freeze it first")
    finding = evaluate(actor, year.county, Asked(folder_of(year), year.standard, year.year))
    with transaction.atomic():
        CountyYear.objects.filter(pk=year.pk).update(finding=finding)
        detail = {"finding": finding.pk, "snapshot_sha256": year.sha256}
        record(actor, "filing.judge", "county_year", year.pk, detail, organisation_id=year.county_id)
    return finding

"""Asking the library, and keeping what it found."""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from junheng.basics import sha256_file
from junheng.data import check_snapshot, read_input
from junheng.indicators import load_catalogue
from junheng.judgement import Question, assess_regions, headline, write_findings
from junheng.web.audit.chain import record
from junheng.web.findings.models import Finding
from junheng.web.findings.own_standards import remember
from junheng.web.findings.parts import parts_told
from junheng.web.people.models import Account, Organisation


@dataclass(frozen=True, slots=True)
class Asked:
    """What to evaluate: an input on disk, a standard, a year."""

    source: Path
    standard: str
    year: int


def evaluate(actor: Account | None, county: Organisation, asked: Asked) -> Finding:
    """Judge the county's input by the library and keep the finding. Raises UserError as the library does."""
    checked = check_snapshot(read_input(asked.source))
    (assessment,) = assess_regions(
        checked, Question(asked.standard, asked.year), catalogue=load_catalogue(())
    )
    folder = Path(settings.HOME) / "findings" / f"{county.pk}-{asked.year}-{uuid4().hex[:12]}"
    folder.parent.mkdir(exist_ok=True)
    write_findings([assessment], folder, command=["site"], documents=_documents)
    try:
        return keep(actor, county, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # a finding nobody knows of is none
        raise


def _documents(folder: Path) -> None:
    from junheng.reports import write_documents

    write_documents(folder, overwrite=False)


@transaction.atomic
def keep(actor: Account | None, county: Organisation, folder: Path) -> Finding:
    """Enter a finding written below the site's folder; it is now the current one of its standard and year."""
    verdict = json.loads((folder / "verdict.json").read_bytes())
    same = {"county": county, "standard": verdict["standard"], "year": verdict["year"]}
    Finding.objects.select_for_update().filter(**same, is_current=True).update(is_current=False)
    numbers = asdict(headline(verdict))
    remember(verdict["standard"], folder)
    finding = Finding.objects.create(
        **same,
        verdict=verdict["county"]["verdict"],
        **numbers,
        parts=parts_told(verdict),
        folder_name=folder.name,
        sha256=sha256_file(folder / "manifest.json"),
        made_by=actor,
    )
    detail = {"standard": finding.standard, "year": finding.year, "sha256": finding.sha256}
    record(actor, "finding.keep", "finding", finding.pk, detail, organisation_id=county.pk)
    return finding

"""Papers: written by the library, and once the leader issues one, kept under its hash for good."""

import os
import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from junheng.basics import sha256_bytes, sha256_file
from junheng.web.audit.chain import record
from junheng.web.monitoring.models import Paper, PaperKind
from junheng.web.monitoring.paper_facts import Telling, standard_of, write_paper
from junheng.web.people.models import Account, Organisation


@dataclass(frozen=True, slots=True)
class Period:
    """Which paper, from which day to which, both included; a bulletin's ``standard`` ("": of the last run)."""

    kind: str
    first_day: date
    last_day: date
    standard: str = ""


def issue_paper(actor: Account, county: Organisation, period: Period, now: datetime) -> Paper:
    """Write the next of its kind and keep it. Raises ValidationError or UserError where it cannot be written.

    The bytes are in place before the row is: a paper without its bytes cannot be.
    """
    with tempfile.TemporaryDirectory(prefix=".paper-", dir=settings.HOME) as folder, transaction.atomic():
        path = Path(folder) / "paper.docx"
        Organisation.objects.select_for_update().get(pk=county.pk)
        number = Paper.objects.filter(county=county, kind=period.kind).count() + 1
        standard = standard_of(county, period.standard) if period.kind == PaperKind.BULLETIN else ""
        told = Telling(period.kind, (period.first_day, period.last_day), now, number, standard)
        write_paper(county, told, path)
        made = Paper(county=county, number=number, sha256=sha256_file(path), size=path.stat().st_size)
        made.standard = standard
        made.kind, made.first_day, made.last_day = period.kind, period.first_day, period.last_day
        made.issued_by, made.issued_by_name, made.issued_at = actor, actor.name, now
        _put(path, made.path)
        made.save()
        days = f"{made.first_day}–{made.last_day}"
        detail = {"kind": str(PaperKind(made.kind)), "number": number, "sha256": made.sha256, "days": days}
        detail |= {"standard": made.standard}
        record(actor, "paper.issue", "paper", made.pk, detail, organisation_id=county.pk)
    return made


def _put(path: Path, place: Path) -> None:
    """Give the bytes their place in one step, on the disk before the row is."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
    path.replace(place)


def whole(paper: Paper) -> bytes | None:
    """The bytes, if they are still those that were issued; None where they are gone or were altered."""
    try:
        content = paper.path.read_bytes()
    except OSError:
        return None
    return content if sha256_bytes(content) == paper.sha256 else None

"""Papers: written by the library, and once the leader issues one, kept under its hash for good."""

import os
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from junheng.basics import sha256_bytes, sha256_file
from junheng.reports.monitoring import Language
from junheng.web.audit.chain import record
from junheng.web.monitoring.models import Paper, PaperKind
from junheng.web.monitoring.models.papers import path_of
from junheng.web.monitoring.paper_facts import Telling, keys_told, standard_of, write_paper
from junheng.web.people.models import Account, Organisation

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Period:
    """Which paper, from which day to which, both included; a bulletin's ``standard`` ("": of the last run)."""

    kind: str
    first_day: date
    last_day: date
    standard: str = ""


def issue_paper(actor: Account, county: Organisation, period: Period, now: datetime) -> Paper:
    """Write the next of its kind in both languages and keep it. Raises ValidationError or UserError where it cannot be written.

    The bytes are in place before the row is: a paper without its bytes cannot be.
    """
    with tempfile.TemporaryDirectory(prefix=".paper-", dir=settings.HOME) as folder, transaction.atomic():
        Organisation.objects.select_for_update().get(pk=county.pk)
        made = _numbered(county, period)
        telling = Telling(period.kind, (period.first_day, period.last_day), now, made.name, made.standard)
        papers = {language: Path(folder) / f"{language}.docx" for language in _LANGUAGES}
        for language, path in papers.items():
            write_paper(county, replace(telling, language=language), path)
        made.sha256, made.english_sha256 = (sha256_file(papers[language]) for language in _LANGUAGES)
        made.size = papers["zh"].stat().st_size
        made.issued_by, made.issued_by_name, made.issued_at = actor, actor.name, now
        _put(papers["zh"], made.path)
        _put(papers["en"], path_of(made.english_sha256))
        made.save()
        record(actor, "paper.issue", "paper", made.pk, _detail(made), organisation_id=county.pk)
    return made


def number_of(county: Organisation, kind: str, year: int) -> int:
    """The number the next paper of a kind gets: they are counted from 1 in each year, of all standards together."""
    issued = Paper.objects.filter(county=county, kind=kind, year=year)
    return (issued.aggregate(last=Max("number"))["last"] or 0) + 1


def _numbered(county: Organisation, period: Period) -> Paper:
    is_bulletin, year = period.kind == PaperKind.BULLETIN, period.last_day.year
    standard = standard_of(county, period.standard) if is_bulletin else ""
    return Paper(
        county=county,
        kind=period.kind,
        year=year,
        number=number_of(county, period.kind, year),
        standard=standard,
        first_day=period.first_day,
        last_day=period.last_day,
        told=keys_told(county, standard) if is_bulletin else None,
    )


def _detail(made: Paper) -> dict[str, str | int]:
    return {
        "kind": str(PaperKind(made.kind)),
        "year": made.year,
        "number": made.number,
        "sha256": made.sha256,
        "english_sha256": made.english_sha256,
        "days": f"{made.first_day}–{made.last_day}",
        "standard": made.standard,
    }


def _put(path: Path, place: Path) -> None:
    """Give the bytes their place in one step, on the disk before the row is."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
    path.replace(place)


def whole(paper: Paper, *, english: bool = False) -> bytes | None:
    """The bytes, if they are still those that were issued; None where they are gone or were altered.

    ``english``: the same in English, where it was issued with one.
    """
    sha256 = (paper.english_sha256 if english else "") or paper.sha256
    try:
        content = path_of(sha256).read_bytes()
    except OSError:
        return None
    return content if sha256_bytes(content) == sha256 else None

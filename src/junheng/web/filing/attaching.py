"""Files behind a return: attached by the school, shown in review, known by hash when frozen."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from junheng.data import ColumnSpec
from junheng.web.audit.chain import record
from junheng.web.evidence.models import Evidence
from junheng.web.filing.actions import editable, save_cell
from junheng.web.filing.checking import Found
from junheng.web.filing.models import Attachment, Filing, Row
from junheng.web.filing.refusing import refused
from junheng.web.filing.sections import all_sections, fields_of, row_name
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half
from junheng.web.people.models import Account

_ATTESTED, _HASH = "attestation", "evidence_hash"  # where the fingerprints of its files stand in a row
_MOST_PAPERS = 3  # fingerprints a cell holds


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a return, and what it is of in words ("" of the whole return)."""

    attachment: Attachment
    of: str


def attached(filing: Filing) -> list[Attached]:
    """The files of a return. One query."""
    found = filing.attachments.filter(removed_at=None).select_related("evidence", "row")
    return [Attached(one, place_name(one.row, one.column) if one.row else "") for one in found]


def place_name(row: Row, column: str) -> str:
    """A cell in the reader's words."""
    spec = _spec(row, column)
    parts = [
        half(all_sections()[row.table].sheet),
        row_name(row.table, row.key),
        half(spec.heading) if spec else "",
    ]
    return " · ".join(part for part in parts if part)


def _spec(row: Row, column: str) -> ColumnSpec | None:
    return next((spec for spec in fields_of(row.table) if spec.name == column), None)


def places_of(filing: Filing, found: Sequence[Found]) -> list[tuple[str, str]]:
    """The cells a file may be of: those with an unlikely figure, as ("row-column", words)."""
    asked = dict.fromkeys(
        (one.row, one.column) for one in found if one.row and one.column and not one.is_logic
    )
    rows = {row.pk: row for row in filing.rows.filter(pk__in={row for row, _ in asked})}
    return [(f"{row}-{column}", place_name(rows[row], column)) for row, column in asked if row in rows]


@transaction.atomic
def attach(actor: Account, filing: Filing, evidence: Evidence, place: str = "") -> Attachment:
    """Put a kept file behind a return, or ("row-column") one of its figures. Raises ValidationError."""
    now = editable(filing.pk)
    row_id, _, column = place.partition("-")
    row = now.rows.filter(pk=whole_number(row_id) or 0, is_removed=False).first()
    if place and (row is None or _spec(row, column) is None):
        raise refused("没有这一栏", "no such cell")
    if evidence.organisation_id != now.school_id:
        raise refused("这不是本校（本单位）的材料", "the file is of another school or county")
    made = Attachment.objects.create(filing=now, row=row, column=column if row else "", evidence=evidence)
    _told(actor, now, "filing.attach", made)
    _fingerprint(actor, made)
    return made


@transaction.atomic
def detach(actor: Account, attachment: Attachment) -> None:
    """Take it off the return; the file itself stays. Raises ValidationError where the return may not be changed."""
    now = editable(attachment.filing_id)
    held = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    if held.update(removed_at=timezone.now()):
        _told(actor, now, "filing.detach", attachment)
        _fingerprint(actor, attachment)


def _fingerprint(actor: Account, attachment: Attachment) -> None:
    """Of an attestation the SHA-256 of its files stands in the row itself: the finding names the evidence by it."""
    row = attachment.row
    if row is None or (row.table, attachment.column) != (_ATTESTED, _HASH):
        return
    held = Attachment.objects.filter(row=row, column=_HASH, removed_at=None).select_related("evidence")
    hashes = dict.fromkeys(one.evidence.sha256 for one in held)
    if len(hashes) > _MOST_PAPERS:
        raise refused(
            f"一条佐证最多附 {_MOST_PAPERS} 份材料，请合成一份 PDF",
            f"at most {_MOST_PAPERS} files behind one attestation",
        )
    save_cell(actor, row, _HASH, " ".join(hashes))


def _told(actor: Account, filing: Filing, action: str, attachment: Attachment) -> None:
    row = attachment.row
    detail = {
        "sha256": attachment.evidence.sha256,
        "name": attachment.evidence.name,
        "table": row.table if row else "",
        "key": row.key if row else "",
        "column": attachment.column,
    }
    record(actor, action, "filing", filing.pk, detail, organisation_id=filing.school_id)


def hashes_of(filings: Iterable[Filing]) -> Mapping[str, Sequence[str]]:
    """The SHA-256 of the files of returns, by the school's code, sorted. One query."""
    hashes: dict[str, set[str]] = defaultdict(set)
    pairs = Attachment.objects.filter(filing__in=[one.pk for one in filings], removed_at=None)
    for code, sha256 in pairs.values_list("filing__code", "evidence__sha256"):
        hashes[code].add(sha256)
    return {code: sorted(found) for code, found in sorted(hashes.items())}

"""One-time codes: made, shown once, kept as hashes; and the days on which they are taken."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from junheng.basics import sha256_bytes
from junheng.draws import canonical_bytes
from junheng.judgement.survey import AnswerCode, code_hash, codes_json, make_codes
from junheng.reports.survey import write_code_book
from junheng.web.audit.chain import record
from junheng.web.filing.refusing import refused
from junheng.web.people.models import Account
from junheng.web.survey.library import method_of, plan_of
from junheng.web.survey.models import Code, Survey

_BATCH, _FIELDS = 500, 3


def locked(survey: Survey) -> Survey:
    """The survey as it stands now, held to the end of the transaction. Raises ValidationError once it is counted."""
    held = Survey.objects.select_for_update(of=("self",)).select_related("county").get(pk=survey.pk)
    if held.counted_on is not None:
        raise refused("调查已经统计，不能再改", "the survey is counted: nothing changes")
    return held


@transaction.atomic
def issue(actor: Account | None, survey: Survey, seen: str = "") -> list[AnswerCode]:
    """Make the codes; whoever lost them before anybody answered makes new ones, and the old are void.

    ``seen``: ``codes_sha256`` as who asks saw it, so that a page loaded again voids no slips just printed. Raises
    ValidationError where it is another by now, and once a code has been used.
    """
    held = locked(survey)
    if held.codes_sha256 != seen:
        raise refused(
            "作答码已经生成过，只显示一次；丢失时请在下面全部换发",
            "the codes were made before and are shown once; if they are lost, make all anew below",
        )
    if held.codes.filter(is_used=True).exists():
        raise refused("已经有人作答，不能换发作答码", "somebody has answered: codes are not made anew")
    codes = make_codes(plan_of(held), method_of(held))
    told = codes_json(codes)["codes"]
    held.codes.all().delete()
    # By their hashes: the order in which rows lie tells nothing of the order in which codes were made.
    rows = [
        Code(hash=text, survey=held, group=one["group"], school_id=one["school_id"])
        for text, one in told.items()
    ]
    Code.objects.bulk_create(rows, batch_size=_BATCH)
    held.issued_on = timezone.localdate()
    held.codes_sha256 = sha256_bytes(canonical_bytes(told))
    held.save(update_fields=["issued_on", "codes_sha256"])
    detail = {"codes": len(codes), "sha256": held.codes_sha256}
    record(actor, "survey.codes", "survey", held.pk, detail, organisation_id=held.county_id)
    return codes


def packed(codes: Sequence[AnswerCode]) -> str:
    """The codes as the page that shows them carries them along, a line each: nothing of them stays on the site."""
    return "\n".join(f"{one.group}|{one.school_id}|{one.text}" for one in codes)


def unpacked(survey: Survey, text: str) -> list[AnswerCode]:
    """They, when the page sends them back to be made a workbook. Raises ValidationError for any that is not of the survey."""
    found = []
    for line in text.splitlines():
        parts = line.split("|")
        if len(parts) == _FIELDS:
            found.append(AnswerCode(parts[2], parts[0], parts[1], False))
    known = set(survey.codes.values_list("hash", "group"))
    if not found or not {(code_hash(one.text), one.group) for one in found} <= known:
        raise refused("这些不是本次调查现在的作答码", "these are not the survey's codes")
    return found


def code_book(survey: Survey, codes: Sequence[AnswerCode]) -> bytes:
    """作答码.xlsx of the library."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.xlsx"
        write_code_book(path, plan_of(survey), codes)
        return path.read_bytes()


@transaction.atomic
def set_dates(actor: Account | None, survey: Survey, opens_on: date, closes_on: date) -> None:
    """From which day up to which (that day too) it may be answered. Raises ValidationError before codes are made."""
    held = locked(survey)
    if held.issued_on is None:
        raise refused("请先发放作答码", "make the codes first")
    if closes_on < opens_on:
        raise refused("截止早于开放", "it would close before it opens")
    held.opens_on, held.closes_on = opens_on, closes_on
    held.save(update_fields=["opens_on", "closes_on"])
    detail = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()}
    record(actor, "survey.dates", "survey", held.pk, detail, organisation_id=held.county_id)

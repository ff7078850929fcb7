"""Keeping a file as evidence, and withdrawing it."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.audit.chain import record
from junheng.web.evidence.models import WORDS, Evidence
from junheng.web.evidence.storing import stored
from junheng.web.people.models import Account, Organisation


def keep(
    actor: Account | None,
    organisation: Organisation,
    uploaded_file: "UploadedFile[Any]",
    words: str,
    dated_on: date,
    expires_on: date | None = None,
) -> Evidence:
    """Keep a file of an organisation. Raises UserError, and keeps nothing, for what is not taken or not said.

    ``words`` say what it shows, ``dated_on`` is the day it bears. Who may keep is the caller's to ask
    (``permissions.may_keep``). The bytes are in place before the row is: a row without its bytes cannot be.
    """
    said = " ".join(words.split())[:WORDS]
    if not said:
        raise UserError(
            Text("请写明材料说明什么", "say what the file shows"),
            where=uploaded_file.name or "",
            fix=Text("在“说明”中写一句话", "write a sentence beside it"),
        )
    if expires_on is not None and expires_on < dated_on:
        raise UserError(
            Text("到期日早于材料日期", "it would expire before its own day"),
            where=f"{dated_on} – {expires_on}",
            fix=Text("请核对两个日期", "check both days"),
        )
    made = Evidence(organisation=organisation, words=said, dated_on=dated_on, expires_on=expires_on)
    made.kept_by, made.kept_by_name = actor, actor.name if actor else "系统"
    made.media_type = stored(made, uploaded_file).media_type
    with transaction.atomic():
        made.save()
        detail = {"sha256": made.sha256, "name": made.name, "bytes": made.size, "words": said}
        record(actor, "evidence.keep", "evidence", made.pk, detail, organisation_id=organisation.pk)
    return made


@transaction.atomic
def withdraw(actor: Account, evidence: Evidence) -> bool:
    """No longer offered; what refers to it keeps it, bytes and all. False where it was withdrawn already."""
    held = Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None)
    if not held.update(withdrawn_at=timezone.now()):
        return False
    detail = {"sha256": evidence.sha256, "name": evidence.name}
    record(
        actor, "evidence.withdraw", "evidence", evidence.pk, detail, organisation_id=evidence.organisation_id
    )
    return True

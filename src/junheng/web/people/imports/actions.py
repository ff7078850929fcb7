"""Taking a workbook, looking at it, carrying it out."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.audit.chain import record
from junheng.web.front.file_names import named, sent_name
from junheng.web.front.words import half
from junheng.web.jobs.unpack import refused
from junheng.web.jobs.uploads import check_size
from junheng.web.people.imports.making import write_organisations
from junheng.web.people.imports.organisations import plan_organisations
from junheng.web.people.imports.people import plan_people, write_people
from junheng.web.people.imports.plan import Plan
from junheng.web.people.imports.reading import Table, read_table
from junheng.web.people.models import Account, Import, Invitation, Organisation
from junheng.web.people.tree import lock

_LARGEST = 10 * 2**20  # bytes; 20,000 rows are under 2 MB


def take(actor: Account, place: Organisation, what: str, file: "UploadedFile[Any]") -> Import:
    """Keep a workbook to be looked at. Raises UserError, and keeps nothing, for what cannot be read as one."""
    name = sent_name(file.name)
    check_size(file)
    if not name.lower().endswith(".xlsx") or (file.size or 0) > _LARGEST:
        raise refused(
            Text("只收 10 MB 以内的 .xlsx", "only .xlsx up to 10 MB"),
            name,
            Text("请用本站的模板填写", "fill this site's template"),
        )
    content = b"".join(file.chunks())
    with tempfile.TemporaryDirectory(prefix=".import-", dir=settings.HOME) as folder:
        path = Path(folder) / "import.xlsx"
        path.write_bytes(content)
        table = _table(path, what, name)
        if not table.lines and not table.faults:
            raise refused(
                Text("工作簿里没有填一行", "no row of it is filled"),
                name,
                Text("请从第二行填起，再上传", "fill it from the second row on and upload it again"),
            )
        given = Import(
            organisation=place,
            what=what,
            sha256=hashlib.sha256(content).hexdigest(),
            name=name,
            given_by=actor,
        )
        given.path.parent.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o600)
        path.replace(given.path)
    given.save()
    return given


def _table(path: Path, what: str, name: str) -> Table:
    """The rows; what refuses them names the file as its sender does."""
    try:
        return read_table(path, what)
    except UserError as error:
        raise named(error, path, name) from error


def look(given: Import) -> Plan:
    """What it would do now. Raises UserError where its bytes are gone: they are cleared after use."""
    table = _table(given.path, given.what, given.name)
    plans = {Import.What.ORGANISATIONS: plan_organisations, Import.What.PEOPLE: plan_people}
    return plans[Import.What(given.what)](given.organisation, table)


@transaction.atomic
def carry_out(actor: Account, given: Import, seen: str) -> list[tuple[Invitation, str]]:
    """Write it, once. ``seen`` is the digest of the plan that was agreed to.

    Raises ValidationError, and writes nothing, where it was done before, has a fault by now, or would do something else.
    """
    given = Import.objects.select_for_update().select_related("organisation").get(pk=given.pk)
    if given.done_at:
        raise ValidationError(half(Text("这份文件已导入", "this file was imported")))
    lock()
    plan = look(given)
    if plan.faults or plan.digest != seen:
        text = Text(
            "其间有变化，没有写入，请重新核对", "things have changed: nothing was written, look again"
        )
        raise ValidationError(half(text))
    made: list[tuple[Invitation, str]] = []
    if given.what == Import.What.ORGANISATIONS:
        write_organisations(actor, plan)
    else:
        made = write_people(actor, plan)
    given.done_at = timezone.now()
    given.save(update_fields=["done_at"])
    detail = {
        "what": str(given.what),
        "sha256": given.sha256,
        "new": len(plan.makes),
        "changed": len(plan.changes),
        "same": plan.same,
    }
    record(actor, "import.done", "import", given.pk, detail, organisation_id=given.organisation_id)
    return made

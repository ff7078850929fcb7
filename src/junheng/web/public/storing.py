"""What every publication needs: its county alone, its entry in the trail, a folder for files."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings

from junheng.basics import atomic_folder
from junheng.web.audit.chain import record
from junheng.web.people.models import Account, Organisation
from junheng.web.public.models import Publication


def alone(county: Organisation) -> None:
    """One publication of a county at a time."""
    Organisation.objects.select_for_update().get(pk=county.pk)


def record_act(
    actor: Account | None, action: str, kind: str, made: Publication, detail: Mapping[str, Any]
) -> None:
    """One act, in the transaction of its change."""
    record(actor, action, kind, made.pk, detail, organisation_id=made.county_id)


def write_folder(kind: str, files: Mapping[str, bytes]) -> Path:
    """A new folder below the site's own with these files, whole or not at all."""
    folder = Path(settings.HOME) / "public" / f"{kind}-{uuid4().hex}"
    folder.parent.mkdir(exist_ok=True)
    with atomic_folder(folder) as target:
        for name, content in files.items():
            (target / name).write_bytes(content)
    return folder

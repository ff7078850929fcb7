"""Publishing and withdrawing: each with its entry in the trail; nothing published is ever changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.basics import Text, UserError, sha256_bytes
from junheng.draws import canonical_bytes
from junheng.web.people.models import Account, Organisation
from junheng.web.public.models import Draw, Notice, OpenData, Publication, ZoneVersion
from junheng.web.public.screening import NUMBERS, refuse_personal
from junheng.web.public.storing import alone, record_act
from junheng.web.public.zoning import Zones

KINDS: Mapping[str, type[Publication]] = {
    "zones": ZoneVersion,
    "draw": Draw,
    "notice": Notice,
    "data": OpenData,
}


@transaction.atomic
def publish_zones(
    actor: Account | None, county: Organisation, zones: Zones, source: str, handed: bytes
) -> ZoneVersion:
    """A new version, which begins after all others of its stage: the past is not rewritten. Raises UserError."""
    alone(county)
    content = canonical_bytes(zones.content)
    refuse_personal({"": content}, NUMBERS, mobiles=True)
    _require_later(county, zones)
    made = ZoneVersion.objects.create(
        county=county,
        published_by=actor,
        stage=zones.stage,
        label=zones.label,
        first_day=zones.first_day,
        source=source,
        source_sha256=sha256_bytes(handed),
        content=content.decode("utf-8"),
        sha256=sha256_bytes(content),
    )
    detail = {"stage": made.stage, "from": made.first_day.isoformat(), "sha256": made.sha256}
    record_act(actor, "zones.publish", "zones", made, detail)
    return made


def _require_later(county: Organisation, zones: Zones) -> None:
    """Versions withdrawn before they began never held, and do not stand in the way."""
    others = ZoneVersion.objects.filter(county=county, stage=zones.stage).defer("content")
    held = [one.first_day for one in others if not one.withdrawn_on or one.withdrawn_on > one.first_day]
    if held and zones.first_day <= max(held):
        raise UserError(
            Text(f"新版本须晚于 {max(held)} 起施行的版本", f"it must begin after the version of {max(held)}"),
            where=zones.first_day.isoformat(),
            fix=Text(
                "改起始日期；或先撤回尚未施行的版本", "change its first day, or withdraw the coming one"
            ),
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What a notice says, and from when to when."""

    kind: str
    title: str
    text: str
    first_day: date
    last_day: date | None


@transaction.atomic
def publish_notice(actor: Account | None, county: Organisation, told: Told) -> Notice:
    """A notice, aid policy or matter; it is never edited: withdraw it and publish another. Raises UserError."""
    words = f"{told.title}\n{told.text}".encode()
    refuse_personal({"": words}, NUMBERS, mobiles=True)
    made = Notice.objects.create(
        county=county,
        published_by=actor,
        kind=told.kind,
        title=told.title,
        text=told.text,
        first_day=told.first_day,
        last_day=told.last_day,
    )
    record_act(actor, "notice.publish", "notice", made, {"kind": made.kind, "sha256": sha256_bytes(words)})
    return made


@transaction.atomic
def withdraw(actor: Account | None, publication: Publication, because: str) -> None:
    """From today it is withdrawn; its address stays and says so. Once, and for good. Raises UserError."""
    refuse_personal({"": because.encode()}, NUMBERS, mobiles=True)
    kind = next(name for name, model in KINDS.items() if isinstance(publication, model))
    found: Any = type(publication)
    locked = found.objects.select_for_update().get(pk=publication.pk)
    if locked.withdrawn_on is not None:
        raise UserError(Text("早已撤回", "it was withdrawn before"), where=str(publication))
    locked.withdrawn_on, locked.withdrawn_by = timezone.localdate(), actor
    locked.withdrawn_because = because
    locked.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawn_because"])
    record_act(actor, f"{kind}.withdraw", kind, locked, {"because": because})

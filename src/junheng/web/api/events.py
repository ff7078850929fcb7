"""What happened, for webhooks: a delivery an address, written in the transaction of the change."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models.signals import post_save

from junheng.draws import canonical_bytes
from junheng.web.api.kinds import Event
from junheng.web.api.models import Delivery, Hook
from junheng.web.audit.models import Entry
from junheng.web.people.models import Organisation

Payload = Mapping[str, "int | str"]
_WORD = re.compile(r"[A-Za-z0-9._:-]{1,64}")  # ids and states; no name of a person or place fits
_STEP = 10  # characters of one step of a path, the stroke among them
TOLD = {  # what the trail records → (what addresses are told, the name of the object's id)
    "filing.submit": (Event.RETURN_SUBMITTED, "return"),
    "filing.accept": (Event.RETURN_ACCEPTED, "return"),
    "filing.freeze": (Event.YEAR_FROZEN, "year"),
    "finding.keep": (Event.FINDING_CURRENT, "finding"),
    "job.finish": (Event.JOB_DONE, "job"),
    "gap.open": (Event.GAP_OPENED, "gap"),
    "gap.reopen": (Event.GAP_OPENED, "gap"),
    "gap.close": (Event.GAP_CLOSED, "gap"),
}
_STATES = {
    Event.RETURN_SUBMITTED: "submitted",
    Event.RETURN_ACCEPTED: "accepted",
    Event.YEAR_FROZEN: "frozen",
    Event.FINDING_CURRENT: "current",
    Event.GAP_OPENED: "open",
    Event.GAP_CLOSED: "closed",
}


@transaction.atomic
def announce(event: Event | str, organisation: Organisation, payload: Payload) -> int:
    """Tell every address that asked for ``event`` in ``organisation`` or above it; how many there are.

    In the transaction of the change, or in ``transaction.on_commit``: nothing is sent here, the worker sends.
    Raises ValueError for anything but integers and short codes: no text that could be somebody's name leaves the site.
    """
    said = Event(event)
    for key, value in payload.items():
        if not _WORD.fullmatch(key) or not (isinstance(value, int) or _WORD.fullmatch(value)):
            raise ValueError(f"ids and states only: {key}")
    path = organisation.path
    above = [path[:end] for end in range(_STEP, len(path) + 1, _STEP)]
    hooks = Hook.objects.filter(ended_at=None, organisation__path__in=above)
    chosen = [hook for hook in hooks if said.value in hook.events]
    Delivery.objects.bulk_create(delivery(hook, said, organisation, payload) for hook in chosen)
    return len(chosen)


def delivery(hook: Hook, event: Event, organisation: Organisation, payload: Payload) -> Delivery:
    """One event for one address, not saved."""
    number = uuid4()
    told: dict[str, Any] = {
        "id": str(number),
        "event": event.value,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "organisation": organisation.pk,
        "data": dict(payload),
    }
    body = canonical_bytes(told).decode("utf-8")
    return Delivery(hook=hook, number=number, event=event, body=body)


def listen() -> None:
    """Tell what the trail records from now on: whatever changes a state records it there, whoever changes it."""
    post_save.connect(_recorded, sender=Entry, dispatch_uid="junheng.web.api.events")


def _recorded(instance: Entry, created: bool, **_: object) -> None:
    if not created or instance.action not in TOLD or instance.organisation_id is None:
        return
    event, kind = TOLD[instance.action]
    place = Organisation.objects.filter(pk=instance.organisation_id).first()
    if place is not None and Hook.objects.filter(ended_at=None).exists():
        announce(event, place, {kind: int(instance.object_id), "state": _state(event, instance)})


def _state(event: Event, entry: Entry) -> str:
    """The state after it: known from the act; of a job as the trail's detail has it."""
    return _STATES.get(event) or str(json.loads(entry.detail).get("state", "ended"))

"""Addresses that are told of events: registering, trying, ending; each with its entry in the trail."""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.web.api.addresses import Refused, checked
from junheng.web.api.events import delivery
from junheng.web.api.kinds import OFFERED, Event, Stand, Trouble
from junheng.web.api.models import Delivery, Hook
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.models import Account, Organisation


def key_of(hook: Hook) -> str:
    """The hook's key (hex): from the site's secret and the hook's salt, so that the database alone does not tell it."""
    return hmac.new(
        settings.SECRET_KEY.encode(), f"junheng.hook:{hook.salt}".encode(), hashlib.sha256
    ).hexdigest()


@transaction.atomic
def register(actor: Account, place: Organisation, address: str, events: list[str]) -> Hook:
    """An address to be told from now on. Raises ValidationError for one that no webhook may have."""
    try:
        checked(address)
    except Refused as refused:
        raise ValidationError(half(refused.words)) from refused
    chosen = [one.value for one in OFFERED if one.value in events]
    hook = Hook.objects.create(
        organisation=place, address=address, salt=secrets.token_hex(16), events=chosen, made_by=actor
    )
    detail = {"address": address, "events": chosen}
    record(actor, "hook.register", "hook", hook.pk, detail, organisation_id=place.pk)
    return hook


@transaction.atomic
def end(actor: Account, hook: Hook) -> bool:
    """Nothing is sent there any more. False where it was ended before."""
    now = timezone.now()
    if not Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=now, ended_by=actor):
        return False
    waiting = Delivery.objects.filter(hook=hook, stand=Stand.WAITING)
    waiting.update(stand=Stand.FAILED, trouble=Trouble.ENDED, ended_at=now)
    record(actor, "hook.end", "hook", hook.pk, organisation_id=hook.organisation_id)
    return True


@transaction.atomic
def test(actor: Account, hook: Hook) -> Delivery:
    """A test event, queued like any other."""
    made = delivery(hook, Event.TEST, hook.organisation, {"hook": hook.pk})
    made.save()
    record(actor, "hook.test", "hook", hook.pk, organisation_id=hook.organisation_id)
    return made

"""Sending what waits: signed, tried again with growing pauses, given up after the last."""

import hashlib
import hmac
import logging
import threading
import time
from datetime import timedelta
from typing import Any

from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from junheng.web.api.hooks import key_of
from junheng.web.api.kinds import Stand, Trouble
from junheng.web.api.models import Delivery
from junheng.web.api.posting import post

PAUSES = (60, 300, 1800, 7200, 21_600, 86_400)  # seconds after the first, second, … try; own defaults
_LEASE = timedelta(minutes=2)  # a try under way: longer than any try takes
_IDLE_SECONDS, _BATCH = 2.0, 20
_log = logging.getLogger(__name__)


def signature(key: str, at: int, body: bytes) -> str:
    """``t=<seconds since 1970>,v1=<HMAC-SHA256, hex, of "<t>.<body>">``; receivers refuse an old ``t``."""
    signed = hmac.new(key.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def send_due(stop: threading.Event | None = None) -> int:
    """Send what is due, the oldest first; how many were tried. Several processes may do so beside each other."""
    tried = 0
    due = Delivery.objects.filter(stand=Stand.WAITING, next_at__lte=timezone.now()).select_related("hook")
    for one in due.order_by("next_at", "pk")[:_BATCH]:
        if stop is not None and stop.is_set():
            break
        if _claimed(one):
            tried += 1
            _try(one)
    return tried


def _claimed(one: Delivery) -> bool:
    """Whether this process has the try: by an update that only one can make."""
    mine = Delivery.objects.filter(pk=one.pk, stand=Stand.WAITING, tries=one.tries, next_at=one.next_at)
    one.tries += 1
    return bool(mine.update(tries=one.tries, next_at=timezone.now() + _LEASE))


def _try(one: Delivery) -> None:
    body, at = one.body.encode("utf-8"), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Junheng",
        "Junheng-Event": one.event,
        "Junheng-Delivery": str(one.number),
        "Junheng-Signature": signature(key_of(one.hook), at, body),
    }
    status, trouble = post(one.hook.address, body, headers)
    now = timezone.now()
    told: dict[str, Any] = {"status": status, "trouble": trouble}
    if trouble == Trouble.NONE:
        told |= {"stand": Stand.SENT, "ended_at": now}
    elif one.tries > len(PAUSES):
        told |= {"stand": Stand.FAILED, "ended_at": now}
    else:
        told |= {"next_at": now + timedelta(seconds=PAUSES[one.tries - 1])}
    Delivery.objects.filter(pk=one.pk, stand=Stand.WAITING).update(**told)


def send(stop: threading.Event) -> None:
    """Send what is due until ``stop`` is set: beside the jobs of a worker, in a thread of its own."""
    while not stop.is_set():
        try:
            close_old_connections()
            if send_due(stop):
                continue
        except OperationalError:
            _log.exception("the database does not answer")
        stop.wait(_IDLE_SECONDS)
    connection.close()

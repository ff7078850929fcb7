"""Reminders by e-mail, where the site was told how: plain text, no figure and no pupil in it."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from junheng.web.clocks.models import Notice
from junheng.web.clocks.remind import by_account
from junheng.web.people.models import Account

_log = logging.getLogger(__name__)


def is_configured() -> bool:
    """Whether the site sends mail at all: off unless JUNHENG_MAIL_HOST and JUNHENG_MAIL_FROM are set."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL)


def mail_notices(now: datetime | None = None) -> int:
    """One letter a person with what was not sent yet and not read; how many letters went out.

    A letter is marked as sent before it is: a process that dies in between loses a letter, never sends one twice, and
    the notice stays in the inbox. What the mail server refuses is tried again at the next run.
    """
    if not is_configured():
        return 0
    waiting = Notice.objects.filter(mailed_at=None, read_at=None).exclude(account__email="")
    found = by_account(waiting.filter(account__is_active=True).select_related("account").order_by("pk"))
    return sum(_sent(account, notices, now or timezone.now()) for account, notices in found.items())


def _sent(account: Account, notices: list[Notice], now: datetime) -> bool:
    chosen = Notice.objects.filter(pk__in=[one.pk for one in notices], mailed_at=None)
    if chosen.update(mailed_at=now) != len(notices):
        return False  # another process has begun
    lines = [f"{one.zh}\n{one.en}\n{settings.SITE_ADDRESS}{one.address}" for one in notices]
    try:
        send_mail("均衡：待办提醒 | Junheng: what is due", "\n\n".join(lines), None, [account.email])
    except OSError:  # what smtplib raises
        _log.exception("a letter was not taken")
        Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=None)
        return False
    return True

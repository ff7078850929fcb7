"""The worker's daily round: reminders are made once a day, by whichever worker comes first."""

import logging
from datetime import datetime

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from junheng.web.clocks.mailing import mail_notices
from junheng.web.clocks.models import ReminderDay
from junheng.web.clocks.remind import remind

_log = logging.getLogger(__name__)


def remind_daily(now: datetime | None = None) -> bool:
    """Make today's reminders unless some worker has; whether this call did. One query on every other call.

    A clock that jumps back finds its day done; one that jumps on makes another day's: no reminder comes twice, for
    each has its own key.
    """
    moment = now or timezone.now()
    day = timezone.localdate(moment)
    if ReminderDay.objects.filter(day=day).exists():
        return False
    try:
        with transaction.atomic():
            ReminderDay.objects.create(day=day)
            count = remind(moment)
    except IntegrityError:
        return False  # another worker was faster
    except DatabaseError:
        _log.exception("the reminders of %s were not made", day)
        return False
    _log.info("%s reminders, %s letters", count, mail_notices(moment))
    return True

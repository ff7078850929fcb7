"""A reminder for the walk over all routes."""

from django.utils import timezone

from junheng.web.clocks.models import Notice
from junheng.web.people.models import Account


def reminder_of(account: Account, key: str = "k") -> Notice:
    """One notice of ``account``, unread."""
    return Notice.objects.create(
        account=account, key=key, zh="请提交", en="submit it", address="/notices", made_at=timezone.now()
    )

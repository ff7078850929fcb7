"""A county's own time limits, the notices people get, and the days reminders were made on."""

from typing import ClassVar

from django.db import models

from junheng.web.people.models import Account, Organisation


class Terms(models.Model):
    """A county's time limits from a day on; before the first, the defaults of ``terms.yaml``."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    since = models.DateField()
    days_after_return = models.PositiveSmallIntegerField()
    days_to_review = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "since"], name="terms_begin_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.since}"


class Notice(models.Model):
    """One reminder of one person. ``key`` names what it is of, with its date: it is made once, whatever the clock does."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    address = models.CharField(max_length=200)  # a path of the site
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["account", "read_at"], name="notices_unread")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="a_reminder_is_given_once")
        ]

    def __str__(self) -> str:
        return self.zh


class ReminderDay(models.Model):
    """A day on which the worker made the reminders: two workers make them once."""

    day = models.DateField(unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.day)

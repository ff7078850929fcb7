"""Tokens, webhooks, and what was sent to them. Of a token only its hash is kept."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import timezone

from junheng.web.api.kinds import Event, Scope, Stand, Trouble
from junheng.web.front.words import is_english
from junheng.web.people.models import Account, Organisation


def _listed(labels: Iterable[object]) -> str:
    return (", " if is_english() else "、").join(str(one) for one in labels)


class Token(models.Model):
    """A key for programs of one organisation. It acts as ``account``, whose one post says all it may see."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tokens")
    account = models.OneToOneField(Account, models.PROTECT, related_name="token")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8, unique=True)
    sha256 = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    minute = models.PositiveBigIntegerField(default=0)  # since 1970, of the newest request
    asked = models.PositiveIntegerField(default=0)  # requests in that minute

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_expired(self) -> bool:
        """Whether its day is past."""
        return self.expires_at <= timezone.now()

    @property
    def is_good(self) -> bool:
        """Whether it opens anything at all."""
        return self.revoked_at is None and not self.is_expired

    @property
    def scope_names(self) -> str:
        """What it may do, for readers."""
        return _listed(one.label for one in Scope if one.value in self.scopes)


class Hook(models.Model):
    """An address that is told of events in an organisation and below it. Its key follows from ``salt`` and the site's own."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="hooks")
    address = models.CharField(max_length=500)
    salt = models.CharField(max_length=32)
    events = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.address

    @property
    def event_names(self) -> str:
        """What it is told of, for readers."""
        return _listed(one.label for one in Event if one.value in self.events)


class Delivery(models.Model):
    """One event for one address, written with the change it tells of; sent later, and again until it arrives."""

    hook = models.ForeignKey(Hook, models.PROTECT, related_name="deliveries")
    number = models.UUIDField(unique=True)  # the same at every try: receivers tell repetitions by it
    event = models.CharField(max_length=20, choices=Event.choices)
    body = models.TextField()  # canonical JSON: ids and states
    made_at = models.DateTimeField(auto_now_add=True)
    stand = models.CharField(max_length=7, choices=Stand.choices, default=Stand.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # HTTP, of the last try
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        indexes: ClassVar = [models.Index(fields=["stand", "next_at"], name="deliveries_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.number}"

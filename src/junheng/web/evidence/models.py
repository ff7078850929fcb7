"""A kept file: what it is, what it shows, of which day, and who gave it."""

from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models

from junheng.web.people.models import Account, Organisation

WORDS, NAME = 500, 200  # what the database keeps, in characters


class Evidence(models.Model):
    """One file of an organisation. Who refers to it does so by PROTECT: it is withdrawn, never deleted.

    ``name`` is what the sender called it, shown and sent, never a path: the bytes lie below the site's folder
    by their hash, the same bytes once.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=NAME)
    media_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64, db_index=True)
    words = models.CharField(max_length=WORDS)
    dated_on = models.DateField()  # the day the paper itself bears
    expires_on = models.DateField(null=True)
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    kept_by_name = models.CharField(max_length=100)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-kept_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return Path(settings.HOME) / "evidence" / self.sha256[:2] / self.sha256

"""Whom the tour was shown to."""

from django.db import models

from junheng.web.people.models import Account


class Toured(models.Model):
    """That a person saw the tour, or said they need none: it is not offered again by itself."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.account} {self.at:%Y-%m-%d}"

"""The audit trail's one table."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One act. ``digest`` is the hash of this row's content and of the row before it (``chain.digest_of``).

    The database itself refuses to change or to delete a row (migration 0002).
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)  # no foreign key: the trail outlives the account
    actor_name = models.CharField(max_length=100)
    action = models.CharField(max_length=60, db_index=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64)
    organisation_id = models.BigIntegerField(null=True, db_index=True)
    detail = models.TextField()  # canonical JSON
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.object_kind} {self.object_id}"

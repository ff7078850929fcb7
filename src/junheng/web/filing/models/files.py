"""Files of a return: evidence behind it, and filled workbooks that wait to be merged."""

from typing import ClassVar

from django.db import models

from junheng.web.evidence.models import Evidence
from junheng.web.filing.models.cells import Row
from junheng.web.filing.models.years import Filing
from junheng.web.people.models import Account


class Attachment(models.Model):
    """Evidence of a return, or (with a row and a column) of one figure; what was removed stays readable, and why it was there."""

    filing = models.ForeignKey(Filing, models.PROTECT, related_name="attachments")
    row = models.ForeignKey(Row, models.PROTECT, null=True, related_name="attachments")
    column = models.CharField(max_length=40, blank=True)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.evidence.name


class Workbook(models.Model):
    """A filled workbook as it was read: its changes wait here until somebody agrees to them."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="workbooks")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    batch = models.CharField(max_length=32, blank=True)  # uploaded together
    made_of = models.PositiveIntegerField()  # the return's revision when the workbook was handed out
    filled = models.TextField()  # JSON: ``workbooks.Filled``
    not_read = models.TextField()  # JSON: zh, en, sheet, address
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded_by_name = models.CharField(max_length=100)
    applied_at = models.DateTimeField(null=True)
    applied = models.PositiveIntegerField(default=0)  # cells it changed

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.name

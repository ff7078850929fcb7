"""What is said of a return: an officer's reasons, a school's explanations."""

from typing import ClassVar

from django.db import models

from junheng.basics import Text
from junheng.web.filing.models.cells import Row
from junheng.web.filing.models.years import Filing
from junheng.web.front.words import half
from junheng.web.people.models import Account


class Remark(models.Model):
    """An officer's reason, of a cell or (without a row) of the whole return; the school sees it once it was sent."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="remarks")
    row = models.ForeignKey(Row, models.CASCADE, null=True, related_name="remarks")
    column = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500)
    words_en = models.CharField(
        max_length=500, blank=True
    )  # of what the site wrote; a person's words are one
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)  # the school submitted again

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return half(Text(self.words, self.words_en or self.words))


class Explanation(models.Model):
    """Why an unlikely figure is right. ``key`` names the problem with its values: another value asks again."""

    filing = models.ForeignKey(Filing, models.CASCADE, related_name="explanations")
    key = models.CharField(max_length=64)
    problem = models.CharField(max_length=500)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "key"], name="one_explanation_a_problem")
        ]

    def __str__(self) -> str:
        return self.words

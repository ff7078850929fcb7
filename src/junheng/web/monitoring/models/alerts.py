"""Alerts of the rules, a county's own values of them, and each run of the rules."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from junheng.web.findings.models import Finding
from junheng.web.front.words import pair
from junheng.web.people.models import Account, Organisation

NO_DATA = "no_data"  # kind of an alert that says what could not be watched


class AlertState(models.TextChoices):
    """Whether an alert asks for somebody."""

    OPEN = "open", pair("待处理", "open")
    MUTED = "muted", pair("暂不提醒", "muted")
    GONE = "gone", pair("已消除", "gone")


class Run(models.Model):
    """One run of the rules on a finding: what it used, what fired, what could not be told."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="runs")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    rules_sha256 = models.CharField(max_length=64, blank=True)  # of the rules in force, own values among them
    fired = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    idle = models.JSONField(default=list)  # rules that could not look at anything, with the reason
    still = models.JSONField(default=list)  # keys of earlier alerts not raised again whose data yet fail
    error = models.JSONField(null=True)  # [{"zh", "en"}] where the library refused

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.finding} {self.at:%Y-%m-%d}"


class Alert(models.Model):
    """What a rule says of a county or one of its schools; ``key`` is the library's, the same from run to run."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="alerts")
    standard = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)  # warning, no_data
    rule = models.CharField(max_length=60)
    level = models.CharField(max_length=12)
    rank = models.PositiveSmallIntegerField()  # of the level: 0 is the most urgent
    topic = models.CharField(max_length=20)
    school = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="own_alerts")
    school_code = models.CharField(max_length=20, blank=True)
    school_name = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    year = models.PositiveSmallIntegerField()
    said = models.JSONField()  # the library's alert in its public form
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="alerts")  # that said it last
    state = models.CharField(max_length=6, choices=AlertState.choices, default=AlertState.OPEN)
    muted_until = models.DateField(null=True)
    muted_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    muted_why = models.CharField(max_length=500, blank=True)
    muted_said = models.JSONField(null=True)  # what was the case then: a worse value asks again

    class Meta:
        ordering: ClassVar = ["rank", "school_code", "key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["county", "standard", "key"], name="one_alert_a_key"),
            models.CheckConstraint(
                condition=~Q(state=AlertState.MUTED) | Q(muted_until__isnull=False, muted_why__gt=""),
                name="a_muted_alert_says_why_and_until_when",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["county", "state", "rank"], name="alerts_of_county")]

    def __str__(self) -> str:
        return f"{self.school_name or self.county} {self.rule}"

    def is_muted(self, today: date) -> bool:
        """Whether it is muted on a day: after ``muted_until`` it asks again by itself."""
        return self.state == AlertState.MUTED and self.muted_until is not None and today <= self.muted_until


class OwnValue(models.Model):
    """A county's own value of a rule's threshold. Never changed: a newer one takes its place, and who gave it stands."""

    county = models.ForeignKey(Organisation, models.PROTECT, related_name="own_values")
    rule = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    value = models.CharField(max_length=40, blank=True)  # "" gives the national value back
    why = models.CharField(max_length=500)
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=100)
    at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["county", "rule", "name"],
                condition=Q(is_current=True),
                name="one_current_value_of_a_threshold",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.name} = {self.value or '—'}"

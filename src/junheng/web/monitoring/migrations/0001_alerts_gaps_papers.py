"""Alerts and runs of the rules, the ledger of gaps, issued papers."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion

_STATES = [
    ("open", "待整改"),
    ("in_hand", "整改中"),
    ("reported", "已报告"),
    ("returned", "已退回"),
    ("recheck", "待复算"),
    ("closed", "已销号"),
]


def _id() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _account() -> Any:
    """Who did it; it stays when the account goes."""
    return models.ForeignKey(
        null=True, on_delete=deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("evidence", "0001_initial"),
        ("findings", "0002_headline"),
        ("people", "0002_names_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", _id()),
                ("standard", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=10)),
                ("rule", models.CharField(max_length=60)),
                ("level", models.CharField(max_length=12)),
                ("rank", models.PositiveSmallIntegerField()),
                ("topic", models.CharField(max_length=20)),
                ("school_code", models.CharField(blank=True, max_length=20)),
                ("school_name", models.CharField(blank=True, max_length=200)),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("indicator", models.CharField(blank=True, max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("said", models.JSONField()),
                ("first_seen", models.DateTimeField()),
                ("last_seen", models.DateTimeField()),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待处理"), ("muted", "暂不提醒"), ("gone", "已消除")],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("muted_until", models.DateField(null=True)),
                ("muted_why", models.CharField(blank=True, max_length=500)),
                ("muted_said", models.JSONField(null=True)),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT, related_name="alerts", to="people.organisation"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT, related_name="alerts", to="findings.finding"
                    ),
                ),
                ("muted_by", _account()),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=deletion.PROTECT,
                        related_name="own_alerts",
                        to="people.organisation",
                    ),
                ),
            ],
            options={"ordering": ["rank", "school_code", "key"]},
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", _id()),
                ("title", models.CharField(max_length=200)),
                ("state", models.CharField(choices=_STATES, default="open", max_length=10)),
                (
                    "owner_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("clerk", "学校填报员"),
                            ("head", "校长"),
                            ("officer", "县级业务人员"),
                            ("leader", "县级负责人"),
                            ("inspector", "督导人员"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=15,
                    ),
                ),
                ("due_on", models.DateField()),
                ("measures", models.TextField(max_length=2000)),
                ("passing", models.TextField(max_length=2000)),
                ("rules_on", models.DateField()),
                ("overlay", models.TextField(blank=True)),
                ("opened_at", models.DateTimeField()),
                ("ordered_at", models.DateTimeField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "尚未复算"),
                            ("passes", "通过"),
                            ("fails", "未通过"),
                            ("untold", "无法判定"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("answer_words", models.JSONField(default=list)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("alerts", models.ManyToManyField(related_name="gaps", to="monitoring.alert")),
                (
                    "answer_finding",
                    models.ForeignKey(
                        null=True, on_delete=deletion.PROTECT, related_name="+", to="findings.finding"
                    ),
                ),
                (
                    "before",
                    models.OneToOneField(
                        null=True, on_delete=deletion.PROTECT, related_name="after", to="monitoring.gap"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=deletion.PROTECT,
                        related_name="closed_gaps",
                        to="findings.finding",
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT, related_name="gaps", to="people.organisation"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(on_delete=deletion.PROTECT, related_name="gaps", to="findings.finding"),
                ),
                ("opened_by", _account()),
                ("ordered_by", _account()),
                (
                    "owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=deletion.PROTECT,
                        related_name="own_gaps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_place",
                    models.ForeignKey(on_delete=deletion.PROTECT, related_name="+", to="people.organisation"),
                ),
                (
                    "school",
                    models.ForeignKey(
                        null=True,
                        on_delete=deletion.PROTECT,
                        related_name="own_gaps",
                        to="people.organisation",
                    ),
                ),
            ],
            options={"ordering": ["due_on", "pk"]},
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", _id()),
                ("at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=100)),
                ("act", models.CharField(max_length=12)),
                ("after", models.CharField(choices=_STATES, max_length=10)),
                ("words", models.JSONField()),
                ("by", _account()),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=deletion.PROTECT, related_name="+", to="evidence.evidence"
                    ),
                ),
                (
                    "gap",
                    models.ForeignKey(on_delete=deletion.PROTECT, related_name="events", to="monitoring.gap"),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.CreateModel(
            name="OwnValue",
            fields=[
                ("id", _id()),
                ("rule", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=60)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("why", models.CharField(max_length=500)),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("is_current", models.BooleanField(default=True)),
                ("by", _account()),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT, related_name="own_values", to="people.organisation"
                    ),
                ),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", _id()),
                (
                    "kind",
                    models.CharField(
                        choices=[("bulletin", "监测通报"), ("accountability", "问责清单")], max_length=15
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("issued_by_name", models.CharField(max_length=100)),
                ("issued_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=deletion.PROTECT, related_name="papers", to="people.organisation"
                    ),
                ),
                ("issued_by", _account()),
            ],
            options={"ordering": ["-issued_at", "-pk"]},
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", _id()),
                ("at", models.DateTimeField()),
                ("rules_sha256", models.CharField(blank=True, max_length=64)),
                ("fired", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
                ("idle", models.JSONField(default=list)),
                ("error", models.JSONField(null=True)),
                ("by", _account()),
                (
                    "finding",
                    models.ForeignKey(on_delete=deletion.PROTECT, related_name="runs", to="findings.finding"),
                ),
            ],
            options={"ordering": ["-at", "-pk"]},
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["county", "state", "rank"], name="alerts_of_county"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(fields=("county", "standard", "key"), name="one_alert_a_key"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "muted"), _negated=True),
                    models.Q(("muted_until__isnull", False), ("muted_why__gt", "")),
                    _connector="OR",
                ),
                name="a_muted_alert_says_why_and_until_when",
            ),
        ),
        migrations.AddIndex(
            model_name="gap", index=models.Index(fields=["county", "state", "due_on"], name="gaps_of_county")
        ),
        migrations.AddConstraint(
            model_name="gap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "closed")),
                    models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_gap_closes_by_a_finding",
            ),
        ),
        migrations.AddConstraint(
            model_name="gap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("owner__isnull", False), models.Q(("owner_role", ""), _negated=True), _connector="OR"
                ),
                name="a_gap_has_an_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownvalue",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("county", "rule", "name"),
                name="one_current_value_of_a_threshold",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.UniqueConstraint(
                fields=("county", "kind", "number"), name="one_paper_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_day__gte", models.F("first_day"))),
                name="a_paper_ends_after_it_begins",
            ),
        ),
    ]

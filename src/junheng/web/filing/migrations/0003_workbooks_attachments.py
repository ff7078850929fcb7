"""Filled workbooks, files of returns, and why a year was frozen without some schools."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("evidence", "0001_initial"),
        ("filing", "0002_alter_cell_origin"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="countyyear",
            name="missing_reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AlterField(
            model_name="cell",
            name="origin",
            field=models.CharField(
                choices=[
                    ("last_return", "上年报表"),
                    ("input", "上年数据表"),
                    ("tree", "机构库"),
                    ("typed", "本年填写"),
                    ("register", "学籍与教师名册"),
                    ("statistics", "统计导出"),
                    ("workbook", "其他数据表"),
                    ("offline", "离线工作簿"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("column", models.CharField(blank=True, max_length=40)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.evidence"
                    ),
                ),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="filing.filing",
                    ),
                ),
                (
                    "row",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="filing.row",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Workbook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("batch", models.CharField(blank=True, max_length=32)),
                ("made_of", models.PositiveIntegerField()),
                ("filled", models.TextField()),
                ("not_read", models.TextField()),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("uploaded_by_name", models.CharField(max_length=100)),
                ("applied_at", models.DateTimeField(null=True)),
                ("applied", models.PositiveIntegerField(default=0)),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="workbooks",
                        to="filing.filing",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
    ]

"""What rules look at beside the findings; the standard a bulletin is of."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("monitoring", "0001_alerts_gaps_papers"),
        ("people", "0002_names_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="paper",
            name="standard",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.CreateModel(
            name="Given",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("future", "学位预测"), ("seats", "招生志愿")], max_length=6),
                ),
                ("stage", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(max_length=200)),
                ("job", models.PositiveBigIntegerField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.TextField()),
                ("by_name", models.CharField(max_length=100)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("is_current", models.BooleanField(default=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "stage", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("county", "kind", "stage"),
                        name="one_current_of_what_is_given",
                    )
                ],
            },
        ),
    ]

"""Papers are numbered within their year and say what they told; a run keeps what it left standing."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models.functions import ExtractYear


def _years(apps: Any, _schema: Any) -> None:
    """Papers issued so far are of the year their period ends in; their numbers stay as they are printed."""
    apps.get_model("monitoring", "Paper").objects.update(year=ExtractYear("last_day"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("monitoring", "0002_given_and_standard")]

    operations: ClassVar = [
        migrations.AddField("run", "still", models.JSONField(default=list)),
        migrations.AddField("paper", "told", models.JSONField(null=True)),
        migrations.AddField(
            "paper", "english_sha256", models.CharField(blank=True, max_length=64, default="")
        ),
        migrations.AddField("paper", "year", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(_years, migrations.RunPython.noop),
        migrations.AlterField("paper", "year", models.PositiveSmallIntegerField()),
        migrations.AlterField("paper", "english_sha256", models.CharField(blank=True, max_length=64)),
        migrations.RemoveConstraint("paper", "one_paper_a_number"),
        migrations.AddConstraint(
            "paper",
            models.UniqueConstraint(
                fields=["county", "kind", "year", "number"], name="one_paper_a_number_of_a_year"
            ),
        ),
    ]

"""What counties are compared by: coefficients over their limit, the worst, what cannot be told."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations, models

from junheng.judgement import headline


def fill(apps: Any, schema_editor: Any) -> None:
    """Read the numbers of findings that are there already from their files."""
    findings = apps.get_model("findings", "Finding").objects
    for pk, name in findings.values_list("pk", "folder_name"):
        path = Path(settings.HOME) / "findings" / name / "verdict.json"
        if path.exists():
            findings.filter(pk=pk).update(**asdict(headline(json.loads(path.read_bytes()))))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("findings", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("finding", "undecided", models.PositiveIntegerField(default=0)),
        migrations.AddField("finding", "over_limit", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("finding", "limited", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("finding", "worst", models.FloatField(null=True)),
        migrations.AddField("finding", "worst_of", models.CharField(blank=True, max_length=60)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

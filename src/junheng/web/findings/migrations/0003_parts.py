"""The parts of each verdict beside it, so that counties are compared by them without opening files."""

import json
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import migrations, models

from junheng.web.findings.parts import parts_told


def fill(apps: Any, schema_editor: Any) -> None:
    """Read the parts of findings that are there already from their files."""
    findings = apps.get_model("findings", "Finding").objects
    for pk, name in findings.values_list("pk", "folder_name"):
        path = Path(settings.HOME) / "findings" / name / "verdict.json"
        if path.exists():
            findings.filter(pk=pk).update(parts=parts_told(json.loads(path.read_bytes())))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("findings", "0002_headline")]

    operations: ClassVar = [
        migrations.AddField("finding", "parts", models.CharField(blank=True, max_length=200)),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

"""The county's own returns."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("filing", "0003_workbooks_attachments"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="filing",
            name="is_county",
            field=models.BooleanField(default=False),
        ),
    ]

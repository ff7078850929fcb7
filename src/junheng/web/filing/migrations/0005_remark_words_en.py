"""What the site writes in a remark, in English too."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("filing", "0004_county_returns"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="remark",
            name="words_en",
            field=models.CharField(blank=True, max_length=500),
        ),
    ]

"""A cell may come from a register, a statistics export or another table."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three more origins."""

    dependencies: ClassVar = [
        ("filing", "0001_initial"),
    ]

    operations: ClassVar = [
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
                ],
                max_length=12,
            ),
        ),
    ]

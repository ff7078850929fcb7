"""Sources read in the background."""

from typing import ClassVar

from django.db import migrations, models

_WORKS = [
    ("evaluate", "评估"),
    ("report", "重新生成报告"),
    ("verify", "独立复算"),
    ("plan", "规划与预测"),
    ("compare", "方案比较"),
    ("check", "核对规划"),
    ("draw", "抽签"),
    ("rehearse", "抽签演练"),
    ("classes", "编班"),
    ("source", "读入来源数据"),
]


class Migration(migrations.Migration):
    """No row is changed."""

    dependencies: ClassVar = [("jobs", "0002_private_works")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="job", name="work", field=models.CharField(choices=_WORKS, max_length=10)
        ),
    ]

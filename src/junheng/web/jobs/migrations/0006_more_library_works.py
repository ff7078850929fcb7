"""Groups of pupils, the standard of schools, schools to visit, composed reports, applications."""

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
    ("sizes", "班额与大班额"),
    ("lint", "报告数字核对"),
    ("funds", "公用经费"),
    ("ledger", "学校台账"),
    ("aid", "学生资助"),
    ("score", "督导评分"),
    ("surveyplan", "认可度调查抽样"),
    ("survey", "认可度调查结果"),
    ("timetable", "课程开齐开足"),
    ("promises", "承诺兑现"),
    ("enrolment", "控辍保学比对"),
    ("groups", "特殊群体"),
    ("norms", "办学基本标准"),
    ("visits", "实地学校抽取"),
    ("drawn", "抽中学校"),
    ("compose", "成文"),
    ("apply", "申报表与佐证清单"),
    ("books", "离线工作簿"),
]


class Migration(migrations.Migration):
    """The choices of a job's work."""

    dependencies: ClassVar = [("jobs", "0005_offline_workbooks")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="job", name="work", field=models.CharField(choices=_WORKS, max_length=10)
        ),
    ]

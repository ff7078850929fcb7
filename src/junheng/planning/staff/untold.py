"""What cannot be told, and for want of which figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from junheng.basics import Text

Json = dict[str, Any]
PARTS = {
    "quota": Text("编制", "quota"),
    "posts": Text("在编在岗情况", "posts filled"),
    "subjects": Text("学科余缺", "surplus and shortage by subject"),
    "recruitment": Text("补充需求", "recruitment"),
    "structure": Text("队伍结构", "structure"),
    "training": Text("培训", "training"),
    "pay": Text("待遇比较", "pay comparison"),
}
WORDS = {
    "pupils": Text("在校生数", "pupils"),
    "classes": Text("班数", "classes"),
    "place": Text("城乡分类代码", "urban-rural code"),
    "ratio": Text("该学段的编制比例", "the ratio of this stage"),
    "stages": Text("学段数据", "rows of its stages"),
    "grades": Text("各年级班级明细", "its classes by grade"),
    "load": Text("标准课时", "standard load"),
    "periods": Text("该学段的课程课时表", "periods of this stage"),
    "teachers": Text("该学科教师数", "teachers of the subject"),
    "in_quota": Text("在编人数", "staff on the quota"),
    "off_post": Text("在编不在岗人数", "on the quota but not on post"),
    "outside": Text("在岗不在编人数", "on post but outside the quota"),
    "non_teaching": Text("非教学人员数", "staff not teaching"),
    "ages": Text("全体在编人员的出生年", "years of birth of all on the quota"),
    "forecast": Text("预测学生数（小规模学校还要班数）", "forecast pupils (small schools: classes too)"),
    "education": Text("分学历教师数", "teachers by education"),
    "titles": Text("分职称教师数", "teachers by title"),
    "training": Text("各年累计学时", "hours so far"),
    "trained_360h": Text("满规定学时教师数", "teachers with the full hours"),
    "pay": Text("教师与公务员平均工资收入", "mean pay of teachers and civil servants"),
}


@dataclass
class Untold:
    """Gathers entries {"part", "school_id"?, "stage"?, "subject"?, "year"?, "missing", "zh", "en"}."""

    found: list[Json] = field(default_factory=list)

    def add(self, part: str, missing: Iterable[str], **where: str | int) -> None:
        """Remember that ``part`` of ``where`` cannot be told without ``missing``."""
        lacking = list(missing)
        zh = "、".join(WORDS[one].zh for one in lacking)
        en = ", ".join(WORDS[one].en for one in lacking)
        self.found.append(
            {
                "part": part,
                **where,
                "missing": lacking,
                "zh": f"{PARTS[part].zh}：无法判定，缺 {zh}",
                "en": f"{PARTS[part].en}: cannot tell without {en}",
            }
        )

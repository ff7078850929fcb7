"""Words of the papers on funds and aid."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import STAGE_NAMES, Text

Json = Mapping[str, Any]
VERDICTS = {"met": "达到", "not_met": "未达到", "cannot_tell": "无法判定"}
STAGES = {
    **{stage: name.zh for stage, name in STAGE_NAMES.items()},
    "preschool": "学前",
    "vocational": "中职",
    "university": "大学",
}
CERTAINTIES = {
    "found": "已查到原文",
    "local": "地方做法",
    "derived": "推导",
    "known": "未经核对",
    "third_party": "第三方软件",
    "seed": "来源文件",
}
COLUMNS = {
    "education_spending_yuan": "一般公共预算教育支出",
    "per_pupil_primary_yuan": "小学生均教育支出",
    "per_pupil_junior_yuan": "初中生均教育支出",
    "education_appropriation_yuan": "财政教育拨款",
    "recurrent_revenue_yuan": "财政经常性收入",
    "per_pupil_spending_yuan": "生均教育费用",
    "teacher_pay_yuan": "教师年平均工资",
    "per_pupil_operating_yuan": "生均公用经费",
}
FINDINGS = {
    "exclusive": Text("互斥项目重复享受", "schemes that exclude one another"),
    "twice": Text("同一项目同一学期重复", "twice in one term"),
    "not_registered": Text("不在学生名册", "not in the register"),
    "does_not_board": Text("领寄宿生补助而未寄宿", "boarder's aid, does not board"),
    "below_rate": Text("低于标准", "below the rate"),
    "above_rate": Text("高于标准", "above the rate"),
    "no_rate": Text("该学段没有标准", "no rate for this stage"),
    "category_not_entitled": Text("非寄宿而不属四类", "day pupil of no entitled category"),
}


def basis(rule: Json) -> str:
    """Document, article and certainty of a rule, as printed beside its figures."""
    source = rule["source"]
    overlay = f"；地方口径 {rule['overlay']}" if rule.get("overlay") else ""
    return f"{source['document']} {source['article']}（{CERTAINTIES[source['certainty']]}）{overlay}"


def reasons(listed: list[Json]) -> str:
    """Why something is unknown, in one cell."""
    return "；".join(one["zh"] for one in listed)

"""The facts a rule may name, by what it looks at, and what each is called."""

from collections.abc import Mapping
from typing import Literal

from junheng.basics import Text

Over = Literal[
    "indicator", "school", "class", "stage_indicator", "stage", "part", "future", "seats", "missing"
]

_VERDICT = {
    "verdict": Text("判定", "verdict"),
    "value": Text("数值", "value"),
    "threshold": Text("标准", "threshold"),
}
_PLACE = {
    "stage": Text("学段", "stage"),
    "kind": Text("办学类型", "kind of school"),
    "ownership": Text("举办者", "ownership"),
    "urban_rural_code": Text("城乡分类", "urban–rural code"),
    "pupils": Text("在校生数", "pupils"),
    "is_judged": Text("是否计入评价", "whether it is judged"),
}

FACTS: Mapping[Over, Mapping[str, Text]] = {
    "indicator": {
        **_VERDICT,
        **_PLACE,
        "sense": Text("越大越好为1，越小越好为-1", "1: more is better, -1: less is better"),
        "has_line": Text("是否有标准值", "whether the standard sets a line"),
        "floor": Text("底线", "floor"),
        "floor_verdict": Text("底线判定", "verdict against the floor"),
        "shortfall": Text("达到标准尚缺", "lacking to the threshold"),
        "floor_shortfall": Text("达到底线尚缺", "lacking to the floor"),
        "surplus": Text("超出标准的数量", "amount above the threshold"),
        "numerator": Text("分子", "numerator"),
        "per": Text("数值每增 1 所需的分子", "numerator that one unit of the value takes"),
    },
    "school": {
        **_PLACE,
        "verdict": Text("学校判定", "verdict on the school"),
        "met": Text("达标指标数", "indicators met"),
        "judged_indicators": Text("有标准值的指标数", "indicators with a line"),
        "undecided": Text("无法判定的指标数", "indicators that cannot be told"),
        "floors_missed": Text("低于底线的指标数", "indicators below the floor"),
        "least_met": Text("学校合格须达标的指标数", "indicators that must be met"),
        "compulsory_pupils": Text("全校义务教育在校生", "pupils of the compulsory stages"),
        "classes": Text("班数", "classes"),
        "max_class_size": Text("最大班额", "largest class"),
        "boarders": Text("寄宿生数", "boarders"),
        "in_zone_pupils": Text("片区内入学学生数", "in-zone pupils"),
        "entrants": Text("招生数", "entrants"),
        "special_rooms": Text("专用教室数", "special rooms"),
        "entry_per_class": Text("起始年级平均班额", "pupils per class of the starting grade"),
        "county_entry_per_class": Text("全县起始年级平均班额", "the county's pupils per starting class"),
    },
    "class": {
        **_PLACE,
        "class_size": Text("班级学生数", "pupils in the class"),
        "grade": Text("年级", "grade"),
    },
    "stage_indicator": {
        "stage": Text("学段", "stage"),
        "cv": Text("差异系数", "coefficient of variation"),
        "cv_limit": Text("差异系数上限", "limit of the coefficient"),
        "cv_verdict": Text("差异系数判定", "verdict of the coefficient"),
        "schools": Text("学校数", "schools"),
        "met": Text("达标学校数", "schools that meet it"),
        "not_met": Text("未达标学校数", "schools that do not"),
        "floors_missed": Text("低于底线学校数", "schools below the floor"),
    },
    "stage": {
        "stage": Text("学段", "stage"),
        "schools": Text("学校数", "schools"),
        "passed": Text("达标学校数", "schools that pass"),
        "composite_cv": Text("综合差异系数", "composite coefficient"),
        "composite_limit": Text("综合差异系数上限", "limit of the composite"),
        "composite_verdict": Text("综合差异系数判定", "verdict of the composite"),
        "highest_entry_per_class": Text(
            "城镇学校起始年级平均班额最高值", "largest mean starting class of a town school"
        ),
        "lowest_entry_per_class": Text(
            "城镇学校起始年级平均班额最低值", "smallest mean starting class of a town school"
        ),
        "county_entry_per_class": Text("全县起始年级平均班额", "the county's pupils per starting class"),
    },
    "part": {"verdict": Text("该部分判定", "verdict of the part")},
    "future": {
        "stage": Text("学段", "stage"),
        "verdict": Text("今年判定", "verdict of this year"),
        "future_verdict": Text("预测年判定", "verdict of the year foreseen"),
        "future_year": Text("预测年", "year foreseen"),
        "pupils": Text("今年在校生", "pupils of this year"),
        "future_pupils": Text("预测在校生", "pupils foreseen"),
        "met": Text("今年达标指标数", "indicators met this year"),
        "future_met": Text("预测年达标指标数", "indicators met in the year foreseen"),
    },
    "seats": {
        "seats": Text("招生计划", "seats"),
        "first_choices": Text("第一志愿人数", "first choices"),
        "applications": Text("填报人数", "children who listed the school"),
        "admitted": Text("录取人数", "admitted"),
    },
    "missing": {},
}
BEFORE = {"before_": Text("上一年的", "last year's "), "before2_": Text("前年的", "the year before last's ")}


def known_facts(over: Over) -> tuple[str, ...]:
    """The names a rule over ``over`` may use: its facts, and each a year (``before_``) and two before (``before2_``)."""
    own = tuple(FACTS[over])
    return own + tuple(f"{prefix}{name}" for prefix in BEFORE for name in own)


def fact_name(over: Over, name: str) -> Text:
    """What a fact is called; a name that is none is returned as it is."""
    for prefix, words in BEFORE.items():
        if name.startswith(prefix):
            own = fact_name(over, name.removeprefix(prefix))
            return Text(words.zh + own.zh, words.en + own.en)
    return FACTS[over].get(name, Text(name, name))

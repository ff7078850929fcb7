"""The rules in words: every key and choice of the YAML as the annex and the terminal print it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from junheng.admissions.quota.exact_text import shown
from junheng.admissions.quota.rules import Rules, Source, exact_number
from junheng.basics import Text

KEYS: Mapping[str, Text] = {
    "region": Text("地区", "region"),
    "share": Text("分配比例", "share"),
    "basis": Text("分配基数", "basis"),
    "rural": Text("农村系数", "rural coefficient"),
    "minimum": Text("保底", "minimum"),
    "direct": Text("集团内直接分配", "direct seats in groups"),
    "packs": Text("小校合并组", "packs of small schools"),
    "levels": Text("分配层级", "levels"),
    "districts": Text("分到区县", "to districts"),
    "schools": Text("分到学校", "to schools"),
    "ties": Text("余数相同时", "equal remainders"),
    "eligibility": Text("资格", "eligibility"),
    "admission": Text("录取", "admission"),
    "rounding": Text("取整", "rounding"),
    "coefficient": Text("系数", "coefficient"),
    "seats": Text("至少", "at least"),
    "of": Text("范围", "of"),
    "examinees_per_seat": Text("每个指标对应考生", "examinees a seat"),
    "members": Text("成员校", "members"),
    "inside": Text("组内", "inside"),
    "totals": Text("合计取整", "totals"),
    "cells": Text("各高中名额", "cells"),
    "correction": Text("差额调整", "correction"),
    "years": Text("连续在籍年数", "years registered"),
    "order": Text("志愿次序", "order of wishes"),
    "minimum_score": Text("最低分数", "lowest score"),
    "kind": Text("依据", "kind"),
    "points": Text("降分", "marks below"),
}
CHOICES: Mapping[str, Text] = {
    "down": Text("舍去小数", "down"),
    "up": Text("进一", "up"),
    "half_up": Text("四舍五入", "half up"),
    "graduates": Text("毕业生数", "graduates"),
    "pupils": Text("在校生数", "pupils"),
    "examinees": Text("报考人数", "examinees"),
    "largest_remainder": Text("最大余数法", "largest remainder"),
    "lot": Text("抽签", "by lot"),
    "rounding": Text("四舍五入后调整", "rounding, then corrected"),
    "separate": Text("各高中分别取整", "each senior school by itself"),
    "controlled": Text("行列控制取整", "controlled table"),
    "floor_then_deal": Text("整数部分直接给，其余抽签", "whole parts, then a lot"),
    "deal": Text("整体打包，随机分发", "packed and dealt by lot"),
    "remainder": Text("按余数", "by remainder"),
    "most_graduates": Text("由人数多的学校增减", "the largest schools give or take"),
    "rural": Text("农村学校优先", "rural first"),
    "below_average": Text("低于平均", "below average"),
    "rural_or_below_average": Text("农村或低于平均", "rural or below average"),
    "open": Text("组内各校学生共同竞争", "open to all pupils of the pack"),
    "each": Text("每所高中", "each senior school"),
    "total": Text("合计", "in total"),
    "all": Text("所有学校", "all schools"),
    "score_first": Text("分数优先", "score first"),
    "wish_first": Text("志愿优先", "wish first"),
    "none": Text("不设", "none"),
    "control_line": Text("最低控制线", "control line"),
    "below_reference_line": Text("参照线下降分", "below the reference line"),
}
_NESTED: Mapping[str, Text] = {"schools": Text("学校", "schools")}  # a key that means something else inside
_NOT_RULES = frozenset({"id", "name", "source", "made_up", "share"})


def rule_lines(rules: Rules, day: date) -> Iterator[tuple[Text, Text, Source]]:
    """Each rule: what it is called, what it says, and where it comes from. The share in force on ``day`` is marked."""
    now = rules.share.on(day)
    for version in rules.share.versions:
        percent = f"{shown(version.value * 100)}%"
        mark = Text("（现行）", " (in force)") if version is now else Text("", "")
        by = CHOICES[rules.share.rounding]
        yield (
            KEYS["share"],
            Text(
                f"{version.in_force_from} 起 {percent}，{by.zh}{mark.zh}",
                f"{percent} from {version.in_force_from}, {by.en}{mark.en}",
            ),
            version.source or rules.source,
        )
    for name, content in rules.as_json().items():
        if name in _NOT_RULES or content in ("", [], {}):
            continue
        source = getattr(getattr(rules, name), "source", None) or rules.source
        yield KEYS[name], _said(content), source


def _said(content: Any) -> Text:
    """A value in words: a choice, a number, or several of them with their keys."""
    if isinstance(content, Mapping):
        parts = [
            (_NESTED.get(key) or KEYS.get(key, Text(key, key)), _said(value))
            for key, value in content.items()
            if key != "source"
        ]
        return Text(
            "；".join(f"{key.zh} {value.zh}" for key, value in parts),
            "; ".join(f"{key.en} {value.en}" for key, value in parts),
        )
    if isinstance(content, list):
        words = [_said(value) for value in content]
        return Text("，再".join(word.zh for word in words), ", then ".join(word.en for word in words))
    if content in CHOICES:
        return CHOICES[content]
    try:
        number = shown(exact_number(content))
    except ValueError:
        number = str(content)
    return Text(number, number)

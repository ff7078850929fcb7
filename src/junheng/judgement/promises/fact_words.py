"""Names of facts as words an officer reads: ``junior_R7_met`` is 初中 R7 达标校数."""

from collections.abc import Mapping

from junheng.basics import STAGE_NAMES, Text
from junheng.standards import PART_NAMES

_OF_A_STAGE = {
    "schools": Text("学校数", "schools"),
    "passed": Text("达标学校数", "schools that comply"),
    "undecided": Text("无法判定的学校数", "schools that cannot be told"),
    "verdict": Text("结论为达标", "complies"),
    "met": Text("达标项数", "indicators met"),
}
_OF_AN_INDICATOR = {
    "": Text("达标", "met"),
    "met": Text("达标学校数", "schools that meet it"),
    "not_met": Text("未达标学校数", "schools that do not"),
    "undecided": Text("无法判定的学校数", "schools that cannot be told"),
    "floor_missed": Text("低于底线的学校数", "schools below the floor"),
    "mean": Text("均值", "mean"),
    "cv": Text("差异系数", "CV"),
    "value": Text("数值", "value"),
}
_STAGES: Mapping[str, Text] = {str(stage): words for stage, words in STAGE_NAMES.items()}
_PARTS: Mapping[str, Text] = {str(part): words for part, words in PART_NAMES.items()}


def fact_words(name: str) -> Text:
    """What the fact ``name`` counts or says; the name itself where it is none of a finding's."""
    head, _, rest = name.partition("_")
    if name == "county":
        return Text("全县达标", "the county complies")
    if head == "part" and rest in _PARTS:
        return _joined(_PARTS[rest], Text("达标", "met"))
    if head == "item" and rest:
        return _joined(Text(rest, rest), Text("达标", "met"))
    if head in _STAGES and rest in _OF_A_STAGE:
        return _joined(_STAGES[head], _OF_A_STAGE[rest])
    key, _, what = rest.partition("_")
    if head in _STAGES and key and what in _OF_AN_INDICATOR:
        return _joined(_STAGES[head], Text(key, key), _OF_AN_INDICATOR[what])
    return Text(name, name)


def _joined(*words: Text) -> Text:
    return Text(" ".join(one.zh for one in words), " ".join(one.en for one in words))

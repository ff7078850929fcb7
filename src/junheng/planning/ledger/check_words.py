"""Words of the check of a ledger: what it says beside what was formed anew, figure by figure."""

from collections.abc import Mapping
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.ledger.words import NAMES, VERDICTS

_KEYS = NAMES | {
    "batch": Text("批次", "batch"),
    "group": Text("类别", "kind"),
    "measure": Text("数字", "figure"),
    "origin": Text("资金来源", "source"),
    "rows": Text("行数", "rows"),
    "outliers": Text("异常的单价", "unusual unit costs"),
    "arrived_share": Text("到位率", "share arrived"),
    "delivered_share": Text("交付率", "share delivered"),
    "sources_planned_yuan": Text("计划资金的来源合计", "sum of the sources planned"),
    "sources_arrived_yuan": Text("到位资金的来源合计", "sum of the sources arrived"),
    "differs_planned_yuan": Text("总投资减来源合计", "investment less its sources"),
    "differs_arrived_yuan": Text("到位资金减来源合计", "arrived less its sources"),
    "planned_yuan": Text("计划资金", "funds planned"),
    "untold_planned_yuan": Text("没有填计划的行", "rows without funds planned"),
    "untold_arrived_yuan": Text("没有填到位的行", "rows without funds arrived"),
    "untold": Text("没有填的项目数", "projects that do not say"),
    "late_years": Text("晚几年", "years late"),
    "median": Text("中位数", "median"),
    "mad": Text("离差的中位数（MAD）", "MAD"),
    "low": Text("下限", "low"),
    "high": Text("上限", "high"),
    "judged": Text("是否判", "judged"),
    "sum": Text("项目合计", "sum of projects"),
    "difference": Text("相差", "difference"),
    "verdict": Text("结论", "verdict"),
    "value": Text("复算", "recomputed"),
    "id": Text("编号", "id"),
}
_ABSENT = Text("没有", "absent")


def differing(who: Text, said: Mapping[str, object], wanted: Mapping[str, object]) -> list[Text]:
    """A line for every figure (fractions, words, lists) in which two rows differ, with both."""
    found = []
    for key in [*wanted, *(key for key in said if key not in wanted)]:
        one, other = said.get(key), wanted.get(key)
        if (key in said) == (key in wanted) and one == other:
            continue
        name = _KEYS.get(key, Text(f"“{key}”", key))
        if isinstance(one, dict) and isinstance(other, dict):
            found += differing(Text(f"{who.zh}{name.zh}：", f"{who.en}, {name.en}:"), one, other)
        else:
            found.append(beside(Text(f"{who.zh}{name.zh}", f"{who.en} {name.en}"), one, other))
    return found


def beside(what: Text, said: object, wanted: object) -> Text:
    """What the ledger says, and what the check comes to."""
    one, other = _shown(said), _shown(wanted)
    return Text(
        f"{what.zh}：台账写 {one.zh}，核对为 {other.zh}",
        f"{what.en}: the ledger says {one.en}, the check comes to {other.en}",
    )


def _shown(value: object) -> Text:
    if value is None:
        return _ABSENT
    if isinstance(value, list):
        words = [_KEYS.get(str(one), Text(str(one), str(one))) for one in value]
        return Text("、".join(word.zh for word in words) or "无", ", ".join(w.en for w in words) or "none")
    if isinstance(value, Fraction):
        whole = value.denominator == 1
        text = f"{value.numerator:,}" if whole else f"{float(value):,.6f}".rstrip("0").rstrip(".")
        return Text(text, text)
    return VERDICTS.get(str(value), Text(str(value), str(value)))

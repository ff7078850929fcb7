"""The rule of a rotation: cited defaults, overridden by the problem file, free of contradictions."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import Text, nearest
from junheng.planning.frozen import exact, number
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.rotate.reading.faults import FIX, fraction_of, refuse, shown

_LIBRARY = Path(__file__).parents[1] / "library" / "rotation.yaml"
SHARE_PARAMETERS = {
    "moved_of_eligible", "most_moved_of_eligible", "backbone_of_moved", "graduating_of_eligible",
    "source_school_of_eligible", "principals_of_due", "most_out_of_school",
}  # fmt: skip
_WHOLE = {"nearest", "principal_terms", "exempt_from_age", "teaching_point_pupils"}

Json = dict[str, Any]


@cache
def library() -> Mapping[str, Any]:
    """The shipped parameters with their sources."""
    return read_plain_mapping(_LIBRARY, FIX)


def read_rule(asked: Mapping[str, Any], file: str) -> tuple[Json, list[Json]]:
    """The rule (exact numbers by name) and where each number comes from.

    A value in the problem file is a number, ``library`` (the shipped value), ``off``, or {value, source}. Raises
    UserError for an unknown parameter, a share outside 0–1, or parameters that contradict each other.
    """
    known: Mapping[str, Any] = library()["parameters"]
    for name in asked:
        if name not in known:
            near = nearest(name, known)
            fix = Text(f"最接近的是 {near}", f"the nearest is {near}") if near else None
            raise refuse(f"{file}: rule.{name}", f"没有参数 {name}", f"no parameter {name}", fix)
    rule: Json = {}
    sources: list[Json] = []
    for name, shipped in known.items():
        given = asked.get(name, "library" if shipped["is_default"] == "yes" else "off")
        if given == "off":
            continue
        value, source = _value(name, given, shipped)
        rule[name] = number(_checked(name, value, file))
        sources.append({"parameter": name, "value": rule[name], **source})
    _require_coherent(rule, file)
    return rule, sources


def _value(name: str, given: Any, shipped: Mapping[str, str]) -> tuple[str, Json]:
    words = {"zh": shipped["zh"], "en": shipped["en"]}
    if given == "library":
        return shipped["value"], {"document": shipped["document"], "certainty": shipped["certainty"], **words}
    own = given if isinstance(given, Mapping) else {"value": given}
    document = str(own.get("source", "问题文件 problem file"))
    return str(own.get("value", "")), {"document": document, "certainty": "local", **words}


def _checked(name: str, text: str, file: str) -> Fraction:
    value = fraction_of(text)
    where = f"{file}: rule.{name}"
    if value is None or value < 0:
        raise refuse(where, f"“{shown(text)}”不是不小于 0 的数", f"“{shown(text)}” is no number of 0 or more")
    if name in SHARE_PARAMETERS and value > 1:
        raise refuse(where, f"比例 {text} 大于 1", f"a share of {text} is more than 1")
    if name in _WHOLE and value.denominator != 1:
        raise refuse(where, f"{text} 应为整数", f"{text} should be a whole number")
    if name == "principals_counted" and value not in {0, 1}:
        raise refuse(where, "只能是 0 或 1", "0 or 1 only")
    return value


def _require_coherent(rule: Mapping[str, Any], file: str) -> None:
    for name in ("years_at_school", "moved_of_eligible", "backbone_of_moved"):
        if name not in rule:
            raise refuse(
                f"{file}: rule.{name}", "不能关闭", "cannot be off", Text("不作要求时写 0", "write 0")
            )
    most = rule.get("most_moved_of_eligible")
    if most is not None and exact(most) < exact(rule["moved_of_eligible"]):
        raise refuse(
            f"{file}: rule.most_moved_of_eligible",
            f"交流人数上限 {most} 低于下限 {rule['moved_of_eligible']}，两项互相矛盾",
            f"the ceiling {most} is below the floor {rule['moved_of_eligible']}: the two contradict each other",
            Text("提高上限或写 off", "raise the ceiling or write off"),
        )
    if "principals_of_due" in rule and "principal_terms" not in rule:
        raise refuse(
            f"{file}: rule.principals_of_due",
            "要求校长交流，却没有写任满几届为应交流（principal_terms）",
            "principals are to move, but principal_terms does not say after how many terms",
        )


def read_preferences(asked: Mapping[str, Any], file: str) -> Json:
    """Weights of kilometres, of persons who moved before, and of schools over their part; of the library by default."""
    found: Json = {}
    for name, shipped in library()["preferences"].items():
        value = fraction_of(str(asked.get(name, shipped)))
        if value is None or value < 0:
            where = f"{file}: preferences.{name}"
            raise refuse(where, "应为不小于 0 的数", "should be a number of 0 or more")
        found[name] = number(value)
    if unknown := sorted(set(asked) - set(found)):
        raise refuse(f"{file}: preferences.{unknown[0]}", "没有这一项", "there is no such preference")
    return found

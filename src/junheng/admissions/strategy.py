"""A warning where the rule rewards careful listing: families must know before they write wishes."""

from collections.abc import Mapping
from typing import Any

from junheng.admissions.problem import Problem, parse_problem
from junheng.basics import Text

_SAFE = Text(
    "按真实意愿排序即可；能填的学校有限时，最后请留一所有把握的学校",
    "true order does no harm; where only a few schools may be listed, keep the last for one that is likely",
)


def strategic_warning(problem: Mapping[str, Any] | Problem, longest: int | None = None) -> Text | None:
    """The warning that belongs on the notice and the form, or None where the order of wishes costs nothing.

    ``longest``: the most wishes a family may list within a stage (default: all schools of the largest stage). A rule is
    strategic when its bands are narrower than that: a school wished in a later band comes after everybody who wished
    it in an earlier one. Under it a family that ranks an over-subscribed school first risks its second choice.
    """
    parsed = parse_problem(problem)
    length = max(len(stage.schools) for stage in parsed.stages) if longest is None else longest
    width = parsed.band_width
    if width >= length:
        return None
    within = Text("同一优先类别内，", "within a priority class, ") if parsed.is_class_first else Text("", "")
    if width == 1:
        return Text(
            f"填报次序影响录取：{within.zh}每所学校先录取把它填在前面的孩子，号码再好也排在他们之后。第一志愿落空时，"
            "第二志愿学校可能已被第一志愿填它的孩子招满。请按真实意愿和录取可能一并考虑，至少填一所有把握的学校",
            f"The order of wishes matters: {within.en}every school first takes those who listed it earlier, however good"
            " another child's number. If the first wish fails, the second school may already be full of first wishes."
            " Weigh true preference and likelihood, and list at least one school that is likely",
        )
    return Text(
        f"填报次序影响录取：{within.zh}每 {width} 个志愿为一段，同段之内可按真实意愿排序，不吃亏；"
        f"第 {width + 1} 个志愿起，排在所有把该校填在前 {width} 个的孩子之后。请把有把握的学校放进前 {width} 个志愿",
        f"The order of wishes matters: {within.en}wishes count in bands of {width}. Within a band true order does no harm;"
        f" from wish {width + 1} on a child comes after everybody who listed the school among the first {width}. Put a"
        f" school that is likely among the first {width}",
    )


def listing_advice(problem: Mapping[str, Any] | Problem, longest: int | None = None) -> Text:
    """What to tell families about the order of wishes: the warning, or that true order does no harm."""
    return strategic_warning(problem, longest) or _SAFE

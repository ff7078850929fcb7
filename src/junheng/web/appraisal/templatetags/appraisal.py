"""Words of commitments and appraisals in templates."""

from fractions import Fraction

from django import template

from junheng.basics import Text
from junheng.judgement.promises import STATE_NAMES, Standing

register = template.Library()
_TIMINGS = {
    "early": Text("提前达到", "early"), "on_time": Text("按期达到", "on time"), "late": Text("逾期达到", "late"),
    "overdue": Text("逾期未达到", "overdue"), "pending": Text("未到期", "not due yet"),
    "unknown": Text("没有期限", "no day"),
}  # fmt: skip
_ACTS = {
    "set": Text("立项", "set"), "progress": Text("进展", "progress"), "report": Text("报告达到", "reported reached"),
    "accept": Text("审核通过", "accepted"), "return": Text("退回", "sent back"),
}  # fmt: skip


@register.simple_tag
def standing_name(standing: Standing) -> Text:
    """The library's name of where a commitment stands."""
    return STATE_NAMES[standing.state]


@register.simple_tag
def timing_name(timing: str) -> Text:
    """Whether a target came on time, in words."""
    return _TIMINGS.get(timing, Text("", ""))


@register.simple_tag
def step_of(act: str) -> Text:
    """What happened to a commitment, in words."""
    return _ACTS.get(act, Text(act, act))


@register.filter
def points(ends: list[str] | None) -> str:
    """Points as the library tells them, exact fractions: one number, or from–to where something is missing."""
    if not ends:
        return "—"
    shown = list(dict.fromkeys(f"{float(Fraction(one)):.4g}" for one in ends))
    return "–".join(shown)


@register.simple_tag
def share_of(value: object) -> str:
    """An exact fraction, as the library tells it, with at most four figures."""
    return f"{float(Fraction(str(value))):.4g}"


@register.simple_tag
def say_subject(told: object, code: str) -> str:
    """The name of the subject with this code."""
    lines = getattr(told, "subjects", [])
    return next((one.subject.name for one in lines if one.subject.code == code), code)

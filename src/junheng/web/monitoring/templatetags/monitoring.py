"""Words of monitoring in templates."""

from collections.abc import Mapping
from typing import Any

from django import template

from junheng.basics import STAGE_NAMES, Text
from junheng.web.front.words import half
from junheng.web.monitoring.library import level_names
from junheng.web.monitoring.states import Act
from junheng.web.monitoring.writing import SYSTEM

register = template.Library()
_ACTS: Mapping[str, Text] = {
    "open": Text("立项", "opened"),
    "order": Text("督办", "ordered"),
    "reopen": Text("另立新账", "opened anew"),
    "file": Text("附材料", "evidence"),
    "amend": Text("变更", "changed"),
    "escalate": Text("升级", "escalated"),
    "recheck": Text("复算", "rechecked"),
}
_CERTAINTY: Mapping[str, Text] = {
    "found": Text("见原文", "found in the source"),
    "local": Text("地方规定", "a local rule"),
    "derived": Text("推导", "derived"),
    "known": Text("通行知识，未见原文", "known, source not seen"),
    "third_party": Text("转引", "third party"),
    "seed": Text("样例", "seed"),
}


@register.simple_tag
def level_name(level: str) -> str:
    """A level in the reader's language."""
    return half(level_names()[level]) if level in level_names() else level


@register.filter
def name_of(names: Mapping[str, Text], key: str) -> str:
    """The name of ``key`` among ``names``, in the reader's language."""
    return half(names[key]) if key in names else key


@register.simple_tag
def stage_name(stage: str) -> str:
    """A stage in the reader's language."""
    names: Mapping[Any, Text] = STAGE_NAMES
    return half(names[stage]) if stage in names else stage


@register.simple_tag
def certainty(tag: str) -> str:
    """How sure a source is."""
    return half(_CERTAINTY[tag]) if tag in _CERTAINTY else tag


@register.simple_tag
def act_name(act: str) -> str:
    """An act of a gap's story."""
    return half(_ACTS[act]) if act in _ACTS else str(Act(act).label)


@register.simple_tag
def actor_name(name: str) -> str:
    """Who did it; the site itself has a name in each language."""
    return half(Text(SYSTEM, "the system")) if name == SYSTEM else name


@register.simple_tag
def figure(value: float) -> str:
    """A figure for reading; the comparison was the library's, exact."""
    shown = f"{value:,.6g}"
    return f"{value:,.0f}" if "e+" in shown else shown


@register.simple_tag(takes_context=True)
def page_address(context: dict[str, Any], number: int) -> str:
    """Another page of the same list, all that was chosen kept."""
    asked = context["request"].GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"

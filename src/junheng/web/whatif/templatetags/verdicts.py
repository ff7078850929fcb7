"""Verdicts and figures as the pages of what-if print them: a word beside every colour."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.web.findings.shown import amount_text, value_text
from junheng.web.front.words import half
from junheng.web.whatif.outcome import Side

register = template.Library()
_MARKS = {"met": "good", "not_met": "bad", "cannot_tell": "unknown"}
_SIGNS = {"met": "✓", "not_met": "✗", "cannot_tell": "?"}
_NONE = Text("没有", "none")


def _name(verdict: str) -> str:
    return half(VERDICT_NAMES[Verdict(verdict)]) if verdict else half(_NONE)


@register.simple_tag
def badge(verdict: str) -> SafeString:
    """A verdict as a badge; "" is "none": there is no such school on that side."""
    return format_html('<span class="badge {}">{}</span>', verdict or "unknown", _name(verdict))


@register.simple_tag
def side(found: Side | None, what: str, limit: str = "") -> SafeString | str:
    """One side of a pair: the figure (a CV to four decimals, more where it lies close to its limit), and its sign."""
    if found is None:
        return "—"
    line = float(limit) if limit else None
    figure = "?" if found.value is None else value_text(found.value, 4 if what == "cv" else 2, line)
    sign, mark = _SIGNS.get(found.verdict, ""), _MARKS.get(found.verdict, "")
    return format_html('<span class="{}" title="{}">{} {}</span>', mark, _name(found.verdict), figure, sign)


@register.simple_tag
def lacks(found: Side) -> str:
    """What is still lacking, in its physical unit."""
    if not found.lacks:
        return ""
    amount = amount_text(found.lacks)
    return f"{amount} {half(found.unit)}" if found.unit else amount

"""The site's words in templates: ``{% say "填报" "Returns" %}`` and its kin."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from junheng.basics import Text
from junheng.web.front.words import half, is_english

register = template.Library()


@register.simple_tag
def say(zh: str, en: str) -> SafeString | str:
    """Chinese with the English small beside it; the English alone for whoever switched to it."""
    return en if is_english() else format_html('{} <small lang="en">{}</small>', zh, en)


@register.simple_tag
def both(zh: str, en: str) -> SafeString | str:
    """A sentence, with its English on a line of its own; the English alone for whoever switched to it."""
    return en if is_english() else format_html('{}<br><small lang="en">{}</small>', zh, en)


@register.simple_tag
def only(zh: str, en: str) -> str:
    """One language alone, for titles, attributes and narrow places."""
    return en if is_english() else zh


@register.simple_tag
def pair_of(text: Text | Mapping[str, Any]) -> SafeString | str:
    """A message of the library (``Text`` or ``{"zh", "en"}``) as ``both`` writes it, its line breaks kept."""
    if isinstance(text, Text):
        text = {"zh": text.zh, "en": text.en}
    zh, en = (linebreaksbr(str(text[key]), autoescape=True) for key in ("zh", "en"))
    return en if is_english() else format_html('{}<br><small lang="en">{}</small>', zh, en)


@register.filter
def told(text: Text | Mapping[str, Any] | str | None) -> str:
    """The reader's half of a ``Text`` or of ``{"zh", "en"}``; plain text stays itself, nothing stays empty."""
    if text is None:
        return ""
    return text if isinstance(text, str) else half(text)

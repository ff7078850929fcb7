"""What a drawn map says below itself, as text: on a small screen the drawing is too small to be read."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_SAID = re.compile(r"<desc>(.*?)</desc>", re.DOTALL)


@register.filter
def said_below(svg: str) -> SafeString:
    """The statement and notes of a map of ours; escaped already where it was drawn."""
    found = _SAID.search(svg)
    return mark_safe(found[1] if found else "")  # of our own drawing, which escapes every word

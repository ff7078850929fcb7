"""The words of what a return is shown as, in lists and on the map."""

from django import template

from junheng.basics import Text
from junheng.web.front.words import half

register = template.Library()
LOOKS = {
    "late": Text("逾期未报", "late"),
    "returned": Text("已退回", "sent back"),
    "draft": Text("填报中", "draft"),
    "submitted": Text("待审核", "to review"),
    "accepted": Text("已通过", "accepted"),
}


@register.filter
def look_name(look: str) -> str:
    """A look (``Standing.look``) in the reader's language."""
    return half(LOOKS[look])

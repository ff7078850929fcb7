"""Whether a page's reader may open what it would link to: no link leads to a page that is not theirs."""

from django import template

from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, may_see

register = template.Library()


@register.filter
def seen_by(place: Organisation | None, person: Person) -> bool:
    """Whether ``person`` may open the page of ``place``; of no place, no."""
    return place is not None and may_see(person, place)

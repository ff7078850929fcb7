"""Who may give a county's sources, see where they disagree, and decide."""

from junheng.web.filing.models import CountyYear
from junheng.web.filing.states import BUREAU
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, holds, may_see_county
from junheng.web.people.roles import Kind


def may_list(person: Person, place: Organisation) -> bool:
    """The sources of a county: its bureau and those above."""
    return place.kind == Kind.COUNTY and may_see_county(person, place)


def may_give(person: Person, place: Organisation) -> bool:
    """Upload a source, and say in which order they fill returns: an officer of the county."""
    return place.kind == Kind.COUNTY and holds(person, BUREAU, place)


def may_see_board(person: Person, year: CountyYear) -> bool:
    """Where sources disagree: the bureau and those above, no school's people."""
    return may_see_county(person, year.county)


def may_decide(person: Person, year: CountyYear) -> bool:
    """Decide between sources: an officer of that county."""
    return holds(person, BUREAU, year.county)

"""Who may see who has not reported, set time limits, and read a notice."""

from junheng.web.clocks.models import Notice
from junheng.web.filing.models import CountyYear
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person, holds, may_see_county
from junheng.web.people.roles import Kind, Role

_ABOVE = frozenset({Kind.NATION, Kind.PROVINCE, Kind.CITY})
_SETS = frozenset({Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR})


def may_see_standing(person: Person, year: CountyYear) -> bool:
    """Who has not reported: the bureau and those above."""
    return may_see_county(person, year.county)


def may_compare(person: Person, place: Organisation) -> bool:
    """Counties side by side: the offices above them."""
    return Kind(place.kind) in _ABOVE and may_see_county(person, place)


def may_see_terms(person: Person, place: Organisation) -> bool:
    """A county's time limits: its bureau and those above."""
    return place.kind == Kind.COUNTY and may_see_county(person, place)


def may_set_terms(person: Person, place: Organisation) -> bool:
    """Set them: the bureau."""
    return place.kind == Kind.COUNTY and holds(person, _SETS, place)


def is_own(person: Person, notice: Notice) -> bool:
    """One's own notice, and nobody else's."""
    return isinstance(person, Account) and person.is_active and notice.account_id == person.pk

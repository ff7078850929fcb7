"""Who may read a return, fill it, review it; the states' table says who may take which way."""

from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.states import BUREAU, SCHOOL, Act, State, transition
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, holds, may_see, may_see_county
from junheng.web.people.roles import Kind


def may_open(person: Person, place: Organisation) -> bool:
    """Open a year: an officer of the county."""
    return place.kind == Kind.COUNTY and holds(person, BUREAU, place)


def may_list(person: Person, place: Organisation) -> bool:
    """The years of a county, or the returns of a school."""
    return place.kind in (Kind.COUNTY, Kind.SCHOOL) and may_see(person, place)


def may_see_year(person: Person, year: CountyYear) -> bool:
    """Who has reported and who has not: the bureau and those above."""
    return may_see_county(person, year.county)


def may_freeze(person: Person, year: CountyYear) -> bool:
    """Freeze a county's year, and have it judged."""
    return holds(person, BUREAU, year.county)


def may_read(person: Person, filing: Filing) -> bool:
    """One return: that school's people and the offices above it."""
    return may_see(person, filing.school)


def may_fill(person: Person, filing: Filing) -> bool:
    """Type into a return: clerk and head of that school. The state is asked under the lock, by the action."""
    return holds(person, SCHOOL, filing.school)


def may_review(person: Person, filing: Filing) -> bool:
    """Return or accept: an officer of that county."""
    return holds(person, BUREAU, filing.county_year.county)


def may_act(person: Person, filing: Filing, act: Act, state: State) -> bool:
    """Whether the table of states offers ``act`` to this person now."""
    way = transition(act, state)
    place = filing.school if way and way.roles is SCHOOL else filing.county_year.county
    return way is not None and holds(person, way.roles, place)

"""Who may see a survey, and who holds it."""

from junheng.web.filing.permissions import FILLS, sections_of
from junheng.web.filing.states import LEADER
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, holds, may_see_county
from junheng.web.people.roles import Kind
from junheng.web.survey.models import Survey

_TABLE = "survey"


def may_list(person: Person, place: Organisation) -> bool:
    """A county's surveys: its bureau and those above."""
    return place.kind == Kind.COUNTY and may_see_county(person, place)


def may_see(person: Person, survey: Survey) -> bool:
    """Plan, return and result of one survey."""
    return may_see_county(person, survey.county)


def may_plan(person: Person, place: Organisation) -> bool:
    """Hold surveys in a county: its leader, and officers of a section that fills the table of surveys."""
    if place.kind != Kind.COUNTY:
        return False
    held = sections_of(person, place)
    return holds(person, LEADER, place) or any(_TABLE in FILLS.get(one, {_TABLE}) for one in held)


def may_hold(person: Person, survey: Survey) -> bool:
    """Issue codes, open, close, enter papers and count: who may plan one there."""
    return may_plan(person, survey.county)

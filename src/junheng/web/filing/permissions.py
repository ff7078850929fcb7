"""Who may read a return, fill it, review it; the states' table says who may take which way."""

from collections.abc import Mapping

from junheng.web.filing.models import CountyYear, Filing, Workbook
from junheng.web.filing.sections import county_sections, sections, sections_in
from junheng.web.filing.states import BUREAU, LEADER, SCHOOL, Act, State, transition
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person, holds, may_see, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role, Section

_ALL = frozenset({Section.ALL, Section.STATISTICS})  # take or send back whole returns, open and freeze years
REVIEWS: Mapping[Section, frozenset[str]] = {  # tables a section of the bureau remarks on; the rest are all
    Section.BASIC: frozenset({"school", "stage", "cohort", "class"}),
    Section.PERSONNEL: frozenset({"teacher_count"}),
    Section.FINANCE: frozenset({"finance"}),
}

FILLS: Mapping[
    Section, frozenset[str]
] = {  # tables of the county's own return a section fills; the rest fill all
    Section.BASIC: frozenset({"county", "quota"}),
    Section.PERSONNEL: frozenset({"county"}),
    Section.FINANCE: frozenset({"county"}),
    Section.SUPERVISION: frozenset({"survey", "monitoring", "attestation"}),
}


def may_open(person: Person, place: Organisation) -> bool:
    """Open a year: an officer of the county."""
    return place.kind == Kind.COUNTY and may_decide(person, place)


def may_list(person: Person, place: Organisation) -> bool:
    """The years of a county, or the returns of a school."""
    return place.kind in (Kind.COUNTY, Kind.SCHOOL) and may_see(person, place)


def may_see_year(person: Person, year: CountyYear) -> bool:
    """Who has reported and who has not: the bureau and those above."""
    return may_see_county(person, year.county)


def may_freeze(person: Person, year: CountyYear) -> bool:
    """Freeze a county's year when every return is accepted, and have it judged."""
    return may_decide(person, year.county)


def may_freeze_without(person: Person, year: CountyYear) -> bool:
    """Freeze it without the schools that never reported: the county's leader answers for that."""
    return holds(person, LEADER, year.county)


def may_unfreeze(person: Person, year: CountyYear) -> bool:
    """Take a freezing back: the county's leader, who answers for what was frozen."""
    return holds(person, LEADER, year.county)


def may_read(person: Person, filing: Filing) -> bool:
    """One return: that school's people and the offices above it."""
    return may_see(person, filing.school)


def may_fill(person: Person, filing: Filing) -> bool:
    """Type into a return: clerk and head of that school, of the county's own the bureau.

    The state is asked under the lock, by the action; the table by ``may_fill_table``.
    """
    return bool(tables_filled(person, filing))


def tables_filled(person: Person, filing: Filing) -> frozenset[str]:
    """The tables of a return a person types into: a school's all of them, the county's by section (``FILLS``)."""
    if filing.is_county:
        everything = frozenset(county_sections())
        held = sections_of(person, filing.school)
        return frozenset[str]().union(*(FILLS.get(one, everything) for one in held)) & everything
    return frozenset(sections()) if holds(person, SCHOOL, filing.school) else frozenset()


def may_fill_table(person: Person, filing: Filing, table: str) -> bool:
    """Type into one table of a return."""
    return table in tables_filled(person, filing)


def may_fill_all(person: Person, filing: Filing) -> bool:
    """Hand in the return, or fill it by a workbook: who types into every table of it."""
    return tables_filled(person, filing) == frozenset(sections_in(filing))


def sections_of(person: Person, county: Organisation) -> frozenset[Section]:
    """The sections of the county's bureau a person is an officer of."""
    if not isinstance(person, Account) or not person.is_active:
        return frozenset()
    return frozenset(
        Section(post.section)
        for post in posts_of(person)
        if Role(post.role) in BUREAU and county.path.startswith(post.organisation.path)
    )


def may_decide(person: Person, county: Organisation) -> bool:
    """Take and send back whole returns, open and freeze years: statistics, or an officer of no one section."""
    return bool(_ALL & sections_of(person, county))


def tables_reviewed(person: Person, county: Organisation) -> frozenset[str]:
    """The tables a person may remark on, by their sections (``REVIEWS``; supervision and statistics: all)."""
    everything = frozenset(sections())
    held = sections_of(person, county)
    return frozenset[str]().union(*(REVIEWS.get(one, everything) for one in held)) & everything


def tables_of_review(person: Person, filing: Filing) -> frozenset[str]:
    """The tables of this return a person may remark on; of the county's own all, for its leader."""
    if filing.is_county:
        return frozenset(county_sections()) if may_accept(person, filing) else frozenset()
    return tables_reviewed(person, filing.county_year.county)


def may_review(person: Person, filing: Filing) -> bool:
    """Remark on a return: an officer of that county, on the tables of their section."""
    return bool(tables_of_review(person, filing))


def may_accept(person: Person, filing: Filing) -> bool:
    """Take a return, or send it back: who fills the county's own does not accept it, the leader does."""
    if filing.is_county:
        return holds(person, LEADER, filing.school)
    return may_decide(person, filing.county_year.county)


def may_act(person: Person, filing: Filing, act: Act, state: State) -> bool:
    """Whether the table of states offers ``act`` to this person now."""
    way = transition(act, state)
    if way is None or filing.county_year.frozen_at:
        return False
    if way.roles is BUREAU:
        return may_accept(person, filing)
    return may_fill_all(person, filing)


def may_merge(person: Person, workbook: Workbook) -> bool:
    """Look at and merge a filled workbook: who fills the return, and the officer who gathers the county's."""
    filing = workbook.filing
    return may_fill_all(person, filing) or (not filing.is_county and may_accept(person, filing))

"""Who may record, find, mend, review; and who may know which children are not at school."""

from functools import cache
from pathlib import Path

import yaml

from junheng.web.ledgers.models import Child, Hazard, Sheet, SheetRow
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person, holds, may_see, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role, Section

_SCHOOL = frozenset({Role.CLERK, Role.HEAD})
_LEADER = frozenset({Role.LEADER})
_INSPECTOR = frozenset({Role.INSPECTOR})
CHILDREN = "children"
_NOT_LEDGERS = frozenset({CHILDREN, Sheet.FIRM.value})


@cache
def _sections() -> dict[str, frozenset[Section]]:
    text = Path(__file__).with_name("sections.yaml").read_text(encoding="utf-8")
    return {name: frozenset(map(Section, found)) for name, found in yaml.safe_load(text).items()}


def is_officer_of(person: Person, county: Organisation, ledger: str) -> bool:
    """An officer of the county whose section works in ``ledger``, or of no one section."""
    if not isinstance(person, Account) or not person.is_active:
        return False
    sections = _sections().get(ledger, frozenset(Section)) | {Section.ALL}
    return any(
        post.role == Role.OFFICER and post.organisation_id == county.pk and Section(post.section) in sections
        for post in posts_of(person)
    )


def may_list(person: Person, place: Organisation) -> bool:
    """The ledgers of a county or of a school."""
    if place.kind == Kind.COUNTY:
        return may_see_county(person, place)
    return place.kind == Kind.SCHOOL and may_see(person, place)


def may_record(person: Person, school: Organisation) -> bool:
    """Record an item: the school's own clerk and head."""
    return school.kind == Kind.SCHOOL and holds(person, _SCHOOL, school)


def may_list_sheet(person: Person, found: tuple[Organisation, str]) -> bool:
    """A sheet of a county; of a school its service and its stock: firms are nobody's but the county's."""
    place, sheet = found
    return may_list(person, place) and not (place.kind == Kind.SCHOOL and sheet == Sheet.FIRM)


def may_write_sheet(person: Person, found: tuple[Organisation, str]) -> bool:
    """Enter a row: a school its own service and stock, the section's officer the firms."""
    place, sheet = found
    if sheet == Sheet.FIRM:
        return place.kind == Kind.COUNTY and is_officer_of(person, place, sheet)
    return may_record(person, place)


def may_change_row(person: Person, row: SheetRow) -> bool:
    """Change or remove a row: who may enter one there."""
    return may_write_sheet(person, (row.place, row.sheet))


def may_find(person: Person, place: Organisation, ledger: str = "") -> bool:
    """Record a finding at a school of the county: officers (of the ledger's section, where one is given), inspectors."""
    if place.kind != Kind.COUNTY:
        return False
    if holds(person, _INSPECTOR, place):
        return True
    names = [ledger] if ledger else [name for name in _sections() if name not in _NOT_LEDGERS]
    return any(is_officer_of(person, place, name) for name in names)


def may_see_hazard(person: Person, hazard: Hazard) -> bool:
    """The school it is about, the bureau and those above."""
    return may_see(person, hazard.school)


def may_mend(person: Person, hazard: Hazard) -> bool:
    """Report it mended: the school's own people."""
    return may_record(person, hazard.school)


def may_review(person: Person, hazard: Hazard) -> bool:
    """Review it: an officer of the section, the leader or an inspector – never who found it or reported it mended."""
    if person.pk in (hazard.found_by_id, hazard.mended_by_id):
        return False
    return holds(person, _LEADER | _INSPECTOR, hazard.county) or is_officer_of(
        person, hazard.county, hazard.ledger
    )


def may_keep_children(person: Person, county: Organisation) -> bool:
    """Take over a comparison, hand out the ledger, visit, close: the section's officer of the county alone."""
    return county.kind == Kind.COUNTY and is_officer_of(person, county, CHILDREN)


def may_know_children(person: Person, county: Organisation) -> bool:
    """Names: the section's officer and the county's own leader."""
    return may_keep_children(person, county) or _is_leader(person, county)


def may_open_children(person: Person, place: Organisation) -> bool:
    """The page: with names for those who may know them, counts for inspectors, a school's own for its head."""
    if place.kind == Kind.SCHOOL:
        return _is_head(person, place)
    return place.kind == Kind.COUNTY and (
        may_know_children(person, place) or holds(person, _INSPECTOR, place)
    )


def may_know_child(person: Person, child: Child) -> bool:
    """One child's entry: the officer, the leader, the head of the child's own school."""
    if may_know_children(person, child.county):
        return True
    return child.school is not None and _is_head(person, child.school)


def may_visit(person: Person, child: Child) -> bool:
    """Enter a visit: the officer, or the head of the child's own school."""
    if may_keep_children(person, child.county):
        return True
    return child.school is not None and _is_head(person, child.school)


def may_close_child(person: Person, child: Child) -> bool:
    """Close by number: the section's officer."""
    return may_keep_children(person, child.county)


def _is_leader(person: Person, county: Organisation) -> bool:
    return holds(person, _LEADER, county)


def _is_head(person: Person, school: Organisation) -> bool:
    """The head of this very school, not of a group it lies in."""
    return (
        isinstance(person, Account)
        and person.is_active
        and any(post.role == Role.HEAD and post.organisation_id == school.pk for post in posts_of(person))
    )

"""Who may publish and withdraw: the posts of the county's own bureau, by what is published."""

from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role, Section

_PAGES = frozenset({Section.ALL, Section.BASIC})  # zones, draws, notices are the basic-education section's


def may_publish(person: Person, county: Organisation) -> bool:
    """Zones, draws and notices: the county's leader, or its officer of basic education or of no section."""
    return _holds(person, county, Role.LEADER, None) or _holds(person, county, Role.OFFICER, _PAGES)


def may_open_data(person: Person, county: Organisation) -> bool:
    """The figures of a finding, and the verdict with them: the county's leader alone."""
    return _holds(person, county, Role.LEADER, None)


def _holds(person: Person, county: Organisation, role: Role, sections: frozenset[Section] | None) -> bool:
    """A post in this very county: an office above it, or an administrator, publishes nothing in its name."""
    if not isinstance(person, Account) or not person.is_active or county.kind != Kind.COUNTY:
        return False
    return any(
        post.organisation_id == county.pk
        and post.role == role
        and (sections is None or Section(post.section) in sections)
        for post in posts_of(person)
    )

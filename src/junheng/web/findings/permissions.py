"""Who may see which finding, and which of its schools."""

from typing import Any

from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, OrganisationCode
from junheng.web.people.permissions import Person, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind


def may_see_finding(person: Person, finding: Finding) -> bool:
    """The whole county's finding: its bureau and those above."""
    return may_see_county(person, finding.county)


def may_see_school(person: Person, asked: tuple[Finding, str]) -> bool:
    """One school's part: also that school's own people, by the code it had in the finding's year."""
    finding, school_id = asked
    if may_see_finding(person, finding):
        return True
    if not isinstance(person, Account):
        return False
    own = [post.organisation_id for post in posts_of(person) if post.organisation.kind == Kind.SCHOOL]
    had: Any = OrganisationCode.objects.filter(
        organisation_id__in=own,
        organisation__path__startswith=finding.county.path,
        code=school_id,
        first_year__lte=finding.year,
    )
    return any(code.last_year is None or code.last_year >= finding.year for code in had)

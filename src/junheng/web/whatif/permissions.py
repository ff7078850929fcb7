"""Who may try what: an office all schools of its county, a head the own school; who sees
which scenario."""

from django.db.models import Q, QuerySet

from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding
from junheng.web.people.models import Account, Organisation, OrganisationCode
from junheng.web.people.permissions import Person, may_evaluate, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role
from junheng.web.whatif.models import Scenario


def own_schools(person: Person, finding: Finding) -> frozenset[str] | None:
    """The codes of the schools a person may change; None: all of the county."""
    if may_see_finding(person, finding):
        return None
    if not isinstance(person, Account):
        return frozenset()
    own = [
        post.organisation_id
        for post in posts_of(person)
        if post.organisation.kind == Kind.SCHOOL
        and post.role == Role.HEAD
        and post.organisation.path.startswith(finding.county.path)
    ]
    codes = OrganisationCode.objects.filter(organisation_id__in=own, first_year__lte=finding.year)
    known = codes.filter(Q(last_year__isnull=True) | Q(last_year__gte=finding.year))
    return frozenset(known.values_list("code", flat=True))


def may_try(person: Person, finding: Finding) -> bool:
    """Change a finding's input on trial."""
    return own_schools(person, finding) != frozenset()


def may_list(person: Person, county: Organisation) -> bool:
    """The scenarios of a county: its bureau and those above."""
    return county.kind == Kind.COUNTY and may_see_county(person, county)


def seen_by(person: Account, county: Organisation) -> QuerySet[Scenario]:
    """A county's scenarios a person may open: the county's, and the own ones. A head's are the head's alone."""
    every = Scenario.objects.filter(county=county).select_related("finding", "finding__county")
    shared = Q(own_school="") if may_list(person, county) else Q(pk__in=())
    return every.filter(shared | Q(author=person))


def may_open(person: Person, scenario: Scenario) -> bool:
    """Open or copy a scenario: its author, and for the county's the bureau and those above; the finding must be theirs to try."""
    if not may_try(person, scenario.finding):
        return False
    return is_author(person, scenario) or (not scenario.own_school and may_list(person, scenario.county))


def is_author(person: Person, scenario: Scenario) -> bool:
    """Change or delete it: its author alone, as long as the county's figures are theirs to try."""
    return (
        isinstance(person, Account) and scenario.author_id == person.pk and may_try(person, scenario.finding)
    )


def may_hand_over(person: Person, scenario: Scenario) -> bool:
    """Make a scenario an input of jobs: who may ask for evaluations of the county, and opens it."""
    return may_open(person, scenario) and may_evaluate(person, scenario.county) and not scenario.own_school

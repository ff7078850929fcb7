"""Who keeps tokens and webhooks of an organisation: its administrators and those above."""

from junheng.web.api.models import Hook, Token
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, may_administer
from junheng.web.people.roles import Kind, Role

ACTS_AS = {  # the post a token's account holds: what the organisation's own people may, and no more
    Kind.SCHOOL: Role.CLERK,
    Kind.GROUP: Role.HEAD,
    Kind.COUNTY: Role.OFFICER,
    Kind.CITY: Role.INSPECTOR,
    Kind.PROVINCE: Role.INSPECTOR,
    Kind.NATION: Role.INSPECTOR,
}


def may_keep(person: Person, place: Organisation) -> bool:
    """Make and list keys of an organisation."""
    return Kind(place.kind) in ACTS_AS and may_administer(person, place)


def may_revoke(person: Person, token: Token) -> bool:
    """End a token."""
    return may_administer(person, token.organisation)


def may_hook(person: Person, place: Organisation) -> bool:
    """Register addresses: for a county and what lies above it."""
    return place.kind not in (Kind.SCHOOL, Kind.GROUP, Kind.CAMPUS) and may_administer(person, place)


def may_see_hook(person: Person, hook: Hook) -> bool:
    """Its log, a test, its end."""
    return may_hook(person, hook.organisation)

"""Who may give evidence, see it, withdraw it."""

from junheng.web.evidence.models import Evidence
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import Person, holds, may_see
from junheng.web.people.roles import Role

_KEEPERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER, Role.LEADER, Role.INSPECTOR})


def may_list(person: Person, organisation: Organisation) -> bool:
    """The evidence of an organisation: its own people, and the offices above it."""
    return may_see(person, organisation)


def may_keep(person: Person, organisation: Organisation) -> bool:
    """Give a file for an organisation: who works in it or in an office above it; not who only administers."""
    return holds(person, _KEEPERS, organisation)


def may_download(person: Person, evidence: Evidence) -> bool:
    """One file, withdrawn or not: what refers to it must stay readable."""
    return may_see(person, evidence.organisation)


def may_withdraw(person: Person, evidence: Evidence) -> bool:
    """Withdraw it: who gave it, while they work there; else the organisation's head or its leader."""
    organisation = evidence.organisation
    if may_keep(person, organisation) and person.pk == evidence.kept_by_id:
        return True
    return holds(person, frozenset({Role.HEAD, Role.LEADER}), organisation)

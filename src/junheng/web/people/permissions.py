"""Who may do what: predicates on an account and an organisation, and nothing else."""

from django.contrib.auth.models import AnonymousUser

from junheng.web.people.models import Account, Invitation, Organisation, Post
from junheng.web.people.queries import administered, held_today, is_program, posts_of
from junheng.web.people.roles import Kind, Role

Person = Account | AnonymousUser
_OFFICE = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR})
_SCHOOL = frozenset({Role.CLERK, Role.HEAD})


def holds(person: Person, roles: frozenset[Role], organisation: Organisation) -> bool:
    """Whether the person holds one of ``roles`` in the organisation or in one it lies in."""
    if not isinstance(person, Account) or not person.is_active:
        return False
    return any(
        Role(post.role) in roles and organisation.path.startswith(post.organisation.path)
        for post in posts_of(person)
    )


def may_see(person: Person, organisation: Organisation) -> bool:
    """The figures of an organisation: its own people, and the offices above it."""
    return holds(person, _OFFICE | _SCHOOL, organisation)


def may_see_county(person: Person, organisation: Organisation) -> bool:
    """The figures of all schools of a county: its bureau and those above, not one school's people."""
    return holds(person, _OFFICE, organisation)


def may_administer(person: Person, organisation: Organisation) -> bool:
    """Organisations, posts and invitations."""
    return holds(person, frozenset({Role.ADMINISTRATOR}), organisation)


def may_invite(person: Person, organisation: Organisation, role: Role) -> bool:
    """Administrators invite to their tree; a head invites clerks to their own school. Nobody makes one above."""
    if may_administer(person, organisation):
        return True
    is_own = organisation.kind == Kind.SCHOOL and role == Role.CLERK
    return is_own and holds(person, frozenset({Role.HEAD}), organisation)


def may_audit(person: Person, organisation: Organisation) -> bool:
    """The trail of what was done."""
    return holds(person, frozenset({Role.ADMINISTRATOR, Role.INSPECTOR, Role.LEADER}), organisation)


def may_evaluate(person: Person, organisation: Organisation) -> bool:
    """Ask for an evaluation of a county."""
    return organisation.kind == Kind.COUNTY and holds(
        person, frozenset({Role.OFFICER, Role.LEADER, Role.ADMINISTRATOR}), organisation
    )


def may_see_tree(person: Person, organisation: Organisation) -> bool:
    """The organisation's own page: its administrators and those above; a school's head reads theirs."""
    return may_administer(person, organisation) or holds(person, frozenset({Role.HEAD}), organisation)


def may_reshape(person: Person, organisation: Organisation) -> bool:
    """Rename, move, close, give codes: who administers the place above; nobody reshapes the top of their own tree."""
    parent = organisation.parent
    return may_administer(person, parent if parent is not None else organisation)


def may_oversee(person: Person, account: Account) -> bool:
    """See an account and end its sessions: who administers a place where it holds or held a post."""
    if not isinstance(person, Account):
        return False
    tree = Organisation.objects.filter(administered(person))
    return Post.objects.filter(account=account, organisation__in=tree).exists()


def may_sign_out(person: Person, account: Account) -> bool:
    """See where an account is signed in, and end that: who administers a place where it holds a post today."""
    if not isinstance(person, Account):
        return False
    tree = Organisation.objects.filter(administered(person))
    held = Post.objects.filter(held_today(), account=account, organisation__in=tree)
    return held.exists() or may_take_over(person, account)


def may_take_over(person: Person, account: Account) -> bool:
    """Close an account, give it a new password: only who administers every place it works in (where it works in none
    any more: ever worked in); never one's own, and never that of a token, which nobody signs in with.
    """
    if not isinstance(person, Account) or person.pk == account.pk or is_program(account):
        return False
    tree = Organisation.objects.filter(administered(person))
    posts = Post.objects.filter(account=account)
    held = posts.filter(held_today())
    counted = held if held.exists() else posts
    return counted.exists() and not counted.exclude(organisation__in=tree).exists()


def still_stands(invitation: Invitation) -> bool:
    """Whether who sent it might still: an administrator who leaves keeps no way back in by a link of their own."""
    sender = invitation.invited_by
    if sender is None or not sender.is_active:
        return False
    if invitation.account is not None:
        return may_take_over(sender, invitation.account)
    return may_invite(sender, invitation.organisation, Role(invitation.role))

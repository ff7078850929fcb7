"""New places, invitations, posts: each with its entry in the trail."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.models import Account, Invitation, Organisation, OrganisationCode, Post
from junheng.web.people.permissions import still_stands
from junheng.web.people.queries import is_program
from junheng.web.people.roles import ABOVE, PLACES, Kind, Role
from junheng.web.people.tree import require_free

VALID_DAYS = 14  # an invitation; own default
_RENEWAL_DAYS = 3  # a link for a new password; own default


@transaction.atomic
def add_organisation(
    actor: Account | None,
    kind: Kind,
    name: str,
    parent: Organisation | None,
    code: str = "",
    first_year: int = 0,
) -> Organisation:
    """A new place below ``parent``. Raises ValidationError where such a kind cannot stand there."""
    if (parent is None) != (kind == Kind.NATION) or (parent and Kind(parent.kind) not in ABOVE[kind]):
        text = half(Text("{}不能设在“{}”之下", "a {} cannot stand under “{}”"))
        raise ValidationError(text.format(kind.label, parent or "—"))
    found = Organisation.objects.create(kind=kind, name=name, parent=parent, path=secrets.token_hex(16))
    found.path = found.path_below(parent)
    found.save(update_fields=["path"])
    if code:
        require_free(found, code, first_year, None)
        OrganisationCode.objects.create(organisation=found, code=code, first_year=first_year)
    detail = {"kind": str(kind), "name": name, "code": code}
    record(actor, "organisation.add", "organisation", found.pk, detail, organisation_id=found.pk)
    return found


@transaction.atomic
def give_post(
    actor: Account | None, account: Account, organisation: Organisation, role: Role, section: str = ""
) -> Post:
    """A post from today on. Raises ValidationError for a role that does not exist in such a place."""
    if Kind(organisation.kind) not in PLACES[role]:
        raise ValidationError(no_such_role(organisation, role))
    post, is_new = Post.objects.get_or_create(
        account=account,
        organisation=organisation,
        role=role,
        section=section,
        until=None,
        defaults={"since": timezone.localdate()},
    )
    if is_new:
        detail = {"account": account.pk, "role": str(role), "section": str(section)}
        record(actor, "post.give", "post", post.pk, detail, organisation_id=organisation.pk)
    return post


@transaction.atomic
def invite(
    actor: Account, name: str, organisation: Organisation, role: Role, section: str = ""
) -> tuple[Invitation, str]:
    """An invitation and its token, which is not kept: only its hash is."""
    if Kind(organisation.kind) not in PLACES[role]:
        raise ValidationError(no_such_role(organisation, role))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_sha256=hashed(token),
        name=name,
        organisation=organisation,
        role=role,
        section=section,
        invited_by=actor,
        expires_at=timezone.now() + timedelta(days=VALID_DAYS),
    )
    detail = {"name": name, "role": str(role), "section": str(section)}
    record(actor, "invitation.send", "invitation", invitation.pk, detail, organisation_id=organisation.pk)
    return invitation, token


@transaction.atomic
def withdraw(actor: Account, invitation: Invitation) -> None:
    """The invitation can no longer be used."""
    Invitation.objects.filter(pk=invitation.pk, used_at=None).update(expires_at=timezone.now())
    place = invitation.organisation_id
    record(actor, "invitation.withdraw", "invitation", invitation.pk, organisation_id=place)


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token, if it may still be used."""
    found = (
        Invitation.objects.filter(token_sha256=hashed(token), used_at=None, expires_at__gt=timezone.now())
        .select_related("organisation", "invited_by", "account")
        .first()
    )
    return found if found and still_stands(found) else None


@transaction.atomic
def accept(token: str, username: str, password: str) -> Account:
    """The account and post of an invitation, once. Raises ValidationError for a used token, a weak word, a taken name."""
    invitation = _claimed(token)
    account = invitation.account or Account(username=username, name=invitation.name)
    if account._state.adding:
        account.full_clean(exclude=["password"])
    validate_password(password, account)
    account.set_password(password)
    return _enter(invitation, account)


@transaction.atomic
def accept_outside(token: str, username: str) -> Account:
    """As ``accept``, for somebody whom the single sign-on has just named: no password. ``username`` is a wish."""
    invitation = _claimed(token)
    if invitation.account:
        raise ValidationError(half(Text("这是改密码的链接", "this link is for a new password")))
    account = Account(username=username, name=invitation.name)
    try:
        account.full_clean(exclude=["password"])
    except ValidationError:  # taken or odd: a free one, which nobody types
        account.username = f"sso-{secrets.token_hex(6)}"
    account.set_unusable_password()
    return _enter(invitation, account)


def _claimed(token: str) -> Invitation:
    """The invitation, held until the transaction ends: of two at once the second finds it used."""
    invitation = Invitation.objects.select_for_update().filter(token_sha256=hashed(token)).first()
    is_over = invitation is None or invitation.used_at or invitation.expires_at <= timezone.now()
    is_closed = invitation is not None and invitation.account is not None and not invitation.account.is_active
    if invitation is None or is_over or is_closed or not still_stands(invitation):
        text = Text("邀请无效、已使用或已过期", "the invitation is unknown, used or expired")
        raise ValidationError(half(text))
    return invitation


def _enter(invitation: Invitation, account: Account) -> Account:
    is_new = account._state.adding
    account.save()
    invitation.used_at, invitation.account = timezone.now(), account
    invitation.save(update_fields=["used_at", "account"])
    act = "invitation.accept" if is_new else "password.renew"
    record(account, act, "invitation", invitation.pk, organisation_id=invitation.organisation_id)
    if is_new:
        give_post(account, account, invitation.organisation, Role(invitation.role), invitation.section)
    return account


@transaction.atomic
def renew_password(actor: Account, account: Account) -> str:
    """The token of a link by which the person sets a new password, once, within three days; a lost one is ended.

    Raises ValidationError for an account without a post, one that is closed, or a token's.
    """
    post = account.posts.order_by("-pk").first()
    if post is None or not account.is_active or is_program(account):
        raise ValidationError(half(Text("账号已停用或没有任职", "the account is closed or holds no post")))
    Invitation.objects.filter(account=account, used_at=None).update(expires_at=timezone.now())
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        token_sha256=hashed(token),
        name=account.name,
        organisation=post.organisation,
        role=post.role,
        section=post.section,
        invited_by=actor,
        account=account,
        expires_at=timezone.now() + timedelta(days=_RENEWAL_DAYS),
    )
    record(actor, "password.offer", "account", account.pk, organisation_id=post.organisation_id)
    return token


def no_such_role(organisation: Organisation, role: Role) -> str:
    """Says that such a place has no such role."""
    text = half(Text("{}没有“{}”这种角色", "a {} has no role “{}”"))
    return text.format(organisation.get_kind_display(), role.label)


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()

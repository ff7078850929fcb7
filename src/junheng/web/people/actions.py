"""Changing the tree, inviting people, giving and ending posts: each with its entry in the trail."""

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.web.audit.chain import record
from junheng.web.people.models import Account, Invitation, Organisation, OrganisationCode, Post
from junheng.web.people.roles import ABOVE, PLACES, Kind, Role

_VALID_DAYS = 14  # an invitation; own default


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
        raise ValidationError(f"{kind.label}不能设在{parent or '最高一级'}之下")
    found = Organisation.objects.create(kind=kind, name=name, parent=parent, path=secrets.token_hex(16))
    found.path = found.path_below(parent)
    found.save(update_fields=["path"])
    if code:
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
        raise ValidationError(f"{organisation.get_kind_display()}没有“{role.label}”这种角色")
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
def end_post(actor: Account, post: Post) -> None:
    """The post ends today."""
    post.until = timezone.localdate()
    post.save(update_fields=["until"])
    detail = {"account": post.account_id, "role": post.role}
    record(actor, "post.end", "post", post.pk, detail, organisation_id=post.organisation_id)


@transaction.atomic
def invite(
    actor: Account, name: str, organisation: Organisation, role: Role, section: str = ""
) -> tuple[Invitation, str]:
    """An invitation and its token, which is not kept: only its hash is."""
    if Kind(organisation.kind) not in PLACES[role]:
        raise ValidationError(f"{organisation.get_kind_display()}没有“{role.label}”这种角色")
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        token_sha256=_hashed(token),
        name=name,
        organisation=organisation,
        role=role,
        section=section,
        invited_by=actor,
        expires_at=timezone.now() + timedelta(days=_VALID_DAYS),
    )
    detail = {"name": name, "role": str(role), "section": str(section)}
    record(actor, "invitation.send", "invitation", invitation.pk, detail, organisation_id=organisation.pk)
    return invitation, token


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token, if it may still be used."""
    return (
        Invitation.objects.filter(token_sha256=_hashed(token), used_at=None, expires_at__gt=timezone.now())
        .select_related("organisation")
        .first()
    )


@transaction.atomic
def accept(token: str, username: str, password: str) -> Account:
    """The account and post of an invitation, once. Raises ValidationError for a used token, a weak word, a taken name."""
    invitation = Invitation.objects.select_for_update().filter(token_sha256=_hashed(token)).first()
    if invitation is None or invitation.used_at or invitation.expires_at <= timezone.now():
        raise ValidationError("邀请无效、已使用或已过期")
    account = Account(username=username, name=invitation.name)
    account.full_clean(exclude=["password"])
    validate_password(password, account)
    account.set_password(password)
    account.save()
    invitation.used_at, invitation.account = timezone.now(), account
    invitation.save(update_fields=["used_at", "account"])
    record(
        account, "invitation.accept", "invitation", invitation.pk, organisation_id=invitation.organisation_id
    )
    give_post(account, account, invitation.organisation, Role(invitation.role), invitation.section)
    return account


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

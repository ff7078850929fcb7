"""Ending access: sessions, posts, accounts; a password by a link; a second factor taken off."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.models import Account, Post
from junheng.web.people.queries import held_today


def needs_second_factor(account: Account, posts: list[Post]) -> bool:
    """Whether one of the posts asks for it (JUNHENG_TWO_FACTOR); never of the made-up county's people."""
    asked: frozenset[str] = settings.TWO_FACTOR_ROLES
    return not account.is_demo and any(post.role in asked for post in posts)


def has_second_factor(account: Account) -> bool:
    """Whether the account has a time-based code."""
    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def end_sessions(actor: Account, account: Account, only: int | None = None) -> int:
    """Sign the person out everywhere, or of one session; from their next click on. Returns how many ended."""
    found = UserSession.objects.filter(user=account)
    if only is not None:
        found = found.filter(pk=only)
    ended = 0
    for session in found:
        session.end()
        ended += 1
    if ended:
        record(
            actor, "session.end", "account", account.pk, {"sessions": ended}, organisation_id=_place(account)
        )
    return ended


@transaction.atomic
def close_account(actor: Account, account: Account) -> None:
    """Ends posts and sessions and shuts the way in. The row stays: the trail names it."""
    if actor.pk == account.pk:
        raise ValidationError(half(Text("不能停用自己的账号", "nobody closes their own account")))
    place = _place(account)
    for post in Post.objects.filter(held_today(), account=account).select_for_update():
        _end(actor, post)
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=account).delete()
    account.socialaccount_set.all().delete()  # type: ignore[attr-defined] # allauth has no types
    end_sessions(actor, account)
    record(actor, "account.close", "account", account.pk, organisation_id=place)


@transaction.atomic
def take_off_second_factor(actor: Account, account: Account) -> None:
    """For a lost telephone: the factor and its recovery codes go, and so do all sessions; the next sign-in sets a new one."""
    taken, _ = Authenticator.objects.filter(user=account).delete()
    end_sessions(actor, account)
    record(actor, "factor.reset", "account", account.pk, {"taken": taken}, organisation_id=_place(account))


@transaction.atomic
def end_post(actor: Account, post: Post) -> None:
    """The post ends today, and at once; with the last one all sessions end. A second time changes nothing."""
    post = Post.objects.select_for_update().select_related("account").get(pk=post.pk)
    if not Post.objects.filter(held_today(), pk=post.pk).exists():
        return
    _end(actor, post)
    if not Post.objects.filter(held_today(), account=post.account).exists():
        end_sessions(actor, post.account)


def _end(actor: Account, post: Post) -> None:
    post.until = timezone.localdate()
    post.save(update_fields=["until"])
    detail = {"account": post.account_id, "role": str(post.role)}
    record(actor, "post.end", "post", post.pk, detail, organisation_id=post.organisation_id)


def _place(account: Account) -> int | None:
    """Where an act upon the account belongs: the place of its latest post."""
    post = account.posts.order_by("-pk").first()
    return post.organisation_id if post else None

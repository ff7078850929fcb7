"""Making, recognising and ending tokens. The token itself is shown once and never kept."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from junheng.basics import Text
from junheng.web.api.kinds import Scope
from junheng.web.api.models import Token
from junheng.web.api.permissions import ACTS_AS
from junheng.web.audit.chain import record
from junheng.web.front.words import half
from junheng.web.people.access import end_post
from junheng.web.people.actions import give_post
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.roles import Kind

LONGEST_DAYS = 730  # own default: a key is renewed at least every two years
_MARK, _PREFIX_BYTES, _SECRET_BYTES = "jh", 4, 32
_PARTS = 3


@transaction.atomic
def make(
    actor: Account, place: Organisation, name: str, scopes: Iterable[Scope], expires_at: datetime
) -> tuple[Token, str]:
    """A token and its word, ``jh_<prefix>_<secret>``. Raises ValidationError without a scope or for a far or past day."""
    chosen = sorted({Scope(one).value for one in scopes})
    now = timezone.now()
    if not chosen or not now < expires_at <= now + timedelta(days=LONGEST_DAYS):
        words = Text(
            f"请选择用途；到期日须在今天之后、{LONGEST_DAYS} 天之内",
            f"choose a scope; it must end after today and within {LONGEST_DAYS} days",
        )
        raise ValidationError(half(words))
    prefix = secrets.token_hex(_PREFIX_BYTES)
    word = f"{_MARK}_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}"
    account = Account(username=f"api-{prefix}", name=f"接口·{name}"[:100])
    account.set_unusable_password()
    account.save()
    give_post(actor, account, place, ACTS_AS[Kind(place.kind)])
    token = Token.objects.create(
        organisation=place, account=account, name=name, prefix=prefix, sha256=_hashed(word), scopes=chosen,
        made_by=actor, expires_at=expires_at,
    )  # fmt: skip
    detail = {"name": name, "prefix": prefix, "scopes": chosen, "expires": expires_at.isoformat()}
    record(actor, "token.make", "token", token.pk, detail, organisation_id=place.pk)
    return token, word


@transaction.atomic
def revoke(actor: Account, token: Token) -> bool:
    """End it now, and its account's posts. False where it was ended before."""
    row = Token.objects.select_for_update(of=("self",)).select_related("account").get(pk=token.pk)
    if row.revoked_at is not None:
        return False
    row.revoked_at, row.revoked_by = timezone.now(), actor
    row.save(update_fields=["revoked_at", "revoked_by"])
    for post in Post.objects.filter(account=row.account, until=None):
        end_post(actor, post)
    Account.objects.filter(pk=row.account_id).update(is_active=False)
    detail = {"prefix": row.prefix}
    record(actor, "token.revoke", "token", row.pk, detail, organisation_id=row.organisation_id)
    return True


def recognise(word: str) -> Token | None:
    """The token of a word that still opens something; None for what is forged, ended or out of date."""
    mark, prefix, *_ = [*word.split("_", _PARTS - 1), "", ""]
    if mark != _MARK:
        return None
    chosen = Token.objects.select_related("account", "organisation")
    token = chosen.filter(prefix=prefix).first() if prefix.isalnum() and prefix.isascii() else None
    if not hmac.compare_digest(_hashed(word), token.sha256 if token else "0" * 64):
        return None
    return token if token and token.is_good and token.account.is_active else None


def count(token: Token, most: int) -> bool:
    """Count a request of this minute; False where ``most`` were made already. Exact between processes."""
    now = timezone.now()
    minute = int(now.timestamp()) // 60
    mine = Token.objects.filter(pk=token.pk)
    for _ in range(2):  # twice: another process may begin the minute between the two updates
        if mine.filter(minute=minute, asked__lt=most).update(asked=F("asked") + 1):
            return True
        if mine.exclude(minute=minute).update(minute=minute, asked=1, used_at=now):
            return True
    return False


def _hashed(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()

"""How long what is no record is kept (retention.yaml), and clearing what is past its time."""

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from junheng.basics import Text, UserError
from junheng.web.audit.chain import record
from junheng.web.clocks.models import Notice
from junheng.web.jobs.models import Job, Line, Upload
from junheng.web.jobs.states import PRIVATE
from junheng.web.people.models import Import, Invitation


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing, the days it is kept, from when, and why so long."""

    kind: str
    name: Text
    since: Text
    days: int
    basis: Text


@dataclass(frozen=True, slots=True)
class Due:
    """What of a kind is past its time: rows to delete and files to remove, counted."""

    rule: Rule
    count: int
    clear: Callable[[], None]


def rules(path: Path | None = None) -> list[Rule]:
    """The rules of ``path``, else of JUNHENG_RETENTION, else the site's own. Raises UserError for a file that is none."""
    own = Path(__file__).with_name("retention.yaml")
    path = path or Path(os.environ.get("JUNHENG_RETENTION") or own)
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))["kinds"]
        found = [_rule(kind, one) for kind, one in given.items()]
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unreadable(path, str(error)) from error
    if wrong := [one.kind for one in found if one.kind not in _FOUND or one.days < 0]:
        raise _unreadable(path, "、".join(wrong))
    return found


def _rule(kind: str, one: dict[str, Any]) -> Rule:
    name = Text(str(one["zh"]), str(one["en"]))
    return Rule(kind, name, Text(**one["from"]), int(one["days"]), Text(**one["basis"]))


def _unreadable(path: Path, why: str) -> UserError:
    return UserError(
        Text("保存期限文件读不懂", "the file of retention rules cannot be read"),
        where=path.name,
        why=Text(why, why),
        fix=Text("请以 retention.yaml 为样", "write it like retention.yaml"),
    )


def due(found: Iterable[Rule], now: datetime | None = None) -> list[Due]:
    """What is past its time, by rule."""
    at = now or timezone.now()
    return [Due(rule, *_FOUND[rule.kind](at - timedelta(days=rule.days))) for rule in found]


def clear(found: Iterable[Due]) -> None:
    """Clear it, each kind with its entry in the trail; a kind with nothing leaves none."""
    for one in found:
        if one.count:
            with transaction.atomic():
                one.clear()
                detail = {"count": one.count, "days": one.rule.days}
                record(None, "retention.clear", "retention", one.rule.kind, detail)


Counted = tuple[int, Callable[[], None]]


def _uploads(before: datetime) -> Counted:
    paths = _upload_paths(before, is_private=False)
    return len(paths), lambda: _remove(paths)


def _upload_paths(before: datetime, *, is_private: bool) -> set[Path]:
    """Bytes of uploads past their time; those that another upload still needs stay."""
    current = Job.objects.filter(upload=OuterRef("pk"), finding__is_current=True)
    waiting = Job.objects.filter(upload=OuterRef("pk"), ended_at=None)
    old = Upload.objects.filter(
        ~Exists(current), ~Exists(waiting), uploaded_at__lt=before, is_private=is_private
    )
    kept = set(Upload.objects.exclude(pk__in=old.values("pk")).values_list("sha256", flat=True))
    return {one.path for one in old if one.sha256 not in kept and one.path.exists()}


def _results(before: datetime) -> Counted:
    return _papers(Job.objects.filter(ended_at__lt=before).exclude(work__in=PRIVATE))


def _private(before: datetime) -> Counted:
    """Uploads, papers and logs of works over names of minors, and what uploads left half-taken."""
    count, act = _papers(Job.objects.filter(ended_at__lt=before, work__in=PRIVATE))
    paths = _upload_paths(before, is_private=True)
    paths |= {
        one for one in Path(settings.HOME).glob(".upload-*") if one.stat().st_mtime < before.timestamp()
    }

    def clear_both() -> None:
        act()
        _remove(paths)

    return count + len(paths), clear_both


def _papers(old: QuerySet[Job]) -> Counted:
    folders = {one.folder for one in old.exclude(folder_name="") if one.folder and one.folder.exists()}
    lines = Line.objects.filter(job__in=old)

    def act() -> None:
        lines.delete()
        _remove(folders)

    return len(folders) + lines.count(), act


def _reminders(before: datetime) -> Counted:
    old = Notice.objects.filter(read_at__lt=before)
    return old.count(), lambda: _delete(old)


def _invitations(before: datetime) -> Counted:
    old = Invitation.objects.filter(Q(used_at__lt=before) | Q(expires_at__lt=before))
    return old.count(), lambda: _delete(old)


def _imports(before: datetime) -> Counted:
    kept = set(Import.objects.filter(given_at__gte=before).values_list("sha256", flat=True))
    old = Import.objects.filter(given_at__lt=before).exclude(sha256__in=kept)
    paths = {one.path for one in old if one.path.exists()}
    return len(paths), lambda: _remove(paths)


def _sessions(before: datetime) -> Counted:
    old = Session.objects.filter(expire_date__lt=before)

    def act() -> None:
        old.delete()
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()

    return old.count(), act


def _delete(rows: Any) -> None:
    rows.delete()


def _remove(paths: Iterable[Path]) -> None:
    """Remove files and folders once the transaction stands: a file is not brought back by a rollback."""

    def act() -> None:
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

    transaction.on_commit(act)


_FOUND: dict[str, Callable[[datetime], Counted]] = {
    "uploads": _uploads,
    "results": _results,
    "private": _private,
    "reminders": _reminders,
    "invitations": _invitations,
    "imports": _imports,
    "sessions": _sessions,
}

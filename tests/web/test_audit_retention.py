"""What is past its time is listed, cleared on demand, entered in the trail; what is a record never goes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from tests.web.conftest import Site

from junheng.basics import UserError
from junheng.web.audit.models import Entry
from junheng.web.audit.retention import due, rules
from junheng.web.clocks.models import Notice
from junheng.web.findings.models import Finding
from junheng.web.jobs.models import Job, Line, Upload
from junheng.web.people import actions
from junheng.web.people.models import Account, Invitation, Organisation
from junheng.web.people.roles import Role

LONG_AGO = timezone.now() - timedelta(days=4000)


@pytest.fixture
def old(site: Site, finding: Finding, person: Callable[[Role, Organisation], Account]) -> dict[str, Path]:
    """Old things of every kind; one upload rests under a current finding."""
    leader = person(Role.LEADER, site.county)
    paths = {}
    for name in ("free", "held"):
        sha256 = ("a" if name == "free" else "b") * 64
        upload = Upload.objects.create(county=site.county, sha256=sha256, suffix=".zip", size=1, name=name)
        upload.path.parent.mkdir(parents=True, exist_ok=True)
        upload.path.write_bytes(b"x")
        Upload.objects.filter(pk=upload.pk).update(uploaded_at=LONG_AGO)
        paths[name] = upload.path
    job = Job.objects.create(
        county=site.county, work="evaluate", finding=finding, upload=upload, ended_at=LONG_AGO
    )
    folder = Path(settings.HOME) / "results" / "old"
    folder.mkdir(parents=True, exist_ok=True)
    Job.objects.filter(pk=job.pk).update(folder_name="old")
    Line.objects.create(job=job, zh="行", en="line")
    Notice.objects.create(
        account=leader, key="k", zh="旧", en="old", address="/", made_at=LONG_AGO, read_at=LONG_AGO
    )
    Notice.objects.create(account=leader, key="l", zh="未读", en="unread", address="/", made_at=LONG_AGO)
    one, _ = actions.invite(leader, "王", site.school, Role.CLERK)
    Invitation.objects.filter(pk=one.pk).update(expires_at=LONG_AGO)
    return {**paths, "folder": folder}


def test_listing_changes_nothing(old: dict[str, Path]) -> None:
    out, before = StringIO(), Entry.objects.count()
    call_command("retention", stdout=out)
    counts = dict(line.split("\t")[:2] for line in out.getvalue().splitlines())
    assert counts == {
        "uploads": "1",
        "results": "2",
        "private": "0",
        "reminders": "1",
        "invitations": "1",
        "imports": "0",
        "sessions": "0",
    }
    assert all(path.exists() for path in old.values())
    assert Entry.objects.count() == before


def test_clearing_spares_records_and_is_entered(
    old: dict[str, Path], django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    before = Entry.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("retention", "--apply", stdout=StringIO())
    assert not old["free"].exists()
    assert not old["folder"].exists()
    assert old["held"].exists(), "a current finding rests on it"
    assert [one.zh for one in Notice.objects.all()] == ["未读"]
    assert not Invitation.objects.exists()
    assert Finding.objects.exists()
    cleared = Entry.objects.filter(action="retention.clear").values_list("object_id", flat=True)
    assert set(cleared) == {"uploads", "results", "reminders", "invitations"}
    assert Entry.objects.count() == before + 4
    assert [one.count for one in due(rules())] == [0] * 7


def test_every_rule_says_why(db: None) -> None:
    for rule in rules():
        assert all((rule.basis.zh, rule.basis.en, rule.since.zh))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kinds: 3",
        "kinds: {findings: {zh: a, en: b, from: {zh: a, en: b}, days: 1, basis: {zh: a, en: b}}}",
    ],
)
def test_a_file_of_rules_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        rules(path)

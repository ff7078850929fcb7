"""The trail: it cannot be changed through the database, and a change made behind its back shows."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from tests.web.conftest import Site

from junheng.web.audit.chain import FIRST, faults, record
from junheng.web.audit.models import Entry


def test_entries_hold_each_other(site: Site) -> None:
    entries = list(Entry.objects.order_by("number"))
    assert len(entries) == 7, "one for each place made"
    assert entries[0].previous == FIRST
    assert [one.digest for one in entries[:-1]] == [one.previous for one in entries[1:]]
    assert list(faults()) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_delete(site: Site, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_entry SET actor_name = 'x' WHERE number = 3", "第 3 条的内容被改过"),
        ("DELETE FROM audit_entry WHERE number = 4", "第 3 条之后缺 1 条"),
        ("UPDATE audit_entry SET digest = 'x' WHERE number = 2", "第 2 条的内容被改过"),
    ],
)
def test_what_was_changed_behind_its_back_shows(site: Site, statement: str, said: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER audit_entry_no_{act}")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
    assert any(said in line.zh for line in faults())


def test_an_act_is_never_recorded_without_its_change(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("junheng.web.audit.chain.connection", SimpleNamespace(in_atomic_block=False))
        with pytest.raises(RuntimeError):
            record(None, "x", "y", 1)


def test_a_change_that_fails_leaves_no_entry(site: Site) -> None:
    before = Entry.objects.count()

    @transaction.atomic
    def failing() -> None:
        record(None, "x", "y", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert Entry.objects.count() == before

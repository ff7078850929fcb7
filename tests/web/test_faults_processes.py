"""kill -9 of the server in the middle of saves, of an import; a database away for a while; two officers at once.

A worker killed in the middle of an evaluation: test_jobs_processes; of a draw: test_faults_draw; a full disk: test_faults_disk.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.web.filings import tables_of
from tests.web.operated import (  # noqa: F401 # fixtures
    PATIENCE,
    PLACES,
    SETUP,
    Make,
    Own,
    Visitor,
    facts_of,
    free_port,
    kill,
    own_sites,
    served,
    session_of,
)

_OPENED = """
from datetime import date
from pathlib import Path
from junheng.web.filing.models import Cell, Filing
from junheng.web.filing.opening import Opening, open_year
school = add_organisation(None, Kind.SCHOOL, '甲小学', county, '2199000001', 2015)
clerk = Account.objects.create(username='c', name='c')
give_post(None, clerk, school, Role.CLERK)
for name in ('o2', 'o3'):
    give_post(None, Account.objects.create(username=name, name=name), county, Role.OFFICER)
open_year(officer, county, Opening(2024, date(2024, 10, 31), 'quality-2017', Path({source!r})))
filing = Filing.objects.get(code='2199000001')
cell = Cell.objects.get(row__filing=filing, row__table='stage', column='pupils')
"""
_CELL = _OPENED + "told = [filing.pk, cell.row_id]"
_HELD = """
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.filing.models import Cell, Filing
cell = Cell.objects.get(row__table='stage', row__filing__code='2199000001', column='pupils')
told = [cell.value, [str(one) for one in faults()], cell.row.filing.revision]
"""


def test_saves_are_kept_through_kill_9_and_through_a_database_that_is_away(
    bare: Make,
    tmp_path: Path,
) -> None:
    own, port = bare("home", full=True), free_port()
    filing, row = facts_of(own, PLACES + _CELL.format(source=str(tables_of(tmp_path / "given"))))
    visitor = Visitor(port, session_of(own, "c"))
    address = f"/filing/{filing}/row/{row}/pupils"
    answered: list[int] = []
    with served(own, port) as server:
        visitor.wait()
        typist = threading.Thread(target=_type, args=(visitor, address, answered))
        typist.start()
        _until(lambda: len(answered) >= 5)
        import psutil

        kill(psutil.Process(server.pid))
        typist.join()
    value, wrong, _ = facts_of(own, _HELD)
    assert wrong == []
    assert int(value) in (answered[-1], answered[-1] + 1), "the last one answered, or the one under way"
    with served(own, port):
        visitor.wait()
        with _away(own):
            status, body = visitor.ask(address, {"value": "777"})
        if own.environment["JUNHENG_DATABASE"]:  # its connection was cut: told so, or done
            assert status in (200, 503)
            status, body = visitor.ask(address, {"value": "777"})
        assert status == 200, body
        assert visitor.ask("/health")[0] == 200
    assert facts_of(own, _HELD)[:2] == ["777", []]


def _type(visitor: Visitor, address: str, answered: list[int]) -> None:
    """Save one figure after another until nobody answers."""
    for value in range(901, 100_000):
        try:
            status, body = visitor.ask(address, {"value": str(value)})
        except (OSError, ValueError):
            return
        assert status == 200, body
        answered.append(value)


def _until(is_so: object) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():  # type: ignore[operator] # a function
        assert time.monotonic() < until
        time.sleep(0.02)


@contextmanager
def _away(own: Own) -> Iterator[None]:
    """SQLite: another process writes for three seconds. PostgreSQL: every connection is cut, as by a restart."""
    if url := own.environment["JUNHENG_DATABASE"]:
        import psycopg

        with psycopg.connect(url, autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        yield
        return
    locked = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(own.home / "junheng.sqlite3", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            locked.set()
            time.sleep(3)
            other.execute("ROLLBACK")

    holder = threading.Thread(target=hold)
    holder.start()
    locked.wait(PATIENCE)
    began = time.monotonic()
    yield
    assert time.monotonic() - began > 2, "it waited, and was not refused"
    holder.join()


_ACCEPT = """
import sys, time
from django.core.exceptions import ValidationError
from junheng.web.filing.models import Filing
from junheng.web.filing.review import accept
from junheng.web.people.models import Account
filing, officer = Filing.objects.get(code='2199000001'), Account.objects.get(username={name!r})
print('ready', flush=True)
sys.stdin.readline()
try:
    accept(officer, filing)
    print('accepted')
except ValidationError:
    print('refused')
"""
_ACCEPTED = """
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.filing.models import Filing
told = [Filing.objects.get(code='2199000001').state, Entry.objects.filter(action='filing.accept').count(), list(map(str, faults()))]
"""


def test_of_two_officers_who_accept_at_once_one_does(bare: Make, tmp_path: Path) -> None:
    import subprocess
    import sys

    own = bare("home", full=True)
    given = _OPENED.format(source=str(tables_of(tmp_path / "given")))
    own.python(PLACES + given + "Filing.objects.filter(pk=filing.pk).update(state='submitted')")
    racing = [
        subprocess.Popen(
            [sys.executable, "-c", SETUP + _ACCEPT.format(name=name)],
            env=own.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for name in ("o2", "o3")
    ]  # fmt: skip
    for process in racing:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    said = []
    for process in racing:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in racing:
        said.append(process.communicate(timeout=PATIENCE)[0].strip())
    assert sorted(said) == ["accepted", "refused"]
    assert facts_of(own, _ACCEPTED) == ["accepted", 1, []]


_IMPORT = """
import time
from django.core.files.uploadedfile import SimpleUploadedFile
from junheng.web.people.imports import actions
from junheng.web.people.models import Import, Organisation
real = actions.write_organisations
def written(*given):
    real(*given)
    print('written', flush=True)
    time.sleep(PAUSE)
actions.write_organisations = written
given = Import.objects.get()
officer = Account.objects.get(username='o')
actions.carry_out(officer, given, actions.look(given).digest)
"""
_TAKEN = """
from django.core.files.uploadedfile import SimpleUploadedFile
from junheng.web.people.imports import actions
actions.take(officer, county, 'organisations', SimpleUploadedFile('a.xlsx', Path({book!r}).read_bytes()))
"""
_IMPORTED = """
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.people.models import Import, Organisation
told = [Organisation.objects.filter(kind='school').count(), Import.objects.get().done_at is not None,
        Entry.objects.filter(action='import.done').count(), [str(one) for one in faults()]]
"""


def test_an_import_killed_when_all_was_written_leaves_nothing_and_is_done_once(
    bare: Make,
    tmp_path: Path,
) -> None:
    from tests.web.test_people_imports import workbook

    own, book = bare("home", full=True), tmp_path / "book.xlsx"
    rows = [
        ("学校", f"学校{number}", str(2199000000 + number), "999901", 2024, None) for number in range(1, 301)
    ]
    book.write_bytes(workbook("organisations", rows))
    own.python(PLACES + "from pathlib import Path\n" + _TAKEN.format(book=str(book)))
    imports = PLACES.partition("nation =")[0]
    server = own.start("-c", SETUP + imports + _IMPORT.replace("PAUSE", "60"))
    assert server.stdout is not None
    assert server.stdout.readline() == "written\n"
    server.kill()
    server.communicate()
    assert facts_of(own, _IMPORTED) == [0, False, 0, []]
    own.python(imports + _IMPORT.replace("PAUSE", "0"))
    assert facts_of(own, _IMPORTED) == [300, True, 1, []]

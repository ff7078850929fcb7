"""Backup and restore as they are really run: while somebody writes, killed half-way, over what is there."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from tests.web.evidences import PDF
from tests.web.operated import PATIENCE, PLACES, Make, Own, command, facts_of, own_sites  # noqa: F401 # fixtures

_KEPT = """
from pathlib import Path
from datetime import date
from django.core.files.uploadedfile import SimpleUploadedFile
from junheng.web.findings.actions import keep
from junheng.web.evidence.actions import keep as keep_evidence
keep(None, county, Path({finding!r}))
keep_evidence(officer, county, SimpleUploadedFile('证明.pdf', {pdf!r}), '校舍证', date(2024, 9, 1))
"""
_WRITER = """
import time
from junheng.web.people.models import Organisation
county = Organisation.objects.get(kind='county')
for number in range(100_000):
    add_organisation(None, Kind.SCHOOL, f'学校{number}', county, str(number), 2015)
    print(number, flush=True)
    time.sleep(0.005)
"""
_COUNTED = """
from junheng.web.audit.models import Entry
from junheng.web.people.models import Organisation
from junheng.web.findings.models import Finding
told = [Organisation.objects.filter(kind='school').count(), Finding.objects.count(),
        Entry.objects.filter(action='organisation.add').count(), Organisation.objects.exclude(kind='school').count(),
        Entry.objects.order_by('-number').first().action]
"""
_IMPORTS = PLACES.partition("nation =")[0]


def _filled(own: Own, finding: Path) -> None:
    folder = own.home / "findings" / "district"
    shutil.copytree(finding, folder)
    own.python(PLACES + _KEPT.format(finding=str(folder), pdf=PDF))


def test_a_backup_made_while_somebody_writes_is_one_moment_and_restores(
    bare: Make,
    district_finding: Path,
    tmp_path: Path,
) -> None:
    own, new, store = bare("home", full=True), bare("new"), tmp_path / "store"
    store.mkdir()
    _filled(own, district_finding)
    writer = own.start("-c", "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'junheng.web.settings'\n"
                       "django.setup()\n" + _IMPORTS + _WRITER)  # fmt: skip
    assert writer.stdout is not None
    assert writer.stdout.readline() == "0\n"
    code, said = command(own, "backup", "--to", str(store), "--keep", "3")
    assert code == 0, said
    writer.kill()
    written = 1 + len(writer.communicate()[0].splitlines())
    (archive,) = store.iterdir()
    assert archive.stat().st_mode & 0o777 == 0o600
    code, said = command(own, "backup", "--check", str(archive))
    assert code == 0, said
    code, said = command(new, "restore", "--from", str(archive), "--home", str(new.home))
    assert code == 0, said
    schools, findings, acts, others, last = facts_of(new, _COUNTED)
    assert 1 <= schools <= written
    assert (findings, acts, last) == (1, schools + others, "backup.restore")
    for place in (own, new):
        assert command(place, "intact")[0] == 0, "what was not asked of it has not changed"
    assert {p.name for p in new.home.iterdir()} >= {"findings", "evidence", "secret.key"}
    _refuses_what_stands(new, archive)


def _refuses_what_stands(site: Own, archive: Path) -> None:
    before = sorted(path.relative_to(site.home) for path in site.home.rglob("*"))
    code, said = command(site, "restore", "--from", str(archive), "--home", str(site.home))
    assert code == 2, said
    assert "不能恢复到它上面" in said
    assert sorted(path.relative_to(site.home) for path in site.home.rglob("*")) == before


def test_an_altered_finding_is_not_restored(
    bare: Make,
    district_finding: Path,
    tmp_path: Path,
) -> None:
    """The archive is whole, what it holds is not: it was changed before it was backed up."""
    own, new, archive = bare("home", full=True), bare("new"), tmp_path / "a.tar.gz"
    _filled(own, district_finding)
    with (own.home / "findings" / "district" / "verdict.json").open("ab") as stream:
        stream.write(b" ")
    code, said = command(own, "intact")
    assert (code, "内容被改过：findings/district/verdict.json" in said) == (1, True)
    assert command(own, "backup", "--to", str(archive))[0] == 0
    code, said = command(new, "restore", "--from", str(archive), "--home", str(new.home))
    assert code == 2
    assert "verdict.json" in said
    assert not (new.home / "findings").exists()
    assert not (new.home / "junheng.sqlite3").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []
    assert own.environment["JUNHENG_DATABASE"] == "" or "Tables: 0" in _tables(new)


def _tables(site: Own) -> str:
    return site.python(
        "from django.db import connection; print('Tables:', len(connection.introspection.table_names()))"
    )


def test_killed_half_way_nothing_counts_as_a_backup_or_a_site(
    bare: Make,
    tmp_path: Path,
) -> None:
    own, new, store = bare("home", full=True), bare("new"), tmp_path / "store"
    store.mkdir()
    (own.home / "evidence").mkdir()
    (own.home / "evidence" / "large").write_bytes(os.urandom(60 * 2**20))  # seconds of work
    _killed_when(own, lambda: any(store.glob(".junheng-backup-*/archive")), "backup", "--to", str(store))
    assert [path.name for path in store.iterdir() if not path.name.startswith(".")] == []
    assert command(own, "backup", "--to", str(store))[0] == 0
    (archive,) = store.iterdir()  # what was left of the first is cleared
    asked = ("restore", "--from", str(archive), "--home", str(new.home))
    _killed_when(new, lambda: any(tmp_path.glob(".new.*.tmp/files/*/*")), *asked)
    assert not (new.home / "evidence").exists()
    code, said = command(new, *asked)
    assert code == 0, said
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []
    assert command(new, "intact")[0] == 0


def _killed_when(own: Own, is_half: Callable[[], bool], *arguments: str) -> None:
    process = own.start("-m", "junheng.web", *arguments)
    until = time.monotonic() + PATIENCE
    while not is_half():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.005)
    process.kill()
    process.communicate()

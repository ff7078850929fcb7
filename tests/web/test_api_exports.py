"""Data packages: every file by its hash, the dictionary beside, the same bytes each time."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from tests.web.api_keys import Program, Scope, key
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import filings_of, tables_of

from junheng.basics import sha256_bytes
from junheng.judgement import read_finding
from junheng.web.api.packages import columns_of_findings
from junheng.web.audit.models import Entry
from junheng.web.filing.models import CountyYear
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

Person = Callable[[Role, Organisation], Account]


@pytest.fixture
def program(site: Site, person: Person) -> Program:
    """A program of the county that exports, and nothing else."""
    return Program(key(person(Role.ADMINISTRATOR, site.county), site.county, (Scope.EXPORT,))[1])


def _taken(program: Program, path: str) -> dict[str, bytes]:
    """The files of a package, each checked against the list and the description."""
    answer = program.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS", "datapackage.json"}
    for name, digest in sums.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    told = json.loads(files["datapackage.json"])["resources"]
    assert {one["path"]: one["hash"] for one in told} == {
        name: f"sha256:{digest}" for name, digest in sums.items()
    }
    assert {one["path"]: one["bytes"] for one in told} == {name: len(files[name]) for name in sums}
    return files


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_a_finding(program: Program, finding: Finding, suffix: str) -> None:
    files = _taken(program, f"/findings/{finding.pk}/export.zip?format={suffix}")
    known = read_finding(finding.folder)
    for name, table in (("values", known.values()), ("cells", known.cells())):
        content = files[f"{name}.{suffix}"]
        if suffix == "parquet":
            assert pq.read_table(io.BytesIO(content)).equals(table)
        elif suffix == "json":
            assert json.loads(content)["rows"] == table.to_pylist()
        else:
            assert sum(1 for _ in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))) == table.num_rows
        assert set(json.loads(files["dictionary.json"])["tables"][name]) == set(table.column_names)
    assert files["verdict.json"] == (finding.folder / "verdict.json").read_bytes()
    again = _taken(program, f"/findings/{finding.pk}/export.zip?format={suffix}")
    assert again == files


def test_every_column_of_a_finding_has_its_meaning(finding: Finding) -> None:
    known = read_finding(finding.folder)
    told = columns_of_findings()
    for name, table in (("values", known.values()), ("cells", known.cells())):
        assert set(told[name]) == set(table.column_names)
        assert all(one["zh"] and one["en"] for one in told[name].values())


@pytest.fixture
def frozen(site: Site, person: Person, tmp_path: Path) -> CountyYear:
    """A year whose tables lie in a folder, as freezing leaves them."""
    opened = filings_of(site, person(Role.OFFICER, site.county), tables_of(tmp_path / "t"))[
        SCHOOL
    ].county_year
    name = f"test-{opened.pk}"
    (Path(settings.HOME) / "snapshots").mkdir(exist_ok=True)
    tables_of(Path(settings.HOME) / "snapshots" / name, year=opened.year)
    opened.snapshot, opened.sha256, opened.frozen_at = name, sha256_bytes(b"x"), datetime.now(UTC)
    opened.save()
    return opened


@pytest.mark.parametrize("suffix", ["csv", "parquet", "json"])
def test_a_frozen_year(program: Program, frozen: CountyYear, suffix: str) -> None:
    files = _taken(program, f"/years/{frozen.pk}/export.zip?format={suffix}")
    assert {f"{name}.{suffix}" for name in ("school", "stage", "teacher_count", "premises")} <= set(files)
    if suffix == "json":
        (row,) = json.loads(files["premises.json"])["rows"]
        assert (row["school_id"], row["teaching_area_m2"]) == (SCHOOL, 5000.5)
    told = {one["name"]: one for one in json.loads(files["dictionary.json"])["tables"]}
    area = next(one for one in told["premises"]["columns"] if one["name"] == "teaching_area_m2")
    assert (area["unit"], area["privacy"]) == ("m2", "public")
    assert Entry.objects.filter(action="export.take").count() == 1


def test_a_year_not_frozen_is_not_exported(program: Program, frozen: CountyYear) -> None:
    CountyYear.objects.filter(pk=frozen.pk).update(frozen_at=None, sha256="")
    assert program.get(f"/years/{frozen.pk}/export.zip").status_code == 409
    assert program.get(f"/years/{frozen.pk}/export.zip?format=exe").status_code == 422
    assert not Entry.objects.filter(action="export.take").exists()


def test_text_that_a_spreadsheet_would_run_stays_text() -> None:
    import pyarrow as pa

    from junheng.web.api.figures import CSV, written

    table = pa.table({"name": ["=1+1", "@x", "甲", None], "value": [-1.5, None, 2.0, 3.0]})
    lines = written(table, CSV).decode("utf-8-sig").splitlines()
    assert lines == ["name,value", "'=1+1,-1.5", "'@x,", "甲,2.0", ",3.0"]

"""Whether what the site keeps is whole: the trail, findings, snapshots, papers, evidence."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from junheng.basics import Text, sha256_bytes, sha256_file
from junheng.draws import canonical_bytes
from junheng.web.audit.chain import faults
from junheng.web.evidence.models import Evidence
from junheng.web.filing.models import CountyYear, UndoneFreeze
from junheng.web.findings.models import Finding
from junheng.web.monitoring.models import Paper


def wrongs() -> Iterator[Text]:
    """Everything that is missing or altered. Reads few columns, so that it also reads an older database."""
    tables = set(connection.introspection.table_names())
    yield from faults()
    if Finding._meta.db_table in tables:
        for folder, sha256 in Finding.objects.values_list("folder_name", "sha256"):
            yield from _finding(Path(settings.HOME) / "findings" / folder, sha256)
    if Evidence._meta.db_table in tables:
        for (sha256,) in Evidence.objects.order_by().values_list("sha256").distinct():
            yield from _file(Evidence(sha256=sha256).path, sha256)
    if Paper._meta.db_table in tables:
        for (sha256,) in Paper.objects.order_by().values_list("sha256").distinct():
            yield from _file(Paper(sha256=sha256).path, sha256)
    if CountyYear._meta.db_table in tables:
        for name, sha256 in CountyYear.objects.exclude(snapshot="").values_list("snapshot", "sha256"):
            yield from _snapshot(Path(settings.HOME) / "snapshots" / name, sha256)
    if UndoneFreeze._meta.db_table in tables:
        for name, sha256 in UndoneFreeze.objects.values_list("snapshot", "sha256"):
            yield from _snapshot(Path(settings.HOME) / "snapshots" / name, sha256)


def _finding(folder: Path, sha256: str) -> Iterator[Text]:
    """A finding's manifest is the one that was entered, and every file is as the manifest says."""
    manifest = folder / "manifest.json"
    if (found := list(_file(manifest, sha256))) or not manifest.exists():
        yield from found
        return
    for name, stated in json.loads(manifest.read_bytes())["files"].items():
        yield from _file(folder / name, stated)


def _snapshot(folder: Path, sha256: str) -> Iterator[Text]:
    if not folder.is_dir():
        yield _missing(folder)
        return
    hashes = {path.name: sha256_file(path) for path in folder.glob("*.csv")}
    if sha256_bytes(canonical_bytes(hashes)) != sha256:
        yield _altered(folder)


def _file(path: Path, sha256: str) -> Iterator[Text]:
    if not path.is_file():
        yield _missing(path)
    elif sha256_file(path) != sha256:
        yield _altered(path)


def _missing(path: Path) -> Text:
    name = _name(path)
    return Text(f"缺：{name}", f"missing: {name}")


def _altered(path: Path) -> Text:
    name = _name(path)
    return Text(f"内容被改过：{name}", f"altered: {name}")


def _name(path: Path) -> str:
    return path.relative_to(settings.HOME).as_posix()

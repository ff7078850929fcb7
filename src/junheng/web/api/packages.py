"""Data packages: tables in one format, the dictionary beside, the SHA-256 of every file.

The same content gives the same bytes.
"""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import yaml

from junheng.basics import sha256_bytes
from junheng.data import load_dictionary, read_input
from junheng.web.api import figures
from junheng.web.api.routes_reference import told_table
from junheng.web.filing.freezing import folder_of
from junheng.web.filing.models import CountyYear
from junheng.web.findings.models import Finding

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_SPOOLED = 8 * 2**20  # bytes of a package kept in memory; larger ones lie in a temporary file
_BESIDE = ("verdict.json", "standard.json", "manifest.json")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a package."""

    name: str
    media: str
    content: bytes


@cache
def columns_of_findings() -> Mapping[str, Mapping[str, Json]]:
    """What the columns of a finding's tables mean (columns.yaml)."""
    found: Mapping[str, Mapping[str, Json]] = yaml.safe_load(
        Path(__file__).with_name("columns.yaml").read_text(encoding="utf-8")
    )
    return found


def of_finding(finding: Finding, suffix: str) -> Iterator[Part]:
    """Values and cells of a finding in ``suffix``, its verdict, standard and manifest as they are, and the dictionary."""
    for name in ("values", "cells"):
        yield _table(name, figures.table_of(finding, name), suffix)
    for name in _BESIDE:
        yield Part(name, figures.JSON, (finding.folder / name).read_bytes())
    yield _dictionary({"tables": columns_of_findings()})


def of_year(year: CountyYear, suffix: str) -> Iterator[Part]:
    """The frozen tables of a year in ``suffix``: the very files as CSV, else as the library reads them; and the dictionary."""
    folder = folder_of(year)
    names = sorted(path.stem for path in folder.glob("*.csv"))
    if suffix == "csv":
        yield from (Part(f"{name}.csv", figures.CSV, (folder / f"{name}.csv").read_bytes()) for name in names)
    else:
        tables = read_input(folder).tables
        yield from (_table(name, _own(name, tables[name]), suffix) for name in names if name in tables)
    known = load_dictionary().tables
    yield _dictionary({"tables": [told_table(known[name]).model_dump() for name in names]})


def _own(name: str, table: pa.Table) -> pa.Table:
    """Only the columns of the dictionary: not where the library read them."""
    return table.select([one for one in table.column_names if one in load_dictionary().tables[name].columns])


def _table(name: str, table: pa.Table, suffix: str) -> Part:
    kind = figures.KINDS[suffix]
    return Part(f"{name}.{suffix}", kind, figures.written(table, kind))


def _dictionary(told: Json) -> Part:
    return Part("dictionary.json", figures.JSON, _json(told))


def _json(told: Json) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8")


def pack(name: str, parts: Iterator[Part]) -> tuple[IO[bytes], str]:
    """The zip, open at its beginning, and a SHA-256 over the list of its files."""
    stream = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115 # the response closes it
    resources, sums = [], []
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in parts:
            digest = sha256_bytes(one.content)
            sums.append(f"{digest}  {one.name}\n")
            told = {"name": one.name.replace(".", "-"), "path": one.name, "mediatype": one.media}
            resources.append({**told, "bytes": len(one.content), "hash": f"sha256:{digest}"})
            _put(archive, one.name, one.content)
        _put(archive, "datapackage.json", _json({"name": name, "resources": resources}))
        listed = "".join(sums).encode("ascii")
        _put(archive, "SHA256SUMS", listed)
    stream.seek(0)
    return stream, sha256_bytes(listed)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)

"""Tables of findings as JSON, CSV and Parquet, with ETags: a finding's folder never changes."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from junheng.basics import Text
from junheng.judgement import read_finding
from junheng.web.api.problems import Refusal
from junheng.web.findings.models import Finding
from junheng.web.public.opendata import plain

JSON, CSV, PARQUET = "application/json", "text/csv", "application/vnd.apache.parquet"
KINDS: Mapping[str, str] = {"json": JSON, "csv": CSV, "parquet": PARQUET}


def wanted(request: HttpRequest) -> str:
    """The media type of an answer by Accept; JSON where anything will do. Raises Refusal (406)."""
    chosen = request.get_preferred_type([JSON, CSV, PARQUET])
    if chosen is None:
        raise Refusal(406, Text("可选 JSON、CSV、Parquet", f"{JSON}, {CSV} or {PARQUET}"))
    return chosen


def sent_json(request: HttpRequest, told: Any, tag: str) -> HttpResponse:
    """``told`` as JSON, or 304 where the asker has it already."""
    return _sent(request, json.dumps(told, ensure_ascii=False, allow_nan=False).encode("utf-8"), JSON, tag)


def sent_table(request: HttpRequest, finding: Finding, name: str, kind: str) -> HttpResponse:
    """A table of a finding (``values`` or ``cells``), as ``kind``, or 304 where the asker has it already."""
    table = table_of(finding, name)
    return _sent(
        request, written(table, kind), kind, f"{finding.sha256[:32]}-{name}-{kind.rpartition('/')[2]}"
    )


def table_of(finding: Finding, name: str) -> pa.Table:
    """``values`` or ``cells`` of a finding."""
    found = read_finding(finding.folder)
    return found.values() if name == "values" else found.cells()


def written(table: pa.Table, kind: str) -> bytes:
    """The bytes of a table in a media type."""
    return {JSON: _json, CSV: _csv, PARQUET: _parquet}[kind](table)


def _json(table: pa.Table) -> bytes:
    told = {"columns": table.column_names, "rows": table.to_pylist()}
    return json.dumps(told, ensure_ascii=False, allow_nan=False, default=str).encode("utf-8")


def _csv(table: pa.Table) -> bytes:
    """UTF-8 with a mark; a missing figure is an empty cell, text that a spreadsheet would run is kept as text."""
    stream = io.StringIO(newline="")
    lines = csv.writer(stream)
    lines.writerow(table.column_names)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        lines.writerow([_cell(value) for value in row])
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return plain(value) if isinstance(value, str) else str(value)


def _parquet(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


def _sent(request: HttpRequest, body: bytes, kind: str, tag: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer.headers["ETag"] = etag = f'"{tag}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ("Accept", "Authorization"))
    found = get_conditional_response(request, etag=etag, response=answer)
    return found if isinstance(found, HttpResponse) else answer

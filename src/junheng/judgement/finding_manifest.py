"""What a finding was made from: software, command, standard and sources, inputs, query, files."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from junheng import __version__
from junheng.basics import sha256_bytes, sha256_file
from junheng.data import InputFile
from junheng.judgement.assess import Assessment
from junheng.judgement.results import CountyResult
from junheng.standards import Citation, Standard

Json = dict[str, object]
_PACKAGES = ("duckdb", "numpy", "pyarrow", "sqlglot")


def manifest(
    assessment: Assessment,
    county: CountyResult,
    folder: Path,
    *,
    command: Sequence[str] | str,
    made_at: datetime | None,
) -> Json:
    """``manifest.json`` of the finding whose other files stand in ``folder`` already.

    ``made_at`` is the only thing in a finding that differs from run to run; it is no part of the fingerprint.
    """
    evaluation = assessment.evaluation
    return {
        "software": {"name": "junheng", "version": __version__},
        "environment": {"python": platform.python_version(), **dict(_versions())},
        "command": command if isinstance(command, str) else " ".join(command),
        "made_at": (made_at or datetime.now(UTC)).isoformat(timespec="seconds"),
        "standard": standard_head(assessment.standard_of(county.code)),
        "year": assessment.year,
        "county": {"code": county.code, "name": county.name},
        "inputs": [_input(file) for file in assessment.checked.snapshot.inputs],
        "query": {
            "engine": evaluation.engine,
            "sha256": sha256_bytes(evaluation.sql.encode()),
            "sql": evaluation.sql,
        },
        "files": {path.name: sha256_file(path) for path in sorted(folder.iterdir()) if path.is_file()},
        "fingerprint": fingerprint(folder),
    }


def _input(file: InputFile) -> Json:
    return {"name": file.name, "sha256": file.sha256, "size_bytes": file.size_bytes, "rows": dict(file.rows)}


def fingerprint(folder: Path) -> str:
    """SHA-256 over the bytes of verdict.json followed by those of values.parquet."""
    parts = [(folder / name).read_bytes() for name in ("verdict.json", "values.parquet")]
    return sha256_bytes(b"".join(parts))


def _versions() -> Iterator[tuple[str, str]]:
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def standard_head(standard: Standard) -> Json:
    """Which standard, on which day and where, with which overlays, and every source it rests on, once."""
    return {
        "id": standard.id,
        "name": {"zh": standard.name.zh, "en": standard.name.en},
        "document": standard.document,
        "title": standard.title,
        "on": standard.on.isoformat(),
        "region": standard.region,
        "overlays": list(standard.overlays),
        "sha256": standard.sha256,
        "citations": [_citation(found) for found in _citations(standard)],
    }


def _citations(standard: Standard) -> list[Citation]:
    pieces = [
        *standard.indicators,
        standard.variation,
        standard.counting,
        standard.split,
        *standard.relaxations,
    ]
    pieces += [piece for piece in (standard.school_rule, standard.county_rule) if piece is not None]
    found = [citation for piece in pieces for citation in (piece.citation, *piece.value_citations.values())]
    seen: Mapping[str, Citation] = {citation.model_dump_json(): citation for citation in found}
    return list(seen.values())


def _citation(citation: Citation) -> Json:
    dumped: Json = citation.model_dump(mode="json")
    return dumped

"""Whether a finding's files, inputs and standard are those its manifest names, by their SHA-256."""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.basics import sha256_bytes, sha256_file
from junheng.data import Snapshot
from junheng.standards import Standard, school_year_start
from junheng.verification.differences import Difference, Tally, first_difference
from junheng.verification.found import MANIFEST, Found
from junheng.verification.telling import Told


def manifest_differences(
    found: Found, snapshot: Snapshot, standard: Standard, tally: Tally
) -> Iterator[Difference]:
    """Where the manifest does not agree with the files beside it, with the input or with the standard."""
    told: dict[str, Told] = {
        "inputs": _inputs(snapshot),
        "standard": _standard(standard),
        "files": _files(found),
        "fingerprint": _fingerprint(found),
        "on": school_year_start(int(found.manifest["year"])).isoformat(),
        "query": {"sha256": sha256_bytes(str(_query(found).get("sql", "")).encode())},
    }
    for key, value in told.items():
        stated = found.manifest.get(key) if key != "on" else _head(found).get("on")
        if isinstance(value, dict) and isinstance(stated, Mapping) and key in {"standard", "query"}:
            stated = {name: stated.get(name) for name in value}  # the rest is the producer's own business
        difference = first_difference(value, stated, f"{found.label} / {MANIFEST} / {key}", tally)
        if difference is not None:
            yield difference


def _query(found: Found) -> Mapping[str, Any]:
    query = found.manifest.get("query")
    return query if isinstance(query, dict) else {}


def _head(found: Found) -> Mapping[str, Any]:
    head = found.manifest.get("standard")
    return head if isinstance(head, dict) else {}


def _inputs(snapshot: Snapshot) -> list[Told]:
    return [
        {"name": file.name, "sha256": file.sha256, "size_bytes": file.size_bytes, "rows": dict(file.rows)}
        for file in snapshot.inputs
    ]


def _standard(standard: Standard) -> dict[str, Told]:
    return {
        "id": standard.id,
        "name": {"zh": standard.name.zh, "en": standard.name.en},
        "document": standard.document,
        "title": standard.title,
        "on": standard.on.isoformat(),
        "region": standard.region,
        "overlays": list(standard.overlays),
        "sha256": standard.sha256,
    }


def _files(found: Found) -> dict[str, Told]:
    """The files the manifest lists, with the fingerprints they have now; absent files have none."""
    listed = found.manifest.get("files")
    names = list(listed) if isinstance(listed, dict) else []
    must = ["cells.parquet", "problems.json", "sensitivity.json", "standard.json", "trends.json"]
    told: dict[str, Told] = {}
    for name in dict.fromkeys([*names, *must, "values.parquet", "verdict.json"]):
        path = found.folder / name
        told[name] = sha256_file(path) if path.is_file() else None
    return told


def _fingerprint(found: Found) -> str:
    """Over the bytes of verdict and values together."""
    parts = [found.folder / name for name in ("verdict.json", "values.parquet")]
    return sha256_bytes(b"".join(path.read_bytes() for path in parts if path.is_file()))

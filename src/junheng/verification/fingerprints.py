"""Whether a finding's files, inputs and standard are those its manifest names, by their SHA-256."""

from collections.abc import Iterator

from junheng.basics import sha256_bytes, sha256_file
from junheng.data import Snapshot
from junheng.standards import Standard, school_year_start
from junheng.verification.differences import Difference, Tally, first_difference
from junheng.verification.found import MANIFEST, Found
from junheng.verification.inputs import tell_inputs
from junheng.verification.telling import Told


def source_differences(
    found: Found, snapshot: Snapshot, standard: Standard, tally: Tally
) -> Iterator[Difference]:
    """Where the manifest names another input, another day or another standard than those at hand."""
    head = found.manifest.get("standard")
    stated = head if isinstance(head, dict) else {}
    start = school_year_start(int(found.manifest["year"])).isoformat()
    told = _standard(standard)
    told_inputs, _ = tell_inputs(snapshot, found.manifest.get("inputs"))
    yield from _differ(found, "inputs", told_inputs, found.manifest.get("inputs"), tally)
    yield from _differ(found, "standard / on", start, stated.get("on"), tally)
    yield from _differ(found, "standard", told, {name: stated.get(name) for name in told}, tally)


def file_differences(found: Found, tally: Tally) -> Iterator[Difference]:
    """Where the files are not those the manifest was written for: looked at last, it names no figure."""
    query = found.manifest.get("query")
    stated = query if isinstance(query, dict) else {}
    digest = sha256_bytes(str(stated.get("sql", "")).encode())
    yield from _differ(found, "files", _files(found), found.manifest.get("files"), tally)
    yield from _differ(found, "fingerprint", _fingerprint(found), found.manifest.get("fingerprint"), tally)
    yield from _differ(found, "query / sha256", digest, stated.get("sha256"), tally)


def _differ(found: Found, part: str, told: Told, stated: object, tally: Tally) -> Iterator[Difference]:
    difference = first_difference(told, stated, f"{found.label} / {MANIFEST} / {part}", tally)
    if difference is not None:
        yield difference


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

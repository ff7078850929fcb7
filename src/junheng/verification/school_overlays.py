"""A school standard with its overlays put together again from the YAML files, by code of its own."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import sha256_file

Json = dict[str, Any]
Pair = tuple[str, Any, Any]
_STANDARDS = Path(__file__).parent.parent / "standards"  # data, not code
_SCHOOLS, _OVERLAYS = _STANDARDS / "school_standards" / "library", _STANDARDS / "library" / "overlays"
_LINE = {"schools": "TRUE"}
_TABLE = {"between": "lower_size", "outside": "none"}


def read(path: Path) -> Json:
    """One file, every value as the text that is written there."""
    found: Json = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return found


def library_file(name: str) -> Path | None:
    """The file of a standard of the library."""
    return next((path for path in _SCHOOLS.glob("*.yaml") if read(path)["standard"]["id"] == name), None)


def overlay_id(path: Path) -> str:
    """The id that an overlay declares."""
    return str(read(path)["overlay"]["id"])


def fitting(name: str, county: str, given: Sequence[Path]) -> list[Path]:
    """The overlays of standard ``name`` that are for ``county``: the library's, wider first, then those given."""
    found = []
    for path in (*_OVERLAYS.glob("*.yaml"), *given):
        head = read(path)["overlay"]
        region = head.get("region", "")
        if head["standard"] == name and county.startswith(region) and (path in given or region):
            found.append((path in given, 0 if path in given else len(region), path, head["id"]))
    own = sorted((one for one in found if not one[0]), key=lambda one: (one[1], one[3]))
    ids = {one[3] for one in own}
    return [one[2] for one in (*own, *(one for one in found if one[0] and one[3] not in ids))]


def put_together(base: Path, overlays: Sequence[Path], day: str) -> Json:
    """What the files say for ``day``: rows, groups and figures by id, ``max_misses``, overlays, citations, hash."""
    written = read(base)
    version, span = _in_force(written["versions"], day)
    told: Json = {
        "rows": {one["id"]: one for one in version["rows"]},
        "groups": {one["id"]: one for one in written["groups"]},
        "figures": {one["id"]: one for one in written.get("figures", [])},
        "version": {"max_misses": version.get("max_misses", "0")},
    }
    sources = {one["id"]: one.get("source", version["source"]) for one in version["rows"]}
    certainties = {name: source["certainty"] for name, source in sources.items()}
    heads = []
    for path in overlays:
        changes = list(_applied(told, read(path), day))
        if changes:
            heads.append({**_head(path), "changes": changes})
        for change in changes:
            section, name = change["path"].split(".")[:2]
            if section == "rows":
                certainties[name] = change["citation"]["certainty"]
    hashes = [("standard", sha256_file(base))]
    hashes += [(f"overlay {at} {one['id']}", one["sha256"]) for at, one in enumerate(heads)]
    return {
        **told, "head": written["standard"], "overlays": heads, "certainties": certainties,
        "citation": _citation(version["source"], written["documents"], span, ""),
        "sha256": hashes[0][1] if not heads else _together(hashes),
    }  # fmt: skip


def differences(frozen: Json, again: Json) -> Iterator[Pair]:
    """(what, as frozen, as put together again), part by part."""
    head = again["head"]
    yield "standard id", frozen["id"], head["id"]
    yield "standard name", frozen["name"], head["name"]
    yield "standard region", frozen["region"], head.get("region", "")
    yield "standard is_made_up", frozen["is_made_up"], head.get("is_made_up") == "true"
    yield "standard attests", frozen["attests"], head.get("attests")
    yield "standard citation", frozen["citation"], again["citation"]
    yield "standard max_misses", Fraction(frozen["max_misses"]), Fraction(again["version"]["max_misses"])
    for section in ("figures", "groups"):
        blank = {"max_misses": "0"} if section == "groups" else {}
        own = [_plain({**blank, **one}) for one in again[section].values()]
        yield f"standard {section}", [_plain(one) for one in frozen[section]], own
    own = [
        _plain({**_row(one), "certainty": again["certainties"].get(name)})
        for name, one in again["rows"].items()
    ]
    yield "standard rows", [_plain(one) for one in frozen["rows"]], own
    yield "overlays", frozen.get("overlays", []), again["overlays"]


def _in_force(versions: Sequence[Json], day: str) -> tuple[Json, tuple[str, str | None]]:
    """The version that holds on ``day`` with its first and last day; days in ISO 8601 compare as texts."""
    found = _held(versions, day)
    if found is None:
        raise LookupError(day)
    return found


def _held(versions: Sequence[Json], day: str) -> tuple[Json, tuple[str, str | None]] | None:
    for at, one in reversed(list(enumerate(versions))):
        end = one.get("in_force_to")
        if end is None and at + 1 < len(versions):
            end = (date.fromisoformat(versions[at + 1]["in_force_from"]) - timedelta(days=1)).isoformat()
        if one["in_force_from"] <= day and (end is None or day <= end):
            return one, (one["in_force_from"], end)
    return None


def _applied(told: Json, overlay: Json, day: str) -> Iterator[Json]:
    """Change ``told``; each change with the words it rests on."""
    for patch in overlay["patches"]:
        held = _held(patch["versions"], day)
        if held is None:
            continue
        version, span = held
        *way, last = patch["path"].split(".")
        here: Any = told
        for key in way:
            here = here[int(key) - 1] if isinstance(here, list) else here[key]
        value = version["value"]
        if isinstance(here, list):
            here[int(last) - 1] = value
        elif value in ("null", "~", ""):
            del here[last]
        else:
            here[last] = {"id": last, **value} if len(way) == 1 and isinstance(value, dict) else value
        citation = _citation(version["source"], overlay.get("documents", {}), span, overlay["overlay"]["id"])
        yield {"path": patch["path"], "citation": citation}


def _citation(source: Json, documents: Json, span: tuple[str, str | None], overlay: str) -> Json:
    document = documents[source["document"]]
    return {
        "document": source["document"], "title": document["title"], "article": source["article"],
        "certainty": source["certainty"], "in_force_from": span[0], "in_force_to": span[1],
        "last_checked_on": source.get("last_checked_on"), "note": source.get("note") or document.get("note"),
        "overlay": overlay,
    }  # fmt: skip


def _head(path: Path) -> Json:
    head = read(path)["overlay"]
    return {
        "id": head["id"],
        "name": head["name"],
        "region": head.get("region", ""),
        "sha256": sha256_file(path),
    }


def _row(row: Json) -> Json:
    """A row with what stands for the keys that were left out."""
    lines = []
    for line in row["lines"]:
        full = {**_LINE, **line}
        for side in ("at_least", "at_most"):
            if isinstance(full.get(side), dict):
                full[side] = {**_TABLE, **full[side]}
        lines.append(full)
    kept = {key: value for key, value in row.items() if key != "source"}
    return {"denominator": "1", "whole": "false", **kept, "lines": lines}


def _plain(value: Any) -> Any:
    """Numbers as fractions, truth values as words, absent keys left out: alike, however it was written."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    try:
        return Fraction(text)
    except ValueError:
        return text


def _together(hashes: Sequence[tuple[str, str]]) -> str:
    """SHA-256 over the sorted lines ``name sha256``."""
    return hashlib.sha256("".join(f"{name} {one}\n" for name, one in sorted(hashes)).encode()).hexdigest()

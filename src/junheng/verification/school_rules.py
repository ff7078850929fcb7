"""The standard that a result froze, held against the files it was made from, overlays put on it anew."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.standards import school_year_start
from junheng.verification.school_overlays import (
    differences,
    fitting,
    library_file,
    overlay_id,
    put_together,
)

Json = dict[str, Any]
Pair = tuple[str, Any, Any]


def rules_again(
    outcome: Json, path: Path | None, overlays: Sequence[Path], notes: list[Text]
) -> Iterator[Pair]:
    """The frozen standard against the library's, or the file given, with the overlays put on it anew."""
    frozen = outcome["standard"]
    yield "standard SHA-256", outcome["manifest"]["standard_sha256"], frozen["sha256"]
    base = path or library_file(frozen["id"])
    if base is None:
        notes.append(
            Text(
                "标准不在库中，也未给 --standard，按写出的内容复算",
                "the standard is not the library's and --standard was not given: taken as it stands",
            )
        )
        return
    files = fitting(frozen["id"], outcome["county"]["code"], overlays)
    lacking = {one["id"] for one in frozen.get("overlays", [])} - {overlay_id(file) for file in files}
    if lacking:
        told = "、".join(sorted(lacking))
        notes.append(
            Text(
                f"叠加 {told} 不在库中，也未给 --overlay，标准按写出的内容复算",
                f"the overlay {told} is not the library's and --overlay was not given: taken as it stands",
            )
        )
        return
    again = put_together(base, files, school_year_start(outcome["year"]).isoformat())
    yield "overlays", _hashes(frozen.get("overlays", [])), _hashes(again["overlays"])
    if path is None and again["sha256"] != frozen["sha256"]:
        notes.append(
            Text(
                "库中的标准已有改动，按写出的内容复算",
                "the library's standard has changed: taken as it stands",
            )
        )
        return
    yield "standard file", frozen["sha256"], again["sha256"]
    yield from differences(frozen, again)


def _hashes(overlays: Iterable[Json]) -> list[list[str]]:
    return [[one["id"], one["sha256"]] for one in overlays]

"""What is kept beside a result for its page: passages, evidence row by row, the folder of a draw. Needs no Django."""

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import yaml

from junheng.web.jobs.draw_folder import about_draw, draw_folder
from junheng.web.jobs.works.commands import PUBLIC, REMARKS
from junheng.web.jobs.works.given import GIVEN, Given

Json = dict[str, Any]
PASSAGES, EVIDENCE, DRAW_FOLDER, DRAWN_ROWS = "passages.json", "evidence.json", "实地抽签.zip", "drawn.json"
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same folder has the same bytes


def _passages(given: Given, out: Path) -> None:
    """The words the remarks are about, by the number of their passage."""
    from junheng.reports.prose import read_prose

    texts = {one.number: one.text for one in read_prose(given.stage / given.part("book")).passages}
    remarks = json.loads((out / REMARKS).read_bytes())
    _write(out / PASSAGES, {str(at): texts[at] for one in remarks for at in one["passages"] if at in texts})


def _evidence(given: Given, out: Path) -> None:
    """The list of evidence, each row with its item's names and reasons in both languages; the county's verdict."""
    from junheng.reports import list_evidence

    finding = Path(given.told("finding"))
    verdict = json.loads((finding / "verdict.json").read_bytes())
    declared = {one["id"]: one for one in json.loads((finding / "standard.json").read_bytes())["items"] or ()}
    rows = [_row(asdict(one), verdict["items"][one.key], declared[one.key]) for one in list_evidence(finding)]
    _write(out / EVIDENCE, {"county": verdict["county"], "year": verdict["year"], "rows": rows})


def _row(row: Json, item: Json, declared: Json) -> Json:
    tests = [one for one in item["tests"] if one["verdict"] == "cannot_tell" and one["reason"]]
    states = {one["evidence"]: one["state"] for one in item["attestations"]}
    told = {
        "name": declared["name"],
        "part": item["part"],
        "mode": item["evidence"],
        "verdict": item["verdict"],
    }
    reasons = list({one["reason"]["zh"]: one["reason"] for one in tests}.values())
    return {**row, **told, "reasons": reasons, "state": states.get(row["sha256"] or None, "")}


def _draw_folder(_: Given, out: Path) -> None:
    """The folder of the draw in one archive: whoever carries the draw on needs it whole."""
    for lock in out.rglob(".lock"):
        lock.unlink()
    _pack(out, out / DRAW_FOLDER)


def _pack(folder: Path, archive: Path) -> None:
    """Every file below ``folder`` but the archive itself."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != archive)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in paths:
            name = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIXED)
            packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _drawn(given: Given, out: Path) -> None:
    """The schools drawn with their strata, and the draw they are of; the public folder in one archive."""
    place = draw_folder(given.stage / GIVEN)
    identities = {one["pid"]: one["identity"] for one in read_lines(place / "private" / "identities.jsonl")}
    results = read_lines(place / "result" / "results.jsonl")
    rows = [{"stratum": one["school"], **identities[one["pid"]]} for one in results if one["school"]]
    rules = yaml.safe_load((place.parent / "rules.yaml").read_text(encoding="utf-8"))
    _write(
        out / DRAWN_ROWS, {**about_draw(place), "rows": rows, "strata": rules["schools"], "of": len(results)}
    )
    _pack(out / PUBLIC, out / "公布.zip")


def read_lines(path: Path) -> list[Json]:
    """The JSON lines of a file of a draw."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _write(path: Path, told: Json) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


KEPT: Mapping[str, Callable[[Given, Path], None]] = {
    "lint": _passages,
    "apply": _evidence,
    "visits": _draw_folder,
    "drawn": _drawn,
}

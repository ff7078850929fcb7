"""``verify_school_standard``: every verdict, rate, gap and attestation of a result computed again."""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_file, urban_town_rural
from junheng.data import Snapshot, read_input
from junheng.standards import Standard, resolve, school_year_start
from junheng.verification.school_facts import SchoolsAgain
from junheng.verification.school_rows import MET, NOT_MET, facts_of, recomputed_counts, recomputed_school
from junheng.verification.school_rules import rules_again

RESULT, ATTESTATIONS = "school_standard.json", "attestation.csv"
FORMAT = "junheng/school-standard/1"
COUNTING = "basic-2012"  # the standard whose schools a school standard is for
_AREAS = {"city": "urban", "town": "town", "rural": "rural"}
Json = dict[str, Any]
Pair = tuple[str, Any, Any]


@dataclass(frozen=True, slots=True)
class SchoolCheck:
    """What was compared; ``difference`` None: everything agrees. ``notes``: what could not be held against a source."""

    schools: int
    figures: int
    notes: tuple[Text, ...]
    difference: Text | None


def verify_school_standard(
    folder: Path, given: Path | None = None, standard: Path | None = None, overlays: Sequence[Path] = ()
) -> SchoolCheck:
    """Judge the frozen facts in ``folder`` anew; with ``given`` (the input) read the facts again, too.

    ``standard``: the YAML file of a standard that is not the library's; ``overlays``: the files it was judged with,
    where they are not the library's either. Raises UserError for a folder that is none.
    """
    outcome = _read(folder)
    notes: list[Text] = []
    figures = 0
    try:
        for what, stated, found in _pairs(folder, outcome, given, (standard, overlays), notes):
            figures += 1
            if stated != found:
                zh = f"{what}：结果写的是 {stated}，复算是 {found}"
                en = f"{what}: the result says {stated}, computed again it is {found}"
                return SchoolCheck(len(outcome["schools"]), figures, tuple(notes), Text(zh, en))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise _refused(folder) from error
    return SchoolCheck(len(outcome["schools"]), figures, tuple(notes), None)


def _pairs(
    folder: Path,
    outcome: Json,
    given: Path | None,
    rules: tuple[Path | None, Sequence[Path]],
    notes: list[Text],
) -> Iterator[Pair]:
    files = {path.name: sha256_file(path) for path in folder.iterdir() if path.name != RESULT}
    yield "files", outcome["manifest"]["files"], files
    yield from rules_again(outcome, *rules, notes)
    for school in outcome["schools"]:
        yield from recomputed_school(school, outcome["standard"])
    yield from recomputed_counts(outcome, _areas(outcome))
    yield from _attested(folder, outcome)
    if given is None:
        notes.append(
            Text("未给 --input：事实照写出的采用", "without --input the facts are taken as they stand")
        )
    else:
        yield from _facts(outcome, read_input(given), notes)


def _areas(outcome: Json) -> dict[str, str]:
    codes = {one["urban_rural_code"] for one in outcome["schools"]}
    words = {code: urban_town_rural(code) for code in codes}
    return {code: _AREAS[word.en] for code, word in words.items() if word is not None}


def _evidence(outcome: Json) -> str:
    manifest = outcome["manifest"]
    hashes = [one["sha256"] for one in manifest["inputs"]]
    whole = "\n".join([*hashes, manifest["book"]["sha256"], manifest["standard_sha256"]])
    return hashlib.sha256(whole.encode()).hexdigest()


def _attested(folder: Path, outcome: Json) -> Iterator[Pair]:
    """Each row of evidence against its school's verdict."""
    yield "evidence", outcome["manifest"]["evidence_sha256"], _evidence(outcome)
    attests = outcome["standard"]["attests"]
    path = folder / ATTESTATIONS
    if attests is None or not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    scale = _scale(attests, outcome)
    words = {MET: scale[0], NOT_MET: scale[1]}
    verdicts = {one["school_id"]: one["verdict"] for one in outcome["schools"]}
    owners = [row["scope_id"] for row in rows]
    yield "attestations once", sorted(set(owners)), sorted(owners)
    for row in rows:
        told = [row[key] for key in ("year", "scope", "item", "rating", "evidence_hash", "dated_on")]
        rating = words.get(verdicts[row["scope_id"]])
        own = [str(outcome["year"]), "school", attests["item"], rating, _evidence(outcome), outcome["on"]]
        yield f"attestation {row['scope_id']}", told, own


def _scale(attests: Json, outcome: Json) -> tuple[str, ...]:
    """The ratings of the item that is attested, best first."""
    standard = _resolved(attests["standard"], outcome)
    item = next(one for one in standard.items if one.id == attests["item"])
    value = item.limits["scale"].value
    return value if isinstance(value, tuple) else ()


def _resolved(name: str, outcome: Json) -> Standard:
    return resolve(name, on=school_year_start(outcome["year"]), region=outcome["county"]["code"])


def _facts(outcome: Json, snapshot: Snapshot, notes: list[Text]) -> Iterator[Pair]:
    """The input's hashes, the county's schools, and every fact that the input holds."""
    stated = [one["sha256"] for one in outcome["manifest"]["inputs"]]
    yield "input SHA-256", sorted(stated), sorted(one.sha256 for one in snapshot.inputs)
    counting = _resolved(COUNTING, outcome).counting
    again = SchoolsAgain(snapshot, outcome["year"], outcome["county"]["code"], counting)
    yield "schools", sorted(one["school_id"] for one in outcome["schools"]), sorted(again.ids)
    names = list(dict.fromkeys(name for one in outcome["schools"] for name in one["facts"]))
    reported = [name for name in names if again.is_reported(name)]
    if len(reported) < len(names):
        notes.append(Text("补充数据照写出的采用", "figures of the further book are taken as they stand"))
    for school in outcome["schools"]:
        yield from _facts_of(school, again, reported)


def _facts_of(school: Json, again: SchoolsAgain, names: Iterable[str]) -> Iterator[Pair]:
    facts, own = facts_of(school), school["school_id"]
    for name in names:
        yield f"{own} {name}", facts[name], again.fact(own, name)
    for name in ("kind", "urban_rural_code"):
        yield f"{own} {name}", school[name] or None, again.fact(own, name)
    yield f"{own} is_weak", school["is_weak"], again.fact(own, "is_weak") is True


def _read(folder: Path) -> Json:
    try:
        outcome: Json = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        date.fromisoformat(outcome["on"])
        if outcome["format"] != FORMAT:
            raise ValueError(outcome["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _refused(folder) from error
    return outcome


def _refused(folder: Path) -> UserError:
    return UserError(
        Text("这里没有完整的办学标准判定结果", "there is no whole result of a school standard here"),
        where=str(folder),
        why=Text("残缺的结果什么也证明不了", "what is not whole proves nothing"),
        fix=Text(
            "请给出 junheng school-standard judge 写出的文件夹",
            "name a folder that school-standard judge wrote",
        ),
    )

"""``verify_scores``: totals, grades, ranks, awards of a scoring folder computed again from its frozen rows."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.standards.scoring import index_system, list_systems
from junheng.verification.scored_rounds import Rounds
from junheng.verification.scored_totals import recomputed_ranks, recomputed_subject, recomputed_target

PROBLEM, OUTCOME = "problem.json", "scores.json"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScoreCheck:
    """What was compared; ``difference`` None: everything agrees. ``notes``: what could not be held against a source."""

    subjects: int
    figures: int
    notes: tuple[Text, ...]
    difference: Text | None


def verify_scores(folder: Path, book: Path | None = None, overlays: Sequence[Path] = ()) -> ScoreCheck:
    """Score the frozen rows in ``folder`` anew and compare every figure. ``book``: the scorers' book, for its hash.

    Shares no code with the producer but the index systems' loader. Raises UserError for a folder that is none.
    """
    raw, problem, outcome = _read(folder)
    notes: list[Text] = []
    try:
        return _compared(_pairs(raw, problem, outcome, book, overlays, notes), outcome, notes)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise _refused(folder) from error


def _compared(pairs: Iterable[tuple[str, Any, Any]], outcome: Json, notes: list[Text]) -> ScoreCheck:
    """What came of the comparisons, up to the first that differs."""
    figures = 0
    for what, stated, found in pairs:
        figures += 1
        if stated != found:
            zh = f"{what}：结果写的是 {stated}，复算是 {found}"
            en = f"{what}: the outcome says {stated}, computed again it is {found}"
            return ScoreCheck(len(outcome["subjects"]), figures, tuple(notes), Text(zh, en))
    return ScoreCheck(len(outcome["subjects"]), figures, tuple(notes), None)


def _pairs(
    raw: bytes, problem: Json, outcome: Json, book: Path | None, overlays: Sequence[Path], notes: list[Text]
) -> Iterator[tuple[str, Any, Any]]:
    """What was compared, as stated and as found, one figure at a time."""
    manifest = outcome["manifest"]
    yield "problem.json SHA-256", manifest["problem_sha256"], hashlib.sha256(raw).hexdigest()
    if book is not None:
        stated = manifest["inputs"].get(book.name, next(iter(manifest["inputs"].values()), ""))
        yield f"{book.name} SHA-256", stated, hashlib.sha256(book.read_bytes()).hexdigest()
    else:
        notes.append(
            Text("未给 --input：没有核对评分表文件", "without --input the book itself was not looked at")
        )
    yield from _system(problem, manifest, overlays, notes)
    rounds = Rounds(problem)
    subjects = [recomputed_subject(problem["system"], rounds, name) for name in rounds.subjects]
    ranks = recomputed_ranks(subjects)
    yield "subjects", [entry["subject"] for entry in outcome["subjects"]], rounds.subjects
    for stated, found, rank in zip(outcome["subjects"], subjects, ranks, strict=True):
        for key, value in {**found, "rank": rank}.items():
            yield f"{found['subject']} {key}", _stated(stated, key), value
    yield "all_reach_it", outcome["all_reach_it"], _all([found["verdict"] for found in subjects])
    on, early = date.fromisoformat(problem["on"]), int(problem["system"]["early_days"])
    targets = [row["cells"] for row in problem["rows"]["targets"] if row["cells"].get("subject")]
    yield (
        "targets",
        [t["state"] for t in outcome["targets"]],
        [recomputed_target(t, on, early) for t in targets],
    )
    yield "appeals", [a["is_taken"] for a in outcome["appeals"]], rounds.taken
    yield (
        "sign_off",
        {(s["subject"], s["round"]): s["fingerprint"] for s in outcome["sign_off"]},
        rounds.fingerprints(),
    )


def _all(verdicts: Sequence[str]) -> str:
    """Every one must be met; one that is not decides, else one that nobody can tell."""
    if not verdicts:
        return "cannot_tell"
    return next((word for word in ("not_met", "cannot_tell") if word in verdicts), "met")


def _stated(subject: Mapping[str, Any], key: str) -> Any:
    """A figure as the outcome holds it; items and areas by id."""
    if key == "items":
        return {entry["item"]: entry["points"] for entry in subject["items"]}
    if key == "areas":
        return {entry["area"]: entry["points"] for entry in subject["areas"]}
    return subject[key]


def _system(
    problem: Json, manifest: Json, overlays: Sequence[Path], notes: list[Text]
) -> Iterator[tuple[str, Any, Any]]:
    """The frozen index system against the library's, where it is one of the library's and its overlays are given."""
    system = problem["system"]
    known = system["id"] in {head.id for head in list_systems()}
    if not known or len(system["overlays"]) != len(overlays):
        said = Text(
            "指标体系不在库中或未给 --overlay，按冻结的内容复算",
            "the system is not the library's, or --overlay was not given: taken as frozen",
        )
        notes.append(said)
        return
    on = date.fromisoformat(problem["on"])
    found = index_system(system["id"], on=on, region=manifest["region"], overlays=overlays).as_json()
    if found["sha256"] != system["sha256"]:
        notes.append(
            Text(
                "库中的指标体系已有改动，按冻结的内容复算",
                "the library's system has changed since: taken as frozen",
            )
        )
        return
    yield "system", system, found


def _read(folder: Path) -> tuple[bytes, Json, Json]:
    try:
        raw = (folder / PROBLEM).read_bytes()
        problem, outcome = json.loads(raw), json.loads((folder / OUTCOME).read_bytes())
        if problem["format"] != "junheng-score-problem-1" or outcome["format"] != "junheng-scores-1":
            raise ValueError(outcome["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _refused(folder) from error
    return raw, problem, outcome


def _refused(folder: Path) -> UserError:
    return UserError(
        Text("这里没有完整的评分结果", "there is no whole result of scoring here"),
        where=str(folder),
        why=Text("残缺的结果什么也证明不了", "what is not whole proves nothing"),
        fix=Text("请给出 junheng score 写出的文件夹", "name a folder written by junheng score"),
    )

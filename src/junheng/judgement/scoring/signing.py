"""Sign-off: who signed which round of a subject, when, and whether what was signed is what stands now."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.basics import Text, sha256_bytes
from junheng.data.books import Fault
from junheng.judgement.scoring.faulted import row_fault
from junheng.judgement.scoring.problem import Problem, Row
from junheng.judgement.scoring.values import Scores

SHORTEST = 12  # hex digits of a fingerprint that are taken as proof
MATCHES, CHANGED, UNPROVED = "matches", "changed", "no_fingerprint"


@dataclass(frozen=True, slots=True)
class SignedRound:
    """A round of a subject: the fingerprint of its scores now, who signed, and which roles are still to sign."""

    subject: str
    round: str
    fingerprint: str
    signatures: tuple[tuple[str, str, str, str], ...]  # role, name, day, state
    missing: tuple[str, ...]


def fingerprint(system_sha256: str, subject: str, round_id: str, scores: Scores) -> str:
    """SHA-256 over the system's hash, subject, round and every counted score as [item, rater, points].

    Sorted, as JSON without blanks: what the signers see at the foot of the sheet.
    """
    rows = sorted(
        [key[2], score.rater, str(score.points)]
        for key, listed in scores.items()
        if key[:2] == (subject, round_id)
        for score in listed
    )
    content = json.dumps([system_sha256, subject, round_id, rows], ensure_ascii=False, separators=(",", ":"))
    return sha256_bytes(content.encode("utf-8"))


def sign_offs(problem: Problem, scores: Scores) -> tuple[list[SignedRound], list[Fault]]:
    """Every round of a subject that has scores or signatures, in the order of the book and the system."""
    found, faults = [], []
    rows = [row for row in problem.sign_off if row.cell("role") and row.day("signed_on") is not None]
    for subject in problem.subjects():
        for entry in problem.system.rounds:
            own = [r for r in rows if (r.cell("subject"), r.cell("round")) == (subject, entry.id)]
            if own or any(key[:2] == (subject, entry.id) for key in scores):
                now = fingerprint(problem.system.sha256, subject, entry.id, scores)
                signatures = [(row, _state(row, now)) for row in own]
                faults += [_changed(row) for row, state in signatures if state == CHANGED]
                roles = {row.cell("role") for row, state in signatures if state != CHANGED}
                missing = tuple(role.zh for role in entry.signers if role.zh not in roles)
                told = tuple((r.cell("role"), r.cell("name"), r.cell("signed_on"), s) for r, s in signatures)
                found.append(SignedRound(subject, entry.id, now, told, missing))
    return found, faults


def closed_on(rounds: Sequence[SignedRound]) -> Mapping[tuple[str, str], date]:
    """Subject and round → the day the last role signed, where every role has."""
    return {
        (entry.subject, entry.round): max(
            date.fromisoformat(day) for _, _, day, state in entry.signatures if state != CHANGED
        )
        for entry in rounds
        if not entry.missing and any(state != CHANGED for _, _, _, state in entry.signatures)
    }


def _state(row: Row, now: str) -> str:
    given = row.cell("fingerprint").replace(" ", "").lower()
    if not given:
        return UNPROVED
    return MATCHES if len(given) >= SHORTEST and now.startswith(given) else CHANGED


def _changed(row: Row) -> Fault:
    return row_fault(
        "sign_off.changed",
        row,
        Text(
            "签字时的评分与现在不同，签字不作数",
            "what was signed is not what stands now: the signature does not count",
        ),
        Text("核对改动后重新签字", "look at the change and sign again"),
    )

"""Scores of a frozen problem by subject, round and item, gathered again from its rows alone."""

import hashlib
import json
import statistics
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
Key = tuple[str, str, str]


class Rounds:
    """The rows of a problem made ready: what each rater gave, what appeals changed, what was visited and signed."""

    def __init__(self, problem: Json) -> None:
        self.system: Json = problem["system"]
        self.rows: dict[str, list[Json]] = {
            name: [r["cells"] for r in rows] for name, rows in problem["rows"].items()
        }
        self.full = {i["id"]: Fraction(i["points"]) for a in self.system["areas"] for i in a["items"]}
        rows = self.rows["listed"] + self.rows["scores"]
        self.subjects = list(dict.fromkeys(row["subject"] for row in rows if row.get("subject")))
        self.given = self._given()
        self.closed = self._closed()
        self.taken = self._taken()

    def value(self, key: Key) -> Fraction | None:
        """The item's points in the round: as an appeal left it, else the raters joined."""
        for row, taken in zip(self.rows["appeals"], self.taken, strict=True):
            if taken and row["state"] == "upheld" and _key(row) == key:
                return Fraction(row["points"])
        points = list(self.given.get(key, {}).values())
        if not points:
            return None
        return (
            statistics.median(points)
            if self.system["counting"]["raters"] == "median"
            else statistics.mean(points)
        )

    def is_open(self, key: Key) -> bool:
        """Whether an appeal on the item still waits for its decision."""
        pairs = zip(self.rows["appeals"], self.taken, strict=True)
        return any(taken and row["state"] == "filed" and _key(row) == key for row, taken in pairs)

    def is_visited(self, subject: str, round_id: str) -> bool:
        """Whether any score of the round tells the day of a visit."""
        return any(
            _key(row)[:2] == (subject, round_id) and row.get("visited_on") for row in self.rows["scores"]
        )

    def veto(self, subject: str, veto: str) -> bool | None:
        """Found, not found, or None where nobody said or the rows contradict."""
        own = {
            r["found"]
            for r in self.rows["vetoes"]
            if (r.get("subject"), r.get("veto")) == (subject, veto) and r.get("found")
        }
        return None if len(own) != 1 else own == {"yes"}

    def fingerprints(self) -> dict[tuple[str, str], str]:
        """Of every subject and round with scores or signatures."""
        signed = {(r.get("subject", ""), r.get("round", "")) for r in self._signatures()}
        scored = {(s, r) for s, r, _ in self.given}
        wanted = [
            (s, r["id"])
            for s in self.subjects
            for r in self.system["rounds"]
            if (s, r["id"]) in signed | scored
        ]
        return {pair: self._fingerprint(*pair) for pair in wanted}

    def _given(self) -> dict[Key, dict[str, Fraction]]:
        """Points by rater; whoever scored an item twice in a round is left out of it."""
        shares = {entry["id"]: Fraction(entry["share"]) for entry in self.system["scale"]}
        found: dict[Key, list[tuple[str, Fraction]]] = defaultdict(list)
        for row in self.rows["scores"]:
            key = _key(row)
            if not all(key) or key[2] not in self.full or not row.get("rater"):
                continue
            full = self.full[key[2]]
            points = {Fraction(row["points"])} if row.get("points") else set()
            points |= {shares[row["rating"]] * full} if row.get("rating") in shares else set()
            outside = row.get("points") and not 0 <= Fraction(row["points"]) <= full
            found[key] += [(row["rater"], points.pop())] if len(points) == 1 and not outside else []
        return {key: _single(scores) for key, scores in found.items()}

    def _signatures(self) -> list[Json]:
        return [row for row in self.rows["sign_off"] if row.get("role") and row.get("signed_on")]

    def _fingerprint(self, subject: str, round_id: str) -> str:
        rows = sorted(
            [item, rater, str(points)]
            for (s, r, item), given in self.given.items()
            if (s, r) == (subject, round_id)
            for rater, points in given.items()
        )
        text = json.dumps(
            [self.system["sha256"], subject, round_id, rows], ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def _closed(self) -> dict[tuple[str, str], date]:
        """The last day of signing where every role of the round has signed what stands now."""
        found = {}
        for entry in self.system["rounds"]:
            for subject in self.subjects:
                print_now = self._fingerprint(subject, entry["id"])
                good = [
                    row for row in self._signatures()
                    if (row.get("subject"), row.get("round")) == (subject, entry["id"]) and _proves(row, print_now)
                ]  # fmt: skip
                if good and set(entry["signers"]) <= {row["role"] for row in good}:
                    found[subject, entry["id"]] = max(date.fromisoformat(row["signed_on"]) for row in good)
        return found

    def _taken(self) -> list[bool]:
        sound = [self._is_sound(row) for row in self.rows["appeals"]]
        upheld = Counter(
            _key(row)
            for row, good in zip(self.rows["appeals"], sound, strict=True)
            if good and row["state"] == "upheld"
        )
        pairs = zip(self.rows["appeals"], sound, strict=True)
        return [good and not (row.get("state") == "upheld" and upheld[_key(row)] > 1) for row, good in pairs]

    def _is_sound(self, row: Json) -> bool:
        key = _key(row)
        if not all(key) or key[2] not in self.full or not row.get("filed_on") or not row.get("state"):
            return False
        filed, closed = date.fromisoformat(row["filed_on"]), self.closed.get(key[:2])
        late = closed is not None and filed > closed
        early = bool(row.get("decided_on")) and date.fromisoformat(row["decided_on"]) < filed
        points = Fraction(row["points"]) if row.get("points") else None
        misfit = row["state"] == "upheld" and (points is None or not 0 <= points <= self.full[key[2]])
        return not (late or early or misfit)


def _key(row: Json) -> Key:
    return row.get("subject", ""), row.get("round", ""), row.get("item", "")


def _single(scores: list[tuple[str, Fraction]]) -> dict[str, Fraction]:
    times = Counter(rater for rater, _ in scores)
    return {rater: points for rater, points in scores if times[rater] == 1}


def _proves(row: Json, print_now: str) -> bool:
    """A signature without a fingerprint stands; one with another fingerprint does not."""
    given = row.get("fingerprint", "").replace(" ", "").lower()
    return not given or (len(given) >= 12 and print_now.startswith(given))

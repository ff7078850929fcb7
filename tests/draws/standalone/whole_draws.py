"""Whole draws in memory, from a problem and rows: people, spec, seed, result, transcript, slips – as files would be."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from junheng.draws import (
    MerkleTree,
    Outcome,
    beacon_bytes,
    canonical_bytes,
    commitment,
    external_order,
    make_seed,
    merkle_root,
    person_id,
    ring_order,
    spec_digest,
    tail_order,
    ticket,
    unit_id,
)

Json = dict[str, Any]
Decide = Callable[[Json, list[Json], bytes], Outcome]
_BALLS = {"count": 6, "low": 1, "high": 49, "ordered": 0, "distinct": 1}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One draw: ``rows`` and ``leaves`` ascending by pid; ``people`` beside them (identity, salt)."""

    transcript: Json
    rows: list[Json]
    leaves: list[Json]
    people: list[Json]

    def case(self, *, slip: int | None = None, with_rows: bool = False, with_results: bool = False) -> Json:
        """What is given to a verifier, as text."""
        found: Json = {"transcript": canonical_bytes(self.transcript).decode()}
        if slip is not None:
            found["slip"] = canonical_bytes(self.slip(slip)).decode()
        if with_rows:
            found["rows"] = lines(self.rows)
        if with_results:
            found["results"] = lines(self.leaves)
        return found

    def slip(self, index: int) -> Json:
        """The slip of the child at ``index``."""
        spec = self.transcript["spec"]
        trees = [
            MerkleTree(spec["hash"], [canonical_bytes(one) for one in part])
            for part in (self.rows, self.leaves)
        ]
        paths = [[step.hex() for step in tree.inclusion_path(index)] for tree in trees]
        return {
            "format": "junheng/draw-slip/1",
            "draw_id": spec["draw_id"],
            **self.people[index],
            "row": self.rows[index],
            "index": index,
            "rows": len(self.rows),
            **self._tickets(self.rows[index]),
            "roll_path": paths[0],
            "result": self.leaves[index],
            "result_path": paths[1],
        }

    def _tickets(self, row: Json) -> Json:
        spec, seed = self.transcript["spec"], bytes.fromhex(self.transcript["seed"])
        if spec["kind"] != "admission":
            return {}
        if spec["problem"]["ranking"]["method"] != "hmac":
            order = order_without_tickets(spec["problem"], sorted({one["unit"] for one in self.rows}))
            return {"ticket": f"{order.index(row['unit']) + 1:010d}"}
        found: Json = {"ticket": ticket(spec["hash"], seed, row["unit"]).hex()}
        if spec["problem"]["tickets"] == "per_school":
            found["tickets"] = {s: ticket(spec["hash"], seed, row["unit"], s).hex() for s in row["choices"]}
        return found


def order_without_tickets(problem: Json, units: list[str]) -> list[str]:
    """The units, best first, by the ring, the tails or the numbers of the problem (draws.md §5)."""
    ranking = problem["ranking"]
    own = {unit: ranking["numbers"][unit] for unit in units} if "numbers" in ranking else {}
    if ranking["method"] == "ring":
        places = external_order(own) if own else units
        return [places[n - 1] for n in ring_order(len(units), ranking["start"], ranking["step"])]
    if ranking["method"] == "tail_digits":
        return tail_order(own, ranking["tails"])
    return external_order(own, problem["order"])


def lines(rows: list[Json]) -> str:
    """JSON lines."""
    return "".join(canonical_bytes(row).decode() + "\n" for row in rows)


def with_people(
    random: Random, hash_name: str, problem: Json, rows: list[Json]
) -> tuple[list[Json], list[Json]]:
    """The same rows with pids and units that follow from identities and salts; numbers of units go along."""
    people = [
        {
            "identity": {"name": f"学生{i}", "id_number": str(random.random())},
            "salt": random.randbytes(16).hex(),
        }
        for i in range(len(rows))
    ]
    pids = [person_id(hash_name, bytes.fromhex(one["salt"]), one["identity"]) for one in people]
    members: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        members.setdefault(row["unit"], []).append(i)
    units = {old: unit_id(hash_name, [pids[i] for i in places]) for old, places in members.items()}
    named = [{**row, "pid": pid, "unit": units[row["unit"]]} for row, pid in zip(rows, pids, strict=True)]
    ranking = problem.get("ranking", {})
    if "numbers" in ranking:
        ranking["numbers"] = {units[old]: number for old, number in ranking["numbers"].items()}
    order = sorted(range(len(rows)), key=lambda i: pids[i])
    return [named[i] for i in order], [people[i] for i in order]


def whole_draw(
    kind: str, problem: Json, rows: list[Json], decide: Decide, *, seed: int = 0, **given: Any
) -> Drawn:
    """A draw from beginning to end; ``given`` replaces parts of the spec (hash, purpose, …).

    ``observed`` in it are the beacons seen, where ``beacons`` declares others than the balls of the hall.
    """
    random = Random(seed)
    hash_name = given.get("hash", "sha256")
    seen = given.pop("observed", None)
    named, people = with_people(random, hash_name, problem, rows)
    spec = _spec(kind, problem, named, given)
    reveals = [{"role": role, "value": random.randbytes(32).hex()} for role in ("notary", "parent-1")]
    spec["parties"] = [
        {
            "role": one["role"],
            "name": one["role"],
            "commitment": commitment(hash_name, spec["draw_id"], one["role"], bytes.fromhex(one["value"])),
        }
        for one in reveals
    ]
    numbers = sorted(random.sample(range(1, 50), 6))
    balls = [{"kind": "balls", "id": "hall", "text": "".join(f"{n}." for n in numbers) + "/"}]
    observed = seen or balls
    values = [bytes.fromhex(one["value"]) for one in reveals]
    s = make_seed(hash_name, spec_digest(spec), values, beacon_bytes(observed))
    outcome = decide(spec, named, s)
    root = merkle_root(hash_name, [canonical_bytes(leaf) for leaf in outcome.leaves]).hex()
    transcript = {
        "format": "junheng/draw-transcript/1",
        "spec": spec,
        "spec_digest": spec_digest(spec).hex(),
        "reveals": reveals,
        "beacons": observed,
        "seed": s.hex(),
        "result": {"root": root, "rows": len(named), **outcome.public},
        "signatures": [],
        "log_head": {"size": 1, "hash": "00"},
    }
    return Drawn(transcript, named, outcome.leaves, people)


def _spec(kind: str, problem: Json, rows: list[Json], given: Json) -> Json:
    schools: dict[str, int] = {}
    classes: dict[str, int] = {}
    for row in rows:
        for school in row["choices"] if kind == "admission" else [row["school"]]:
            schools[school] = schools.get(school, 0) + 1
        for code in row.get("classes", []):
            classes[str(code)] = classes.get(str(code), 0) + 1
    hash_name = given.get("hash", "sha256")
    root = merkle_root(hash_name, [canonical_bytes(row) for row in rows]).hex()
    units = len({row["unit"] for row in rows})
    return {
        "format": "junheng/draw-spec/1",
        "draw_id": "T-2027-01",
        "purpose": "official",
        "kind": kind,
        "title": "示例区 2027 年派位",
        "hash": hash_name,
        "rules": {"id": "示例〔2027〕1 号", "text_hash": hashlib.sha256(b"rules").hexdigest()},
        "roll": {
            "root": root,
            "rows": len(rows),
            "units": units,
            "per_school": schools,
            "per_class": classes,
        },
        "problem": problem,
        "programs": {},
        "beacons": [{"kind": "balls", "id": "hall", "name": "现场摇号", "parts": [_BALLS]}],
        "schedule": {"reveals_by": "2027-07-01T09:00:00+08:00", "beacon_from": "2027-07-01T09:30:00+08:00"},
        "latest_beacon_seen": {},
        **given,
    }

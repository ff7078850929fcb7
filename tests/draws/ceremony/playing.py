"""A small ceremony to play: thirty children, two bound together, three parties, balls and a lottery."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from junheng.draws import (
    Entrant,
    Outcome,
    commit,
    commitment,
    declare,
    fix_seed,
    freeze,
    observe,
    publish,
    rank_tickets,
    reveal,
    run,
    ticket_array,
)

SEATS = {"A": 8, "B": 6}
ROLES = ("教育局", "公证处", "家长代表")
REVEALS_BY = datetime.fromisoformat("2026-07-01T10:00:00+08:00")
BEACON_FROM = REVEALS_BY + timedelta(minutes=10)
SCHEDULE = {"reveals_by": REVEALS_BY.isoformat(), "beacon_from": BEACON_FROM.isoformat()}
EARLY, LATE = REVEALS_BY - timedelta(hours=1), BEACON_FROM + timedelta(hours=1)
PROBLEM: dict[str, Any] = {"tickets": "single", "ranking": {"method": "hmac"}, "seats": SEATS}
RULES = {"id": "示例办法", "text_hash": "0" * 64}
PROGRAMS = {"engine": "1" * 64}
_BALL = {"count": 3, "low": 0, "high": 9, "ordered": 1, "distinct": 0}
BEACONS: list[dict[str, Any]] = [
    {"kind": "balls", "id": "现场", "name": "现场摇球", "parts": [_BALL]},
    {"kind": "lottery", "id": "3D", "name": "福彩3D", "issue": "2026172", "parts": [_BALL]},
]
OBSERVED: list[dict[str, Any]] = [
    {"kind": "balls", "id": "现场", "text": "4.0.4./"},
    {"kind": "lottery", "id": "3D", "issue": "2026172", "text": "9.1.7./"},
]


def salts(count: int) -> bytes:
    """Salts that are the same in every run; a real draw takes the system's randomness."""
    return hashlib.shake_256(b"salts").digest(count)


def value(role: str) -> bytes:
    """What a party drew for itself."""
    return hashlib.sha256(role.encode()).digest()


def child(number: int, *, family: str = "", choices: tuple[str, ...] = ("A", "B")) -> Entrant:
    """An applicant with a name and number found nowhere else."""
    identity = {"name": f"张三丰{number}", "id_number": f"11010120190101{number:03}X"}
    row = {"choices": list(choices), "classes": [0] * len(choices), "flags": {"sex": number % 2}}
    return Entrant(identity, family, row)


def children() -> list[Entrant]:
    """Twenty-eight single children and a pair of twins."""
    singles = [child(i, choices=("A", "B") if i % 3 else ("B",)) for i in range(28)]
    return [*singles, child(28, family="双胞胎1"), child(29, family="双胞胎1")]


def decide(spec: Mapping[str, Any], rows: list[dict[str, Any]], seed: bytes) -> Outcome:
    """Serial dictatorship by ticket; units are placed whole, the last may exceed the plan."""
    lists = {row["unit"]: row["choices"] for row in rows}
    units = sorted(lists)
    ranks = rank_tickets(ticket_array(spec["hash"], seed, units), units)
    left, place = dict(spec["problem"]["seats"]), {}
    for unit in sorted(units, key=lambda u: ranks[units.index(u)]):
        place[unit] = next((s for s in lists[unit] if left[s] > 0), "")
        if place[unit]:
            left[place[unit]] -= sum(row["unit"] == unit for row in rows)
    leaves = [{"pid": r["pid"], "unit": r["unit"], "school": place[r["unit"]]} for r in rows]
    return Outcome(leaves, {"proposals": len(units)})


def do_freeze(
    folder: Path, *, draw_id: str = "D1", purpose: str = "official", hash_name: str = "sha256"
) -> None:
    freeze(
        folder,
        draw_id=draw_id,
        title="示例派位",
        purpose=purpose,
        kind="admission",
        hash_name=hash_name,
        entrants=children(),
        now=EARLY,
        random_bytes=salts,
    )


def do_commits(folder: Path, *, draw_id: str = "D1", hash_name: str = "sha256") -> None:
    for role in ROLES:
        commit(folder, role, f"{role}某人", commitment(hash_name, draw_id, role, value(role)), now=EARLY)


def do_declare(folder: Path, **changes: Any) -> dict[str, Any]:
    parts = {
        "problem": PROBLEM,
        "rules": RULES,
        "beacons": BEACONS,
        "schedule": SCHEDULE,
        "programs": PROGRAMS,
    }
    return declare(folder, **{**parts, "latest_beacon_seen": {}, "now": EARLY, **changes})


def do_reveals(folder: Path) -> None:
    for role in ROLES:
        reveal(folder, role, value(role).hex(), now=EARLY)


def do_observe(folder: Path) -> None:
    observe(folder, OBSERVED, now=LATE)


def do_seed(folder: Path) -> None:
    fix_seed(folder, now=LATE)


def do_run(folder: Path) -> None:
    run(folder, decide, now=LATE)


def do_publish(folder: Path) -> None:
    publish(folder, folder.parent / "out", purpose="official", with_results=True, now=LATE)


STEPS: dict[str, Callable[[Path], Any]] = {
    "freeze": do_freeze,
    "commits": do_commits,
    "declare": do_declare,
    "reveals": do_reveals,
    "observe": do_observe,
    "seed": do_seed,
    "run": do_run,
    "publish": do_publish,
}


def play(folder: Path, until: str = "publish") -> Path:
    """Play the ceremony up to and including the step named; returns the folder."""
    for name, step in STEPS.items():
        step(folder)
        if name == until:
            return folder
    raise KeyError(until)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a ceremony's folder but the lock."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

"""T0: the roll is frozen before any randomness exists; every child gets a salted public name."""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes, text_bytes
from junheng.draws.ceremony.duplicates import check_duplicates, group_families
from junheng.draws.ceremony.folder import Ceremony, json_file, opened
from junheng.draws.ceremony.place import require_free
from junheng.draws.ceremony.row_shape import KINDS, check_row, schools_of
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.entrants import Entrant, Roll
from junheng.draws.hashes import HASHES
from junheng.draws.merkle import merkle_root
from junheng.draws.names import SALT_BYTES, person_id, unit_id

PURPOSES = ("official", "rehearsal")
ROLL, ROWS, IDENTITIES = "roll/roll.json", "roll/rows.jsonl", "private/identities.jsonl"
_DOING = Text("封存名册", "freeze the roll")

Row = dict[str, Any]


def freeze(
    folder: Path,
    *,
    draw_id: str,
    title: str,
    purpose: str,
    kind: str,
    hash_name: str,
    entrants: Sequence[Entrant],
    now: datetime | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> Roll:
    """Freeze the roll in an empty ``folder``; salts are drawn here, rows sorted by pid.

    ``purpose``: official or rehearsal, bound for good; ``kind``: admission or classes; ``hash_name``:
    sha256 or sm3. Raises UserError for duplicates, rows out of shape, or a folder in use or not empty.
    """
    _check_names(draw_id, title, purpose, kind, hash_name)
    rows, identities = name_rows(kind, hash_name, entrants, random_bytes)
    with opened(folder) as ceremony:
        require_state(ceremony.state, {Step.EMPTY}, _DOING)
        leaves = [canonical_bytes(row) for row in rows]
        roll = Roll(
            draw_id=draw_id,
            kind=kind,
            purpose=purpose,
            title=title,
            hash_name=hash_name,
            root=merkle_root(hash_name, leaves).hex(),
            **_counts(kind, rows),
        )
        write_roll(ceremony, roll, b"\n".join([*leaves, b""]), identities, now=now)
    return roll


def write_roll(
    ceremony: Ceremony, roll: Roll, rows: bytes, identities: bytes, *, now: datetime | None, **note: Any
) -> None:
    """Freeze a roll already made in a folder that is free; ``note`` is added to its line in the log."""
    require_free(ceremony.folder)
    said = {"draw_id": roll.draw_id, "purpose": roll.purpose, "kind": roll.kind, "root": roll.root}
    ceremony.done(
        "freeze",
        Step.FROZEN,
        {ROLL: json_file(_roll_json(roll)), ROWS: rows, IDENTITIES: identities},
        note={**said, "rows": roll.rows, "units": roll.units, **note},
        hash_name=roll.hash_name,
        now=now,
    )


def read_roll(ceremony: Ceremony) -> Roll:
    """The frozen roll's head."""
    found = ceremony.read_json(ROLL)
    found.pop("format")
    return Roll(hash_name=found.pop("hash"), **found)


def _roll_json(roll: Roll) -> dict[str, Any]:
    found = asdict(roll)
    return {"format": "junheng/draw-roll/1", "hash": found.pop("hash_name"), **found}


def name_rows(
    kind: str, hash_name: str, entrants: Sequence[Entrant], random_bytes: Callable[[int], bytes]
) -> tuple[list[Row], bytes]:
    """The rows with pid and unit, ascending by pid, and the private file that says who is who."""
    if not entrants:
        raise UserError(
            Text("名册为空", "The roll is empty"),
            where="名册 roll",
            fix=Text("至少要有一名儿童", "at least one child is needed"),
        )
    for i, entrant in enumerate(entrants, 1):
        check_row(kind, entrant.row, f"第 {i} 条 | entry {i}")
    check_duplicates(entrants)
    families = group_families(kind, entrants)
    pool = random_bytes(SALT_BYTES * len(entrants))
    salts = [pool[i * SALT_BYTES : (i + 1) * SALT_BYTES] for i in range(len(entrants))]
    pids = [person_id(hash_name, salt, e.identity) for salt, e in zip(salts, entrants, strict=True)]
    units = list(pids)
    for places in families.values():
        bound = unit_id(hash_name, [pids[i] for i in places])
        for i in places:
            units[i] = bound
    rows, private = [], []
    for i in sorted(range(len(entrants)), key=pids.__getitem__):
        rows.append({"pid": pids[i], "unit": units[i], **entrants[i].row})
        private.append({"pid": pids[i], "salt": salts[i].hex(), "identity": entrants[i].identity})
    return rows, b"".join(canonical_bytes(line) + b"\n" for line in private)


def _counts(kind: str, rows: Sequence[Row]) -> dict[str, Any]:
    schools: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    for row in rows:
        schools.update(schools_of(kind, row))
        classes.update(str(code) for code in row.get("classes", []))
    return {
        "rows": len(rows),
        "units": len({row["unit"] for row in rows}),
        "per_school": dict(sorted(schools.items())),
        "per_class": dict(sorted(classes.items())),
    }


def _check_names(draw_id: str, title: str, purpose: str, kind: str, hash_name: str) -> None:
    for name, found, allowed in (
        ("purpose", purpose, PURPOSES),
        ("kind", kind, KINDS),
        ("hash", hash_name, HASHES),
    ):
        if found not in allowed:
            raise UserError(Text(f"{name} 只能是 {allowed}", f"{name} is one of {allowed}"), where=found)
    for name, found in (("draw_id", draw_id), ("title", title)):
        if not text_bytes(found, where=name).strip():
            raise UserError(
                Text(f"{name} 不能为空", f"{name} is empty"),
                where=name,
                fix=Text(f"请在抽签方案里写明 {name}", f"write {name} in the plan of the draw"),
            )

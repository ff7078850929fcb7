"""Late applicants: their own small roll, drawn under a seed that follows from the first draw's."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes
from junheng.draws.ceremony.declaring import SPEC, Check, Spec, base_spec, freeze_spec
from junheng.draws.ceremony.duplicates import PERSONAL_NUMBERS, plain_number
from junheng.draws.ceremony.folder import Ceremony, already_frozen, json_file, opened
from junheng.draws.ceremony.freezing import IDENTITIES, read_roll
from junheng.draws.ceremony.log import present
from junheng.draws.ceremony.running import read_seed
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.ceremony.striking import valid_leaves
from junheng.draws.entrants import Roll

_DOING = Text("举行补充派位", "hold a supplementary draw")


def supplement(
    first: Path,
    folder: Path,
    problem: Mapping[str, Any],
    rules: Mapping[str, str],
    programs: Mapping[str, str],
    *,
    check: Check | None = None,
    now: datetime | None = None,
) -> Spec:
    """Declare the draw of the late roll frozen in ``folder`` as the next supplement of ``first``.

    The late roll's root is entered in the first draw's log, which gives it its number k; then
    `fix_seed` and `run` as usual. ``problem`` offers the seats left. Raises UserError when the first
    draw has no result, the rolls do not match in kind, purpose or hash, or a child already has a seat.
    """
    with opened(folder) as late, opened(first) as before:
        require_state(before.state, {Step.DECIDED, Step.PUBLISHED}, _DOING)
        if not late.has(SPEC):
            require_state(late.state, {Step.FROZEN}, _DOING)
        roll, of = read_roll(late), read_roll(before)
        _check_match(roll, of)
        if not late.has(SPEC):
            _check_seatless(late, before)
        k = _number(before, roll, now)
        spec = {**base_spec(roll, problem, rules, programs), "beacons": [], "parties": []}
        spec["supplement_of"] = {"draw_id": of.draw_id, "seed": read_seed(before).hex(), "k": k}
        if not late.has(SPEC):
            freeze_spec(late, spec, check, now=now or present())
        elif late.read(SPEC) != json_file(spec):
            raise already_frozen(SPEC)
    return spec


def _number(before: Ceremony, roll: Roll, now: datetime | None) -> int:
    """k of this late roll: entered once, in the log of the first draw."""
    entered = [entry["note"] for entry in before.log if entry["step"] == "supplement"]
    for note in entered:
        if note["draw_id"] == roll.draw_id:
            if note["root"] != roll.root:
                raise already_frozen(f"supplement {roll.draw_id}")
            return int(note["k"])
    k = len(entered) + 1
    note = {"k": k, "draw_id": roll.draw_id, "root": roll.root}
    before.done("supplement", before.state, {}, note=note, now=now)
    return k


def _check_match(roll: Roll, of: Roll) -> None:
    same = (roll.kind, roll.purpose, roll.hash_name) == (of.kind, of.purpose, of.hash_name)
    if not same or roll.draw_id == of.draw_id:
        raise UserError(
            Text(
                "补充派位应与原派位同类、同用途、同算法，编号不同",
                "A supplementary draw has the kind, purpose and hash of the first, and an id of its own",
            ),
            where=roll.draw_id,
        )


def _check_seatless(late: Ceremony, before: Ceremony) -> None:
    """One child, one seat: nobody on the late roll holds a place of the first draw."""
    if not before.has(IDENTITIES):
        return
    leaves = [json.loads(line) for line in valid_leaves(before)]
    seated = {leaf["pid"] for leaf in leaves if leaf.get("school")}
    known = {key for person in _lines(before, IDENTITIES) if person["pid"] in seated for key in _keys(person)}
    for number, person in enumerate(_lines(late, IDENTITIES), 1):
        if any(key in known for key in _keys(person)):
            raise UserError(
                Text(
                    "补充名册中有孩子已在原派位中录取",
                    "A child of the late roll already has a seat from the first draw",
                ),
                where=f"pid {person['pid']} ({number})",
                why=Text("一人只能有一个学位", "one child, one seat"),
                fix=Text("请从补充名册中删去", "leave the child off the late roll"),
            )


def _lines(ceremony: Ceremony, path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ceremony.read(path).splitlines()]


def _keys(person: Mapping[str, Any]) -> list[tuple[str, str]]:
    """By what a child is known again on another roll."""
    identity = person["identity"]
    numbers = [(name, plain_number(identity[name])) for name in PERSONAL_NUMBERS if identity.get(name)]
    return [*numbers, ("identity", canonical_bytes(identity).decode())]

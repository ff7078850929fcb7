"""Late applicants: their own small roll, drawn under a seed that follows from the first draw's."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import canonical_bytes
from junheng.draws.ceremony.declaring import SPEC, Check, Spec, base_spec, freeze_spec
from junheng.draws.ceremony.duplicates import PERSONAL_NUMBERS, plain_number
from junheng.draws.ceremony.folder import Ceremony, already_frozen, json_file, opened
from junheng.draws.ceremony.freezing import IDENTITIES, read_roll
from junheng.draws.ceremony.log import present
from junheng.draws.ceremony.place import require_apart
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
    earlier: Sequence[Path] = (),
    check: Check | None = None,
    now: datetime | None = None,
) -> Spec:
    """Declare the draw of the late roll frozen in ``folder`` as the next supplement of ``first``.

    The late roll's root is entered in the first draw's log, which gives it its number k; then
    `fix_seed` and `run` as usual. ``problem`` offers the seats left; ``earlier``: the folders of all
    supplements entered before. Raises UserError when a draw before has no result or no identities left to
    compare with, the rolls do not match in kind, purpose or hash, or a child already has a seat.
    """
    for one, other in combinations((first, folder, *earlier), 2):
        require_apart(one, other)
    with opened(folder) as late, opened(first) as before, ExitStack() as stack:
        require_state(before.state, {Step.DECIDED, Step.PUBLISHED}, _DOING)
        _require_first(before)
        others = [stack.enter_context(opened(path)) for path in earlier]
        if not late.has(SPEC):
            require_state(late.state, {Step.FROZEN}, _DOING)
        roll, of = read_roll(late), read_roll(before)
        _check_match(roll, of)
        if not late.has(SPEC):
            _require_all(before, roll, others)
            for draw in (before, *others):
                _check_seatless(late, draw)
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


def _require_first(before: Ceremony) -> None:
    """Supplements follow from the draw itself, never from one another: its log alone numbers them."""
    if "supplement_of" in before.read_json(SPEC):
        raise UserError(
            Text(
                "补充派位只能从原派位登记", "A supplement is entered in the first draw, not in a supplement"
            ),
            where=before.read_json(SPEC)["draw_id"],
            fix=Text("请指定原派位的文件夹", "name the folder of the first draw"),
        )


def _require_all(before: Ceremony, roll: Roll, others: Sequence[Ceremony]) -> None:
    """Every supplement entered so far is at hand and decided: a child may have a seat from any of them."""
    given = {(found.draw_id, found.root): draw for draw in others for found in [read_roll(draw)]}
    for entry in before.log:
        note = entry["note"]
        if entry["step"] != "supplement" or note["draw_id"] == roll.draw_id:
            continue
        draw = given.get((note["draw_id"], note["root"]))
        if draw is None:
            raise UserError(
                Text(
                    f"缺少此前的补充派位 {note['draw_id']}",
                    f"The earlier supplement {note['draw_id']} is missing",
                ),
                why=Text(
                    "不核对它，一个孩子可能得到两个学位", "a child seated there could be given a second seat"
                ),
                fix=Text("请同时指定它的文件夹", "name its folder too"),
            )
        require_state(draw.state, {Step.DECIDED, Step.PUBLISHED, Step.VOID}, _DOING)


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
    """One child, one seat: nobody on the late roll holds a place of a draw before."""
    if before.state is Step.VOID:
        return
    if not before.has(IDENTITIES):
        raise UserError(
            Text(
                "原派位的身份已销毁，不能再核对一人一学位", "The identities of a draw before were destroyed"
            ),
            where=read_roll(before).draw_id,
            why=Text("补充名册中可能有已录取的孩子", "a child who has a seat might be on the late roll"),
            fix=Text("补充派位须在销毁身份之前进行", "hold supplements before identities are destroyed"),
        )
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

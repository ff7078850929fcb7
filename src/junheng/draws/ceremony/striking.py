"""A child is struck off after the draw: replayed with the same seed; what moved is published."""

import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import text_bytes
from junheng.draws.ceremony.declaring import SPEC
from junheng.draws.ceremony.folder import Ceremony, json_file, opened
from junheng.draws.ceremony.rows import read_rows
from junheng.draws.ceremony.running import RESULT, RESULTS, Decide, Result, decided, read_seed
from junheng.draws.ceremony.step import Step, require_state

_DOING = Text("核减", "strike a child off")
_AFTER = {Step.DECIDED, Step.PUBLISHED}

Correction = dict[str, Any]


def strike_off(
    folder: Path, pids: Sequence[str], reason: str, decide: Decide, *, now: datetime | None = None
) -> Correction:
    """Strike children off and decide again with the same seed; freezes and returns the correction.

    The others keep their tickets: a ticket rests on seed and unit alone (a unit that loses a member
    keeps its id). "differences" lists every other child whose place changed, against the result valid
    before. ``reason`` is published: no personal data. Raises UserError for unknown or struck pids.
    """
    with opened(folder) as ceremony:
        require_state(ceremony.state, _AFTER, _DOING)
        if not text_bytes(reason, where="reason").strip():
            raise UserError(
                Text("须写明核减原因", "Say why the child is struck off"),
                where="reason",
                fix=Text("只写事由，它会公布", "say what happened, not to whom; it is published"),
            )
        struck = [pid for correction in corrections(ceremony) for pid in correction["struck"]]
        rows = read_rows(ceremony)
        _check_pids(pids, {row["pid"] for row in rows}, struck)
        left = [row for row in rows if row["pid"] not in {*struck, *pids}]
        result, leaves = decided(ceremony.read_json(SPEC), left, read_seed(ceremony), decide)
        correction = _correction(ceremony, sorted(pids), reason, result, leaves)
        _freeze(ceremony, correction, leaves, now)
    return correction


def _correction(
    ceremony: Ceremony, pids: list[str], reason: str, result: Result, leaves: list[bytes]
) -> Correction:
    earlier = corrections(ceremony)
    before = earlier[-1]["result"] if earlier else ceremony.read_json(RESULT)
    return {
        "format": "junheng/draw-correction/1",
        "draw_id": ceremony.read_json(SPEC)["draw_id"],
        "number": len(earlier) + 1,
        "struck": pids,
        "reason": reason,
        "before_root": before["root"],
        "result": result,
        "differences": _differences(valid_leaves(ceremony), leaves),
    }


def corrections(ceremony: Ceremony) -> list[Correction]:
    """The corrections so far, in order."""
    entries = [entry for entry in ceremony.log if entry["step"] == "strike_off"]
    return [ceremony.read_json(_path(number, ".json")) for number in range(1, len(entries) + 1)]


def _path(number: int, ending: str) -> str:
    return f"corrections/{number:04}{ending}"


def _freeze(ceremony: Ceremony, correction: Correction, leaves: list[bytes], now: datetime | None) -> None:
    number = correction["number"]
    files = {
        _path(number, ".json"): json_file(correction),
        _path(number, ".results.jsonl"): b"\n".join([*leaves, b""]),
    }
    said = {"number": number, "struck": correction["struck"], "root": correction["result"]["root"]}
    note = {**said, "moved": len(correction["differences"])}
    ceremony.done("strike_off", ceremony.state, files, note=note, now=now)


def valid_leaves(ceremony: Ceremony) -> list[bytes]:
    """The leaves now valid: of the last correction, or of the draw itself."""
    number = len(corrections(ceremony))
    return ceremony.read(_path(number, ".results.jsonl") if number else RESULTS).splitlines()


def _differences(before: list[bytes], after: list[bytes]) -> list[dict[str, Any]]:
    """Children on both lists whose leaf changed, ascending by pid."""
    same = set(before) & set(after)
    old = {leaf["pid"]: leaf for leaf in (json.loads(line) for line in before if line not in same)}
    new = [json.loads(line) for line in after if line not in same]
    return [{"pid": leaf["pid"], "before": old[leaf["pid"]], "after": leaf} for leaf in new]


def _check_pids(pids: Sequence[str], known: set[str], struck: Sequence[str]) -> None:
    twice = [pid for pid, times in Counter(pids).items() if times > 1]
    strange, again = [pid for pid in pids if pid not in known], [pid for pid in pids if pid in struck]
    if strange or not pids:
        raise _no_pid(Text("名册中没有这个编号", "No such pid is on the roll"), strange)
    if again:
        raise _no_pid(Text("这个编号早已核减", "This pid was struck off before"), again)
    if twice:
        raise _no_pid(Text("同一个编号写了两次", "A pid is named twice"), twice)
    if not known - {*struck, *pids}:
        raise _no_pid(Text("不能核减全部孩子", "Not all children can be struck off"), pids)


def _no_pid(what: Text, pids: Sequence[str]) -> UserError:
    return UserError(
        what,
        where=", ".join(pids),
        fix=Text(
            "请照抄公示表上的报名编号（12 位以上，唯一即可）",
            "copy the code from the posted list (12 digits or more, where no other begins alike)",
        ),
    )

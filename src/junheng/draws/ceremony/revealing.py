"""T2: every party reveals the bytes it committed to, before the deadline and before any beacon."""

from datetime import datetime
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.draws.ceremony.committing import hex_bytes
from junheng.draws.ceremony.declaring import SPEC, Spec
from junheng.draws.ceremony.folder import Ceremony, already_frozen, json_file, opened
from junheng.draws.ceremony.log import present
from junheng.draws.ceremony.schedule import read_time
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.seeds import REVEAL_BYTES, commitment

_DOING = Text("揭示随机数", "record a reveal")
_POSTPONE = Text("请以新编号、新信标延期举行", "postpone: a new draw_id and new beacons")


def reveal(folder: Path, role: str, value: str, *, now: datetime | None = None) -> Step:
    """Record what ``role`` committed to (64 hex digits); returns REVEALED once all have.

    Raises UserError when the value is not the committed one, the role is no party, or the deadline of
    an official draw is past. The same again changes nothing.
    """
    path = f"reveals/{role}.json"
    said = {"role": role, "value": value}
    with opened(folder) as ceremony:
        if ceremony.has(path) and ceremony.read_json(path) == said:
            return ceremony.state
        require_state(ceremony.state, {Step.DECLARED}, _DOING)
        spec = ceremony.read_json(SPEC)
        _check_commitment(spec, role, value)
        if ceremony.has(path):
            raise already_frozen(path)
        _check_deadline(spec, now or present())
        given = sum(entry["step"] == "reveal" for entry in ceremony.log) + 1
        state = Step.REVEALED if given == len(spec["parties"]) else Step.DECLARED
        ceremony.done("reveal", state, {path: json_file(said)}, note={"role": role}, now=now)
        return state


def read_reveals(ceremony: Ceremony, spec: Spec) -> list[dict[str, str]]:
    """What has been revealed so far, in the order of the spec's parties."""
    paths = [f"reveals/{party['role']}.json" for party in spec["parties"]]
    return [ceremony.read_json(path) for path in paths if ceremony.has(path)]


def _check_commitment(spec: Spec, role: str, value: str) -> None:
    committed = {party["role"]: party["commitment"] for party in spec["parties"]}
    if role not in committed:
        raise UserError(
            Text(f"方案中没有这一方：{role}", f"Not a party of the spec: {role}"),
            fix=Text(f"方案列出：{'、'.join(committed)}", f"the spec names: {', '.join(committed)}"),
        )
    found = commitment(spec["hash"], spec["draw_id"], role, hex_bytes(value, REVEAL_BYTES, role))
    if found != committed[role]:
        raise UserError(
            Text("揭示的随机数与承诺不符", "The value revealed is not the one committed to"),
            where=role,
            why=Text("换数等于挑选结果", "another value would be choosing the result"),
            fix=Text(
                "请核对抄写；确实遗失的，" + _POSTPONE.zh, "check the copy; if it is lost, " + _POSTPONE.en
            ),
        )


def _check_deadline(spec: Spec, now: datetime) -> None:
    if spec["purpose"] == "official" and now > read_time(spec["schedule"]["reveals_by"], "reveals_by"):
        raise UserError(
            Text("揭示截止时间已过", "The time for reveals is past"),
            where=spec["schedule"]["reveals_by"],
            why=Text("此后揭示者可能已看到信标", "who reveals later may have seen a beacon"),
            fix=_POSTPONE,
        )

"""Other endings: postponed before the beacons, void after them, salts destroyed at last."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.canonical import text_bytes
from junheng.draws.ceremony.declaring import SPEC
from junheng.draws.ceremony.folder import REMOVED, Ceremony, json_file, opened
from junheng.draws.ceremony.freezing import IDENTITIES, ROWS, read_roll, write_roll
from junheng.draws.ceremony.log import present
from junheng.draws.ceremony.place import require_apart, require_free
from junheng.draws.ceremony.schedule import read_time
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.ceremony.transcripts import make_transcript
from junheng.draws.entrants import Roll

_POSTPONING = Text("延期", "postpone")
_VOIDING = Text("作废", "declare the draw void")
_FORGETTING = Text("销毁盐", "destroy the salts")
_BEFORE_BEACONS = {Step.FROZEN, Step.DECLARED, Step.REVEALED, Step.POSTPONED}
_FROM_SPEC = {Step.DECLARED, Step.REVEALED, Step.OBSERVED, Step.SEEDED, Step.DECIDED, Step.PUBLISHED}


def postpone(
    folder: Path, new_folder: Path, *, draw_id: str, reason: str, now: datetime | None = None
) -> Roll:
    """End this draw before its beacons and freeze the same roll, salts and all, under a new ``draw_id``.

    For a reveal that is missing or wrong. New commitments, spec and beacons follow. Raises UserError
    once the beacons of an official draw may be known. Killed half-way, call it again.
    """
    require_apart(folder, new_folder)
    with opened(folder) as old, opened(new_folder) as new:
        require_state(old.state, _BEFORE_BEACONS, _POSTPONING)
        roll = replace(read_roll(old), draw_id=draw_id)
        if old.state is not Step.POSTPONED:
            _require_reason(reason)
            _check_new(old, new, draw_id)
            _check_before_beacons(old, now or present())
            old.done("postpone", Step.POSTPONED, {}, note={"to": draw_id, "reason": reason}, now=now)
        if old.log[-1]["note"]["to"] != draw_id:
            raise UserError(
                Text(
                    f"已延期到 {old.log[-1]['note']['to']}",
                    f"Already postponed to {old.log[-1]['note']['to']}",
                ),
                where=draw_id,
                fix=Text(
                    "延期只有一次；请用那个编号和文件夹",
                    "a draw is postponed once: use that id and its folder",
                ),
            )
        if new.state is Step.EMPTY:
            origin = {"postponed_from": read_roll(old).draw_id}
            write_roll(new, roll, old.read(ROWS), old.read(IDENTITIES), now=now, **origin)
    return roll


def void(folder: Path, reason: str, *, now: datetime | None = None) -> dict[str, Any]:
    """Declare a draw void after its spec was public; returns the incident record, which must be published.

    The record quotes the whole transcript so far: nobody can drop a result silently and draw again.
    """
    with opened(folder) as ceremony:
        require_state(ceremony.state, _FROM_SPEC, _VOIDING)
        _require_reason(reason)
        transcript = make_transcript(ceremony)
        incident = {
            "format": "junheng/draw-incident/1",
            "draw_id": transcript["spec"]["draw_id"],
            "reason": reason,
            "transcript": transcript,
        }
        files = {"incident.json": json_file(incident)}
        ceremony.done("void", Step.VOID, files, note={"reason": reason}, now=now)
    return incident


def forget(folder: Path, *, now: datetime | None = None) -> None:
    """Destroy identities and salts after the appeal period; pids then lead to nobody.

    Copies and backups are for their keepers to destroy. Raises UserError before publication.
    """
    with opened(folder) as ceremony:
        require_state(ceremony.state, {Step.PUBLISHED, Step.VOID}, _FORGETTING)
        if ceremony.has(IDENTITIES):
            ceremony.done("forget", ceremony.state, {}, note={REMOVED: [IDENTITIES]}, now=now)


def _check_new(old: Ceremony, new: Ceremony, draw_id: str) -> None:
    require_state(new.state, {Step.EMPTY}, _POSTPONING)
    require_free(new.folder)
    if not text_bytes(draw_id, where="draw_id").strip() or draw_id == read_roll(old).draw_id:
        raise UserError(
            Text("延期须用新的编号", "A postponed draw has a new draw_id"),
            where=draw_id,
            fix=Text("请另定一个编号", "choose another id"),
        )


def _check_before_beacons(ceremony: Ceremony, now: datetime) -> None:
    if not ceremony.has(SPEC):
        return
    spec = ceremony.read_json(SPEC)
    if spec["purpose"] == "official" and now >= read_time(spec["schedule"]["beacon_from"], "beacon_from"):
        raise UserError(
            Text("信标可能已经公开，不能延期", "The beacons may be public: it is too late to postpone"),
            where=spec["schedule"]["beacon_from"],
            why=Text(
                "此时取消等于看过结果再重抽", "ending it now could be drawing again after seeing the result"
            ),
            fix=Text("请作废并公布事故记录", "declare it void and publish the incident record"),
        )


def _require_reason(reason: str) -> None:
    if not text_bytes(reason, where="reason").strip():
        raise UserError(
            Text("须写明原因", "Give the reason"),
            where="reason",
            fix=Text("写明事由，它会公布", "say what happened; it is published"),
        )

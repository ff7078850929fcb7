"""T1: the spec is declared. It holds everything that could change the result; nothing can change it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.draws.beacons import check_declared
from junheng.draws.ceremony.folder import Ceremony, already_frozen, json_file, opened
from junheng.draws.ceremony.freezing import read_roll
from junheng.draws.ceremony.log import present
from junheng.draws.ceremony.rows import read_rows
from junheng.draws.ceremony.schedule import check_schedule
from junheng.draws.ceremony.step import Step, require_state
from junheng.draws.entrants import Roll
from junheng.draws.seeds import spec_digest

SPEC = "spec.json"
_DOING = Text("公告方案", "declare the spec")

Spec = dict[str, Any]
Check = Callable[[Spec, list[dict[str, Any]]], object]


def declare(
    folder: Path,
    problem: Mapping[str, Any],
    rules: Mapping[str, str],
    beacons: Sequence[Mapping[str, Any]],
    schedule: Mapping[str, str],
    programs: Mapping[str, str],
    latest_beacon_seen: Mapping[str, str] | None = None,
    *,
    check: Check | None = None,
    now: datetime | None = None,
) -> Spec:
    """Declare the spec D over the frozen roll and the commitments; returns it.

    ``problem``: what is decided, by the owner of the kind; ``check(spec, rows)`` is called first and
    raises where problem and rows do not fit. ``rules``: {"id", "text_hash"}. ``programs``: digests by name.
    The same again changes nothing; any change raises UserError, as do missing parties or beacons.
    """
    now = now or present()
    with opened(folder) as ceremony:
        if ceremony.has(SPEC):
            return _again(ceremony, problem, rules, beacons, schedule, programs, latest_beacon_seen)
        require_state(ceremony.state, {Step.FROZEN}, _DOING)
        roll = read_roll(ceremony)
        spec = _spec(roll, problem, rules, beacons, schedule, programs, latest_beacon_seen)
        spec["parties"] = _parties(ceremony)
        _require_sources(spec)
        check_declared(beacons)
        check_schedule(schedule, beacons, is_official=roll.purpose == "official", now=now)
        freeze_spec(ceremony, spec, check, now=now)
    return spec


def freeze_spec(ceremony: Ceremony, spec: Spec, check: Check | None, *, now: datetime) -> None:
    """Write the spec and log its digest d, which is read aloud and printed."""
    if check:
        check(spec, read_rows(ceremony))
    note = {"spec_digest": spec_digest(spec).hex(), "parties": len(spec["parties"])}
    ceremony.done("declare", Step.DECLARED, {SPEC: json_file(spec)}, note=note, now=now)


def base_spec(
    roll: Roll, problem: Mapping[str, Any], rules: Mapping[str, str], programs: Mapping[str, str]
) -> Spec:
    """What every spec says, ordinary or supplementary."""
    return {
        "format": "junheng/draw-spec/1",
        "draw_id": roll.draw_id,
        "purpose": roll.purpose,
        "kind": roll.kind,
        "title": roll.title,
        "hash": roll.hash_name,
        "rules": dict(rules),
        "roll": {
            "root": roll.root,
            "rows": roll.rows,
            "units": roll.units,
            "per_school": roll.per_school,
            "per_class": roll.per_class,
        },
        "problem": dict(problem),
        "programs": dict(programs),
    }


def _spec(
    roll: Roll,
    problem: Mapping[str, Any],
    rules: Mapping[str, str],
    beacons: Sequence[Mapping[str, Any]],
    schedule: Mapping[str, str],
    programs: Mapping[str, str],
    latest_beacon_seen: Mapping[str, str] | None,
) -> Spec:
    return {
        **base_spec(roll, problem, rules, programs),
        "beacons": [dict(beacon) for beacon in beacons],
        "schedule": dict(schedule),
        "latest_beacon_seen": dict(latest_beacon_seen or {}),
    }


def _again(ceremony: Ceremony, *parts: Any) -> Spec:
    """The spec already declared, when ``parts`` say the same; otherwise refused."""
    declared: Spec = ceremony.read_json(SPEC)
    same = json_file({**_spec(read_roll(ceremony), *parts), "parties": declared["parties"]})
    if same != ceremony.read(SPEC):
        raise already_frozen(SPEC)
    return declared


def _parties(ceremony: Ceremony) -> list[dict[str, str]]:
    """The parties in the order they committed."""
    roles = [entry["note"]["role"] for entry in ceremony.log if entry["step"] == "commit"]
    return [ceremony.read_json(f"commitments/{role}.json") for role in roles]


def _require_sources(spec: Spec) -> None:
    for name, zh, en in (("parties", "承诺方", "party"), ("beacons", "公共信标", "beacon")):
        if not spec[name]:
            raise UserError(
                Text(f"方案中没有{zh}", f"The spec names no {en}"),
                why=Text(
                    "随机数必须来自多方和公共信标", "randomness must come from parties and a public beacon"
                ),
                fix=Text(f"请先登记至少一个{zh}", f"record at least one {en} first"),
            )

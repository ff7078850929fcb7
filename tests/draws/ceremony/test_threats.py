"""The threats of docs/method/draws.md §8, each played by someone who means it."""

import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.draws.ceremony import playing
from tests.draws.ceremony.playing import (
    BEACON_FROM,
    EARLY,
    LATE,
    OBSERVED,
    REVEALS_BY,
    ROLES,
    contents,
    decide,
    play,
    value,
)
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import (
    QUICKNET,
    Outcome,
    Step,
    check_beacons,
    digest,
    fix_seed,
    freeze,
    make_seed,
    observe,
    person_id,
    postpone,
    program_digests,
    publish,
    receipts,
    reveal,
    run,
    spec_digest,
    state,
    void,
)


def test_many_seeds_cannot_be_tried(tmp_path: Path) -> None:
    """However often it is asked, the seed is the one of spec, reveals and beacons."""
    folder = play(tmp_path / "draw", "observe")
    assert len({fix_seed(folder) for _ in range(3)}) == 1
    with pytest.raises(UserError):
        observe(folder, OBSERVED[:1], now=LATE)


def test_many_rolls_cannot_be_tried(tmp_path: Path) -> None:
    """A second roll needs another draw_id or another folder: the public log shows one freeze, first of all."""
    folder = play(tmp_path / "draw", "commits")
    with pytest.raises(UserError):
        playing.do_freeze(folder, draw_id="D1")
    log = [json.loads(line) for line in (folder / "log.jsonl").read_bytes().splitlines()]
    assert [entry["step"] for entry in log].count("freeze") == 1


def test_a_rehearsal_is_never_published_as_official(tmp_path: Path) -> None:
    folder = tmp_path / "draw"
    playing.do_freeze(folder, purpose="rehearsal")
    for name in ("commits", "declare", "reveals", "observe", "seed", "run"):
        playing.STEPS[name](folder)
    with pytest.raises(UserError):
        publish(folder, tmp_path / "out", purpose="official")
    assert not (tmp_path / "out").exists()
    transcript = publish(folder, tmp_path / "out", purpose="rehearsal")
    assert transcript["spec"]["purpose"] == "rehearsal"
    assert all(path.name.startswith("rehearsal-") for path in (tmp_path / "out").iterdir())


def test_relabelling_a_rehearsal_breaks_the_digest(tmp_path: Path) -> None:
    folder = tmp_path / "draw"
    playing.do_freeze(folder, purpose="rehearsal")
    playing.do_commits(folder)
    spec = playing.do_declare(folder)
    assert spec_digest({**spec, "purpose": "official"}) != spec_digest(spec)
    for path in ("spec.json", "roll/roll.json"):
        file = folder / path
        file.write_bytes(file.read_bytes().replace(b'"rehearsal"', b'"official"'))
    with pytest.raises(UserError):
        playing.do_reveals(folder)


def test_the_last_revealer_cannot_wait_for_the_beacon(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "declare")
    for role in ROLES[:2]:
        reveal(folder, role, value(role).hex(), now=EARLY)
    with pytest.raises(UserError):
        observe(folder, OBSERVED, now=LATE)
    with pytest.raises(UserError):
        reveal(folder, ROLES[2], value(ROLES[2]).hex(), now=REVEALS_BY + timedelta(seconds=1))
    assert state(folder) is Step.DECLARED


def test_a_missing_reveal_postpones_before_the_beacon_only(tmp_path: Path) -> None:
    """The same roll under a new id; the old ceremony is over."""
    folder, new = play(tmp_path / "draw", "declare"), tmp_path / "new"
    with pytest.raises(UserError):
        postpone(folder, new, draw_id="D2", reason="一方未到", now=BEACON_FROM)
    with pytest.raises(UserError):
        postpone(folder, new, draw_id="D1", reason="一方未到", now=REVEALS_BY)
    with pytest.raises(UserError):
        postpone(folder, new, draw_id="D2", reason="", now=REVEALS_BY)
    roll = postpone(folder, new, draw_id="D2", reason="一方未到", now=REVEALS_BY)
    assert (roll.draw_id, state(folder), state(new)) == ("D2", Step.POSTPONED, Step.FROZEN)
    assert roll.root == json.loads((folder / "roll" / "roll.json").read_bytes())["root"]
    postpone(folder, new, draw_id="D2", reason="一方未到", now=LATE)
    with pytest.raises(UserError):
        postpone(folder, tmp_path / "third", draw_id="D3", reason="再来", now=REVEALS_BY)
    with pytest.raises(UserError):
        playing.do_reveals(folder)
    playing.do_commits(new, draw_id="D2")
    playing.do_declare(new)


def test_after_the_beacon_only_a_published_incident_ends_a_draw(tmp_path: Path) -> None:
    """The record quotes the whole void transcript, seed and result included."""
    folder = play(tmp_path / "draw", "run")
    with pytest.raises(UserError):
        postpone(folder, tmp_path / "new", draw_id="D2", reason="不满意", now=EARLY)
    incident = void(folder, "系统故障，公证员在场", now=LATE)
    assert incident["transcript"]["seed"] == fix_seed(folder).hex()
    assert incident["transcript"]["result"]["rows"] == 30
    with pytest.raises(UserError):
        publish(folder, tmp_path / "out", purpose="official")


def test_a_draw_stuck_without_a_reveal_can_be_declared_void(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "declare")
    reveal(folder, ROLES[0], value(ROLES[0]).hex(), now=EARLY)
    incident = void(folder, "一方未在截止前揭示", now=LATE)
    assert [said["role"] for said in incident["transcript"]["reveals"]] == [ROLES[0]]
    assert "seed" not in incident["transcript"]


def test_who_controls_the_beacons_does_not_control_the_seed() -> None:
    """With one honest reveal the seed is unknown to whoever picks the beacon."""
    d, beacons = bytes(32), b"chosen"
    known = [bytes([i]) * 32 for i in range(2)]
    assert (
        len({make_seed("sha256", d, [*known, digest("sha256", b"%d" % i)], beacons) for i in range(50)}) == 50
    )


def test_two_sources_may_be_demanded_together(tmp_path: Path) -> None:
    """One beacon left out, or another put in its place, is refused."""
    folder = play(tmp_path / "draw", "reveals")
    for observed in (OBSERVED[:1], OBSERVED[::-1], [*OBSERVED, OBSERVED[0]]):
        with pytest.raises(UserError):
            observe(folder, observed, now=LATE)
    with pytest.raises(UserError):
        check_beacons(playing.BEACONS, [OBSERVED[0], {**OBSERVED[1], "issue": "2026173"}])


def test_families_cannot_grind_their_public_name(tmp_path: Path) -> None:
    """Two freezes of one roll name the children differently: the salt is the system's, drawn at freezing."""
    names = {"title": "例", "purpose": "official", "kind": "admission", "hash_name": "sha256"}
    pids = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        freeze(folder, draw_id="D", **names, entrants=playing.children())
        pids.append({paper["row"]["pid"] for paper in receipts(folder)})
    assert not pids[0] & pids[1]


def test_a_hash_without_the_salt_leads_to_nobody(tmp_path: Path) -> None:
    """Trying every identity number finds no pid: 128 bits of salt are missing."""
    folder = play(tmp_path / "draw")
    public = (tmp_path / "out" / "results.jsonl").read_bytes()
    for paper in receipts(folder):
        for salt in (bytes(16), b"junheng-v1-salt.", digest("sha256", b"D1")[:16]):
            assert person_id("sha256", salt, paper["identity"]).encode() not in public


@pytest.mark.parametrize(
    "path",
    [
        "roll/rows.jsonl",
        "roll/roll.json",
        "spec.json",
        "beacons.json",
        "seed.json",
        "result/results.jsonl",
        "result/result.json",
        "private/identities.jsonl",
        f"reveals/{ROLES[0]}.json",
        f"commitments/{ROLES[1]}.json",
    ],
)
def test_a_late_edit_stops_the_ceremony(tmp_path: Path, path: str) -> None:
    """A ghost pupil, a changed class, another result on the page: the file no longer matches the log."""
    folder = play(tmp_path / "draw", "run")
    file = folder / path
    original = file.read_bytes()
    for forged in (original + b" ", original[:-2], b""):
        file.write_bytes(forged)
        with pytest.raises(UserError):
            playing.do_publish(folder)
    file.unlink()
    with pytest.raises(UserError):
        playing.do_publish(folder)


@pytest.mark.parametrize("kind", ["change", "drop", "swap", "cut", "number", "state", "words"])
def test_a_rewritten_log_is_noticed(tmp_path: Path, kind: str) -> None:
    folder = play(tmp_path / "draw", "observe")
    file = folder / "log.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    changed = {
        "change": [lines[0].replace(b'"rows":30', b'"rows":31'), *lines[1:]],
        "drop": [*lines[:2], *lines[3:]],
        "swap": [lines[1], lines[0], *lines[2:]],
        "cut": [*lines[:-1], lines[-1][:20]],
        "number": [*lines[:-1], b"7\n"],
        "state": [*lines[:-1], lines[-1].replace(b'"observed"', b'"finished"')],
        "words": [*lines[:-1], b'{"number":9}\n'],
    }[kind]
    file.write_bytes(b"".join(changed))
    with pytest.raises(UserError):
        fix_seed(folder)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_byte_of_roll_reveal_or_beacon_changes_the_seed_or_fails(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """With every hash of the log mended by an operator who controls the folder, the seed still differs."""
    folder = tmp_path_factory.getbasetemp() / "whole"
    if not folder.exists():
        play(folder, "seed")
    spec = json.loads((folder / "spec.json").read_bytes())
    reveals, root = [value(role) for role in ROLES], bytes.fromhex(spec["roll"]["root"])
    seed = make_seed("sha256", spec_digest(spec), reveals, playing_beacons())
    assert seed == fix_seed(folder)
    what, bit = data.draw(st.sampled_from(["roll", "reveal", "beacon"])), data.draw(st.integers(0, 255))
    flipped = bytes(b ^ (1 << bit % 8) if i == bit // 8 else b for i, b in enumerate(root))
    if what == "roll":
        spec["roll"]["root"] = flipped.hex()
    elif what == "reveal":
        reveals[0] = bytes(b ^ (1 << bit % 8) if i == bit // 8 else b for i, b in enumerate(reveals[0]))
    other = playing_beacons(what == "beacon")
    assert make_seed("sha256", spec_digest(spec), reveals, other) != seed


def playing_beacons(is_changed: bool = False) -> bytes:
    from junheng.draws import beacon_bytes

    return beacon_bytes([{**OBSERVED[0], "text": "4.0.5./"}, OBSERVED[1]] if is_changed else OBSERVED)


def test_the_guardian_sees_a_wrong_row_before_the_draw(tmp_path: Path) -> None:
    """The receipt, handed out while only the roll is frozen, shows row, place and path."""
    folder = play(tmp_path / "draw", "freeze")
    paper = next(receipts(folder))
    assert paper["row"]["choices"]
    assert paper["roll_root"] == json.loads((folder / "roll" / "roll.json").read_bytes())["root"]


def test_another_program_than_the_declared_is_noticed(tmp_path: Path) -> None:
    """A second run that decides otherwise is refused; the digests in the spec are the running program's."""

    def crooked(spec: dict[str, Any], rows: list[dict[str, Any]], seed: bytes) -> Outcome:
        honest = decide(spec, rows, seed)
        honest.leaves[0]["school"] = "A"
        honest.leaves[-1]["school"] = "A"
        return honest

    folder = play(tmp_path / "draw", "run")
    before = contents(folder)
    with pytest.raises(UserError):
        run(folder, crooked)
    assert contents(folder) == before
    assert program_digests() == program_digests()
    assert len(program_digests()["engine"]) == 64


@pytest.mark.parametrize(
    "leaves", [lambda found: found[:-1], lambda found: found[::-1], lambda found: [*found, found[0]]]
)
def test_nobody_is_left_out_or_added(tmp_path: Path, leaves: Any) -> None:
    folder = play(tmp_path / "draw", "seed")

    def wrong(spec: dict[str, Any], rows: list[dict[str, Any]], seed: bytes) -> Outcome:
        return Outcome(leaves(decide(spec, rows, seed).leaves), {})

    with pytest.raises(UserError):
        run(folder, wrong)
    with pytest.raises(UserError):
        run(folder, lambda spec, rows, seed: Outcome(decide(spec, rows, seed).leaves, {"root": "0"}))
    assert state(folder) is Step.SEEDED


def test_public_files_hold_no_personal_data(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw")
    publish(folder, tmp_path / "out", purpose="official", with_rows=True, with_results=True)
    salts = [paper["salt"].encode() for paper in receipts(folder)]
    for file in (tmp_path / "out").iterdir():
        content = file.read_bytes()
        assert "张三丰".encode() not in content
        assert b"11010120190101" not in content
        assert not any(salt in content for salt in salts)


def test_the_hall_needs_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("no network in the hall")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert state(play(tmp_path / "draw")) is Step.PUBLISHED


def test_clock_games(tmp_path: Path) -> None:
    """Reveals late, beacons early, a deadline already past, a round before its time: all refused."""
    folder = play(tmp_path / "draw", "commits")
    drand = {"kind": "drand", "id": "q", "chain_hash": QUICKNET, "round": 657413}
    short = {**playing.SCHEDULE, "beacon_from": (REVEALS_BY + timedelta(minutes=9, seconds=59)).isoformat()}
    for change in (
        {"now": REVEALS_BY + timedelta(seconds=1)},
        {"beacons": [drand]},
        {"schedule": short},
        {"schedule": {"reveals_by": "tomorrow", "beacon_from": "later"}},
        {"schedule": {}},
    ):
        with pytest.raises(UserError):
            playing.do_declare(folder, **change)
    playing.do_declare(folder)
    playing.do_reveals(folder)
    with pytest.raises(UserError):
        observe(folder, OBSERVED, now=BEACON_FROM - timedelta(seconds=1))


def test_a_rehearsal_may_use_a_past_beacon(tmp_path: Path) -> None:
    folder = tmp_path / "draw"
    playing.do_freeze(folder, purpose="rehearsal")
    playing.do_commits(folder)
    playing.do_declare(folder, now=LATE)
    for role in ROLES:
        reveal(folder, role, value(role).hex(), now=LATE)
    observe(folder, OBSERVED, now=EARLY)

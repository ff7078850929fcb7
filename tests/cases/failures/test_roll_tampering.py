"""封存以后动名册，或者认出孩子 The roll touched after the freeze, and attempts to find a child behind a code."""

import hashlib
import json
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.cases.failures.hall import BALLS, FAILED, PASSED, REFUSED, Hall, lines

from junheng.draws import digest, person_id

Rows = list[bytes]


def _ghost(rows: Rows) -> Rows:
    ghost = {**json.loads(rows[0]), "pid": "f" * 64, "unit": "f" * 64}
    return [*rows, json.dumps(ghost, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()]


def _dropped(rows: Rows) -> Rows:
    return rows[1:]


def _doubled(rows: Rows) -> Rows:
    return [rows[0], *rows]


def _better_class(rows: Rows) -> Rows:
    place = next(place for place, row in enumerate(rows) if any(json.loads(row)["classes"]))
    row = json.loads(rows[place])
    row["classes"] = [0] * len(row["classes"])
    better = json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return [*rows[:place], better, *rows[place + 1 :]]


@pytest.mark.parametrize("edit", [_ghost, _dropped, _doubled, _better_class], ids=lambda f: f.__name__)
def test_a_ghost_a_gap_a_double_or_a_better_class_is_noticed(
    hall: Hall, edit: Callable[[Rows], Rows]
) -> None:
    """曾经：封存以后加进“幽灵”、删掉一个、加了一行、改高了类别。现在：名册一动，仪式就停；给别人核对时也对不上指纹。

    Once: ghosts, gaps, doubles, a better class. Now: the ceremony stops, and the rows no longer have the announced root.
    """
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    rows = (draw / "roll" / "rows.jsonl").read_bytes().splitlines()
    forged = b"\n".join([*edit(rows), b""])
    shown = hall.desk / "rows.jsonl"
    shown.write_bytes(forged)
    assert hall.draw("verify", public, "--rows", shown).code in (FAILED, REFUSED)
    (draw / "roll" / "rows.jsonl").write_bytes(forged)
    assert hall.draw("run", draw).code == REFUSED
    assert hall.draw("publish", draw, "--out", public).code == REFUSED


def test_a_wrong_row_is_seen_on_the_receipt_before_the_draw(hall: Hall) -> None:
    """曾经：类别录错，开奖后才发现。现在：公告之前每家都拿到回执，写着自己这一行，改正后才公告。

    Once: a wrong class was found after the draw. Now: every family holds its row before the announcement.
    """
    receipts = hall.desk / "回执"
    assert hall.freeze("draw", "--receipts", receipts).code == PASSED
    rows = {row["pid"]: row for row in lines(hall.desk / "draw" / "roll" / "rows.jsonl")}
    for path in receipts.glob("*.json"):
        paper = json.loads(path.read_bytes())
        assert paper["row"] == rows[path.stem]
        assert {"choices", "classes"} <= set(paper["row"])
        assert paper["identity"]["name"]
    assert not (hall.desk / "draw" / "spec.json").exists()


def test_families_cannot_choose_a_lucky_code(hall: Hall) -> None:
    """想法：家长改个写法，试出幸运编号。结果：编号含封存时现抽的盐，同一孩子每次封存都不同，事先算不出。

    The idea: try spellings until the code is lucky. What happens: the salt is drawn at the freeze; codes never repeat.
    """
    pids = []
    for name in ("甲", "乙"):
        draw = hall.play("freeze", name=name)
        pids.append({row["pid"] for row in lines(draw / "roll" / "rows.jsonl")})
    assert not pids[0] & pids[1]


def test_trying_every_identity_number_finds_nobody(hall: Hall) -> None:
    """想法：把全区可能的证件号逐个算摘要，与公布的编号比对。结果：没有各家的盐，试遍所有号码也认不出一个孩子。

    The idea: hash every possible identity number. What happens: without the family's salt nobody is found.
    """
    draw, public = hall.play(), hall.desk / "公布"
    words = ("--with-rows", "--roll-is-public", "X教〔2027〕1号")
    assert hall.draw("publish", draw, "--out", public, *words).code == PASSED
    published = b"".join(path.read_bytes() for path in public.glob("*.json*")).decode()
    people = lines(draw / "private" / "identities.jsonl")
    draw_id = json.loads((draw / "spec.json").read_bytes())["draw_id"]
    for person in people:
        for guess in _guesses(person["identity"], draw_id):
            assert guess not in published
        assert person["pid"] in published  # the code itself is public, and leads to nobody
        assert person["salt"] not in published


def _guesses(identity: dict[str, str], draw_id: str) -> list[str]:
    """What an outsider who knows everything but the salt would compute."""
    number = identity["id_number"].encode()
    found = [hashlib.new(name, number).hexdigest() for name in ("md5", "sha1", "sha256")]
    found += [digest("sm3", number).hex(), digest("sha256", draw_id.encode() + number).hex()]
    salts = (bytes(16), number[:16], digest("sha256", draw_id.encode())[:16])
    return found + [person_id("sha256", salt, identity) for salt in salts]


def test_the_hall_has_no_network(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """曾经：现场断网，抽签中止。现在：从封存到公布、核对，一步也不连网。

    Once: the line failed and the draw stopped. Now: no step, from freeze to check, opens a connection.
    """

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("no network in the hall")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    draw, public = hall.play(), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    assert hall.draw("verify", public).code == PASSED


def test_a_made_up_beacon_does_not_pass_for_a_signed_one(hall: Hall, shared_data: Path) -> None:
    """想法：编一个 drand 随机数。结果：签名当场验证，编的或别的轮次的都拒绝；真的一次通过。

    The idea: invent a drand round. What happens: its signature is checked at once; only the true one is accepted.
    """
    vector = json.loads((shared_data / "vectors" / "drand.json").read_bytes())["quicknet"]
    true, chain = vector["valid"], vector["chain_hash"]
    part = {"count": 6, "low": 1, "high": 33, "ordered": 0, "distinct": 1}
    beacons = [
        {"kind": "balls", "id": "hall", "name": "现场摇球", "parts": [part]},
        {"kind": "drand", "id": "quicknet", "chain_hash": chain, "round": true["round"]},
    ]
    times = {"reveals_by": "2023-09-15T18:00:00+08:00", "beacon_from": "2023-09-15T18:30:00+08:00"}
    hall.change("plan.yaml", {"beacons": beacons, "schedule": times})
    draw = _revealed_on_that_day(hall)
    for signature in (true["signature"][:-2] + "7c", "ab" * 48, "not hexadecimal"):
        given = ("--observed", BALLS, "--observed", f"quicknet={signature}")
        assert hall.draw("beacon", draw, *given).code == REFUSED
    given = ("--observed", BALLS, "--observed", f"quicknet={true['signature']}")
    done = hall.draw("beacon", draw, *given)
    assert done.code == PASSED, done.err
    assert true["randomness"] in (draw / "beacons.json").read_text("utf-8")


def _revealed_on_that_day(hall: Hall) -> Path:
    """The ceremony on the day of the published round, up to the reveals; its clock then stands after the round."""
    draw, secrets = hall.desk / "draw", hall.desk / "secrets"
    hall.clock(datetime.fromisoformat("2023-09-15T12:00:00+08:00"))
    assert hall.freeze().code == PASSED
    for step in ("commit", "spec", "reveal"):
        if step == "spec":
            assert hall.draw("spec", draw, "--plan", hall.folder).code == PASSED
            continue
        for role in ("bureau", "notary", "parents"):
            assert hall.draw(step, draw, "--role", role, "--secret", secrets / role).code == PASSED
    hall.clock(datetime.fromisoformat("2023-09-15T19:10:00+08:00"))
    return draw

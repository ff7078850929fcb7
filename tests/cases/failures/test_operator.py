"""主办者想挑结果 An operator who wants to choose the result; admissions.md §6.4, played through the commands."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cases.failures.hall import AFTER, BEFORE, FAILED, PASSED, REFUSED, REVEALS_BY, Hall, lines

from junheng.admissions import run_draw
from junheng.draws import Outcome, beacon_bytes, make_seed, spec_digest


def test_trying_other_numbers_until_one_pleases(hall: Hall) -> None:
    """想法：摇出的号不满意，改录另一组。结果：录过的号不能改，种子只有一个。

    The idea: type in other balls. What happens: recorded once, the balls stand, and there is one seed.
    """
    draw = hall.play("seed")
    seed = (draw / "seed.json").read_bytes()
    for numbers in ("hall=1 2 3 4 5 6", "hall=3 11 20 7 29 32", "hall=3 11 20 7 29 33 1", "sky=3"):
        assert hall.draw("beacon", draw, "--observed", numbers).code == REFUSED
    assert hall.draw("seed", draw).code == PASSED
    assert (draw / "seed.json").read_bytes() == seed


def test_preparing_several_rolls_or_rules_and_showing_the_best(hall: Hall) -> None:
    """想法：备几份名册或方案，摇完挑一份公布。结果：每份方案指纹不同，登报的只有一个，别的一核对就不符。

    The idea: several specs, publish the one that pleases. What happens: their digests differ, and one was printed.
    """
    digests = []
    for name in ("甲", "乙", "丙"):
        draw = hall.play("spec", name=name)
        digests.append(spec_digest(json.loads((draw / "spec.json").read_bytes())).hex())
    assert len(set(digests)) == 3
    draw, public = hall.play(name="丁"), hall.desk / "公布"
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    printed = json.loads((public / "transcript.json").read_bytes())["spec_digest"]
    assert printed not in digests
    assert printed in "".join(hall.draw("verify", public).out.replace("│", "").split())


def test_the_last_party_waits_to_see_the_balls(hall: Hall) -> None:
    """想法：最后一方等摇球以后再决定揭不揭示。结果：没有全部揭示不能录球，过了截止不能再揭示。

    The idea: the last party waits for the balls. What happens: no balls before all have revealed, no reveal after the deadline.
    """
    draw = hall.play("spec")
    secrets = hall.desk / "draw-secrets"
    for role in ("bureau", "notary"):
        assert hall.draw("reveal", draw, "--role", role, "--secret", secrets / role).code == PASSED
    hall.clock(AFTER)
    assert hall.draw("beacon", draw, "--observed", "hall=1 2 3 4 5 6").code == REFUSED
    late = hall.draw("reveal", draw, "--role", "parents", "--secret", secrets / "parents")
    assert late.code == REFUSED
    assert "截止时间已过" in late.err


def test_calling_it_off_after_seeing_the_result(hall: Hall) -> None:
    """想法：看到结果不满意，宣布“系统故障”重摇。结果：摇球以后不能延期；作废须公布事故记录，全文引用作废的结果。

    The idea: a “system failure” once the result is seen. What happens: only a published record that quotes it all.
    """
    draw = hall.play("spec")
    hall.clock(REVEALS_BY + timedelta(minutes=30))
    words = ("--id", "XX-2027-JH-02", "--reason", "系统故障")
    assert hall.draw("postpone", draw, hall.desk / "新", *words).code == REFUSED
    decided = hall.play(name="decided")
    assert hall.draw("void", decided, "--reason", "系统故障").code == PASSED
    record = json.loads((decided / "incident.json").read_bytes())
    assert (
        record["transcript"]["result"]["root"]
        == json.loads((decided / "result" / "result.json").read_bytes())["root"]
    )
    assert hall.draw("publish", decided, "--out", hall.desk / "公布").code == REFUSED
    told = hall.draw("verify", decided / "incident.json")
    assert told.code == REFUSED
    assert "系统故障" in told.err


def test_postponing_before_the_balls_takes_new_secrets(hall: Hall) -> None:
    """想法：延期时沿用已经公开过的秘密数。结果：名册不变，编号、承诺、方案都要重来。

    The idea: postpone and keep the secrets already shown. What happens: the same roll, but everything else anew.
    """
    draw, new = hall.play("reveal"), hall.desk / "新"
    words = ("--id", "XX-2027-JH-02", "--reason", "一方未到")
    hall.clock(BEFORE)
    assert hall.draw("postpone", draw, new, *words).code == PASSED
    assert (new / "roll" / "rows.jsonl").read_bytes() == (draw / "roll" / "rows.jsonl").read_bytes()
    assert not (new / "commitments").exists()
    assert hall.draw("spec", new, "--plan", hall.folder).code == REFUSED
    assert hall.draw("seed", draw).code == REFUSED


@pytest.mark.parametrize("minutes", [0, 9])
def test_balls_too_soon_after_the_secrets(hall: Hall, minutes: int) -> None:
    """想法：揭示和摇球安排在同一时刻，便于配合。结果：两者至少隔十分钟，否则方案不能公告。

    The idea: reveals and balls at one moment. What happens: less than ten minutes apart cannot be announced.
    """
    times = {"reveals_by": REVEALS_BY, "beacon_from": REVEALS_BY + timedelta(minutes=minutes)}
    hall.change("plan.yaml", {"schedule": {name: time.isoformat() for name, time in times.items()}})
    draw = hall.play("commit")
    assert hall.draw("spec", draw, "--plan", hall.folder).code == REFUSED


def test_a_program_that_favours_somebody(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """想法：用改过的程序抽签，照顾一个孩子。结果：用另一种程序重算，照顾的那个孩子就露出来。

    The idea: a doctored program. What happens: the second program's re-run shows the favoured child.
    """

    def doctored(spec: Mapping[str, Any], rows: list[dict[str, Any]], seed: bytes, engine: Any) -> Outcome:
        found = run_draw(spec, rows, seed, engine)
        lucky = next(leaf for leaf in found.leaves if leaf["school"] not in ("", "101"))
        lucky.update({"school": "101", "choice": 1})
        return found

    draw, public = hall.play("seed"), hall.desk / "公布"
    with monkeypatch.context() as patched:
        patched.setattr("junheng.admissions.run_draw", doctored)
        assert hall.draw("run", draw).code == PASSED
    assert hall.draw("run", draw).code == REFUSED  # the honest program does not come to the same result
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    seen = hall.draw("verify", public, "--rows", draw / "roll" / "rows.jsonl")
    assert seen.code == FAILED
    assert "重算" in seen.out


def test_another_program_than_the_announced(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """想法：公告以后换程序版本。结果：程序的摘要写在方案里，换了就不能抽签；公布的核对程序被换也能查出。

    The idea: change the program after the announcement. What happens: it is refused; an exchanged verifier is found.
    """
    draw, public = hall.play("seed"), hall.desk / "公布"
    with monkeypatch.context() as patched:
        patched.setattr("junheng.draws.program_digests", lambda: {"engine": "0" * 64})
        assert hall.draw("run", draw).code == REFUSED
    assert hall.draw("run", draw).code == PASSED
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    assert hall.draw("verify", public).code == PASSED
    (public / "verify.html").write_text("<p>通过</p>", encoding="utf-8")
    seen = hall.draw("verify", public)
    assert seen.code == FAILED
    assert "verify.html" in seen.out


def test_a_beacon_of_few_outcomes(hall: Hall) -> None:
    """想法：只摇一个球，试遍所有可能。结果：公告时写明有多少种可能；少一方的秘密数，试遍所有球也算不出种子。

    The idea: one ball only, and try them all. What happens: the number is told; without every secret no seed is found.
    """
    part = {"count": 1, "low": 1, "high": 9, "ordered": 0, "distinct": 1}
    hall.change(
        "plan.yaml", {"beacons": [{"kind": "balls", "id": "hall", "name": "现场摇球", "parts": [part]}]}
    )
    draw = hall.play("commit")
    announced = hall.draw("spec", draw, "--plan", hall.folder)
    assert "9 种可能" in announced.out
    secrets = [hall.desk / "draw-secrets" / role for role in ("bureau", "notary", "parents")]
    for role, secret in zip(("bureau", "notary", "parents"), secrets, strict=True):
        assert hall.draw("reveal", draw, "--role", role, "--secret", secret).code == PASSED
    hall.clock(AFTER)
    assert hall.draw("beacon", draw, "--observed", "hall=7").code == PASSED
    assert hall.draw("seed", draw).code == PASSED
    assert _seed(draw) not in _guesses(draw, secrets[:2])


def _seed(draw: Path) -> str:
    return str(json.loads((draw / "seed.json").read_bytes())["seed"])


def _guesses(draw: Path, known: list[Path]) -> set[str]:
    """Seeds of every ball that could come, with the one secret nobody told replaced by thousands of guesses."""
    digest = spec_digest(json.loads((draw / "spec.json").read_bytes()))
    values = [bytes.fromhex(path.read_text("utf-8").strip()) for path in known]
    balls = [beacon_bytes([{"kind": "balls", "id": "hall", "text": f"{ball}./"}]) for ball in range(1, 10)]
    thirds = [number.to_bytes(32, "big") for number in range(500)]
    assert [entry["step"] for entry in lines(draw / "log.jsonl")].count("reveal") == 3
    return {make_seed("sha256", digest, [*values, third], ball).hex() for ball in balls for third in thirds}

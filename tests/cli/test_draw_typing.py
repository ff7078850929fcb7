"""``junheng draw`` and what people type: numbers, plans, secrets, keys – read exactly, or refused."""

from typing import Any

import pytest
from tests.cases.failures.conftest import district, hall
from tests.cases.failures.hall import PASSED, REFUSED, Hall

from junheng.basics import UserError
from junheng.cli.draw.beacon import numbers

__all__ = ["district", "hall"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3 11 20", [[3, 11, 20]]),
        ("３、11，20；07", [[3, 11, 20, 7]]),
        ("9.18.26./7./", [[9, 18, 26], [7]]),
        ("9 18 26 ＋ 7", [[9, 18, 26], [7]]),
    ],
)
def test_numbers_as_people_type_them(typed: str, read: list[list[int]]) -> None:
    assert numbers(typed) == read


@pytest.mark.parametrize("typed", ["-3 11", "三 十一", "3 l1 20", "1e3", "3:11", "3～11"])
def test_what_is_no_number_is_never_guessed(typed: str) -> None:
    with pytest.raises(UserError, match="no part of a number"):
        numbers(typed)


def test_a_beacon_given_twice_is_refused(hall: Hall) -> None:
    draw = hall.play("reveal")
    twice = ("--observed", "hall=1 2 3 4 5 6", "--observed", "hall=1 2 3 4 5 7")
    assert "两次" in hall.draw("beacon", draw, *twice).err


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("parties", ["bureau"], "parties"),
        ("parties", [{"name": "公证处"}], "parties"),
        ("parties", [{"role": 3}], "文字"),
        ("parties", [{"role": "a"}, {"role": "a"}], "两次"),
        ("beacons", ["balls"], "beacons"),
        ("beacons", [{"kind": "dice", "id": "hall"}], "未知的信标"),
        ("beacons", [{"kind": "balls", "id": "hall", "name": "球", "parts": [{"low": 1}]}], "号码组"),
        ("schedule", {"reveals_by": "2027-07-10"}, "beacon_from"),
        ("title", 2027, "引号"),
    ],
)
def test_a_plan_is_found_wrong_before_the_roll_is_frozen(hall: Hall, key: str, value: Any, said: str) -> None:
    hall.change("plan.yaml", {key: value})
    for command in ("freeze", "rehearse"):
        refused = hall.draw(command, hall.forms, "--plan", hall.folder, "--out", hall.desk / "x")
        assert refused.code == REFUSED
        assert said in refused.err
    assert not (hall.desk / "x").exists()


def test_a_refused_commitment_leaves_no_secret_behind(hall: Hall) -> None:
    draw = hall.play("freeze")
    for role in ("公证 处", "a/b", "stranger"):
        refused = hall.draw(
            "commit", draw, "--role", role, "--plan", hall.folder, "--secret", hall.desk / "s"
        )
        assert refused.code == REFUSED
        assert not (hall.desk / "s").exists()
    named = hall.draw("commit", draw, "--role", "notary", "--plan", hall.folder, "--secret", hall.desk / "s")
    assert named.code == PASSED
    assert "XX区公证处" in (draw / "commitments" / "notary.json").read_text("utf-8")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"", b"not a secret"])
def test_a_secret_that_is_none_is_refused(hall: Hall, content: bytes) -> None:
    draw = hall.play("spec")
    (hall.desk / "s").write_bytes(content)
    assert hall.draw("reveal", draw, "--role", "notary", "--secret", hall.desk / "s").code == REFUSED


def test_signatures_are_checked_or_recorded(hall: Hall) -> None:
    """An Ed25519 key is made where there is none, never over a file; a token must hold something."""
    draw, public = hall.play(), hall.desk / "公布"
    (hall.desk / "token").write_bytes(b"")
    (hall.desk / "other").write_text("no key", encoding="utf-8")
    for words in (
        ("--key", hall.desk / "k", "--of", "all"),
        ("--token", hall.desk / "token"),
        ("--key", hall.desk / "other"),
        ("--key", hall.desk / "other" / "k"),
        (),
    ):
        assert hall.draw("sign", draw, "--role", "notary", *words).code == REFUSED
    assert hall.draw("sign", draw, "--role", "notary", "--key", hall.desk / "k").code == PASSED
    (hall.desk / "token").write_bytes(b"signed elsewhere")
    words = ("--token", hall.desk / "token", "--algorithm", "SM2")
    assert hall.draw("sign", draw, "--role", "bureau", *words).code == PASSED
    assert hall.draw("publish", draw, "--out", public).code == PASSED
    seen = hall.draw("verify", public)
    assert seen.code == PASSED
    assert "签名有效" in seen.out


def test_a_public_folder_without_a_transcript_says_so(hall: Hall) -> None:
    refused = hall.draw("verify", hall.folder)
    assert refused.code == REFUSED
    assert "没有抽签公报" in refused.err

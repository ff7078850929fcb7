"""The golden vector of the byte formats, and how everything under the seed depends on every byte."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.draws.vectors import RANDOMNESS
from tests.effort import examples

from junheng.basics import UserError
from junheng.draws import (
    class_seed,
    commitment,
    digest,
    hmac_digest,
    leftover_key,
    make_seed,
    person_id,
    rank_tickets,
    spec_digest,
    supplement_seed,
    team_order,
    ticket,
    ticket_array,
    tickets,
    unit_id,
)

GOLDEN_SEED = "b02878d43ccea8937253ec47461779fcd7c0ed90531425bc70f5d9f698d68578"
PUPILS = ["p1", "p2", "p3", "p4"]


def _golden() -> bytes:
    d = digest("sha256", b"junheng/v1/spec\0{}")
    return make_seed("sha256", d, [bytes(32)], bytes.fromhex(RANDOMNESS))


def test_golden_seed() -> None:
    assert _golden().hex() == GOLDEN_SEED


def test_golden_tickets() -> None:
    found = [made.hex()[:16] for made in tickets("sha256", _golden(), PUPILS)]
    assert found == ["ecb4b8b123aab799", "795fcb2f968463eb", "81290d08560b3354", "d42c132241639049"]


@pytest.mark.parametrize(
    ("hash_name", "expected"), [("sha256", ["p2", "p3", "p4", "p1"]), ("sm3", ["p3", "p1", "p2", "p4"])]
)
def test_golden_order(hash_name: str, expected: list[str]) -> None:
    array = ticket_array(hash_name, _golden(), PUPILS)
    ranks = rank_tickets(array, PUPILS)
    assert sorted(PUPILS, key=lambda p: ranks[PUPILS.index(p)]) == expected
    assert sorted(PUPILS, key=lambda p: ticket(hash_name, _golden(), p)) == expected


def test_the_definitions_word_for_word() -> None:
    s, unit = _golden(), "u" * 64
    assert ticket("sha256", s, unit, "学校") == hmac_digest("sha256", s, f"ticket\0{unit}\0学校".encode())
    assert leftover_key("sm3", s, unit, "B") == hmac_digest("sm3", s, f"leftover\0{unit}\0B".encode())
    assert class_seed("sha256", s, "B", "七年级") == hmac_digest("sha256", s, "class\0B\0七年级".encode())
    assert supplement_seed("sha256", s, 12, bytes(32)) == hmac_digest(
        "sha256", s, b"supplement\x0012" + bytes(32)
    )
    assert (
        commitment("sm3", "D", "公证", bytes(32))
        == digest("sm3", "junheng/v1/commit\0D\0公证\0".encode() + bytes(32)).hex()
    )
    assert spec_digest({"hash": "sm3"}) == digest("sm3", b'junheng/v1/spec\0{"hash":"sm3"}')
    pid = person_id("sha256", bytes(16), {"name": "甲", "id_number": "1"})
    said = b"junheng/v1/pid\0" + bytes(16) + '{"id_number":"1","name":"甲"}'.encode()
    assert pid == digest("sha256", said).hex()


def test_unit_of_one_and_of_several() -> None:
    assert unit_id("sha256", ["ab"]) == "ab"
    bound = digest("sha256", b"junheng/v1/unit\0" + b"aabb").hex()
    assert unit_id("sha256", ["bb", "aa"]) == unit_id("sha256", ["aa", "bb"]) == bound


def test_teams_by_lot() -> None:
    s, teams = _golden(), ["甲组", "乙组", "丙组", "丁组"]
    order = team_order("sha256", s, teams)
    assert sorted(order) == sorted(teams)
    keys = [hmac_digest("sha256", s, b"team\0" + team.encode()) for team in order]
    assert keys == sorted(keys)
    assert team_order("sha256", s, teams[::-1]) == order


@settings(max_examples=examples(40))
@given(st.data())
def test_every_byte_of_every_source_changes_the_seed(data: st.DataObject) -> None:
    sources = [bytes([i]) * 32 for i in range(4)]
    which = data.draw(st.integers(0, 3))
    place, flip = data.draw(st.integers(0, 31)), data.draw(st.integers(1, 255))
    changed = list(sources)
    changed[which] = bytes(b ^ flip if i == place else b for i, b in enumerate(sources[which]))
    assert _seed(sources) != _seed(changed)


def _seed(sources: list[bytes]) -> bytes:
    return make_seed("sha256", sources[0], sources[1:3], sources[3])


def test_the_order_of_parties_counts() -> None:
    a, b, c = bytes(32), bytes([1]) * 32, bytes([2]) * 32
    assert _seed([a, b, c, a]) != _seed([a, c, b, a])


@pytest.mark.parametrize(
    "call",
    [
        lambda: commitment("sha256", "D", "r", bytes(31)),
        lambda: commitment("sha256", "D\0", "r", bytes(32)),
        lambda: make_seed("sha256", bytes(31), [], b""),
        lambda: make_seed("sha256", bytes(32), [bytes(33)], b""),
        lambda: supplement_seed("sha256", bytes(32), 0, bytes(32)),
        lambda: supplement_seed("sha256", bytes(32), 1, bytes(3)),
        lambda: team_order("sha256", bytes(32), ["a", "a"]),
        lambda: person_id("sha256", bytes(15), {"name": "x"}),
        lambda: person_id("sha256", bytes(16), {}),
        lambda: person_id("sha256", bytes(16), {"name": 1}),
        lambda: unit_id("sha256", []),
        lambda: unit_id("sha256", ["a", "a"]),
        lambda: spec_digest({}),
    ],
)
def test_refused(call: object) -> None:
    with pytest.raises(UserError):
        call()  # type: ignore[operator]  # each is a call that must fail

"""Beacons: RFC 3797's worked example, every mismatch between declared and observed, drand's vectors."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tests.draws.vectors import RANDOMNESS, ROUND, SIGNATURE

from junheng.basics import UserError
from junheng.draws import (
    QUICKNET,
    check_beacons,
    check_declared,
    check_drand,
    drand_randomness,
    possibilities,
    rfc3797_select,
    rfc3797_text,
    round_time,
)
from junheng.draws.beacon_text import read_numbers, selection_digest

needs_drand = pytest.mark.skipif(find_spec("drand_verify") is None, reason="the extra draw is not installed")

# RFC 3797 §6.
KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
DIGESTS = [
    "990DD0A5692A029A98B5E01AA28F3459",
    "3691E55CB63FCC37914430B2F70B5EC6",
    "FE814EDF564C190AC1D25753979990FA",
    "1863CCACEB568C31D7DDBDF1D4E91387",
    "F4AB33DF4889F0AF29C513905BE1D758",
    "13EAEB529F61ACFB9A29D0BA3A60DE4A",
    "992DB77C382CA2BDB9727001F3CDCCD9",
    "63AB4258ECA922976811C7F55C383CE7",
    "DFBC5AC97CED01B3A6E348E3CC63F40D",
    "31CB111C4A4EBE9287CEAE16FE51B909",
    "07FA46C122F164C215BBC72793B189A3",
    "AC52F8D75CCBE2E61AFEB3387637D501",
    "53306F73E14FC0B2FBF434218D25948E",
    "B5D1403501A81F9A47318BE7893B347C",
    "85B10B356AA06663EF1B1B407765100A",
    "3269E6CE559ABD57E2BA6AAB495EB9BD",
]

DOUBLE_COLOUR = {
    "kind": "lottery",
    "id": "ssq",
    "name": "双色球",
    "issue": "2026075",
    "parts": [
        {"count": 6, "low": 1, "high": 33, "ordered": 0, "distinct": 1},
        {"count": 1, "low": 1, "high": 16, "ordered": 0, "distinct": 1},
    ],
}
DRAWN = {"kind": "lottery", "id": "ssq", "issue": "2026075", "text": "9.18.26.27.30.33./12./"}
BALLS = {
    "kind": "balls",
    "id": "hall",
    "name": "现场摇球",
    "parts": [{"count": 3, "low": 0, "high": 9, "ordered": 1, "distinct": 0}],
}
DRAND = {"kind": "drand", "id": "q", "chain_hash": QUICKNET, "round": ROUND}
SEEN = {"kind": "drand", "id": "q", "round": ROUND, "signature": SIGNATURE, "randomness": RANDOMNESS}
PULSE = {"kind": "pulse", "id": "nist", "name": "NIST Beacon 2.0", "pulse": "2/1234"}


def test_rfc_3797_key_and_digests() -> None:
    assert rfc3797_text([[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]) == KEY
    assert [f"{selection_digest(KEY, i):032X}" for i in range(16)] == DIGESTS


def test_rfc_3797_selection() -> None:
    """Of the 25 volunteers of §6, the first ten selected."""
    assert rfc3797_select(KEY, 25, 10) == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    assert sorted(rfc3797_select(KEY, 25, 25)) == list(range(1, 26))
    with pytest.raises(UserError):
        rfc3797_select(KEY, 3, 4)


def test_ordered_parts_keep_their_order() -> None:
    assert rfc3797_text([[3, 1, 3], [9, 2]], [True]) == "3.1.3./2.9./"
    assert read_numbers("3.1.3./2.9./") == [[3, 1, 3], [2, 9]]


@pytest.mark.parametrize(
    "text", ["", "1.2", "1.2.", "/", "1./2", "01./", "1,2./", "1./ 2./", "-1./", "１./", "1..2./"]
)
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_numbers(text)


@pytest.mark.parametrize("parts", [[[]], [[1, -1]]])
def test_numbers_that_cannot_be_drawn(parts: list[list[int]]) -> None:
    with pytest.raises(UserError):
        rfc3797_text(parts)


def test_balls_and_lottery_as_declared() -> None:
    seen = {"kind": "balls", "id": "hall", "text": "7.0.7./"}
    assert [(id_, ok) for id_, ok, _ in check_beacons([BALLS, DOUBLE_COLOUR], [seen, DRAWN])] == [
        ("hall", True),
        ("ssq", True),
    ]


def test_outcomes_of_a_double_colour_issue() -> None:
    assert possibilities(DOUBLE_COLOUR) == 17_721_088
    assert possibilities(BALLS) == 1000
    assert possibilities(DRAND) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"issue": "2026076"},
        {"kind": "balls"},
        {"id": "other"},
        {"text": "9.18.26.27.30.34./12./"},
        {"text": "9.18.26.27.30./12./"},
        {"text": "9.9.26.27.30.33./12./"},
        {"text": "18.9.26.27.30.33./12./"},
        {"text": "9.18.26.27.30.33./17./"},
        {"text": "9.18.26.27.30.33./"},
        {"extra": "1"},
        {"text": 5},
    ],
)
def test_anything_but_the_declared_issue_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        check_beacons([DOUBLE_COLOUR], [{**DRAWN, **change}])


def test_more_fewer_or_other_order_is_refused() -> None:
    seen = {"kind": "balls", "id": "hall", "text": "7.0.7./"}
    for observed in ([DRAWN], [DRAWN, seen], [seen, DRAWN, DRAWN], []):
        with pytest.raises(UserError):
            check_beacons([BALLS, DOUBLE_COLOUR], observed)


@pytest.mark.parametrize(
    "beacon",
    [
        {**BALLS, "parts": []},
        {**BALLS, "parts": [{"count": 3, "low": 0, "high": 9}]},
        {**BALLS, "parts": [{"count": 11, "low": 0, "high": 9, "ordered": 1, "distinct": 1}]},
        {**BALLS, "parts": [{"count": 1, "low": 5, "high": 4, "ordered": 0, "distinct": 0}]},
        {**BALLS, "parts": [{"count": 1, "low": 0, "high": 4, "ordered": 2, "distinct": 0}]},
        {**DRAND, "chain_hash": "00"},
        {**DRAND, "round": 0},
        {**DRAND, "round": "1"},
        {"kind": "stars", "id": "x"},
        {"kind": "pulse", "id": "", "name": "n", "pulse": "1"},
    ],
)
def test_declarations_that_fix_nothing_are_refused(beacon: dict[str, Any]) -> None:
    with pytest.raises(UserError):
        check_declared([beacon])


def test_two_beacons_of_one_id_are_refused() -> None:
    with pytest.raises(UserError):
        check_declared([BALLS, BALLS])


def test_a_pulse_is_recorded_not_checked() -> None:
    seen = {"kind": "pulse", "id": "nist", "pulse": "2/1234", "value": "AB" * 64}
    assert check_beacons([PULSE], [seen])[0][1] is False


def test_drand_without_the_extra_is_said_to_be_unchecked() -> None:
    assert check_beacons([DRAND], [SEEN], signatures=False)[0][1] is False
    with pytest.raises(UserError):
        check_beacons([DRAND], [{**SEEN, "randomness": "0" * 64}], signatures=False)


@needs_drand
def test_drand_vectors(shared_data: Path) -> None:
    net = json.loads((shared_data / "vectors" / "drand.json").read_text("utf-8"))["quicknet"]
    valid, invalid = net["valid"], net["invalid"]
    assert check_drand(net["chain_hash"], valid["round"], valid["signature"]) == valid["randomness"]
    assert round_time(net["chain_hash"], 1).timestamp() == net["genesis"]
    assert round_time(net["chain_hash"], 2).timestamp() == net["genesis"] + net["period_s"]
    with pytest.raises(UserError):
        check_drand(net["chain_hash"], invalid["round"], invalid["signature"])


@needs_drand
def test_drand_round_and_forgeries() -> None:
    assert check_beacons([DRAND], [SEEN])[0][1] is True
    forged = "b713" + "0" * 92
    other = {**DRAND, "round": ROUND + 1}
    with pytest.raises(UserError):
        check_beacons([other], [{**SEEN, "round": ROUND + 1}])
    with pytest.raises(UserError):
        check_beacons([DRAND], [{**SEEN, "signature": forged, "randomness": drand_randomness(forged)}])
    with pytest.raises(UserError):
        check_drand(QUICKNET, 2**70, SIGNATURE)
    with pytest.raises(UserError):
        check_drand("ab", ROUND, SIGNATURE)
    with pytest.raises(UserError):
        drand_randomness("not hex")

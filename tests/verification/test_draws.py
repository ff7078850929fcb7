"""The checks of a draw that a single file leaves open are made here: signatures of beacons and of parties."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.random_markets import random_market
from tests.draws.standalone.whole_draws import Drawn, whole_draw
from tests.draws.vectors import RANDOMNESS, ROUND, SIGNATURE

from junheng.admissions import run_draw
from junheng.basics import UserError
from junheng.draws import QUICKNET, new_key, result_digest, sign, spec_digest
from junheng.verification import draws as room
from junheng.verification import verify_transcript

DRAND = {"kind": "drand", "id": "drand", "chain_hash": QUICKNET, "round": ROUND}
SEEN = {"kind": "drand", "id": "drand", "round": ROUND, "signature": SIGNATURE, "randomness": RANDOMNESS}
PULSE = {"kind": "pulse", "id": "nist", "name": "NIST 2.0", "pulse": "1"}
PULSE_SEEN = {"kind": "pulse", "id": "nist", "pulse": "1", "value": "00"}
SCHEDULE = {"reveals_by": "2023-09-15T18:00:00+08:00", "beacon_from": "2023-09-15T19:00:00"}


def _drawn(beacons: list[Any], observed: list[Any], **given: Any) -> Drawn:
    problem, rows = random_market(3, units="overflow", ranking={"method": "hmac"})
    return whole_draw(
        "admission", problem, rows, run_draw, beacons=beacons, observed=observed, schedule=SCHEDULE, **given
    )


def _told(record: dict[str, Any]) -> dict[str, tuple[str, str]]:
    checks = verify_transcript(json.dumps(record, ensure_ascii=False).encode())
    return {check.name.en: (check.state, check.detail.en) for check in checks}


def _signed(record: dict[str, Any]) -> dict[str, Any]:
    private, _ = new_key()
    result = result_digest(record["spec"]["hash"], record["result"])
    entries = [
        sign(private, "notary", "spec", spec_digest(record["spec"])),
        sign(private, "notary", "result", result),
    ]
    return {**record, "signatures": entries}


def test_a_round_with_its_signature_passes() -> None:
    pytest.importorskip("drand_verify", reason="the extra draw is not installed")
    told = _told(_drawn([DRAND], [SEEN]).transcript)
    assert told["Signatures of beacons"][0] == "passed"
    assert told["Time of the drand round"][0] == "passed"
    assert {state for state, _ in told.values()} == {"passed", "not_checked"}


def test_a_round_with_the_signature_of_another_fails() -> None:
    """Everything else fits together: only the signature itself tells."""
    pytest.importorskip("drand_verify", reason="the extra draw is not installed")
    other = {**DRAND, "round": ROUND + 1}
    told = _told(_drawn([other], [{**SEEN, "round": ROUND + 1}]).transcript)
    assert [name for name, (state, _) in told.items() if state == "failed"] == ["Signatures of beacons"]


def test_an_earlier_round_than_announced_fails() -> None:
    early = {"reveals_by": "2023-09-15T18:00:00", "beacon_from": "2023-09-15T19:00:04"}
    problem, rows = random_market(3, units="overflow", ranking={"method": "hmac"})
    for purpose, state in (("official", "failed"), ("rehearsal", "not_checked")):
        given: dict[str, Any] = {
            "beacons": [DRAND],
            "observed": [SEEN],
            "schedule": early,
            "purpose": purpose,
        }
        record = whole_draw("admission", problem, rows, run_draw, **given).transcript
        assert _told(record)["Time of the drand round"][0] == state


def test_pulses_and_unknown_chains_are_not_checked() -> None:
    unknown = {**DRAND, "chain_hash": "00" * 32}
    for beacons, observed in (([PULSE], [PULSE_SEEN]), ([unknown], [SEEN])):
        assert _told(_drawn(beacons, observed).transcript)["Signatures of beacons"][0] == "not_checked"


def test_without_the_extra_signatures_are_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    record = {**_drawn([DRAND], [SEEN]).transcript}
    record["signatures"] = [
        {"role": "notary", "algorithm": "ed25519", "public_key": "", "signature": "", "of": "spec"}
    ]
    monkeypatch.setattr(room, "find_spec", lambda name: None)
    told = _told(record)
    assert told["Signatures of beacons"][0] == "not_checked"
    assert told["Signatures of the parties"] == ("not_checked", "not installed: pip install 'junheng[draw]'")


def test_signatures_of_parties() -> None:
    pytest.importorskip("cryptography", reason="the extra draw is not installed")
    record = _signed(_drawn([DRAND], [SEEN]).transcript)
    assert _told(record)["Signatures of the parties"][0] == "passed"
    record["result"]["statistics"] = {"placed": 7}
    state, detail = _told(record)["Signatures of the parties"]
    assert state == "failed"
    assert "notary (spec): the signature holds" in detail
    assert "notary (result): the signature does not hold" in detail


def test_a_recorded_signature_is_not_checked() -> None:
    entry = {"role": "bureau", "algorithm": "sm2", "public_key": "", "signature": "00" * 32, "of": "spec"}
    record = {**_drawn([DRAND], [SEEN]).transcript, "signatures": [entry]}
    assert _told(record)["Signatures of the parties"][0] == "not_checked"


def test_files_are_read_and_all_is_checked(tmp_path: Path) -> None:
    whole = _drawn([DRAND], [SEEN], title="甲 | 乙").case(slip=0, with_rows=True, with_results=True)
    paths = {}
    for name, text in whole.items():
        paths[name] = tmp_path / name
        paths[name].write_text(text, encoding="utf-8")
    checks = verify_transcript(**paths)
    assert {check.state for check in checks} == {"passed"}
    assert len(checks) > 15
    digest = next(check for check in checks if check.name.en == "Digest of the announcement")
    assert digest.detail.zh.startswith("请与报纸")
    assert digest.detail.en.startswith("compare it")


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be opened"):
        verify_transcript(tmp_path / "absent.json")
    with pytest.raises(UserError, match="transcript cannot be read"):
        verify_transcript(b"{")
    with pytest.raises(UserError, match="lacks spec"):
        verify_transcript(b'{"format":"junheng/draw-transcript/1"}')

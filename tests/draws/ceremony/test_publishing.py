"""Signatures kept with the ceremony, and the public folder: complete, repeatable, replacing only itself."""

import json
import shutil
from pathlib import Path

import pytest
from tests.draws.ceremony.playing import LATE, play

from junheng.basics import UserError
from junheng.draws import attach, new_key, publish, record, result_digest, sign, spec_digest


def test_signatures_hold_or_are_refused(tmp_path: Path) -> None:
    pytest.importorskip("cryptography", reason="the extra draw is not installed")
    folder = play(tmp_path / "draw", "run")
    spec = json.loads((folder / "spec.json").read_bytes())
    result = json.loads((folder / "result" / "result.json").read_bytes())
    private, _ = new_key()
    attach(folder, sign(private, "公证处", "spec", spec_digest(spec)), now=LATE)
    good = sign(private, "公证处", "result", result_digest("sha256", result))
    attach(folder, good, now=LATE)
    attach(folder, good, now=LATE)
    assert "not checked" in attach(folder, record("时间戳", "rfc3161", "spec", b"token"), now=LATE).en
    for bad in (
        sign(private, "教育局", "result", spec_digest(spec)),
        {**good, "role": "../x"},
        {**good, "of": "roll"},
        {"role": "a"},
        sign(new_key()[0], "公证处", "result", result_digest("sha256", result)),
    ):
        with pytest.raises(UserError):
            attach(folder, bad, now=LATE)
    transcript = publish(folder, tmp_path / "out", purpose="official")
    assert [entry["role"] for entry in transcript["signatures"]] == ["公证处", "公证处", "时间戳"]
    with pytest.raises(UserError):
        attach(folder, sign(private, "教育局", "result", result_digest("sha256", result)))


def test_publication_replaces_its_own_folder_only(tmp_path: Path) -> None:
    folder, out = play(tmp_path / "draw"), tmp_path / "out"
    first = (out / "transcript.json").read_bytes()
    publish(folder, out, purpose="official", beside={"verify.html": b"<p>"})
    assert (out / "transcript.json").read_bytes() == first
    assert (out / "verify.html").read_bytes() == b"<p>"
    other = tmp_path / "photos"
    other.mkdir()
    (other / "holiday.jpg").write_bytes(b"1")
    for place in (other, folder, folder / "out", tmp_path):
        with pytest.raises(UserError):
            publish(folder, place, purpose="official")
    assert (other / "holiday.jpg").is_file()
    shutil.rmtree(out)
    publish(folder, out, purpose="official")
    assert (out / "transcript.json").read_bytes() == first

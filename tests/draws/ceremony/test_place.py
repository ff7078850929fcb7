"""Where a draw may begin: an empty folder of its own; and what is said of a folder whose log is gone."""

from pathlib import Path

import pytest
from tests.draws.ceremony.playing import decide, do_freeze, play

from junheng.basics import UserError
from junheng.draws import freeze, postpone, run, state, strike_off, supplement


def test_a_roll_is_not_frozen_among_other_files(tmp_path: Path) -> None:
    """A public folder, a desktop: identities must not come to lie there."""
    (tmp_path / "照片.jpg").write_bytes(b"x")
    with pytest.raises(UserError, match="something else, such as 照片"):
        do_freeze(tmp_path)
    assert not (tmp_path / "private").exists()
    assert not (tmp_path / "roll").exists()


def test_an_empty_roll_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="The roll is empty"):
        freeze(
            tmp_path / "new", draw_id="1", title="t", purpose="official", kind="admission", hash_name="sha256", entrants=[]
        )  # fmt: skip
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", [None, b""])
def test_a_lost_log_is_told_and_nothing_is_frozen_over(tmp_path: Path, content: bytes | None) -> None:
    play(tmp_path / "d", "run")
    log = tmp_path / "d" / "log.jsonl"
    log.unlink()
    if content is not None:
        log.write_bytes(content)
    kept = {path: path.read_bytes() for path in (tmp_path / "d").rglob("*") if path.is_file()}
    with pytest.raises(UserError, match=r"log\.jsonl is gone or empty"):
        do_freeze(tmp_path / "d")
    with pytest.raises(UserError, match=r"log\.jsonl is gone or empty"):
        run(tmp_path / "d", lambda *_: pytest.fail("never decided"))
    assert {path: path.read_bytes() for path in (tmp_path / "d").rglob("*") if path.is_file()} == kept


@pytest.mark.parametrize("place", ["d", "d/in", "."])
def test_a_postponed_draw_needs_a_folder_of_its_own(tmp_path: Path, place: str) -> None:
    do_freeze(tmp_path / "d")
    before = str(state(tmp_path / "d"))
    with pytest.raises(UserError, match="the folders of the two draws are one"):
        postpone(tmp_path / "d", tmp_path / place, draw_id="另", reason="家长代表未到")
    assert str(state(tmp_path / "d")) == before


def test_a_draw_is_no_supplement_of_itself(tmp_path: Path) -> None:
    play(tmp_path / "d", "run")
    with pytest.raises(UserError, match="the folders of the two draws are one"):
        supplement(tmp_path / "d", tmp_path / "d", {}, {}, {})


def test_postponing_among_other_files_ends_nothing(tmp_path: Path) -> None:
    do_freeze(tmp_path / "d")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_bytes(b"x")
    with pytest.raises(UserError, match="something else, such as x"):
        postpone(tmp_path / "d", tmp_path / "full", draw_id="另", reason="家长代表未到")
    assert str(state(tmp_path / "d")) == "frozen"


def test_why_a_code_cannot_be_struck_off(tmp_path: Path) -> None:
    play(tmp_path / "d", "run")
    rows = (tmp_path / "d" / "roll" / "rows.jsonl").read_bytes().splitlines()
    first = rows[0].split(b'"pid":"')[1][:64].decode()
    for pids, said in (([], "No such pid"), (["0" * 64], "No such pid"), ([first, first], "named twice")):
        with pytest.raises(UserError, match=said):
            strike_off(tmp_path / "d", pids, "放弃", decide)
    strike_off(tmp_path / "d", [first], "放弃", decide)
    with pytest.raises(UserError, match="struck off before"):
        strike_off(tmp_path / "d", [first], "放弃", decide)

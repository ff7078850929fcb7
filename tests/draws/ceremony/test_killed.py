"""A program killed at any moment: the step is done or it is not, and doing it again completes it."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.draws.ceremony import playing
from tests.draws.ceremony.playing import STEPS, contents, decide, play

from junheng.basics import UserError
from junheng.draws import receipts, state, strike_off
from junheng.draws.ceremony.folder import opened

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked copy of itself")
WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}
KILLED = 77


def _killed_at(moment: int, folder: Path, step: Callable[[Path], Any]) -> bool:
    """Do ``step`` in a copy of this process that dies before its ``moment``-th touch of the disk."""
    process = os.fork()
    if process == 0:
        left = [moment]

        def watch(event: str, arguments: tuple[Any, ...]) -> None:
            if event in WATCHED and str(folder.parent) in str(arguments[0]):
                left[0] -= 1
                if left[0] < 0:
                    os._exit(KILLED)

        sys.addaudithook(watch)
        try:
            step(folder)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == KILLED


def _strike(folder: Path) -> None:
    pid = sorted(row["pid"] for row in _rows(folder))[0]
    strike_off(folder, [pid], "转学", decide, now=playing.LATE)


def _rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "roll" / "rows.jsonl").read_bytes().splitlines()]


PLAYED = {**STEPS, "strike_off": _strike}


@pytest.mark.parametrize("name", PLAYED)
def test_killed_at_every_moment(tmp_path: Path, name: str) -> None:
    """Every touch of the disk is tried; afterwards the folder is byte for byte what it should be."""
    step = PLAYED[name]
    before, expected = tmp_path / "before" / "draw", tmp_path / "expected" / "draw"
    before.mkdir(parents=True)
    done = list(PLAYED)[: list(PLAYED).index(name)]
    for earlier in done:
        PLAYED[earlier](before)
    shutil.copytree(before.parent, expected.parent, dirs_exist_ok=True)
    step(expected)
    for moment in range(200):
        folder = tmp_path / str(moment) / "draw"
        shutil.copytree(before.parent, folder.parent, dirs_exist_ok=True)
        was_killed = _killed_at(moment, folder, step)
        if was_killed:
            assert state(folder) in {state(before), state(expected)}
            _again(step, folder, expected)
        assert contents(folder) == contents(expected)
        if not was_killed:
            assert moment > 3  # the watch saw the step at work
            return
    pytest.fail("the step never ended")


def _again(step: Callable[[Path], Any], folder: Path, expected: Path) -> None:
    """Do the step again, unless its line is in the log: freezing and striking off twice is refused."""
    if (folder / "log.jsonl").is_file() and _log(folder) == _log(expected):
        _open(folder)
        if step is playing.do_publish:
            step(folder)
    else:
        step(folder)


def _log(folder: Path) -> bytes:
    return (folder / "log.jsonl").read_bytes()


def _open(folder: Path) -> None:
    """Open the folder once, as any next command does."""
    next(receipts(folder))


def test_two_programs_at_once_are_refused(tmp_path: Path) -> None:
    folder = play(tmp_path / "draw", "freeze")
    with opened(folder), pytest.raises(UserError):
        playing.do_commits(folder)
    playing.do_commits(folder)


def test_a_full_or_read_only_disk_leaves_nothing_half_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = play(tmp_path / "draw", "commits")
    before = contents(folder)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(UserError):
            playing.do_declare(folder)
    assert state(folder).value == "frozen"
    playing.do_declare(folder)
    assert set(before) < set(contents(folder))

"""断电、强行结束、两台电脑同时操作 Killed at any moment, and two at once: a draw goes on from the last frozen step."""

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cases.failures.hall import PASSED, REFUSED, Hall, lines
from tests.effort import examples

from junheng.draws.ceremony.folder import opened

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked copy of itself")
KILLS = 5
Work = Callable[[], object]


def _started(work: Work) -> int:
    """``work`` in a copy of this process, silent; returns the number of that process."""
    process = os.fork()
    if process == 0:
        try:
            with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
                work()
        finally:
            os._exit(0)
    return process


def _killed_after(seconds: float, work: Work) -> None:
    process = _started(work)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _moments(work: Work, seed: int) -> list[float]:
    """Random moments within the time ``work`` takes."""
    start = time.monotonic()
    os.waitpid(_started(work), 0)
    whole = time.monotonic() - start
    return [random.Random(seed + n).uniform(0, whole) for n in range(examples(KILLS))]


def test_killed_while_the_roll_is_frozen(hall: Hall) -> None:
    """曾经：封存时断电，重来后有人丢了、有人多了。现在：随时断电，再做一次即完成；已封存的编号一个不变。

    Once: after a power cut during the freeze children were missing or twice there. Now: done again it is complete.
    """
    for number, moment in enumerate(_moments(lambda: hall.freeze("试"), 1)):
        name = f"draw{number}"
        _killed_after(moment, lambda name=name: hall.freeze(name))  # type: ignore[misc]  # bound at once
        log = hall.desk / name / "log.jsonl"
        root = lines(log)[0]["note"]["root"] if log.is_file() else None
        done = hall.freeze(name)
        assert done.code == PASSED, done.err
        found = lines(log)[0]["note"]
        assert found["rows"] == 120
        assert root in (None, found["root"])
        assert not (hall.desk / name / ".pending").exists()


def test_killed_while_the_draw_runs(hall: Hall) -> None:
    """曾经：抽签中途死机，重抽一次，结果不同。现在：随时死机，再算一次，结果逐字节相同。

    Once: it crashed and was drawn again with another result. Now: the same bytes, whenever it was killed.
    """
    before = hall.play("seed")
    expected = hall.desk / "expected"
    shutil.copytree(before, expected)
    assert hall.draw("run", expected).code == PASSED
    spare = hall.desk / "spare"
    shutil.copytree(before, spare)
    for number, moment in enumerate(_moments(lambda: hall.draw("run", spare), 2)):
        draw = hall.desk / f"draw{number}"
        shutil.copytree(before, draw)
        _killed_after(moment, lambda draw=draw: hall.draw("run", draw))  # type: ignore[misc]  # bound at once
        assert hall.draw("run", draw).code == PASSED
        assert _contents(draw) == _contents(expected)


def test_killed_while_the_result_is_published(hall: Hall) -> None:
    """曾经：上传到一半，网上是半份名单。现在：公布文件夹要么没有，要么完整；再公布一次即可。

    Once: half a list was online. Now: the public folder is whole or absent; publishing again completes it.
    """
    draw, public, slips = hall.play(), hall.desk / "公布", hall.desk / "凭条"

    def publish() -> object:
        return hall.draw("publish", draw, "--out", public, "--slips", slips)

    trial = hall.desk / "试"
    shutil.copytree(draw, trial)
    words = ("publish", trial, "--out", hall.desk / "试公布", "--slips", hall.desk / "试凭条")
    for moment in _moments(lambda: hall.draw(*words), 3):
        _killed_after(moment, publish)
        if public.exists():
            assert hall.draw("verify", public).code == PASSED
            assert (public / "录取公示表.xlsx").is_file()
        assert not slips.exists() or len(list(slips.glob("*.html"))) == 120
    done = hall.draw("publish", draw, "--out", public, "--slips", slips)
    assert done.code == PASSED, done.err
    assert len(list(slips.glob("*.html"))) == 120
    assert hall.draw("verify", public, "--slip", min(slips.glob("*.json"))).code == PASSED


def test_two_computers_cannot_freeze_two_rolls_into_one_draw(hall: Hall) -> None:
    """曾经：两台电脑同时封存，后一份盖掉前一份。现在：一份名册成立，另一份被拒绝或发现完全相同。

    Once: two computers froze at once and the later roll replaced the earlier. Now: one roll stands.
    """
    processes = [_started(lambda: hall.freeze("draw")) for _ in range(3)]
    for process in processes:
        os.waitpid(process, 0)
    log = lines(hall.desk / "draw" / "log.jsonl")
    assert [entry["step"] for entry in log] == ["freeze"]
    assert hall.freeze("draw").code == PASSED
    assert len(lines(hall.desk / "draw" / "log.jsonl")) == 1


def test_two_computers_running_at_once_come_to_one_result(hall: Hall) -> None:
    """曾经：两处同时抽签，得到两个结果。现在：同一时刻只有一处能写，结果只有一个。

    Once: drawn in two places, with two results. Now: one writer at a time, and one result.
    """
    draw = hall.play("seed")
    for process in [_started(lambda: hall.draw("run", draw)) for _ in range(3)]:
        os.waitpid(process, 0)
    assert hall.draw("run", draw).code == PASSED
    assert [entry["step"] for entry in lines(draw / "log.jsonl")].count("run") == 1


def test_while_one_has_it_open_the_other_is_told_to_wait(hall: Hall) -> None:
    """曾经：两人同时录入，后录的悄悄覆盖先录的。现在：有人正在操作，另一人被告知等候，什么也不写。

    Once: two typed at once and one was overwritten. Now: the second is told to wait, and nothing is written.
    """
    draw = hall.play("freeze")
    before = _contents(draw)
    with opened(draw):
        refused = hall.draw("commit", draw, "--role", "notary", "--secret", hall.desk / "秘密数")
        assert refused.code == REFUSED
        assert "正在使用" in refused.err
    assert _contents(draw) == before
    assert not (hall.desk / "秘密数").exists()


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file but the lock and the log, whose lines hold the time."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in (".lock", "log.jsonl"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

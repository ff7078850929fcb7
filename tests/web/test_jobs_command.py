"""The command as a job runs it: its progress, its words in both languages, its end when the job ends."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import psutil
import pytest
from tests.web.conftest import DISTRICT, Site

from junheng.basics import Text, UserError
from junheng.web.jobs import actions, claims, run
from junheng.web.jobs.child import Child, Ended
from junheng.web.jobs.command import progress_words, run_command
from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.said import said_lines, told_error
from junheng.web.jobs.states import State
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
_LONG = "import time; time.sleep(600)"
_PATIENCE = 120  # seconds a start may take on a busy machine


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("⠋ 读取问题 | reading the problem", "读取问题", "reading the problem"),
        ("⠙ 求解（Ctrl-C 保留目前最好方案）| solving (Ctrl-C keeps the best) 0:00:01", "求解", "solving"),
        (
            "⠙ 求解 solving：尚无方案 no plan yet，界 bound 2 0:00:01",
            "求解：尚无方案，界 2",
            "solving: no plan yet, bound 2",
        ),
        (
            "⠹ 求解 solving：目前 best 1,234.5，界 bound 1,200，差距 gap 2.795% 0:01:09",
            "求解：目前 1,234.5，界 1,200，差距 2.795%",
            "solving: best 1,234.5, bound 1,200, gap 2.795%",
        ),
    ],
)
def test_the_terminals_progress_is_read(line: str, zh: str, en: str) -> None:
    assert progress_words(line) == Text(zh, en)


def test_what_was_said_comes_in_pairs() -> None:
    printed = (
        "\x1b[1m缺 3 所\x1b[0m\n\x1b[2m  3 lacking\x1b[0m\n┏━━┓\n│ 甲 │\n规划 plan: /x\n种子 seed:\n  f12b9485 f8eeab2b\n"
        "规划状态 planned state 2028：达标 | complies\n独立核对一致 | checked: no difference\n下一步 next: x | y\n表 T（共 9 行 rows）\n"
    )
    assert said_lines(printed) == [
        Text("缺 3 所", "3 lacking"),
        Text("种子：f12b9485 f8eeab2b", "seed: f12b9485 f8eeab2b"),
        Text("规划状态 2028：达标", "planned state 2028: complies"),
        Text("独立核对一致", "checked: no difference"),
    ]


def test_the_commands_words_become_an_error_again() -> None:
    printed = "错误：有 2 处\n  1. 甲\nError: 2 faults:\n  1. a\n  位置：x:1\n  Where: x:1\n"
    lines = told_error(printed).lines()
    assert [line.zh for line in lines] == ["有 2 处\n1. 甲", "位置：x:1"]
    assert [line.en for line in lines] == ["2 faults:\n1. a", "Where: x:1"]
    assert told_error("?").lines()[0].zh == "?"


def test_a_refusal_and_a_mistaken_option_are_users_errors(tmp_path: Path) -> None:
    for words in (["plan", "invest", "nowhere.yaml", "--out", "o"], ["plan", "invest", "--nothing"]):
        with pytest.raises(UserError):
            run_command(words, tmp_path, lambda *_: None)


def test_nothing_beside_the_problem_is_imported(tmp_path: Path) -> None:
    for name in ("junheng", "json", "typer", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run')")
    ran = run_command(["--version"], tmp_path, lambda *_: None)
    assert ran.code == 0
    assert "junheng" in ran.said[0].zh


@pytest.fixture
def plan(site: Site, person: People) -> Job:
    """A plan whose search would go on for a long time, were it begun."""
    upload = Upload(county=site.county, sha256="12" * 32, suffix=".zip", size=1, name="x.zip")
    upload.looked = {"kind": "invest"}
    upload.path.parent.mkdir(parents=True, exist_ok=True)
    upload.path.write_bytes(b"x")
    upload.save()
    return actions.ask_plan(person(Role.OFFICER, site.county), site.county, upload, "", 60)


def _hanging(patch: pytest.MonkeyPatch) -> None:
    """The job's process starts another and waits for it, as it waits for a command."""
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_LONG!r}])"
    begun = Child.__init__

    def start(self: Child, task: dict[str, object]) -> None:
        patch.setattr("junheng.web.jobs.child.PROGRAM", ("-c", code))
        begun(self, task)

    patch.setattr(Child, "__init__", start)


def _family(worker: int) -> list[psutil.Process]:
    """Processes of the job: the child and what it started."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        found = [
            one
            for one in psutil.Process(worker).children(recursive=True)
            if "time.sleep" in "".join(one.cmdline())
        ]
        if len(found) >= 2:
            return found
        time.sleep(0.05)
    raise AssertionError("the job's process did not start")


@pytest.mark.parametrize("how", ["cancel", "kill"])
def test_cancelled_or_killed_in_the_middle_nothing_runs_on(
    plan: Job, site: Site, person: People, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    _hanging(monkeypatch)
    job = claims.claim("one")
    assert job is not None
    families: list[list[psutil.Process]] = []

    def beat(held: Job) -> bool:
        if not families:
            families.append(_family(os.getpid()))
            if how == "cancel":
                assert actions.cancel(person(Role.OFFICER, site.county), held)
            else:
                families[0][0].send_signal(signal.SIGKILL)
        return claims.beat(held)

    monkeypatch.setattr(run, "beat", beat)
    began, longest = time.monotonic(), 3 * _PATIENCE
    run.run(job, Event(), longest=longest)
    assert time.monotonic() - began < longest, "its end is noticed, not its time run out"
    job.refresh_from_db()
    assert job.state == (State.CANCELLED if how == "cancel" else State.FAILED)
    gone, alive = psutil.wait_procs(families[0], timeout=_PATIENCE)
    assert (len(gone), alive) == (len(families[0]), [])
    assert not claims.stage_of(job).exists()


def test_a_child_that_was_killed_is_our_own_fault(tmp_path: Path) -> None:
    with Child({"work": "look", "stage": str(tmp_path), "source": str(DISTRICT), "reads": "data"}) as child:
        os.killpg(child.pid, signal.SIGKILL)
        with pytest.raises(Ended, match="程序内部错误"):
            _ends(child)


def _ends(child: Child) -> None:
    for _ in range(100):
        child.listen(0.1)

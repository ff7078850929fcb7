"""The process of a task as its worker sees it: started, kept alive by beats, listened to,
ended with its whole group."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from junheng.basics import Text, UserError
from junheng.web.jobs.told_error import ToldError

Json = dict[str, Any]
PROGRAM = ("-m", "junheng.web.jobs.compute")
_BEAT_SECONDS = 2.0
_LAST_WORDS_SECONDS = 2.0  # from the end of the process to that of listening
_SECRETS = ("JUNHENG_SECRET_KEY", "JUNHENG_DATABASE", "JUNHENG_MAIL_PASSWORD")
OWN_FAULT = [
    {"zh": "程序内部错误，没有保留任何结果", "en": "internal error: nothing was kept"},
    {
        "zh": "办法：请把任务编号告诉管理员，原因在服务器日志中",
        "en": "What to do: tell the administrator the job's number; the server's log has the cause",
    },
]
TOO_LONG = [
    {"zh": "超过时限，已停止；没有保留任何结果", "en": "it took too long and was stopped; nothing was kept"},
    {
        "zh": "办法：请减少数据量或缩短求解时限后重试",
        "en": "What to do: give less data or a shorter time limit, and try again",
    },
]


class Ended(Exception):  # noqa: N818 # an end, which need not be anybody's error
    """A task that gave no result: the user's error in bilingual lines."""

    def __init__(self, lines: list[dict[str, str]], log: str = "") -> None:
        super().__init__(lines[0]["zh"])
        self.lines = lines
        self.log = log

    def as_error(self, names: Sequence[tuple[str, str]] = ()) -> UserError:
        """The same as an error whose lines are told again, with ``names`` put for others."""
        for old, new in names:
            self.lines = [{key: text.replace(old, new) for key, text in line.items()} for line in self.lines]
        return ToldError([Text(line["zh"], line["en"]) for line in self.lines])


class Child:
    """One task in a process of its own. Use as a context: the process never outlives it."""

    def __init__(self, task: Json) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 # closed with the process
        environment = {key: value for key, value in os.environ.items() if key not in _SECRETS}
        self._process = subprocess.Popen(
            [sys.executable, *PROGRAM],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            env=environment | {"TMPDIR": task["stage"], "PYTHONIOENCODING": "utf-8"}, start_new_session=True,
        )  # fmt: skip
        self._lines: queue.Queue[Json] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._write(json.dumps(task).encode() + b"\n")
        self._beaten = time.monotonic()
        self._ended_at: float | None = None

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._log.close()

    @property
    def pid(self) -> int:
        """The process, which leads a group of its own."""
        return self._process.pid

    def listen(self, seconds: float) -> Json | None:
        """The next line, None where none comes in time. Raises Ended where the process ended without a result."""
        if time.monotonic() - self._beaten > _BEAT_SECONDS:
            self._write(b"\n")
            self._beaten = time.monotonic()
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            if self._reader.is_alive() and not self._is_silent():
                return None
            if not self._lines.empty():
                return self._lines.get()
            raise Ended(OWN_FAULT, self._logged()) from None
        if "refused" in line:
            raise Ended(line["refused"])
        return line

    def kill(self) -> None:
        """End the process and all it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()

    def _read(self) -> None:
        for raw in self._process.stdout or ():
            with suppress(ValueError):
                self._lines.put(json.loads(raw))

    def _is_silent(self) -> bool:
        """It ended a while ago, though what it started holds its output open."""
        # Not reaped here: until ``kill`` has ended its group nobody else shall get its number.
        if os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return False
        self._ended_at = self._ended_at or time.monotonic()
        return time.monotonic() - self._ended_at > _LAST_WORDS_SECONDS

    def _write(self, content: bytes) -> None:
        if self._process.stdin:
            with suppress(OSError):  # it has ended: ``listen`` tells
                self._process.stdin.write(content)
                self._process.stdin.flush()

    def _logged(self) -> str:
        self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, self._log.tell() - 4000))
        return self._log.read().decode("utf-8", "replace")


def ask_once(task: Json, seconds: float) -> Json:
    """The result of a short task. Raises Ended for the user's error, our own, and for one that takes too long."""
    until = time.monotonic() + seconds
    with Child(task) as child:
        while time.monotonic() < until:
            line = child.listen(0.5)
            if line and "result" in line:
                return dict(line["result"])
    raise Ended(TOO_LONG)

"""Run a command in a process of its own and say what it cost: wall, CPU, peak memory of the whole tree."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_SAMPLE_SECONDS = 0.1


class ChildError(RuntimeError):
    """The measured command ended with an error; the message holds the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds and bytes of one run. ``printed`` is what the command wrote to standard output."""

    wall_s: float
    cpu_s: float
    peak_bytes: int
    printed: str


def _environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Byte code may be kept, as on any user's machine: else every start compiles the program anew."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **extra}


def run(
    command: Sequence[str], *, folder: Path | None = None, extra: Mapping[str, str] | None = None
) -> Cost:
    """Cost of ``command``: CPU of it and the children it waited for, peak of the resident sum of its tree."""
    started = time.perf_counter()
    process = subprocess.Popen(
        list(command),
        cwd=folder,
        env=_environment(extra or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    output, errors = _drain(process)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.ended.set()
    watch.join()
    if process.returncode:
        raise ChildError(f"{' '.join(command)}\n{output[-800:]}\n{errors[-3000:]}")
    cpu = max(usage.ru_utime + usage.ru_stime, watch.cpu_s)
    return Cost(wall, cpu, watch.peak_bytes, output)


def _drain(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Read both pipes to their end without reaping the process (its resource usage is wanted first)."""
    found = {"errors": ""}

    def read_errors() -> None:
        found["errors"] = process.stderr.read() if process.stderr else ""

    reader = threading.Thread(target=read_errors)
    reader.start()
    output = process.stdout.read() if process.stdout else ""
    reader.join()
    return output, found["errors"]


def _high_water_bytes(pid: int) -> int:
    """The most a process ever had resident. (ru_maxrss would also count its parent before the exec.)"""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0
    found = [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")]
    return found[0] if found else 0


class _Watch(threading.Thread):
    """Samples the resident memory and CPU of a process and everything it started (a JVM, workers)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.peak_bytes = 0
        self.cpu_s = 0.0
        self._cpu: dict[int, float] = {}
        self._pid = pid

    def run(self) -> None:
        while not self.ended.wait(_SAMPLE_SECONDS):
            self._sample()

    def _sample(self) -> None:
        try:
            root = psutil.Process(self._pid)
            tree = [root, *root.children(recursive=True)]
        except psutil.Error:
            return
        total = 0
        for member in tree:
            try:
                total += member.memory_info().rss
                times = member.cpu_times()
            except psutil.Error:
                continue
            self._cpu[member.pid] = times.user + times.system
        self.peak_bytes = max(self.peak_bytes, total, _high_water_bytes(self._pid))
        self.cpu_s = sum(self._cpu.values())

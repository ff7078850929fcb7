"""Plans of many counties by several processes: the same outcomes, byte for byte.

The policy unit is the county, so a province is many small problems and none large. A solver may overrun its own limit:
a county that takes too long is ended from outside and told as such, the others are not touched.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from junheng.basics import Text, UserError
from junheng.planning.kinds import kind_of

Json = dict[str, Any]
OVERRUN = 2.0  # how many times its own limit a county may take before it is ended
_START = 30.0  # seconds a fresh process may need before it begins


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one county: its outcome, or why there is none."""

    outcome: Json | None
    why: Text | None = None


def solve_many(
    kind: str,
    problems: Sequence[Json],
    processes: int = 2,
    *,
    gap: float = 1e-4,
    seconds: float = 60.0,
    patience: float | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """(place in ``problems``, outcome) as they are finished; each county as if ``solve`` were called for it alone.

    ``seconds``: limit of each county; after ``patience`` seconds (default: ``OVERRUN`` times the limit, and some to
    start) it is ended from outside. Raises UserError for an unknown kind and for fewer than one process.
    """
    kind_of(kind)
    if processes < 1:
        raise UserError(
            Text(f"进程数 {processes} 应为正数", f"{processes} processes: there must be at least one")
        )
    longest = OVERRUN * seconds + _START if patience is None else patience
    waiting = list(enumerate(problems))[::-1]
    idle: list[_Worker] = []
    busy: list[_Worker] = []
    try:
        while waiting or busy:
            while waiting and len(busy) < processes:
                worker = idle.pop() if idle else _start()
                at, problem = waiting.pop()
                busy.append(worker.given(at, (kind, problem, gap, seconds), longest))
            for worker in _finished(busy):
                busy.remove(worker)
                found, is_alive = worker.answer()
                if is_alive:
                    idle.append(worker)
                yield worker.at, found
    finally:
        for worker in (*busy, *idle):
            worker.end()


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process of its own and the county it is at; it can be ended without harm to any other."""

    process: BaseProcess
    pipe: Connection
    at: int = -1
    until: float = 0.0

    def given(self, at: int, asked: tuple[str, Json, float, float], seconds: float) -> "_Worker":
        """The worker with a county to do."""
        self.pipe.send(asked)
        return replace(self, at=at, until=time.monotonic() + seconds)

    def answer(self) -> tuple[Outcome, bool]:
        """What came of the county, and whether the process can take another."""
        try:
            if self.pipe.poll():  # also true where the process died
                found: Outcome = self.pipe.recv()
                return found, True
            why = Text("超过时限，已终止", "it took too long and was ended")
        except (EOFError, OSError):
            why = Text("进程意外结束", "its process ended without an answer")
        self.end()
        return Outcome(None, why), False

    def end(self) -> None:
        """Close the pipe, which an idle process takes as the end; a busy one is killed."""
        self.pipe.close()
        self.process.join(0.2)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def _start() -> _Worker:
    context = get_context("spawn")
    outside, inside = context.Pipe()
    process = context.Process(target=_work, args=(inside,), daemon=True)
    process.start()
    inside.close()
    return _Worker(process, outside)


def _work(pipe: Connection) -> None:
    """Inside the process: one county after another, until the pipe is closed."""
    while True:
        try:
            kind, problem, gap, seconds = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_one(kind, problem, gap, seconds))


def _one(kind: str, problem: Json, gap: float, seconds: float) -> Outcome:
    """The outcome, or the user's error, or the fault: whatever it is, the other counties go on."""
    try:
        return Outcome(kind_of(kind).solve(problem, gap=gap, seconds=seconds))
    except UserError as error:
        return Outcome(None, error.what)
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        return Outcome(None, Text(f"程序出错：{told}", f"a fault of the program: {told}"))


def _finished(busy: Sequence[_Worker]) -> list[_Worker]:
    """Workers that have answered, died, or outlived their time; waits for the first."""
    left = max(0.0, min(worker.until for worker in busy) - time.monotonic())
    ready = wait([worker.pipe for worker in busy], timeout=left)
    now = time.monotonic()
    return [worker for worker in busy if worker.pipe in ready or now >= worker.until]

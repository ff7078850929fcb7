"""The search as the officer sees it: best so far, bound and gap; Ctrl-C keeps the best found."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from junheng.planning import Kind, Step

Json = dict[str, Any]


def searched(kind: "Kind", problem: Json, gap: float, seconds: float) -> Json:
    """The outcome of ``kind`` for ``problem``; progress goes to the terminal's error stream."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    shown = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with shown, _asked_to_stop() as stop:
        task = shown.add_task("求解（Ctrl-C 保留目前最好方案）| solving (Ctrl-C keeps the best)", total=None)

        def watch(step: "Step") -> None:
            shown.update(task, description=progress_words(step))

        return kind.solve(problem, gap=gap, seconds=seconds, watch=watch, stop=stop)


def progress_words(step: "Step") -> str:
    """Best so far, bound and gap in a line.

    >>> from junheng.planning import Step
    >>> progress_words(Step(1.0, None, 2.0, float("inf")))
    '求解 solving：尚无方案 no plan yet，界 bound 2'
    """
    if step.incumbent is None:
        return f"求解 solving：尚无方案 no plan yet，界 bound {step.bound:,.6g}"
    return (
        f"求解 solving：目前 best {step.incumbent:,.6g}，界 bound {step.bound:,.6g}，差距 gap {step.gap:.3%}"
    )


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """An event set by the first Ctrl-C; the second interrupts at once. Elsewhere than in the main thread: never set."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)

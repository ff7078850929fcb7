"""The process a job runs in: it asks the library and tells its steps in lines of JSON. It has no
database.

What it writes lies in a folder of its own, which the worker keeps or throws away. It ends by itself, with all it
started, when its worker goes silent (``_leash``): nothing runs on behind a dead worker.
"""

import json
import os
import select
import signal
import threading
from typing import IO, Any

from junheng.basics import Text, UserError
from junheng.web.jobs.asking import WORK, Json

SILENCE_SECONDS = 30.0  # without a word from the worker; less than after which a job is given to another
INTERNAL = 70


def main() -> None:
    """Read one task from standard input, do it, and tell its result or the user's error."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what the library prints goes to the server's log, not among the lines
    task: Json = json.loads(_first_line())
    threading.Thread(target=_leash, daemon=True).start()

    def tell(words: Text, done: int, total: int) -> None:
        _send(out, {"say": {"zh": words.zh, "en": words.en}, "done": done, "total": total})

    try:
        result = WORK[task["work"]](task, tell)
    except UserError as error:
        lines = [{"zh": line.zh, "en": line.en} for line in error.lines()]
        _send(out, {"refused": lines})
    else:
        _send(out, {"result": result})


def _send(out: IO[str], line: dict[str, Any]) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _first_line() -> bytes:
    """Unbuffered: what follows are the worker's beats."""
    found = bytearray()
    while (one := os.read(0, 1)) not in (b"", b"\n"):
        found += one
    return bytes(found)


def _leash() -> None:
    """End this process and what it started when the worker's end of the pipe closes or no beat comes in time."""
    while True:
        ready, _, _ = select.select([0], [], [], SILENCE_SECONDS)
        if not ready or not os.read(0, 4096):
            if os.getpgrp() == os.getpid():  # a group of our own: the solver's processes are in it
                os.killpg(os.getpgrp(), signal.SIGKILL)
            os._exit(INTERNAL)


if __name__ == "__main__":
    main()

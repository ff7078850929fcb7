"""The installed ``junheng`` command, run for a job: its progress while it works, and what it said.

Only the command of this installation runs; nothing that lies in an uploaded folder is ever imported or started: the
interpreter does not look into the folder it works in (``-P``). It runs in the group of the job's process and ends
with it.
"""

import codecs
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from junheng.basics import Text, UserError
from junheng.web.jobs.said import PARTS, plain, said_lines, told_error

_COMMAND = "from junheng.cli import main; main()"
_REFUSED = 2
_EVERY_SECONDS = 3.0  # of the search's figures in the log
_SPUN = re.compile("^[\u2800-\u28ff] ?")  # what the terminal shows while it waits
_SOLVING = re.compile(
    r"求解 solving：(?:目前 best (\S+)|尚无方案 no plan yet)，界 bound (\S+?)(?:，差距 gap (\S+))?$"
)
_STEPS = ("读取问题", "求解", "独立核对", "按规划状态重新评估", "生成文书")  # of a plan, in their order

Progress = Callable[[Text, int, int], None]


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended (0 done, 1 problems or differences found) and what it said, pair by pair."""

    code: int
    said: list[Text]


def run_command(arguments: Sequence[str], where: Path, tell: Progress) -> Ran:
    """Run ``junheng`` with ``arguments`` in the folder ``where``. Raises UserError as the command refuses."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _COMMAND, *arguments],
            cwd=where, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, env=_environment(),
        )  # fmt: skip
        told = _listened(process.stderr, tell) if process.stderr else ""
        code = process.wait()
        out.seek(0)
        printed = out.read().decode("utf-8", "replace")
    if code == _REFUSED:
        raise told_error(told)
    if code not in (0, 1):
        raise RuntimeError(told[-4000:])
    return Ran(code, said_lines(printed))


def _environment() -> dict[str, str]:
    """Rich shows its progress only where it believes in a terminal."""
    shown = {"COLUMNS": "200", "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    return os.environ | shown | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}


def _listened(stream: IO[bytes], tell: Progress) -> str:
    """Tell the progress among the lines of ``stream``; what is none of it is returned."""
    words, last, at, step = [], "", float("-inf"), 0
    for line in _lines(stream):
        if not _SPUN.match(line):
            words.append(line)
            continue
        found = progress_words(line)
        phase = found.zh.split("：")[0]
        is_new = phase != last.split("：")[0]
        if found.zh == last or (not is_new and time.monotonic() - at < _EVERY_SECONDS):
            continue
        last, at = found.zh, time.monotonic()
        step = _STEPS.index(phase) if phase in _STEPS else step
        tell(found, step, len(_STEPS) if phase in _STEPS else 0)
    return "\n".join(words)


def progress_words(line: str) -> Text:
    """What a line of the terminal's progress says, without its spinner, clock and bar.

    >>> progress_words("⠋ 求解 solving：目前 best 12，界 bound 11，差距 gap 8.3% 0:00:03").en
    'solving: best 12, bound 11, gap 8.3%'
    """
    line = re.sub(
        r"[━╸╺]+|\s+\d+:\d\d:\d\d$|（Ctrl-C[^）]*）|\(Ctrl-C[^)]*\)", "", _SPUN.sub("", line)
    ).strip()
    if found := _SOLVING.match(line):
        best, bound, gap = found.groups()
        if best is None:
            return Text(f"求解：尚无方案，界 {bound}", f"solving: no plan yet, bound {bound}")
        return Text(
            f"求解：目前 {best}，界 {bound}，差距 {gap}", f"solving: best {best}, bound {bound}, gap {gap}"
        )
    zh, _, en = line.partition("|")
    return Text(zh.strip(), (en or zh).strip())


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """What was written, as it comes, cut where the terminal would begin a line anew."""
    decoder, left = codecs.getincrementaldecoder("utf-8")("replace"), ""
    while part := os.read(stream.fileno(), 65536):
        *whole, left = PARTS.split(left + decoder.decode(part))
        yield from (plain(line) for line in whole if plain(line).strip())
    if plain(left).strip():
        yield plain(left)


def require_done(ran: Ran) -> list[Text]:
    """What was said by a command that did what it was asked. Raises UserError where it found problems instead."""
    if ran.code == 0:
        return ran.said
    lines = ran.said or [Text("命令没有说明原因", "the command gave no reason")]
    what = Text("名册有需要改正的内容，没有写出结果", "the roll has faults: nothing was formed")
    why = Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))
    raise UserError(
        what, why=why, fix=Text("请逐条改正后重新上传", "mend them one by one and upload it again")
    )

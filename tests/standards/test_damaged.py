"""A damaged file of a standard is read, or refused in plain words: never a traceback."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.standards import resolve
from junheng.standards.load import LIBRARY

PIECES = [
    "null",
    "[]",
    "{}",
    "true",
    "-1",
    "2017-05-23",
    '""',
    "[{}]",
    "x: 1",
    "{zh: 一}",
    "versions:",
    "不低于",
]


QUALITY = sorted((LIBRARY / "quality-2017").glob("*.yaml"))


def _damaged(lines: list[str], number: int, piece: str, how: str) -> str:
    at = number % len(lines)
    key, colon, _ = lines[at].partition(":")
    changed = {
        "drop": [],
        "double": [lines[at], lines[at]],
        "value": [f"{key}{colon} {piece}"],
        "indent": [f"  {lines[at]}"],
        "outdent": [lines[at].removeprefix("  ")],
    }[how]
    return "\n".join([*lines[:at], *changed, *lines[at + 1 :]]) + "\n"


@settings(max_examples=examples(150), deadline=None)
@given(
    file=st.sampled_from(QUALITY),
    number=st.integers(0, 500),
    piece=st.sampled_from(PIECES),
    how=st.sampled_from(["drop", "double", "value", "indent", "outdent"]),
)
def test_a_damaged_file_is_read_or_refused(
    folder_copy: Callable[[], Path], file: Path, number: int, piece: str, how: str
) -> None:
    folder = folder_copy()
    text = _damaged(file.read_text("utf-8").splitlines(), number, piece, how)
    (folder / file.name).write_text(text, encoding="utf-8")
    try:
        resolve(folder, on=date(2024, 9, 1), region="210102")
    except UserError as error:
        refused = error
    else:
        return
    finally:
        (folder / file.name).write_bytes(file.read_bytes())
    assert refused.where.startswith(str(folder)) or "shenyang" in refused.where
    assert refused.what.zh != refused.what.en


@settings(max_examples=examples(150), deadline=None)
@given(
    number=st.integers(0, 40),
    piece=st.sampled_from(PIECES),
    how=st.sampled_from(["drop", "double", "value", "indent", "outdent"]),
)
def test_a_damaged_overlay_is_read_or_refused(
    write_text: Callable[[str], Path], trial: str, number: int, piece: str, how: str
) -> None:
    path = write_text(_damaged(trial.splitlines(), number, piece, how))
    try:
        resolve("quality-2017", on=date(2024, 9, 1), overlays=[path])
    except UserError as error:
        refused = error
    else:
        return
    assert refused.what.zh != refused.what.en

"""Text tables in memory, read as the files of a folder are.

A return is read again whenever a cell was typed. Of the same text always comes the same, so what was read last is
remembered: mostly one table of five has changed.
"""

from collections.abc import Mapping
from functools import lru_cache

from junheng.data.reading.files import nothing_to_read
from junheng.data.reading.input_files import Read, read_text
from junheng.data.reading.refusals import Refusals
from junheng.data.reading.snapshot import assemble
from junheng.data.tables import Snapshot

_TABLES, _INPUTS = 4_000, 600  # remembered: the tables of a county's returns, the years before them


def read_texts(files: Mapping[str, bytes], *, is_part: bool = False, is_kept: bool = False) -> Snapshot:
    """What ``read_input`` makes of a folder with these CSV files, by their names.

    Raises UserError as it does; ``is_part`` as there. ``is_kept``: it will be asked for again as it is, and the same
    snapshot is given then.
    """
    if not files:
        raise nothing_to_read("")
    told = tuple(sorted(files.items()))
    return _kept(told, is_part) if is_kept else _assembled(told, is_part)


@lru_cache(maxsize=_INPUTS)
def _kept(files: tuple[tuple[str, bytes], ...], is_part: bool) -> Snapshot:
    return _assembled(files, is_part)


def _assembled(files: tuple[tuple[str, bytes], ...], is_part: bool) -> Snapshot:
    refusals, read = Refusals(), list[Read]()
    for name, content in files:
        with refusals.gather():
            read.append(_read(name, content))
    refusals.settle()
    parts = [part for found, _, _ in read for part in found]
    problems = [problem for _, found, _ in read for problem in found]
    return assemble(parts, [entry for _, _, entry in read], problems, is_part=is_part)


@lru_cache(maxsize=_TABLES)
def _read(name: str, content: bytes) -> Read:
    return read_text(name, content)

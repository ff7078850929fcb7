"""What an upload is read as, when it is taken. Needs no Django."""

from enum import StrEnum


class Reads(StrEnum):
    """What is looked for in an upload."""

    DATA = "data"
    PROBLEM = "problem"
    DRAW = "draw"
    REHEARSAL = "rehearsal"
    CLASSES = "classes"


WITH_DRAWS = frozenset({Reads.DRAW, Reads.CLASSES})  # a draw's folder may be in it, with its programs
PRIVATE_READS = WITH_DRAWS | {Reads.REHEARSAL}  # names of minors
SUFFIXES: dict[Reads, tuple[str, ...]] = {
    Reads.DATA: (".xlsx", ".zip"),
    Reads.PROBLEM: (".zip",),
    Reads.DRAW: (".zip",),
    Reads.REHEARSAL: (".zip",),
    Reads.CLASSES: (".xlsx", ".zip"),
}

"""Met, not met, or cannot tell: the three-valued logic of every verdict."""

from collections.abc import Iterable
from enum import StrEnum

from junheng.basics import Text


class Verdict(StrEnum):
    """What a comparison, a school or a county comes to."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"


VERDICT_NAMES = {
    Verdict.MET: Text("达标", "met"),
    Verdict.NOT_MET: Text("未达标", "not met"),
    Verdict.CANNOT_TELL: Text("无法判定", "cannot tell"),
}


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Three-valued AND (Kleene): one failure fails; else one unknown leaves it unknown; else met."""
    known = [*verdicts]
    if Verdict.NOT_MET in known:
        return Verdict.NOT_MET
    return Verdict.CANNOT_TELL if Verdict.CANNOT_TELL in known else Verdict.MET

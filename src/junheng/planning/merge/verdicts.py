"""A verdict on one duty, and the rule that the worst of several counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from junheng.planning.frozen import Json

MET, NOT_MET, CANNOT_TELL = "met", "not_met", "cannot_tell"
_ORDER = (NOT_MET, CANNOT_TELL, MET)


@dataclass(frozen=True, slots=True)
class Judged:
    """``why`` is a code that the telling puts into words; ``figures`` what it rests on."""

    verdict: str
    why: str
    figures: Json = field(default_factory=dict)


def worst(found: Iterable[Judged]) -> Judged:
    """The worst of several: not met before cannot tell before met; the first of equals."""
    return min(found, key=lambda judged: _ORDER.index(judged.verdict))

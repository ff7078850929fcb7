"""What is wrong (refused, all at once) and what is doubtful (kept, listed, said with the results)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.gathered import Gathered

PAGE = "docs/method/plan_zone.md"
FIX = Gathered(PAGE).fix


@dataclass
class Faults(Gathered):
    """Faults and doubts so far, in the order of reading.

    ``add``: a fault, after which nothing is computed; ``refuse`` raises them as one UserError. ``doubt``: something
    that is kept and listed in the problem's ``warnings`` with the blocks, schools or zones it touches.
    """

    page: str = PAGE
    doubts: list[Json] = field(default_factory=list)

    def doubt(self, about: str, where: str, said: Text, touches: Iterable[str] = ()) -> None:
        """Note something doubtful about blocks, schools or zones ``touches``."""
        row: Json = {"about": about, "where": where, "zh": said.zh, "en": said.en}
        row["touches"] = sorted(set(touches))
        if row not in self.doubts:
            self.doubts.append(row)


def named(ids: Iterable[str], most: int = 8) -> str:
    """Some ids for a message: the first few, and how many there are."""
    found = sorted(set(ids))
    tail = f" …（{len(found)}）" if len(found) > most else ""
    return "、".join(found[:most]) + tail

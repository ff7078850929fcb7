"""What the examiner of a text reports: a kind, the places, and the arithmetic in words."""

from dataclasses import dataclass
from typing import Literal

from junheng.basics import Text

Kind = Literal["agrees", "contradicts", "ask", "damaged"]

KIND_NAMES: dict[Kind, Text] = {
    "agrees": Text("相符", "agrees"),
    "contradicts": Text("矛盾", "contradicts"),
    "ask": Text("请核", "please check"),
    "damaged": Text("疑似破损", "looks damaged"),
}


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. ``passages`` are the numbers of the passages concerned, the first being the place to look at."""

    kind: Kind
    where: str
    what: Text
    passages: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{KIND_NAMES[self.kind]} · {self.where}: {self.what}"

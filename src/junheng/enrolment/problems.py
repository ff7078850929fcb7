"""What is wrong in a book: one bilingual line per cause with the cells it concerns; never a child's name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.basics import Text, UserError

SHOWN = 6  # places told in a message; the result lists how many there are


@dataclass(slots=True)
class Problem:
    """One cause. ``places``: cells or rows as messages name them; ``blocks``: nothing may be computed with it."""

    what: Text
    fix: Text
    blocks: bool
    places: list[str] = field(default_factory=list)

    def json(self) -> dict[str, Any]:
        """As the outcome lists it."""
        return {
            "what": {"zh": self.what.zh, "en": self.what.en},
            "fix": {"zh": self.fix.zh, "en": self.fix.en},
            "places": self.places[:SHOWN],
            "count": len(self.places),
        }

    def where(self) -> str:
        """The first places and how many there are."""
        more = f" …（共 {len(self.places)} 处 in all）" if len(self.places) > SHOWN else ""
        return "；".join(self.places[:SHOWN]) + more


class Problems:
    """The problems of one book, grouped by cause."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, bool], Problem] = {}

    def add(self, place: str, zh: str, en: str, fix: Text, *, blocks: bool = False) -> None:
        """Note ``place`` under its cause."""
        key = (en, blocks)
        if key not in self._found:
            self._found[key] = Problem(Text(zh, en), fix, blocks)
        self._found[key].places.append(place)

    def listed(self) -> list[Problem]:
        """All, in the order of their first place."""
        return list(self._found.values())

    def refuse_blocking(self, file: str) -> None:
        """Raise UserError with every blocking cause, its places and what to do."""
        found = [problem for problem in self._found.values() if problem.blocks]
        if found:
            raise UserError(
                Text("；".join(p.what.zh for p in found), "; ".join(p.what.en for p in found)),
                where=f"{file}：" + " / ".join(p.where() for p in found),
                why=Text("名单不全或有歧义，没有比对", "lists missing or in doubt: nothing was matched"),
                fix=Text(
                    "；".join(_once(p.fix.zh for p in found)), "; ".join(_once(p.fix.en for p in found))
                ),
            )


def _once(words: Any) -> Sequence[str]:
    return list(dict.fromkeys(words))

"""What is wrong in a book, where, and what to do: grouped by cause, never mended in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text, UserError
from junheng.data.books.place import Place

SHOWN = 30  # places told in one message; who has more reads again anyway
NOT_CALCULATED = Text("没有算出的公式或错误值", "a formula never calculated, or an error")
CALCULATE = Text("请重新计算并存为 .xlsx，或直接键入", "calculate it and save as .xlsx, or type the value")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``cause`` is its grouping key."""

    cause: str
    place: Place
    what: Text
    fix: Text

    def as_json(self) -> dict[str, Any]:
        """The fault as it stands in an outcome."""
        return {
            "cause": self.cause,
            "where": str(self.place),
            "what": {"zh": self.what.zh, "en": self.what.en},
            "fix": {"zh": self.fix.zh, "en": self.fix.en},
        }


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """All places of one cause."""

    cause: str
    what: Text
    fix: Text
    places: tuple[Place, ...]


def group_faults(faults: Iterable[Fault]) -> list[FaultGroup]:
    """Faults by cause, in the order of their first place; the first fault words the group."""
    found: dict[str, list[Fault]] = {}
    for fault in faults:
        found.setdefault(fault.cause, []).append(fault)
    return [
        FaultGroup(cause, group[0].what, group[0].fix, tuple(fault.place for fault in group))
        for cause, group in found.items()
    ]


def refused(what: Text, faults: Iterable[Fault]) -> UserError:
    """One error that lists the faulty cells with their places and remedies, the first thirty in full."""
    listed = list(faults)
    told, more = listed[:SHOWN], len(listed) - SHOWN
    rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more > 0 else Text("", "")
    zh = "".join(f"\n  · {fault.place}：{fault.what.zh}。{fault.fix.zh}" for fault in told)
    en = "".join(f"\n  · {fault.place}: {fault.what.en}. {fault.fix.en}" for fault in told)
    return UserError(
        Text(f"{what.zh}（{len(listed)} 处）：{zh}{rest.zh}", f"{what.en} ({len(listed)}):{en}{rest.en}"),
        where="; ".join(dict.fromkeys(str(fault.place) for fault in told)),
        why=Text("有疑问的行不能猜", "a row in doubt must not be guessed"),
        fix=Text("请逐条改正后再读", "mend each and read again"),
    )

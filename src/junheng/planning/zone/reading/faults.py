"""What is wrong (refused, all at once) and what is doubtful (kept, listed, said with the results)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from junheng.basics import Text, UserError
from junheng.planning.frozen import Json

_SHOWN = 20
FIX = Text("请逐条改正后重试；写法见 docs/method/plan_zone.md", "mend each; see docs/method/plan_zone.md")


@dataclass
class Faults:
    """Faults and doubts so far, in the order of reading.

    ``add``: a fault, after which nothing is computed; ``refuse`` raises them as one UserError. ``doubt``: something
    that is kept and listed in the problem's ``warnings`` with the blocks, schools or zones it touches.
    """

    found: list[tuple[str, Text]] = field(default_factory=list)
    doubts: list[Json] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str) -> None:
        """Note one fault; the same fault at the same place is told once."""
        if (where, Text(zh, en)) not in self.found:
            self.found.append((where, Text(zh, en)))

    def doubt(self, about: str, where: str, said: Text, touches: Iterable[str] = ()) -> None:
        """Note something doubtful about blocks, schools or zones ``touches``."""
        row: Json = {"about": about, "where": where, "zh": said.zh, "en": said.en}
        row["touches"] = sorted(set(touches))
        if row not in self.doubts:
            self.doubts.append(row)

    def refuse(self) -> None:
        """Raise UserError when any fault was noted."""
        if self.found:
            raise self.error()

    def error(self) -> UserError:
        """All faults as one error."""
        shown = self.found[:_SHOWN]
        rest = len(self.found) - len(shown)
        tail = Text(f"\n  另有 {rest} 处", f"\n  and {rest} more") if rest else Text("", "")
        zh = "".join(f"\n  {n}. {where}：{what.zh}" for n, (where, what) in enumerate(shown, 1))
        en = "".join(f"\n  {n}. {where}: {what.en}" for n, (where, what) in enumerate(shown, 1))
        return UserError(
            Text(
                f"学区问题有 {len(self.found)} 处须改正：{zh}{tail.zh}",
                f"{len(self.found)} faults:{en}{tail.en}",
            ),
            where=shown[0][0],
            why=Text("有疑问的内容不能猜，故没有计算", "nothing in doubt is guessed: nothing was computed"),
            fix=FIX,
        )


def refused(where: str, zh: str, en: str) -> UserError:
    """One fault that ends the reading at once."""
    return Faults([(where, Text(zh, en))]).error()


def named(ids: Iterable[str], most: int = 8) -> str:
    """Some ids for a message: the first few, and how many there are."""
    found = sorted(set(ids))
    tail = f" …（{len(found)}）" if len(found) > most else ""
    return "、".join(found[:most]) + tail

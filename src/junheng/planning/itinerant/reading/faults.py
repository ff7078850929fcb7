"""Faults of tables and settings, gathered and told together."""

from dataclasses import dataclass, field

from junheng.basics import Text, UserError

_SHOWN = 30
FIX = Text("写法见 docs/method/plan_itinerant.md", "see docs/method/plan_itinerant.md for what is expected")


@dataclass
class Faults:
    """What was found amiss so far: (place, what)."""

    found: list[tuple[str, Text]] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str) -> None:
        """Note a fault and read on."""
        self.found.append((where, Text(zh, en)))

    def end(self) -> None:
        """Raise UserError that lists what was found; nothing found, nothing happens."""
        if not self.found:
            return
        shown = self.found[:_SHOWN]
        more = len(self.found) - len(shown)
        zh = "".join(f"\n  · {where}：{what.zh}" for where, what in shown)
        en = "".join(f"\n  · {where}: {what.en}" for where, what in shown)
        rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more else Text("", "")
        raise UserError(
            Text(
                f"走教问题有 {len(self.found)} 处不对：{zh}{rest.zh}",
                f"{len(self.found)} faults:{en}{rest.en}",
            ),
            where="; ".join(dict.fromkeys(where for where, _ in shown)),
            why=Text("有疑问的格不能猜，缺失也不是 0", "a cell in doubt is not guessed, and absent is not 0"),
            fix=FIX,
        )

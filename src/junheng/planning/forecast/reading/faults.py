"""Everything wrong with a problem, gathered and told at once with its place."""

from dataclasses import dataclass, field

from junheng.basics import Text, UserError

_SHOWN = 20
FIX = Text("请逐条改正后重试；写法见 docs/method/plan_forecast.md", "mend each; see docs/method/plan_pair.md")


@dataclass
class Faults:
    """Faults found so far: (where, what), in the order of reading; ``refuse`` raises them as one UserError."""

    found: list[tuple[str, Text]] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str) -> None:
        """Note one fault; the same fault at the same place is told once."""
        if (where, Text(zh, en)) not in self.found:
            self.found.append((where, Text(zh, en)))

    def refuse(self) -> None:
        """Raise UserError when anything was noted."""
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
                f"学位预测问题有 {len(self.found)} 处须改正：{zh}{tail.zh}",
                f"{len(self.found)} faults:{en}{tail.en}",
            ),
            where=shown[0][0],
            why=Text("有疑问的内容不能猜，故没有计算", "nothing in doubt is guessed: nothing was computed"),
            fix=FIX,
        )


def refused(where: str, zh: str, en: str) -> UserError:
    """One fault that ends the reading at once."""
    return Faults([(where, Text(zh, en))]).error()

"""Faults of tables and problem files, gathered with their place and told at once."""

from dataclasses import dataclass, field

from junheng.basics import Text, UserError

_SHOWN = 20
_WHY = Text("有疑问的内容不能猜，故没有计算", "nothing in doubt is guessed: nothing was computed")


@dataclass
class Gathered:
    """Faults found so far, in the order of reading. ``page``: the page of docs/method that describes the form."""

    page: str
    found: list[tuple[str, Text]] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str, fix: Text | None = None) -> None:
        """Note one fault, and ``fix``, what to do about it; the same fault at the same place is told once."""
        what = Text(f"{zh}。{fix.zh}", f"{en}. {fix.en}") if fix else Text(zh, en)
        if (where, what) not in self.found:
            self.found.append((where, what))

    def refuse(self) -> None:
        """Raise one UserError with everything noted, if anything was."""
        if self.found:
            raise self.error()

    def ending(self, where: str, zh: str, en: str) -> UserError:
        """The error of a fault that ends the reading at once, after those noted so far."""
        self.add(where, zh, en)
        return self.error()

    def error(self) -> UserError:
        """Everything noted as one error."""
        shown = self.found[:_SHOWN]
        rest = len(self.found) - len(shown)
        tail = Text(f"\n  另有 {rest} 处", f"\n  and {rest} more") if rest else Text("", "")
        zh = "".join(f"\n  {n}. {where}：{what.zh}" for n, (where, what) in enumerate(shown, 1))
        en = "".join(f"\n  {n}. {where}: {what.en}" for n, (where, what) in enumerate(shown, 1))
        count = len(self.found)
        return UserError(
            Text(f"有 {count} 处须改正：{zh}{tail.zh}", f"{count} faults:{en}{tail.en}"),
            where=shown[0][0],
            why=_WHY,
            fix=self.fix,
        )

    @property
    def fix(self) -> Text:
        """Where the form is described."""
        return Text(f"请逐条改正后重试；写法见 {self.page}", f"mend each; see {self.page}")

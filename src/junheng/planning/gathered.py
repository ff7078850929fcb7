"""Faults of tables and problem files, gathered with their place and told at once."""

from dataclasses import dataclass, field

from junheng.basics import Text, UserError

_SHOWN, _PLACES = 20, 3  # faults told, places named under 位置
_WHY = Text("有疑问的内容不能猜，故没有计算", "nothing in doubt is guessed: nothing was computed")


@dataclass
class Gathered:
    """Faults found so far, in the order of reading. ``page``: the page of docs/method that describes the form."""

    page: str
    found: list[tuple[str, Text]] = field(default_factory=list)
    remedies: list[Text] = field(default_factory=list)
    _told: set[tuple[str, Text]] = field(default_factory=set, init=False, repr=False, compare=False)

    def add(self, where: str, zh: str, en: str, fix: Text | None = None) -> None:
        """Note one fault, and ``fix``, what to do about it; the same fault at the same place is told once."""
        what = Text(f"{zh}。{fix.zh}", f"{en}. {fix.en}") if fix else Text(zh, en)
        if fix and fix not in self.remedies:
            self.remedies.append(fix)
        if (where, what) not in self._told:
            self._told.add((where, what))
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
            Text(
                f"有 {count} 处须改正：{zh}{tail.zh}",
                f"{count} {'fault' if count == 1 else 'faults'}:{en}{tail.en}",
            ),
            where=self._where(),
            why=_WHY,
            fix=self.fix,
        )

    @property
    def fix(self) -> Text:
        """What to do about the first fault that says so itself; and where the form is described."""
        if self.remedies:
            first, rest = self.remedies[0], len(self.found) > 1
            return Text(
                f"{first.zh}{'；其余请逐条改正' if rest else ''}；写法见 {self.page}",
                f"{first.en}{'; mend the others, too' if rest else ''}; see {self.page}",
            )
        return Text(f"请逐条改正后重试；写法见 {self.page}", f"mend each; see {self.page}")

    def _where(self) -> str:
        """The first few places, each once."""
        places = list(dict.fromkeys(where for where, _ in self.found))
        return "、".join(places[:_PLACES]) + (" ……" if len(places) > _PLACES else "")

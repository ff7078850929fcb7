"""What is wrong in the tables, gathered and told at once, each with its place and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from junheng.basics import Text, UserError

FIX = Text("请按 docs/method/plan_rotate.md 的写法改正", "mend it as docs/method/plan_rotate.md describes")
_SHOWN = 30  # more would not be read; the rest is counted
_LONG = 40  # characters of a wrong value


@dataclass
class Faults:
    """The places and complaints so far. Nothing is refused before `refuse_any` is called."""

    found: list[tuple[str, Text]] = field(default_factory=list)

    def add(self, where: str, zh: str, en: str) -> None:
        """One more thing amiss."""
        self.found.append((where, Text(zh, en)))

    def refuse_any(self, what: Text) -> None:
        """Raise UserError listing everything amiss, the first thirty in full; nothing amiss: return."""
        if not self.found:
            return
        told: Sequence[tuple[str, Text]] = self.found[:_SHOWN]
        more = len(self.found) - len(told)
        rest = Text(f"\n  …另 {more} 处", f"\n  … {more} more") if more else Text("", "")
        zh = "".join(f"\n  · {where}：{text.zh}" for where, text in told)
        en = "".join(f"\n  · {where}: {text.en}" for where, text in told)
        raise UserError(
            Text(
                f"{what.zh}（{len(self.found)} 处）：{zh}{rest.zh}",
                f"{what.en} ({len(self.found)}):{en}{rest.en}",
            ),
            where="; ".join(dict.fromkeys(where for where, _ in told)),
            why=Text(
                "有疑问的内容不能猜，更不能当作 0", "what is in doubt must not be guessed, least of all as 0"
            ),
            fix=Text("请逐条改正后再读", "mend each and read again"),
        )


def refuse(where: str, zh: str, en: str, fix: Text | None = None) -> UserError:
    """The error to raise about one thing in the problem file."""
    return UserError(Text(zh, en), where=where, fix=fix or FIX)


def fraction_of(text: str) -> Fraction | None:
    """A number as written ("0.1", "1/3", "10%"); None when it is none."""
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def shown(value: object) -> str:
    """A value as a message quotes it."""
    text = str(value)
    return text if len(text) <= _LONG else text[:_LONG] + "…"

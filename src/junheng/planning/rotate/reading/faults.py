"""What is said of one thing wrong in the problem file, and of numbers as officers write them."""

from fractions import Fraction

from junheng.basics import Text, UserError

PAGE = "docs/method/plan_rotate.md"
FIX = Text(f"请按 {PAGE} 的写法改正", f"mend it as {PAGE} describes")
_LONG = 40  # characters of a wrong value


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

"""What a finding should say, with leaves that know how they may be compared.

A leaf is an exact word, whole number, truth value or None; or ``Printed``, a number that was computed in
doubles; or ``WORDS``, a sentence for people, whose code stands beside it.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

TOLERANCE = Fraction(1, 10**9)


class _Words:
    """A sentence: it must be there; the fingerprint, not the re-computation, guards its wording."""

    def __repr__(self) -> str:
        return "…"


WORDS = _Words()


@dataclass(frozen=True, slots=True)
class Printed:
    """A number printed from a double: may differ by 1e-9 of itself, or of ``size``, what it was made from."""

    exact: Fraction
    size: Fraction = Fraction(0)

    def agrees(self, found: float) -> bool:
        """Whether ``found`` is this number, within the tolerance of printed values."""
        if found != found or found in (float("inf"), float("-inf")):
            return False
        return abs(Fraction(found) - self.exact) <= TOLERANCE * max(abs(self.exact), self.size)

    def __repr__(self) -> str:
        return repr(float(self.exact))


Leaf = None | bool | int | str | Printed | _Words
Told = Leaf | dict[str, "Told"] | list["Told"]


def printed(value: Fraction | Decimal | None, size: Fraction | Decimal = Fraction(0)) -> Printed | None:
    """``value`` as it may be printed, None where it cannot be told."""
    return None if value is None else Printed(Fraction(value), abs(Fraction(size)))


def part_reason(code: str, verdict: str | None) -> dict[str, Told]:
    """A reason for what a part of a county comes to, with that verdict; None: it decides nothing."""
    return {"code": code, "verdict": verdict, "zh": WORDS, "en": WORDS}


def reason(code: str | None) -> dict[str, Told] | None:
    """A reason: its code exactly, and words in both languages."""
    return None if code is None else {"code": code, "zh": WORDS, "en": WORDS}

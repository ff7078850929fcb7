"""The words of a reason: placeholders filled with facts, numbers shown with the digits that matter."""

import string
from collections.abc import Mapping
from fractions import Fraction

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.verdict import VERDICT_NAMES

UNITS = ("unit", "quantity_unit")  # names a reason may use beside the facts
_DIGITS = 4  # significant, of a number that is no whole number
_WHOLE = 10**15
_MOST_DIGITS = 12


def placeholders(text: str) -> tuple[str, ...]:
    """The names in braces. Raises ValueError for unbalanced braces."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(text) if name)


def filled(text: str, facts: Mapping[str, Value], words: Mapping[str, Text], language: str) -> str:
    """``text`` with every ``{name}`` replaced; ``{name:%}`` shows a share as a percentage.

    ``words``: names that stand for words (``UNITS``).
    """
    pieces = []
    for before, name, form, _ in string.Formatter().parse(text):
        pieces.append(before)
        if name and name in words:
            pieces.append(str(getattr(words[name], language)))
        elif name:
            pieces.append(_shown(facts.get(name), form or "", language))
    return "".join(pieces)


def number_words(number: Fraction, unlike: Fraction | None = None) -> str:
    """A number for people: four significant digits, more where it would look like ``unlike`` and is not."""
    if number.denominator == 1 and abs(number) < _WHOLE:
        return str(number.numerator)
    digits = _DIGITS
    while digits < _MOST_DIGITS and unlike is not None and number != unlike:
        if f"{float(number):.{digits}g}" != f"{float(unlike):.{digits}g}":
            break
        digits += 1
    shown = f"{float(number):.{digits}g}"
    return f"{float(number):.0f}" if "e" in shown else shown


def _shown(value: Value, form: str, language: str) -> str:
    if value is None:
        return "—"
    if isinstance(value, bool):
        words = Text("是", "yes") if value else Text("否", "no")
        return str(getattr(words, language))
    if isinstance(value, Fraction):
        return f"{number_words(value * 100)}%" if form == "%" else number_words(value)
    names: Mapping[str, Text] = {**STAGE_NAMES, **{str(key): text for key, text in VERDICT_NAMES.items()}}
    return str(getattr(names.get(value, Text(value, value)), language))

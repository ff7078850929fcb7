"""Limits as lines: which figure holds for whom, and what its word means (docs/method/items.md, 1 and 2)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from junheng.basics import STAGES
from junheng.standards import Item, Limit
from junheng.verification.items_facts import ItemFact
from junheng.verification.spread import holds

WORDS = {"以上": "不低于", "达到": "不低于", "高于": "大于"}
_ORDER = "level_order"


def word_of(limit: Limit, fact: ItemFact) -> str:
    """The comparison, as one of 不低于 不超过 小于 大于; a truth must hold."""
    word = str(limit.comparison or "不低于")
    return "不低于" if fact.truth else WORDS.get(word, word)


def is_least(word: str) -> bool:
    """Whether the line is one to be reached, not one to be kept."""
    return word in {"不低于", "大于"}


def stages_of(limit: Limit | None) -> Sequence[str]:
    """The stages a limit is written by; none where it is one figure, or is written by kind of school."""
    if limit is None or not isinstance(limit.value, Mapping):
        return ()
    keys = [str(key) for key in limit.value]
    return keys if set(keys) <= {str(stage) for stage in STAGES} else ()


def one_line(limit: Limit, fact: ItemFact, item: Item, stage: str) -> Fraction | None:
    """The figure of a limit for ``stage`` ("": for the county). A word is its place in ``level_order``."""
    if fact.truth:
        return Fraction(1)
    value = limit.value[stage] if isinstance(limit.value, Mapping) and stage in limit.value else limit.value
    order = item.limits.get(_ORDER)
    if isinstance(value, str) and order is not None and isinstance(order.value, tuple):
        return Fraction(order.value.index(value) + 1)
    return Fraction(value) if isinstance(value, Decimal) else None


def line_for(limit: Limit, word: str, kind: str, stages: Sequence[str]) -> Fraction | None:
    """The figure of a limit for a school: its kind's, else the wider of those of its stages, else the only one."""
    return widest(word, _lines(limit, [kind], stages))


def line_of_room(limit: Limit, word: str, kind: str, stage: str, stages: Sequence[str]) -> Fraction | None:
    """The figure for a room: its stage's, or, where it serves the whole school, the strictest that could hold."""
    return narrowest(word, _lines(limit, [stage] if stage else [kind], stages))


def _lines(limit: Limit, names: Sequence[str], stages: Sequence[str]) -> list[Fraction]:
    """The figures of a limit under the first of ``names`` it has, else under ``stages``, else its only one."""
    value = limit.value
    if not isinstance(value, Mapping):
        return [Fraction(value)] if isinstance(value, Decimal) else []
    keys = [name for name in names if name in value] or [stage for stage in stages if stage in value]
    return [Fraction(value[key]) for key in keys]


def widest(word: str, lines: Sequence[Fraction]) -> Fraction | None:
    """The line that is easiest to keep."""
    return (min(lines) if is_least(word) else max(lines)) if lines else None


def narrowest(word: str, lines: Sequence[Fraction]) -> Fraction | None:
    """The line that is hardest to keep."""
    return (max(lines) if is_least(word) else min(lines)) if lines else None


def is_one_of(value: object, limit: Limit) -> bool:
    """Whether a filter's value is what a limit asks for: in its list, on the right side of its number, or it."""
    wanted = limit.value
    if isinstance(value, Fraction) and isinstance(wanted, Decimal):
        word = str(limit.comparison or "为")
        return value == wanted if word == "为" else holds(WORDS.get(word, word), value, Fraction(wanted))
    return value in wanted if isinstance(wanted, tuple) else value == wanted

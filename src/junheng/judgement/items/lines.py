"""Which figure of a limit is for whom, and whether a value keeps it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from junheng.basics import STAGES
from junheng.indicators import Number
from junheng.judgement.compare import holds
from junheng.standards import Comparison, Item, Limit

_WORDS: Mapping[str, Comparison] = {"以上": "不低于", "达到": "不低于", "高于": "大于"}
LEVELS = "level_order"  # the limit that lists the words of levels, lowest first
_TRUE = Decimal(1)


def word_of(limit: Limit) -> Comparison:
    """The comparison a limit asks for; one that is only a parameter (为) is to be reached."""
    word = limit.comparison
    if word in ("不低于", "不超过", "小于", "大于"):
        return word
    return _WORDS.get(str(word), "不低于")


def more_is_better(limit: Limit) -> bool:
    """Whether a larger value keeps the limit rather than a smaller one."""
    return word_of(limit) in ("不低于", "大于")


def keeps(limit: Limit, value: Number, line: Decimal) -> bool:
    """Whether ``value`` stands to ``line`` as the limit's word demands, exactly."""
    return holds(word_of(limit), value, line)


def is_by_stage(limit: Limit | None) -> bool:
    """Whether the limit is written stage by stage."""
    return limit is not None and isinstance(limit.value, Mapping) and set(limit.value) <= set(STAGES)


def figures_of(item: Item, limit: Limit, kind: str, stages: Sequence[str]) -> list[Decimal]:
    """The figures of ``limit`` that are for a school of ``kind`` in ``stages``: that of the kind, else of each stage.

    A word for a level is its place in the item's order of levels; another word stands for "yes".
    """
    value = limit.value
    if isinstance(value, Decimal):
        return [value]
    if isinstance(value, Mapping):
        if kind in value:
            return [value[kind]]
        return [value[stage] for stage in stages if stage in value]
    order = item.limits.get(LEVELS)
    if isinstance(value, str) and order is not None and isinstance(order.value, tuple):
        return [Decimal(order.value.index(value) + 1)] if value in order.value else []
    return [_TRUE]


def widest(limit: Limit, lines: Sequence[Decimal]) -> Decimal | None:
    """The line that is easiest to keep."""
    if not lines:
        return None
    return min(lines) if more_is_better(limit) else max(lines)


def strictest(limit: Limit, lines: Sequence[Decimal]) -> Decimal | None:
    """The line that is hardest to keep."""
    if not lines:
        return None
    return max(lines) if more_is_better(limit) else min(lines)


def names(limit: Limit) -> object:
    """What a parameter names: a set of words, or a word."""
    return frozenset(limit.value) if isinstance(limit.value, tuple) else limit.value


def is_named(limit: Limit, value: object) -> bool:
    """Whether a filter's value is what ``limit`` names: one of its words, its word, or kept by its figure."""
    if isinstance(limit.value, tuple):
        return value in limit.value
    if isinstance(limit.value, Decimal):
        return isinstance(value, int | Fraction) and keeps(limit, value, limit.value)
    return value == limit.value

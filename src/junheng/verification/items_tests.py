"""One test of an item: a fact held against its limit, an attestation, or a score (docs/method/items.md, 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from junheng.basics import Text
from junheng.standards import Item, ItemTest, Limit
from junheng.verification.items_facts import ItemFact
from junheng.verification.items_limits import one_line, word_of
from junheng.verification.items_relaxed import Standing
from junheng.verification.items_scene import StageKey
from junheng.verification.items_total import NONE_CONCERNED, Total
from junheng.verification.items_units import gap
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET, all_of
from junheng.verification.spread import holds

REPORTED = "reported"
_POINTS = Text("分", "points")
_NONE = Text("", "")
Units = list[tuple[StageKey, Standing]]


@dataclass(frozen=True, slots=True)
class Tested:
    """What one test comes to in the county. ``verdict`` None: only reported. ``size``: what shortfalls come from."""

    fact: str
    limit: str
    role: str
    verdict: str | None
    why: str = ""
    stage: str = ""
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    line: Fraction | None = None
    word: str | None = None
    shortfall: Fraction | None = None
    size: Fraction = Fraction(0)
    unit: Text = _NONE
    over: str = ""
    units: Units | None = field(default=None)


def role_of(item: Item, test: ItemTest) -> str:
    """A test whose ``when`` the item's limits do not meet is only reported."""
    held = all(
        key in item.limits and str(item.limits[key].value) == value for key, value in test.when.items()
    )
    return test.role if held else REPORTED


def held_total(fact: ItemFact, item: Item, test: ItemTest, stage: str, found: Total) -> Tested:
    """A figure of the whole county against its line. A veto's offence, where it holds, is "not met"."""
    role, limit = role_of(item, test), item.limits.get(test.limit)
    line = None if limit is None else one_line(limit, fact, item, stage)
    word = None if limit is None else word_of(limit, fact)
    verdict: str | None = None
    shortfall = None
    is_none = found.why == NONE_CONCERNED
    if role != REPORTED:
        verdict = MET if is_none else _against(word, line, found.value, item)
    if verdict is not None and item.part != "veto":
        shortfall = _shortfall(verdict, word, fact, found, line)
    why = f"below:{test.limit}" if verdict == NOT_MET else found.why
    return Tested(
        fact=fact.id,
        limit=test.limit,
        role=role,
        verdict=verdict,
        why="" if verdict == MET and not is_none else why,
        stage=stage,
        value=found.value,
        numerator=found.numerator,
        denominator=found.denominator,
        line=line,
        word=word,
        shortfall=shortfall,
        size=abs(found.numerator or Fraction(0)),
        unit=fact.unit,
        over=fact.over,
    )


def _against(word: str | None, line: Fraction | None, value: Fraction | None, item: Item) -> str:
    if word is None or line is None or value is None:
        return CANNOT_TELL
    return MET if holds(word, value, line) is not (item.part == "veto") else NOT_MET


def _shortfall(
    verdict: str, word: str | None, fact: ItemFact, found: Total, line: Fraction | None
) -> Fraction | None:
    if verdict == MET:
        return Fraction(0)
    if verdict == CANNOT_TELL or found.numerator is None or found.denominator is None or line is None:
        return None
    return gap(word or "", fact.whole, found.numerator, found.denominator, line)


def held_units(fact: ItemFact, item: Item, test: ItemTest, units: Units) -> Tested:
    """All units together: one failure fails, one unknown leaves it open; no unit at all is no failure."""
    role, verdicts = role_of(item, test), [standing.verdict for _, standing in units]
    verdict, why = _together(fact, verdicts)
    lacks = [s.shortfall for _, s in units if s.verdict == NOT_MET and s.shortfall is not None]
    met, is_told = verdicts.count(MET), CANNOT_TELL not in verdicts
    return Tested(
        fact=fact.id,
        limit=test.limit,
        role=role,
        verdict=None if role == REPORTED else verdict,
        why=why,
        value=Fraction(met, len(units)) if units and is_told else None,
        numerator=Fraction(met),
        denominator=Fraction(len(units)),
        word=word_of(item.limits[test.limit], fact),
        shortfall=None if verdict == CANNOT_TELL or role == REPORTED else sum(lacks, Fraction(0)),
        size=sum((s.size for _, s in units), Fraction(0)),
        unit=fact.unit,
        over=fact.over,
        units=units,
    )


def _together(fact: ItemFact, verdicts: Sequence[str]) -> tuple[str, str]:
    """The verdict of all units, and the code of its reason."""
    if not verdicts:
        return (CANNOT_TELL, "no_rows:monitoring") if fact.over == "monitoring" else (MET, NONE_CONCERNED)
    verdict = all_of(verdicts)
    name = {NOT_MET: "failed", CANNOT_TELL: "undecided"}.get(verdict)
    return verdict, f"schools_{name}:{verdicts.count(verdict)}/{len(verdicts)}" if name else ""


def held_score(item: Item, test: ItemTest, verdicts: Mapping[str, str]) -> Tested:
    """A score of other items: what is met, and what may yet be, against the pass mark."""
    full, line = (_number(item.limits.get(key)) for key in ("full", test.limit))
    weights = _weights(item.limits.get("weights"), test.score)
    points = {name: full * weights[name] / sum(weights.values()) for name in test.score}
    low = sum((points[name] for name in test.score if verdicts.get(name) == MET), Fraction(0))
    unsure = [name for name in test.score if verdicts.get(name) not in {MET, NOT_MET}]
    high = low + sum((points[name] for name in unsure), Fraction(0))
    verdict = MET if low >= line else NOT_MET if high < line else CANNOT_TELL
    why = {MET: "", NOT_MET: f"below:{test.limit}", CANNOT_TELL: f"score_open:{len(unsure)}"}[verdict]
    lacks = {MET: Fraction(0), NOT_MET: line - low, CANNOT_TELL: None}[verdict]
    return Tested(
        fact="score",
        limit=test.limit,
        role=test.role,
        verdict=verdict,
        why=why,
        value=None if unsure else low,
        numerator=low,
        denominator=full,
        line=line,
        word="不低于",
        shortfall=lacks,
        size=full,
        unit=_POINTS,
    )


def _number(limit: Limit | None) -> Fraction:
    return Fraction(limit.value) if limit is not None and isinstance(limit.value, Decimal) else Fraction(0)


def _weights(limit: Limit | None, names: Sequence[str]) -> Mapping[str, Fraction]:
    if limit is None or not isinstance(limit.value, Mapping):
        return dict.fromkeys(names, Fraction(1))
    return {name: Fraction(limit.value.get(name, Decimal(0))) for name in names}

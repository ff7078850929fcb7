"""A monitoring rule as the library writes it: what it looks at, when it speaks, when its gap closes."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from junheng.basics import Stage, Text
from junheng.judgement.monitoring.alert import Level, Scope
from junheng.judgement.monitoring.condition import Condition, Value, parse_condition, refused
from junheng.judgement.monitoring.fact_names import Over, known_facts
from junheng.judgement.monitoring.wording import UNITS, placeholders
from junheng.standards import Citation

Words = Annotated[str, Field(min_length=1)]
Line = Decimal | Mapping[Stage, Decimal]
STAGED = "stage"  # the fact that chooses among a line's stages


class Name(BaseModel):
    """Chinese with its English."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: Words
    en: Words

    def text(self) -> Text:
        """The same as a Text."""
        return Text(self.zh, self.en)


class Rule(BaseModel):
    """One rule. ``when`` and ``closes_when`` are conditions over the facts of ``over`` and the rule's ``lines``.

    ``closes_when``: what new data must show before a gap of this rule is closed; empty: that ``when`` no longer
    holds. ``value``, ``threshold`` and ``distance`` are shown, ``distance`` in ``distance_unit`` (empty: the
    indicator's own). ``together``: all cases of a school-stage make one alert (classes). Raises UserError for an
    expression outside the language or a name that is no fact.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$")]
    name: Name
    level: Level
    scope: Scope
    over: Over
    topic: Words
    in_force_from: date
    in_force_to: date | None = None
    lines: Mapping[str, Line] = {}
    when: Words
    closes_when: str = ""
    value: str = ""
    threshold: str = ""
    distance: str = ""
    unit: Name | None = None
    distance_unit: Name | None = None
    reason: Name
    citation: Citation

    @model_validator(mode="after")
    def _checked(self) -> Self:
        for text in (self.when, self.closes_when, self.value, self.threshold, self.distance):
            if text:
                self.parsed(text)
        for text in (self.reason.zh, self.reason.en):
            for name in placeholders(text):
                if name not in (*self.names(), *UNITS):
                    why = Text(f"说明中没有这个事实：{name}", f"the reason names no such fact: {name}")
                    raise refused(text, self.id, why)
        return self

    def names(self) -> tuple[str, ...]:
        """Every name the rule may use."""
        return (*known_facts(self.over), *self.lines)

    def parsed(self, text: str) -> Condition:
        """One of its expressions, checked."""
        return parse_condition(text, self.names(), self.id)

    def lines_of(self, stage: str) -> dict[str, Value]:
        """The rule's lines for a stage, exactly as written; a line without that stage is absent."""
        found: dict[str, Value] = {}
        for name, line in self.lines.items():
            number = line.get(stage) if isinstance(line, Mapping) else line  # type: ignore[call-overload] # any word
            found[name] = None if number is None else Fraction(number)
        return found

"""Measures with their expressions checked, ready for any engine."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.basics import STAGES, Stage, Text, UserError
from junheng.indicators.expression import Expression, parse_expression
from junheng.indicators.fields import FACT_TABLES, KEYS, known_fields
from junheng.indicators.lineage import lineage_of
from junheng.indicators.parameters import Addition, Measure, Parameters

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,40}")
ByStage = Mapping[Stage, Expression]


@dataclass(frozen=True, slots=True)
class CompiledAddition:
    """A relaxation of one measure: where ``when`` is true, ``add`` joins the numerator."""

    id: str
    when: Expression
    add: Expression


@dataclass(frozen=True, slots=True)
class CompiledMeasure:
    """One measure: expressions by stage, and the relaxations that touch it."""

    key: str
    scale: Decimal
    numerator: ByStage
    denominator: ByStage
    additions: tuple[CompiledAddition, ...]

    def expressions(self) -> tuple[Expression, ...]:
        """Every expression of the measure."""
        added = [part for addition in self.additions for part in (addition.when, addition.add)]
        return (*self.numerator.values(), *self.denominator.values(), *added)


def compile_measures(measures: Sequence[Measure], parameters: Parameters) -> tuple[CompiledMeasure, ...]:
    """Check every expression. Raises UserError for a bad expression, and for keys that clash or cannot be
    column names."""
    seen: set[str] = set()
    for measure in measures:
        if not _KEY.fullmatch(measure.key) or measure.key.lower() in seen:
            raise UserError(
                Text(
                    f"指标代号不可用：{measure.key!r}", f"Not usable as the key of a measure: {measure.key!r}"
                ),
                why=Text("代号用作列名", "keys become column names"),
                fix=Text("用字母开头的字母、数字，不重复", "letters and digits, a letter first, each once"),
            )
        seen.add(measure.key.lower())
    return tuple(_compile(measure, parameters.additions) for measure in measures)


def _compile(measure: Measure, additions: Sequence[Addition]) -> CompiledMeasure:
    indicator = measure.indicator
    return CompiledMeasure(
        key=measure.key,
        scale=indicator.scale,
        numerator=_by_stage(indicator.numerator, indicator.id),
        denominator=_by_stage(indicator.denominator, indicator.id),
        additions=tuple(_addition(found) for found in additions if found.key == measure.key),
    )


def _by_stage(texts: Mapping[Stage, str], where: str) -> ByStage:
    return {stage: parse_expression(texts[stage], where=where) for stage in STAGES if stage in texts}


def _addition(addition: Addition) -> CompiledAddition:
    when = parse_expression(addition.when, kind="boolean", where=addition.id)
    return CompiledAddition(addition.id, when, parse_expression(addition.add, where=addition.id))


def columns_by_table(measures: Sequence[CompiledMeasure]) -> dict[str, tuple[str, ...]]:
    """For each fact table, the columns (keys apart) that the measures read, in the dictionary's order."""
    read = {
        name for measure in measures for expression in measure.expressions() for name in expression.columns
    }
    fields = known_fields()
    return {
        table: tuple(
            name for name, field in fields.items() if field.table == table and name in read - set(KEYS)
        )
        for table in FACT_TABLES
    }


def lineages(measures: Sequence[Measure]) -> dict[str, dict[str, tuple[tuple[str, str], ...]]]:
    """``lineage_of`` every measure and stage: key → stage → (table, column) pairs."""
    return {
        measure.key: {stage: lineage_of(measure.indicator, stage) for stage in STAGES} for measure in measures
    }

"""Which cells an indicator rests on."""

from junheng.basics import Stage
from junheng.indicators.expression import parse_expression
from junheng.indicators.fields import known_fields
from junheng.indicators.indicator import Indicator


def lineage_of(indicator: Indicator, stage: Stage) -> tuple[tuple[str, str], ...]:
    """The (table, column) pairs of the numerator and then the denominator of ``stage``, each once.

    Empty where the indicator is not defined for the stage.
    """
    texts = [indicator.numerator.get(stage), indicator.denominator.get(stage)]
    columns = [name for text in texts if text is not None for name in parse_expression(text).columns]
    fields = known_fields()
    return tuple((fields[name].table, name) for name in dict.fromkeys(columns))

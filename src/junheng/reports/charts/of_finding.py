"""One chart of a finding by its name, for whoever wants the picture alone."""

from collections.abc import Callable, Mapping
from pathlib import Path

from junheng.basics import STAGES
from junheng.reports.charts.areas import areas_chart
from junheng.reports.charts.distribution import distribution_chart
from junheng.reports.charts.heat import heat_chart
from junheng.reports.charts.trend import trend_chart
from junheng.reports.charts.variation import variation_chart
from junheng.reports.facts import Facts, StageFacts
from junheng.reports.read_facts import read_facts
from junheng.reports.word.blocks import Picture

_WHOLE: Mapping[str, Callable[[Facts], Picture | None]] = {
    "variation": variation_chart,
    "areas": areas_chart,
    "trend": trend_chart,
}
_BY_STAGE: Mapping[str, Callable[[Facts, StageFacts], Picture | None]] = {
    "heat": heat_chart,
    "distribution": distribution_chart,
}


def chart_names() -> tuple[str, ...]:
    """``variation``, ``areas``, ``trend``; and ``heat`` and ``distribution`` of each stage: ``heat-primary``."""
    return (*_WHOLE, *(f"{name}-{stage}" for name in _BY_STAGE for stage in STAGES))


def finding_chart(folder: Path, name: str) -> bytes | None:
    """The chart ``name`` of the finding in ``folder`` as PNG; None where the finding has nothing for it to show.

    Raises UserError for a folder that is no finding, KeyError for a name not in ``chart_names``.
    """
    if name not in chart_names():
        raise KeyError(name)
    facts = read_facts(folder)
    if name in _WHOLE:
        picture = _WHOLE[name](facts)
    else:
        kind, _, wanted = name.partition("-")
        stage = next((one for one in facts.stages if one.stage == wanted), None)
        picture = _BY_STAGE[kind](facts, stage) if stage else None
    return picture.png if picture else None

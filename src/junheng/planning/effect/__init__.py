"""What a layout does to the county: its state as an input to be judged again, and before beside after.

A layout outcome (siting, zones, mergers) carries ``state``; ``planned_state`` writes it as tables the evaluation
engine reads, ``side_of`` takes plain values from the two verdicts, ``effect_rows`` puts them side by side.
"""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door

if TYPE_CHECKING:
    from junheng.planning.effect.planned import planned_state, write_planned
    from junheng.planning.effect.side import side_of
    from junheng.planning.effect.side_by_side import effect_rows, effect_tables, scenario_table
    from junheng.planning.effect.words import effect_words

_ROOMS = {
    "planned_state": "planned",
    "write_planned": "planned",
    "side_of": "side",
    "effect_rows": "side_by_side",
    "effect_tables": "side_by_side",
    "scenario_table": "side_by_side",
    "effect_words": "words",
}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _ROOMS)


__all__ = [
    "effect_rows",
    "effect_tables",
    "effect_words",
    "planned_state",
    "scenario_table",
    "side_of",
    "write_planned",
]

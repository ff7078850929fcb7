"""What a standard decides about the facts, as plain values: the facts themselves know no standard."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from junheng.basics import Stage
from junheng.indicators.indicator import Indicator


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator under the key a standard gives it ("R1")."""

    key: str
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class Addition:
    """A relaxation: where ``when`` is true, ``add`` (absent: nothing) joins the numerator of ``key``."""

    id: str
    key: str
    when: str
    add: str


@dataclass(frozen=True, slots=True)
class Parameters:
    """Split, counting and relaxations as they apply to one evaluation."""

    stages: tuple[Stage, ...]
    split_weights: Mapping[str, Mapping[Stage, Decimal]]
    split_columns: frozenset[str]
    exclude_kinds: frozenset[str]
    exclude_run_by: frozenset[str]
    count_private: bool
    teaching_point_policy: Literal["separate_if_ge_min", "merge_into_parent", "exclude"]
    teaching_point_min_pupils: int
    additions: tuple[Addition, ...] = ()

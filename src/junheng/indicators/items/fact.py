"""A fact of a declared item is data: which rows, what is counted, per what; no limit stands in it."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from junheng.basics import Stage, Text

Over = Literal[
    "school_stage",
    "school",
    "class",
    "special_room",
    "county",
    "cohort",
    "quota",
    "survey",
    "monitoring",
]
UNITS = ("school", "class", "special_room")  # rows that belong to single schools


class ItemFact(BaseModel):
    """One fact: value = numerator / denominator over the rows of ``over`` (docs/method/items.md, 2).

    ``of`` chooses the schools (an expression over a school's row), ``where`` the rows themselves. ``truth``: 1 or 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: Text
    unit: Text
    quantity_unit: Text
    whole: bool = False
    truth: bool = False
    over: Over
    gives: Literal["total", "each", "enough"]
    of: str = ""
    where: str = ""
    numerator: str | Mapping[Stage, str] = ""
    denominator: str = "1"
    filters: Mapping[str, str] = {}
    once_per: str = ""
    at_most: int | None = None
    expected_when: str = ""
    otherwise: str = ""
    size: str = ""
    need: str = ""

    def numerator_of(self, stage: Stage | None) -> str:
        """The numerator's expression, that of ``stage`` where it is written by stage."""
        if isinstance(self.numerator, str):
            return self.numerator
        return "" if stage is None else self.numerator[stage]

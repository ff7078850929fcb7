"""An indicator is data: what it is called, what is counted, per what, in which units."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from junheng.basics import Stage, Text


class Indicator(BaseModel):
    """One fact per school-stage: value = scale × numerator / denominator.

    ``numerator`` and ``denominator`` are white-listed SQL scalar expressions over stage columns, by stage.
    ``quantity_unit`` is the unit of the numerator (persons, m2, yuan, rooms, …); ``whole`` says that it
    comes in whole units, so a shortfall is rounded up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: Text
    unit: Text
    quantity_unit: Text
    whole: bool
    scale: Decimal = Decimal(1)
    numerator: Mapping[Stage, str]
    denominator: Mapping[Stage, str]
    meaning: Text
    source: str


State = Literal["ok", "missing", "no_pupils", "not_counted"]

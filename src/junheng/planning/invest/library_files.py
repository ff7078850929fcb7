"""The shipped knowledge of the plan: which measure raises which indicator, and tables' headings."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from junheng.basics import Text

PAGE = "docs/method/plan_invest.md"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonKind(_Frozen):
    """An indicator counted in persons. ``columns``: of ``teacher_count``, or "education"; ``fills``: where one is added."""

    short: Text
    train: Text
    columns: tuple[str, ...] | Literal["education"]
    fills: str


class Thing(_Frozen):
    """What a school buys: ``gives`` units of the numerator in ``column`` of ``premises`` per unit."""

    kind: Literal["build", "equip"]
    name: Text
    unit: Text
    column: str
    gives: int
    whole: Literal[0, 1]


class Measures(_Frozen):
    """library/measures.yaml. Keys of ``persons`` and ``things`` are ids of the indicator catalogue."""

    education: tuple[str, ...]
    full_time: str
    unforecast: tuple[str, ...]
    persons: Mapping[str, PersonKind]
    things: Mapping[str, Thing]


class TableColumn(_Frozen):
    """A column of a table that the bureau fills in. ``money``: the heading states 元 or 万元."""

    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    required: Literal[0, 1]
    money: Literal[0, 1] = 0
    meaning: Text


class TableShape(_Frozen):
    """One table: the name of its sheet, its title and its columns in order."""

    sheet: str
    title: Text
    columns: Mapping[str, TableColumn]


@cache
def load_measures() -> Measures:
    """The mapping of indicators to measures and columns."""
    return Measures.model_validate(_content("measures.yaml"))


@cache
def load_shapes() -> Mapping[str, TableShape]:
    """The tables costs, ceilings, limits and forecast."""
    return {name: TableShape.model_validate(shape) for name, shape in _content("tables.yaml").items()}


def _content(name: str) -> dict[str, object]:
    text = (files("junheng.planning.invest") / "library" / name).read_text(encoding="utf-8")
    content: dict[str, object] = yaml.safe_load(text)
    return content

"""A ledger as data: what is recorded of each school, how its rate is counted, and what it supports."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from junheng.basics import Text, UserError, nearest
from junheng.data.books import Form, load_forms
from junheng.standards import Frozen, Source

Area = Literal["urban", "town", "rural"]
Severity = Literal["general", "serious", "major"]
Group = Literal["weak", "boarding"]
_FIRST = 1


class Rate(Frozen):
    """Share of schools whose record is yes or within a bound; or parts of classes.

    ``areas``: only schools there; ``only``: only weak, or only boarding schools.
    """

    of: Literal["schools", "classes"]
    areas: tuple[Area, ...] = ()
    only: Group | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None


class LedgerItem(Frozen):
    """One item. ``goal``: the share aimed at; ``valid_months``: how long a record without its own term counts."""

    id: str
    name: Text
    kind: Literal["yes_no", "number"]
    unit: Text | None = None
    rate: Rate
    goal: Decimal | None = None
    valid_months: Annotated[int, Field(ge=1)] | None = None
    source: Source

    @model_validator(mode="after")
    def _fits(self) -> "LedgerItem":
        bounded = self.rate.at_least is not None or self.rate.at_most is not None
        if self.kind == "yes_no" and (bounded or self.rate.of == "classes"):
            raise ValueError(f"{self.id}: a yes or no has neither a bound nor parts of classes")
        if self.kind == "number" and self.rate.of == "schools" and not bounded:
            raise ValueError(f"{self.id}: a number needs at_least or at_most")
        return self

    @property
    def bounds(self) -> tuple[Text, ...]:
        """What a number must keep to, in words: without them "area of unsafe buildings 100 %" reads as its contrary."""
        unit = self.unit or Text("", "")
        told = (("不少于", "at least", self.rate.at_least), ("不多于", "at most", self.rate.at_most))
        return tuple(
            Text(f"{zh} {bound} {unit.zh}".strip(), f"{en} {bound} {unit.en}".strip())
            for zh, en, bound in told
            if bound is not None
        )


class Ledger(Frozen):
    """A ledger. ``due_days``: days to mend a finding by severity; ``supports``: item of a standard → items here."""

    id: str
    name: Text
    items: Annotated[tuple[LedgerItem, ...], Field(min_length=1)]
    photos: bool = False
    due_days: Mapping[Severity, int] = {}
    supports: Mapping[str, tuple[str, ...]] = {}

    def item(self, word: str) -> LedgerItem | None:
        """The item with this id or Chinese name."""
        return next((one for one in self.items if word in (one.id, one.name.zh)), None)


@cache
def ledgers() -> Mapping[str, Ledger]:
    """The ledgers shipped, by id."""
    library = files("junheng.judgement.ledgers") / "library"
    found = [load_ledger(Path(str(entry))) for entry in library.iterdir() if entry.name.endswith(".yaml")]
    return {ledger.id: ledger for ledger in sorted(found, key=lambda one: one.id)}


def ledger_of(word: str | Path) -> Ledger:
    """The shipped ledger called ``word``, or the one in that YAML file. Raises UserError when there is none."""
    if str(word) in ledgers():
        return ledgers()[str(word)]
    if Path(word).is_file():
        return load_ledger(Path(word))
    near = nearest(str(word), ledgers()) or "—"
    raise UserError(
        Text(f"没有台账“{word}”；最接近的是 {near}", f"There is no ledger {word!r}; the nearest is {near}"),
        fix=Text(
            f"可用：{'、'.join(ledgers())}，或给出 YAML 文件",
            f"one of {', '.join(ledgers())}, or a YAML file",
        ),
    )


def load_ledger(path: Path) -> Ledger:
    """The ledger in the YAML file ``path``. Raises UserError naming what does not fit."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = Ledger.model_validate(content)
    except (yaml.YAMLError, ValidationError, UnicodeDecodeError) as error:
        told = (
            "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            if isinstance(error, ValidationError)
            else str(error)
        )
        raise UserError(Text(f"台账定义不对：{told}", f"Not a ledger: {told}"), where=path.name) from error
    doubled = sorted(
        {one.id for one in found.items if sum(one.id == other.id for other in found.items) > _FIRST}
    )
    if doubled:
        raise UserError(Text(f"项目重复：{doubled[0]}", f"an item twice: {doubled[0]}"), where=path.name)
    return found


def ledger_forms() -> Mapping[str, Form]:
    """The sheets of a ledger's book."""
    return load_forms(Path(str(files("junheng.judgement.ledgers") / "library" / "forms.csv")))

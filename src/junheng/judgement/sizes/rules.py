"""The rules of class size in force on a day: bands, large classes, targets, means."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import Field

from junheng.basics import Text
from junheng.standards import Frozen, Source

Size = Literal["large", "super"]
Place = Literal["urban", "rural"]


class Bands(Frozen):
    """Upper bounds of the bands of the statistics form, rising; the last band is open."""

    upper: Annotated[tuple[int, ...], Field(min_length=1)]
    source: Source

    def names(self) -> tuple[str, ...]:
        """Their names: ≤25, 26–30, …, ≥66."""
        first, last = self.upper[0], self.upper[-1]
        inner = (f"{low + 1}–{high}" for low, high in zip(self.upper, self.upper[1:], strict=False))
        return (f"≤{first}", *inner, f"≥{last + 1}")

    def index(self, pupils: int) -> int:
        """The band of a class of ``pupils``."""
        return sum(pupils > bound for bound in self.upper)


class LargeFrom(Frozen):
    """From how many pupils on a class is large, or super-large."""

    large_from: int
    super_from: int
    source: Source


class Target(Frozen):
    """A largest share of large or super-large classes, to be reached by a day."""

    id: str
    name: Text
    size: Size
    share_max: Decimal
    due: date
    source: Source


class MeanLimit(Frozen):
    """A largest mean class size in the places of a region (prefix of the county's code)."""

    region: str
    place: Place
    mean_max: Decimal
    source: Source


class SizeRules(Frozen):
    """Everything in force from a day on."""

    in_force_from: date
    bands: Bands
    large: LargeFrom
    targets: tuple[Target, ...]
    means: tuple[MeanLimit, ...]


@cache
def load_size_rules() -> tuple[SizeRules, ...]:
    """All versions shipped, the oldest first."""
    text = files("junheng.judgement.sizes").joinpath("class_sizes.yaml").read_text(encoding="utf-8")
    versions: list[Mapping[str, object]] = yaml.safe_load(text)["versions"]
    return tuple(SizeRules.model_validate(version) for version in versions)


def size_rules_on(day: date) -> SizeRules:
    """The version in force on ``day``; the oldest for an earlier day."""
    versions = load_size_rules()
    return next((one for one in reversed(versions) if one.in_force_from <= day), versions[0])

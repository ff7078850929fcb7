"""The survey's rules read from the standard a second time: sample, groups, rate and return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import value_key
from junheng.data import load_dictionary
from junheng.standards import resolve, school_year_start

PARENTS = "parents"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """``small``: below so many residents the least sample is taken; None: the least holds everywhere."""

    item: str
    sha256: str
    per_mille: Fraction
    least: int
    small: int | None
    parents: Fraction
    others: tuple[str, ...]
    rate: Fraction
    valid_return: Fraction | None

    def size(self, residents: int) -> int:
        """Papers for a county of ``residents`` people, by whole numbers alone."""
        above, below = self.per_mille.numerator * residents, self.per_mille.denominator * 1000
        share = above // below + (above % below > 0)
        if self.small is None:
            return share if share > self.least else self.least
        return share if residents >= self.small else self.least


def survey_rules(plan: Json, overlays: Sequence[Path]) -> SurveyRules:
    """The rules of the plan's standard, on its day and in its county, with these overlays."""
    on = school_year_start(int(plan["year"]))
    standard = resolve(plan["standard"], on=on, region=plan["county"]["code"], overlays=overlays)
    item = next(one for one in standard.items if one.part == "recognition" and one.evidence == "survey")
    told: dict[str, Any] = {name: limit.value for name, limit in item.limits.items()}
    small, back = told.get("small_county_residents"), told.get("valid_return")
    words = {value_key(text.zh): group for group, text in _groups().items()}
    asked = [words[value_key(str(word))] for word in told["groups"]]
    return SurveyRules(
        item=item.id,
        sha256=standard.sha256,
        per_mille=_exact(told["sample_per_mille"]),
        least=int(str(told["sample_min"])),
        small=None if small is None else int(str(small)),
        parents=_exact(told["parents"]),
        others=tuple(group for group in asked if group != PARENTS),
        rate=_exact(told["rate"]),
        valid_return=None if back is None else _exact(back),
    )


def _groups() -> Mapping[str, Any]:
    return load_dictionary().tables["survey"].columns["respondent_group"].values


def _exact(value: object) -> Fraction:
    return Fraction(str(value))

"""A school among its like: same stage, kind of place and similar size. An aid, no rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from junheng.basics import urban_town_rural
from junheng.judgement.compare import more_is_better
from junheng.judgement.finding import Finding

Json = Mapping[str, Any]
TIMES = 2.0  # of similar size: from half its pupils to twice; a choice of display, no clause asks for it
LEAST = 4  # schools with a value, below which quartiles tell nothing


@dataclass(frozen=True, slots=True)
class PeerFigure:
    """One indicator among the peers that have a value (``schools`` of them, the school itself among them).

    Quartiles are linear between neighbours (R's type 7), None with fewer than ``LEAST``. ``rank`` 1 is best, equal
    values share the better rank; None where the school has no value.
    """

    schools: int
    low: float | None
    median: float | None
    high: float | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Peers:
    """``area``: urban, town or rural as told by the code, "" where unknown (then places are not told apart)."""

    area: str
    schools: int
    figures: Mapping[str, PeerFigure]


def peers(finding: Finding, school_id: str, stage: str) -> Peers | None:
    """The peers of a judged school-stage; None where it is not judged or its pupils are unknown."""
    rows = [school for school in finding.verdict["schools"] if school["stage"] == stage]
    own = next((school for school in rows if school["school_id"] == school_id), None)
    if own is None or not own["pupils"]:
        return None
    area = _area(own)
    like = [
        school
        for school in rows
        if _area(school) == area
        and school["pupils"]
        and own["pupils"] / TIMES <= school["pupils"] <= own["pupils"] * TIMES
    ]
    more = {rule.id: more_is_better(rule.comparison) for rule in finding.standard.indicators}
    figures = {
        key: _figure(found["value"], _values(like, key), is_more=more.get(key, True))
        for key, found in own["indicators"].items()
    }
    return Peers(area, len(like), figures)


def _area(school: Json) -> str:
    found = urban_town_rural(school["urban_rural_code"])
    return found.en if found else ""


def _values(schools: Sequence[Json], key: str) -> list[float]:
    held = [school["indicators"][key]["value"] for school in schools if key in school["indicators"]]
    return [value for value in held if value is not None]


def _figure(own: float | None, values: Sequence[float], *, is_more: bool) -> PeerFigure:
    low, middle, high = quantiles(values, n=4, method="inclusive") if len(values) >= LEAST else (None,) * 3
    rank = None
    if own is not None:
        rank = 1 + sum(value > own if is_more else value < own for value in values)
    return PeerFigure(len(values), low, middle, high, rank)

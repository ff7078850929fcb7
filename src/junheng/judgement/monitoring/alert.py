"""What monitoring says: an alert with its rule, number, line and reason, under a lasting key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from junheng.basics import Text
from junheng.standards import Citation

Level = Literal["red", "orange", "yellow"]
Scope = Literal["school", "stage", "county"]
Kind = Literal["warning", "no_data"]
Json = Mapping[str, Any]

LEVELS: tuple[Level, ...] = ("red", "orange", "yellow")
LEVEL_NAMES: Mapping[Level, Text] = {
    "red": Text("红色", "red"),
    "orange": Text("橙色", "orange"),
    "yellow": Text("黄色", "yellow"),
}
KIND_NAMES: Mapping[Kind, Text] = {
    "warning": Text("预警", "warning"),
    "no_data": Text("数据缺失", "no data"),
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One rule that holds for one subject, or a subject that cannot be watched for want of data.

    ``key``: rule:county:school:stage:indicator (empty parts stay): the same gap has the same key in every year and
    run, so it can be muted, owned and followed. ``value``, ``threshold``: in ``unit`` (of the indicator), None where
    they cannot be told or there is none; ``distance``: what lacks or is too much, in ``distance_unit`` (teachers, m²,
    yuan, rooms, pupils), never negative. All are doubles for showing: the comparison was exact. ``year``: the school
    year the alert speaks of (a forecast's: the first year it happens). ``cases``: classes or years concerned.
    ``figure``: name of the figure in the finding's figures.json, empty where it has none; ``explain``: the arguments
    after ``junheng explain FOLDER`` that open it, empty where no finding holds it. ``missing``: facts not reported
    (``no_data`` only).
    """

    key: str
    kind: Kind
    rule: str
    name: Text
    level: Level
    scope: Scope
    topic: str  # attainment, gap, size, hot, cold, rooms, future, data: the chapter of the bulletin
    year: int
    county_code: str
    county: str
    school_id: str
    school: str
    stage: str
    indicator: str
    value: float | None
    threshold: float | None
    distance: float | None
    unit: Text
    distance_unit: Text
    reason: Text
    citation: Citation
    figure: str = ""
    explain: tuple[str, ...] = ()
    cases: int = 1
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The public form (docs/method/monitoring.md §4); ``alert_from_json`` reads it back."""
        plain: dict[str, Any] = {
            name: getattr(self, name)
            for name in self.__slots__
            if name not in {"name", "reason", "unit", "distance_unit", "citation", "explain", "missing"}
        }
        words = {name: _words(getattr(self, name)) for name in ("name", "reason", "unit", "distance_unit")}
        citation = self.citation.model_dump(mode="json")
        lists = {"explain": list(self.explain), "missing": list(self.missing)}
        return plain | words | {"citation": citation} | lists


def alert_from_json(found: Json) -> Alert:
    """The alert that ``as_json`` wrote. Raises KeyError for a key that is absent."""
    given: dict[str, Any] = {name: found[name] for name in Alert.__slots__}
    given |= {name: _text(found[name]) for name in ("name", "reason", "unit", "distance_unit")}
    given |= {name: tuple(found[name]) for name in ("explain", "missing")}
    return Alert(**given | {"citation": Citation.model_validate(found["citation"])})


@dataclass(frozen=True, slots=True)
class Unwatched:
    """A rule that could not look at anything: what it needs was not given at all (no class table, one year only)."""

    rule: str
    name: Text
    reason: Text
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The public form."""
        return {
            "rule": self.rule,
            "name": _words(self.name),
            "reason": _words(self.reason),
            "missing": list(self.missing),
        }


@dataclass(frozen=True, slots=True)
class Watch:
    """What ``watch`` found: alerts sorted by level, stage, school, rule, indicator; and the rules left idle."""

    year: int
    alerts: tuple[Alert, ...]
    unwatched: tuple[Unwatched, ...] = ()

    def count(self, level: Level, kind: Kind = "warning") -> int:
        """How many alerts of ``kind`` have this level."""
        return sum(alert.level == level and alert.kind == kind for alert in self.alerts)

    def as_json(self) -> dict[str, Any]:
        """The public form."""
        return {
            "year": self.year,
            "alerts": [alert.as_json() for alert in self.alerts],
            "unwatched": [rule.as_json() for rule in self.unwatched],
        }


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _text(found: Json) -> Text:
    return Text(str(found["zh"]), str(found["en"]))

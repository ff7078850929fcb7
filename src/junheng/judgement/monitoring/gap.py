"""A gap being followed, and whether new data closes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from junheng.basics import Text
from junheng.judgement.monitoring.alert import Alert

Status = Literal["closed", "open", "cannot_tell"]
STATUS_NAMES: Mapping[Status, Text] = {
    "closed": Text("已销号", "closed"),
    "open": Text("未整改到位", "open"),
    "cannot_tell": Text("无法判定", "cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """What has to be kept of an alert to recheck it: no more than its key and the year it was seen in.

    A site stores these fields of its own gap and builds one of them to ask ``recheck``.
    """

    rule: str
    county_code: str
    school_id: str
    stage: str
    indicator: str
    year: int

    @property
    def key(self) -> str:
        """The key of its alerts."""
        return alert_key(self.rule, self.county_code, self.school_id, self.stage, self.indicator)


@dataclass(frozen=True, slots=True)
class Recheck:
    """What new data says of a gap. ``closed`` only where the recomputed data passes; silence never closes."""

    status: Status
    reason: Text
    value: float | None = None
    threshold: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The public form."""
        return {
            "status": self.status,
            "reason": {"zh": self.reason.zh, "en": self.reason.en},
            "value": self.value,
            "threshold": self.threshold,
        }


def alert_key(rule: str, county: str, school: str = "", stage: str = "", indicator: str = "") -> str:
    """The stable key of a gap: rule:county:school:stage:indicator."""
    return ":".join((rule, county, school, stage, indicator))


def gap_of(alert: Alert) -> Gap:
    """The gap that ``alert`` speaks of."""
    return Gap(alert.rule, alert.county_code, alert.school_id, alert.stage, alert.indicator, alert.year)


def gap_from_key(key: str, year: int) -> Gap:
    """The gap with this key. Raises ValueError for a key of another shape."""
    rule, county, school, stage, indicator = key.split(":")
    return Gap(rule, county, school, stage, indicator, year)

"""Deadlines and escalation: what is due, overdue, and to whom it has gone; each is given the day."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text

NO_LEVEL = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A step of escalation: reached when a gap is ``days`` overdue."""

    level: int
    days: int
    name: Text


@dataclass(frozen=True, slots=True)
class Clocks:
    """The site's clocks (clocks.yaml), with where they come from."""

    source: Text
    days_to_put_right: int
    soon_days: int
    levels: tuple[Level, ...]
    bulletin_months: int


@cache
def clocks() -> Clocks:
    """They are read once."""
    found: dict[str, Any] = yaml.safe_load(
        Path(__file__).with_name("clocks.yaml").read_text(encoding="utf-8")
    )
    levels = tuple(
        Level(one["level"], one["days"], Text(one["zh"], one["en"])) for one in found["escalation"]
    )
    source = Text(found["source"]["zh"], found["source"]["en"])
    return Clocks(source, found["days_to_put_right"], found["soon_days"], levels, found["bulletin_months"])


def days_over(due_on: date, today: date) -> int:
    """Days past the deadline; 0 on the day itself and before."""
    return max(0, (today - due_on).days)


def level_of(due_on: date, today: date) -> int:
    """The step of escalation a standing gap has reached."""
    over = days_over(due_on, today)
    return max((one.level for one in clocks().levels if over >= one.days), default=NO_LEVEL)


def level_name(level: int) -> Text:
    """To whom a gap has gone; empty at no level."""
    return next((one.name for one in clocks().levels if one.level == level), Text("", ""))


def proposed_due(today: date) -> date:
    """The deadline proposed for a new gap."""
    return today + timedelta(days=clocks().days_to_put_right)


def period_of(today: date) -> tuple[date, date]:
    """The last whole period of ``bulletin_months`` calendar months before ``today``: January–February, and so on."""
    months = clocks().bulletin_months
    now = today.year * 12 + today.month - 1
    end = now - now % months  # the period that holds today begins here
    first, after = end - months, end
    return _month(first), _month(after) - timedelta(days=1)


def _month(count: int) -> date:
    return date(count // 12, count % 12 + 1, 1)

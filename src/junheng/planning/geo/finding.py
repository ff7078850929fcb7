"""One thing that is wrong or doubtful in a map: what, where, what rests on it, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from junheng.basics import Text

Level = Literal["error", "warning"]
_FILE = Path(__file__).parent / "library" / "thresholds.yaml"


@dataclass(frozen=True, slots=True)
class Finding:
    """``subject``: the place, area, node or pair it is about; ``lon``, ``lat``: where to look on the map, if anywhere.

    error: results that rest on it are wrong, or it cannot be used; warning: to be looked at.
    """

    code: str
    level: Level
    where: str
    subject: str
    what: Text
    effect: Text
    fix: Text
    lon: float | None = None
    lat: float | None = None

    def json(self) -> dict[str, Any]:
        """As plain data, texts in both languages."""
        found: dict[str, Any] = {
            "code": self.code,
            "level": self.level,
            "where": self.where,
            "subject": self.subject,
        }
        found |= {
            f"{name}_{key}": getattr(text, key)
            for name, text in self._texts().items()
            for key in ("zh", "en")
        }
        if self.lon is not None and self.lat is not None:
            found |= {"lon": round(self.lon, 7), "lat": round(self.lat, 7)}
        return found

    def _texts(self) -> Mapping[str, Text]:
        return {"what": self.what, "effect": self.effect, "fix": self.fix}


@cache
def threshold(name: str) -> float:
    """A bound of library/thresholds.yaml."""
    return float(_content()[name]["value"])


@cache
def china_box() -> tuple[float, float, float, float]:
    """West, south, east, north of a rough box of China."""
    west, south, east, north = map(float, _content()["china_box"]["value"])
    return west, south, east, north


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content

"""What is wrong or odd in an input: one problem a cause, with every place; listed, never silently mended."""

from dataclasses import dataclass, field

from junheng.basics import Text
from junheng.funding.exact import Json


@dataclass
class Problems:
    """Problems by cause, in the order in which they were found."""

    found: dict[str, Json] = field(default_factory=dict)

    def add(self, cause: str, at: str, what: Text, fix: Text) -> None:
        """Note ``what`` at the place ``at`` (file, sheet, cell) under ``cause``."""
        entry = self.found.setdefault(
            cause,
            {
                "cause": cause,
                "what": {"zh": what.zh, "en": what.en},
                "fix": {"zh": fix.zh, "en": fix.en},
                "at": [],
            },
        )
        if at not in entry["at"]:
            entry["at"].append(at)

    def as_json(self) -> list[Json]:
        """All of them, with their count."""
        return [{**entry, "count": len(entry["at"])} for entry in self.found.values()]

"""The parts of a county's verdict: as the finding's files tell them, and as counties are compared by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text
from junheng.standards import PART_NAMES

Json = Mapping[str, Any]
_NAMES: Mapping[str, Text] = {str(part): name for part, name in PART_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the county's verdict."""

    key: str
    name: Text
    verdict: str


def parts_told(verdict: Json) -> str:
    """The parts of verdict.json in one line ("resource:not_met veto:met"), by which findings are found and compared."""
    told = verdict["county"].get("parts", {})
    return " ".join(f"{part}:{found}" for part, found in told.items() if found)


def parts_in(told: str) -> Iterator[Part]:
    """The parts of such a line that the standard judges; none of a finding made before parts were told."""
    for one in told.split():
        key, _, verdict = one.partition(":")
        if verdict == "None":  # lines kept before such parts were left out
            continue
        yield Part(key, _NAMES.get(key, Text(key, key)), verdict)

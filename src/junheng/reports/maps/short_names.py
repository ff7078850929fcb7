"""Names short enough for a map: the district all schools carry in front is said once, in the notes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from junheng.basics import Text

_DISTRICT = re.compile(r"^.{1,12}?[区县市旗](?=.{2})")
_MOST_SHARE = 0.6  # of the names that must carry it


def shared_start(names: Iterable[str]) -> str:
    """The district's name in front of most of the names; "" where most carry none."""
    held = list(names)
    found = Counter(match.group() for name in held if (match := _DISTRICT.match(name)))
    if not found:
        return ""
    start, count = min(found.items(), key=lambda one: (-one[1], one[0]))
    return start if count >= _MOST_SHARE * len(held) and count > 1 else ""


def without(name: str, start: str) -> str:
    """``name`` without ``start`` in front."""
    return name[len(start) :] if start and name.startswith(start) else name


def start_note(start: str) -> list[Text]:
    """What the notes say about it."""
    if not start:
        return []
    return [Text(f"图上校名省略“{start}”。", f"“{start}” is left out of the names on the map.")]


def says_school(zone: str, schools: Sequence[str]) -> bool:
    """Whether a zone's name only repeats its school's."""
    return any(zone.startswith(school) for school in schools)

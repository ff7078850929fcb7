"""The figures of special groups that leave the office: nothing from which a small count could be told."""

from collections.abc import Mapping
from typing import Any

from junheng.enrolment.special import SHARES
from junheng.enrolment.views import without_small_cells

_ALL = ".all"
Json = dict[str, Any]
Counts = Mapping[str, int | None]


def public_special(found: Mapping[str, Any], small: int) -> Json:
    """Counts and shares of ``special_figures``; None where a count is not known, or below ``small`` and hidden.

    The parts of a group are hidden as in ``without_small_cells``; its total too, where it, or what is left of all
    pupils, is from 1 to ``small`` - 1. A share is told only where both its counts are shown.
    """
    counts = {name: cell["value"] for name, cell in found["counts"].items()}
    shown = {name: None if _is_small(value, None, small) else value for name, value in counts.items()}
    for group in dict.fromkeys(name.partition(".")[0] for name in counts if "." in name):
        shown |= _group(group, counts, small)
    shares = {
        name: share["percent"]
        for name, share in found["shares"].items()
        if all(shown.get(part) is not None for part in SHARES[name])
    }
    return {"small_cell": small, "counts": shown, "shares": shares}


def _group(group: str, counts: Counts, small: int) -> dict[str, int | None]:
    """The parts of one group, and its total where it has one."""
    whole = f"{group}{_ALL}"
    names = [name for name in counts if name.startswith(f"{group}.") and name != whole]
    found = without_small_cells({name: value for name in names if (value := counts[name]) is not None}, small)
    if whole not in counts:
        return found
    if _is_small(counts[whole], counts.get("pupils"), small):  # nor may its parts be added up
        return {**{name: None if value else value for name, value in found.items()}, whole: None}
    return {**found, whole: counts[whole]}


def _is_small(part: int | None, whole: int | None, small: int) -> bool:
    rest = None if part is None or whole is None else whole - part
    return any(count is not None and 0 < count < small for count in (part, rest))

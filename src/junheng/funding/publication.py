"""What may be made public of aid: sums without names, small groups hidden so that no subtraction brings them back.

A table is published with its total. Where a group has fewer children than the rule's smallest cell it is hidden, and
with it the next smallest groups until at least two are hidden and together they are large enough.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from junheng.funding.exact import Json, spelled, summed

Row = Mapping[str, Any]
BY = ("category", "scheme", "stage", "term")
_SHOWN_END = 2  # signs of a pseudonym that stay, so that a family finds its own row
_MASK, _SHORTEST = "*", 6
_LEAST_HIDDEN = 2  # one hidden group alone is the total less the others


def public_part(aided: Sequence[Row], apart: Sequence[Row], problem: Json) -> Json:
    """The tables a public page may show, and the masked list where the place's rule obliges one and until it expires."""
    rule = problem["rules"]["publication"]["values"]
    smallest = int(rule["smallest_cell"])
    return {
        "smallest_cell": smallest,
        "aid": _tables(aided, BY, smallest),
        "apart": _tables(apart, ("scheme", "term"), smallest),
        "list": _list(aided, problem, rule),
    }


def _tables(rows: Sequence[Row], names: Sequence[str], smallest: int) -> Json | None:
    """None where all of the children together are too few to be told of."""
    if len(_pupils(rows)) < smallest:
        return None
    return {"all": _cell(rows), **{name: _table(rows, name, smallest) for name in names}}


def _table(rows: Sequence[Row], name: str, smallest: int) -> Json:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[name] or "", []).append(row)
    hidden = hidden_groups({key: _pupils(found) for key, found in groups.items()}, smallest)
    return {key: None if key in hidden else _cell(groups[key]) for key in sorted(groups)}


def hidden_groups(groups: Mapping[str, frozenset[str]], smallest: int) -> frozenset[str]:
    """Which groups of children to hide: the small ones, and others until their sum tells of no small group.

    >>> sorted(hidden_groups({"a": frozenset("12"), "b": frozenset("345678"), "c": frozenset("9ABCDEFGH")}, 5))
    ['a', 'b']
    """
    order = sorted(groups, key=lambda key: (len(groups[key]), key))
    hidden = [key for key in order if len(groups[key]) < smallest]
    rest = [key for key in order if key not in hidden]
    while hidden and rest and not _is_safe([groups[key] for key in hidden], smallest):
        hidden.append(rest.pop(0))
    return frozenset(hidden)


def _is_safe(hidden: Sequence[frozenset[str]], smallest: int) -> bool:
    return len(hidden) >= _LEAST_HIDDEN and len(frozenset().union(*hidden)) >= smallest


def _pupils(rows: Sequence[Row]) -> frozenset[str]:
    return frozenset(row["pupil_id"] for row in rows if row["pupil_id"])


def _cell(rows: Sequence[Row]) -> Json:
    known = [row["yuan"] for row in rows if row["yuan"] is not None]
    return {"times": len(rows), "yuan": spelled(summed(known))}


def _list(rows: Sequence[Row], problem: Json, rule: Mapping[str, Any]) -> Json | None:
    """The masked list of a place that obliges one, with its last day; None by default, and after that day."""
    if rule["list_required"] != "true":
        return None
    paid = [row for row in rows if row["paid_on"]]
    if not paid:
        return None
    first = max(date.fromisoformat(row["paid_on"]) for row in paid)
    last = first + timedelta(days=int(rule["list_days"]))
    if date.fromisoformat(problem["on"]) > last:
        return None
    listed = sorted({(masked(row["pupil_id"] or ""), row["scheme"] or "", row["term"] or "") for row in paid})
    return {"expires_on": last.isoformat(), "rows": [list(one) for one in listed]}


def masked(pseudonym: str) -> str:
    """A pseudonym with all but its last signs covered; a short one wholly.

    >>> masked("P000123"), masked("P12")
    ('*****23', '***')
    """
    kept = _SHOWN_END if len(pseudonym) >= _SHORTEST else 0
    return _MASK * (len(pseudonym) - kept) + (pseudonym[-kept:] if kept else "")

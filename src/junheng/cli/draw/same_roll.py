"""Whether a folder already holds exactly this roll: then freezing again is no second freeze."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.cli.draw.folder import roll_of, state_of
from junheng.cli.draw.plan import Plan

if TYPE_CHECKING:
    from junheng.draws import Entrant

Child = tuple[str, str]  # identity and row, as text


def is_frozen_so(folder: Path, plan: Plan, purpose: str, entrants: "Sequence[Entrant]") -> bool:
    """Whether ``folder`` holds the frozen roll of these entrants, under this plan, and nothing after it.

    Compared are the children, what they handed in, and who is bound to whom; salts are drawn once and stay.
    """
    from junheng.draws import receipts

    if str(state_of(folder)) != "frozen":
        return False
    papers = list(receipts(folder))  # opening the folder also finishes what a killed program left
    roll = roll_of(folder)
    asked = (plan.draw_id, plan.title, purpose, plan.kind, plan.hash)
    if tuple(roll[key] for key in ("draw_id", "title", "purpose", "kind", "hash")) != asked:
        return False
    given = [
        ((_text(e.identity), _text(e.row)), e.family or f"\0{place}") for place, e in enumerate(entrants)
    ]
    return _bound(given) == _bound(map(_frozen, papers))


def _frozen(paper: Mapping[str, Any]) -> tuple[Child, str]:
    """What a receipt says of a child, and its unit."""
    row = dict(paper["row"])
    unit = row.pop("unit")
    row.pop("pid")
    return (_text(paper["identity"]), _text(row)), unit


def _bound(children: Iterable[tuple[Child, str]]) -> list[list[Child]]:
    """The children by unit, in an order that rests on nothing but themselves."""
    units: dict[str, list[Child]] = {}
    for child, unit in children:
        units.setdefault(unit, []).append(child)
    return sorted(sorted(members) for members in units.values())


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)

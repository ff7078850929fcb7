"""What a plan does to the yearly operating funds its schools are due: before beside after, addend by addend."""

from typing import TYPE_CHECKING

from junheng.basics import lazy_door

if TYPE_CHECKING:
    from junheng.planning.entitled.asked import FundingAsked, read_funding
    from junheng.planning.entitled.effect import FUNDING, funding_effect
    from junheng.planning.entitled.groups import moved_pupils
    from junheng.planning.entitled.telling import funding_table, funding_words

_ROOMS = {
    "FUNDING": "effect",
    "FundingAsked": "asked",
    "funding_effect": "effect",
    "funding_table": "telling",
    "funding_words": "telling",
    "moved_pupils": "groups",
    "read_funding": "asked",
}

if not TYPE_CHECKING:  # a type checker would take every name for granted
    __getattr__ = lazy_door(__name__, _ROOMS)


__all__ = [
    "FUNDING",
    "FundingAsked",
    "funding_effect",
    "funding_table",
    "funding_words",
    "moved_pupils",
    "read_funding",
]

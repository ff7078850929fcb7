"""Who goes: inside each type, persons are assigned to the places its flows open, by exact assignment.

First those who never moved, then those not known to have moved, then who moved longest ago; among equals the school
nearest home, then the longest at the school, then the lower id.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

from junheng.planning.frozen import exact
from junheng.planning.rotate.model import Flow
from junheng.planning.rotate.people import People, Type

Json = dict[str, Any]
_FAR_M = 10**6  # more than any way home
_LONG = 10**2  # more than any service at one school, in years


def name_movers(people: People, flows: Mapping[Flow, int]) -> list[tuple[str, str]]:
    """Pairs of person and new school, by person."""
    places: dict[int, list[str]] = defaultdict(list)
    for (number, to), count in sorted(flows.items()):
        places[number] += [to] * count
    return sorted(
        pair for number, to in places.items() for pair in _assigned(people, people.types[number], to)
    )


def _assigned(people: People, kind: Type, to: Sequence[str]) -> list[tuple[str, str]]:
    persons = sorted(
        (people.by_id[name] for name in kind.persons), key=lambda person: (_moved(person), person["id"])
    )
    ranks = {rank: place for place, rank in enumerate(sorted({_moved(person) for person in persons}))}
    homes = people.problem["homes"]
    costs = [
        [
            (
                ranks[_moved(person)] * _FAR_M
                + min(homes.get(person.get("home"), {}).get(school, 0), _FAR_M - 1)
            )
            * _LONG
            - float(min(exact(person.get("years", 0)), Fraction(_LONG - 1)))
            for school in to
        ]
        for person in persons
    ]
    rows, columns = linear_sum_assignment(np.array(costs, float))
    return [
        (persons[row]["id"], to[column]) for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    ]


def _moved(person: Json) -> tuple[int, int]:
    """Never, not known, or the year: the order in which persons are asked."""
    last = person.get("last_rotation")
    if last == "never":
        return (0, 0)
    return (1, 0) if last is None else (2, int(last))

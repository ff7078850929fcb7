"""Comparable schools: same stage and place, in no group, nearest at the start, each used once."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from junheng.planning.frozen import Json, exact, number
from junheng.planning.pair.assignment import assign
from junheng.planning.pair.candidates import FOREVER, Edge

_UNITS = 10**6  # differences at the start are compared in whole millionths of the stage's mean

Value = dict[tuple[str, int], Fraction]


@dataclass(frozen=True, slots=True)
class Pool:
    """Schools of one stage and indicator with values in both years: members that joined between, and outsiders."""

    joined: tuple[str, ...]
    outside: tuple[str, ...]
    places: dict[str, str]
    values: Value
    left_out: tuple[str, ...]


def pool_of(problem: Json, stage: str, indicator: str) -> Pool:
    """Who can be compared. ``left_out``: members that joined between the years and lack a value."""
    asked = problem["changes"]
    first, last = f"{asked['before']}-09-01", f"{asked['after']}-09-01"
    values = {
        (row["school"], row["year"]): exact(row["value"])
        for row in problem["values"]
        if row["stage"] == stage and row["indicator"] == indicator
    }
    here = [s["id"] for s in problem["schools"] if any(part["stage"] == stage for part in s["stages"])]
    known = [key for key in here if all((key, asked[when]) in values for when in ("before", "after"))]
    own = {key: [row for row in problem["register"] if row["school"] == key] for key in here}
    joined = [key for key in here if _joined_between(own[key], first, last)]
    outside = [key for key in known if not any(_touches(row, first, last) for row in own[key])]
    places = {school["id"]: school["place"] for school in problem["schools"]}
    return Pool(
        tuple(key for key in joined if key in set(known)),
        tuple(outside),
        places,
        values,
        tuple(key for key in joined if key not in set(known)),
    )


def _joined_between(rows: list[Json], first: str, last: str) -> bool:
    """A member on the last day that was in nothing at all on the first."""
    is_in = any(row["role"] == "member" and row["joined"] <= last < row.get("left", FOREVER) for row in rows)
    return is_in and not any(row["joined"] <= first < row.get("left", FOREVER) for row in rows)


def _touches(row: Json, first: str, last: str) -> bool:
    return bool(row["joined"] <= last and row.get("left", FOREVER) > first)


def matched(pool: Pool, before: int, controls: int, calliper: Fraction) -> tuple[list[Json], list[Json]]:
    """Sets [{"member", "others"}] and, for each round, what proves it nearest: {"of", "schools", …} as prices.

    A round gives every member still in play at most one more school: first as many as can be, then the least sum of
    differences at the start. A member without any is left out by the caller.
    """
    edges, proofs = near_edges(pool, before, calliper), []
    sets: dict[str, list[str]] = {key: [] for key in pool.joined}
    weight = 1 + sum(max((e.burden for e in edges if e.strong == key), default=0) for key in pool.joined)
    for turn in range(controls):
        used = {other for others in sets.values() for other in others}
        left = [e for e in edges if e.weak not in used and len(sets[e.strong]) == turn]
        found = assign(left, dict.fromkeys(pool.joined, 1), weight, 1)
        for edge in found.picks:
            sets[edge.strong].append(edge.weak)
        proofs.append({"need_weight": weight, "schools": dict(sorted(found.prices.items()))})
    rows: list[Json] = [{"member": key, "others": others} for key, others in sorted(sets.items()) if others]
    return rows, proofs


def near_edges(pool: Pool, before: int, calliper: Fraction) -> list[Edge]:
    """Every permitted match with its difference at the start, in whole millionths of the mean of all starts."""
    starts = {key: pool.values[key, before] for key in (*pool.joined, *pool.outside)}
    mean = sum(starts.values(), Fraction(0)) / max(1, len(starts))
    if not mean:
        return []
    found = []
    for member in pool.joined:
        for other in pool.outside:
            apart = abs(starts[member] - starts[other]) / mean
            if pool.places[member] == pool.places[other] and apart <= calliper:
                found.append(Edge(member, other, (), 1, 0, int(apart * _UNITS)))
    return found


def mean_path(pool: Pool, sets: Iterable[Json], before: int) -> list[Json]:
    """For every year that all schools of all sets have: mean change since ``before``, of members and of the others."""
    rows = list(sets)
    everyone = {key for row in rows for key in (row["member"], *row["others"])}
    years = sorted({year for _, year in pool.values})
    found = []
    for year in years:
        if rows and all((key, year) in pool.values for key in everyone):
            change = {key: pool.values[key, year] - pool.values[key, before] for key in everyone}
            members = sum((change[row["member"]] for row in rows), Fraction(0)) / len(rows)
            means = [
                sum((change[o] for o in row["others"]), Fraction(0)) / len(row["others"]) for row in rows
            ]
            others = sum(means, Fraction(0)) / len(rows)
            found.append({"year": year, "members": number(members), "others": number(others)})
    return found

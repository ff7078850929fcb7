"""The order by lot: from the seed's tickets or numbers drawn in the hall, and its wording."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from junheng.admissions.assignment import Ranks
from junheng.admissions.drawn_order import drawn_ranks
from junheng.admissions.market import Ints, Market
from junheng.draws import leftover_key, rank_tickets, ticket, ticket_array

RANK_DIGITS = 10  # a rank as published: ten decimal digits, 1 is first


@dataclass(frozen=True)
class Order:
    """Ranks of a market, and how the ticket of a unit is written in cut-offs. ``hash_name``: sha256 or sm3."""

    market: Market
    hash_name: str
    seed: bytes
    ranks: Ranks

    def ticket_text(self, unit: int, school: int | None) -> str:
        """The ticket as published: 64 hex digits; the rank where the order was drawn otherwise.

        ``school`` None: the single ticket (leftovers).
        """
        if self.market.problem.ranking.method != "hmac":
            return f"{int(self.ranks.single[unit]) + 1:0{RANK_DIGITS}d}"
        per_school = self.market.problem.tickets == "per_school" and school is not None
        name = self.market.school_ids[school] if per_school and school is not None else None
        return ticket(self.hash_name, self.seed, self.market.units[unit], name).hex()


def order_of(market: Market, hash_name: str, seed: bytes) -> Order:
    """The order by lot that ``seed`` and the problem's ranking give to ``market``."""
    problem, units = market.problem, market.units
    if problem.ranking.method == "hmac":
        single = rank_tickets(ticket_array(hash_name, seed, units), units, problem.order)
    else:
        single = drawn_ranks(problem, units)
    by_application = _by_school(market, hash_name, seed) if problem.tickets == "per_school" else None

    def lot(unit: int, schools: Sequence[int]) -> list[int]:
        names = market.school_ids
        return sorted(schools, key=lambda index: leftover_key(hash_name, seed, units[unit], names[index]))

    ranks = Ranks(single, by_application, lot if problem.leftovers == "by_lot" else None)
    return Order(market, hash_name, seed, ranks)


def _by_school(market: Market, hash_name: str, seed: bytes) -> Ints:
    """The place of every application among those of its school [A]."""
    places = np.zeros(market.school.size, dtype=np.int64)
    by_school = np.argsort(market.school, kind="stable")
    bounds = np.searchsorted(market.school[by_school], np.arange(len(market.school_ids) + 1))
    for index, name in enumerate(market.school_ids):
        here = by_school[bounds[index] : bounds[index + 1]]
        units = [market.units[unit] for unit in market.applicant[here].tolist()]
        if units:
            array = ticket_array(hash_name, seed, units, name)
            places[here] = rank_tickets(array, units, market.problem.order)
    return places

"""What is drawn in a grade besides the children: class numbers, teacher teams, the turn of a list.

All under the group's class seed (docs/method/class_formation.md §2, §7, §8).
"""

from collections.abc import Sequence

from junheng.class_formation.group import Group
from junheng.draws import hmac_digest, team_order, tickets


def unit_tickets(hash_name: str, class_seed: bytes, group: Group) -> list[bytes]:
    """The ticket of each unit of ``group``, in its order of units."""
    return tickets(hash_name, class_seed, [unit.id for unit in group.units])


def unit_order(unit_tickets: Sequence[bytes]) -> list[int]:
    """Places of units in ticket order. Units stand by id, so a stable sort settles equal tickets by id."""
    return sorted(range(len(unit_tickets)), key=unit_tickets.__getitem__)


def class_numbers(hash_name: str, class_seed: bytes, classes: int) -> list[int]:
    """number[p]: the class number that position p gets by lot."""
    return sorted(
        range(1, classes + 1),
        key=lambda number: hmac_digest(hash_name, class_seed, b"label\0" + str(number).encode("ascii")),
    )


def teams_of(hash_name: str, class_seed: bytes, teams: Sequence[str]) -> list[str]:
    """The teacher team of class 1, 2, … by lot (none declared: none)."""
    return team_order(hash_name, class_seed, teams)


def turn(hash_name: str, class_seed: bytes, sex: int, length: int) -> int:
    """By how many places the list of one sex is turned to the left before a rotated serpentine."""
    drawn = hmac_digest(hash_name, class_seed, b"rotate\0" + str(sex).encode("ascii"))
    return int.from_bytes(drawn, "big") % length if length else 0

"""Hard constraints a layout breaks, each named with its children; ours break none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.class_formation.group import Group


@dataclass(frozen=True, slots=True)
class Violation:
    """``kind``: together (a unit was split) or apart (children who must not meet share a class)."""

    kind: str
    name: str
    pids: tuple[str, ...]


def violations_of(group: Group, classes: Sequence[int]) -> Iterator[Violation]:
    """Every unit that was split and every apart id that met; ``classes[m]``: class of the m-th row."""
    for unit in group.units:
        if len({classes[m] for m in unit.members}) > 1:
            yield Violation("together", unit.id, _pids(group, unit.members))
    met: dict[tuple[str, int], list[int]] = defaultdict(list)
    for m, row in enumerate(group.rows):
        for apart in dict.fromkeys(row["apart"]):
            met[apart, classes[m]].append(m)
    for (apart, _), members in met.items():
        if len(members) > 1:
            yield Violation("apart", apart, _pids(group, members))


def _pids(group: Group, members: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(group.rows[m]["pid"]) for m in members)

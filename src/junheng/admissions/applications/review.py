"""All checks of the forms, and what declared exceptions lift: may the roll be frozen?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from junheng.admissions.applications.check_cells import cell_faults
from junheng.admissions.applications.check_pairs import pair_faults
from junheng.admissions.applications.check_wishes import Catalogue, wish_faults
from junheng.admissions.applications.faults import Fault, FaultGroup, group_faults
from junheng.admissions.applications.form import clean
from junheng.admissions.applications.read import Applications
from junheng.admissions.applications.rule import IntakeException, IntakeRule
from junheng.admissions.problem import Problem, parse_problem
from junheng.data.books import Place


@dataclass(frozen=True)
class Review:
    """What was found. ``faults`` stand; ``confirmed`` were lifted, each with the exception that lifts it.

    ``applications``, ``rule``, ``problem``: what was checked by what, so that a review vouches for no other forms.
    """

    faults: tuple[Fault, ...]
    confirmed: tuple[tuple[Fault, IntakeException], ...]
    applications: Applications
    rule: IntakeRule
    problem: Problem

    @cached_property
    def groups(self) -> tuple[FaultGroup, ...]:
        """The standing faults by cause, those that block the freeze first."""
        return group_faults(self.faults)

    @property
    def blocks(self) -> bool:
        """Whether the roll must not be frozen yet."""
        return any(group.cause.blocks for group in self.groups)

    def as_json(self) -> dict[str, Any]:
        """Plain data for the officers; holds personal data, never public."""
        return {
            "blocks": self.blocks,
            "groups": [group.as_json() for group in self.groups],
            "confirmed": [
                {
                    "cause": fault.cause,
                    "where": str(fault.place),
                    "reason": exception.reason,
                    "confirmed_by": exception.confirmed_by,
                    "confirmed_on": exception.confirmed_on.isoformat(),
                }
                for fault, exception in self.confirmed
            ],
        }


def check_applications(
    applications: Applications,
    rule: IntakeRule,
    problem: Mapping[str, Any] | Problem,
    exceptions: Sequence[IntakeException] = (),
) -> Review:
    """Check ``applications`` by ``rule`` against the schools and classes of ``problem``.

    A confirmed exception lifts the faults of its cause whose children it names; one that lifts none is reported.
    Raises UserError only for a problem that makes no sense.
    """
    parsed = parse_problem(problem)
    catalogue = Catalogue(parsed)
    found = list(applications.faults)
    for child in applications.children:
        found += cell_faults(child, rule)
        found += wish_faults(child, rule, catalogue)
    found += pair_faults(applications.children, rule, catalogue)
    return Review(*_without_confirmed(found, exceptions), applications, rule, parsed)


def _without_confirmed(
    found: Iterable[Fault], exceptions: Sequence[IntakeException]
) -> tuple[tuple[Fault, ...], tuple[tuple[Fault, IntakeException], ...]]:
    """The faults that stand, and those lifted, each with the exception that lifts it."""
    named = [{clean("id_number", "number", number) for number in e.children} for e in exceptions]
    standing: list[Fault] = []
    confirmed: list[tuple[Fault, IntakeException]] = []
    used: set[int] = set()
    for fault in found:
        lifting = next((i for i, e in enumerate(exceptions) if _lifts(e, named[i], fault)), None)
        if lifting is None:
            standing.append(fault)
        else:
            used.add(lifting)
            confirmed.append((fault, exceptions[lifting]))
    for index, exception in enumerate(exceptions):
        if index not in used:
            value = f"{exception.cause}：{'、'.join(exception.children)}"
            standing.append(Fault("exception_unused", Place(), value, children=tuple(exception.children)))
    return tuple(standing), tuple(confirmed)


def _lifts(exception: IntakeException, named: set[str], fault: Fault) -> bool:
    about = set(fault.children)
    return fault.cause == exception.cause and bool(about) and "" not in about and about <= named

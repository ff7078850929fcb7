"""What only shows between forms: one child twice, twins apart, twins numbers that cannot be."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date

from junheng.admissions.applications.check_wishes import Catalogue, chosen
from junheng.admissions.applications.faults import Fault, place_order
from junheng.admissions.applications.form import Child
from junheng.admissions.applications.rule import IntakeRule
from junheng.basics import heading_key

Pair = tuple[Child, Child]


def pair_faults(children: Sequence[Child], rule: IntakeRule, catalogue: Catalogue) -> Iterator[Fault]:
    """Duplicates, twins apart and faulty families, each reported at the later row, naming the earlier one."""
    ordered = sorted(children, key=lambda child: place_order(child.place))
    yield from _same_child(ordered)
    yield from _twins_apart(ordered, rule)
    for members in _groups(ordered, lambda child: child.family):
        yield from _family(members, rule, catalogue)


def _fault(cause: str, pair: Pair, column: str, **fields: str) -> Fault:
    first, later = pair
    who = (first.number, later.number)
    return Fault(cause, later.at(column), later.cell(column), other=str(first.place), children=who, **fields)


def _groups(children: Iterable[Child], key: Callable[[Child], Hashable]) -> Iterator[list[Child]]:
    """Children with the same key, in order; those whose key is empty belong to no group."""
    found: dict[Hashable, list[Child]] = {}
    for child in children:
        if value := key(child):
            found.setdefault(value, []).append(child)
    yield from found.values()


def _same_child(children: Sequence[Child]) -> Iterator[Fault]:
    told: set[frozenset[int]] = set()
    for first, later in _each_with_first(children, lambda child: child.number):
        cause = "same_number" if first.district == later.district else "two_districts"
        told.add(frozenset((id(first), id(later))))
        yield _fault(cause, (first, later), "id_number")
    for first, later in _each_with_first(children, _person_key):
        if frozenset((id(first), id(later))) not in told:
            yield _fault("same_person", (first, later), "name")
    for first, later in _each_with_first(children, lambda child: child.cell("student_number")):
        if frozenset((id(first), id(later))) not in told:
            yield _fault("same_student_number", (first, later), "student_number")


def _each_with_first(children: Sequence[Child], key: Callable[[Child], Hashable]) -> Iterator[Pair]:
    for members in _groups(children, key):
        yield from ((members[0], later) for later in members[1:])


def _person_key(child: Child) -> Hashable:
    parts = (child.cell("name"), child.cell("birth_date"), child.cell("guardian"))
    return parts if all(parts) else None


def _twins_apart(children: Sequence[Child], rule: IntakeRule) -> Iterator[Fault]:
    """Pairs born together that share home or guardian, as the rule of the house describes twins, under no common number.

    Home: same address, with the same guardian or surname. Guardian: same name and telephone, wherever they live.
    """
    told: set[frozenset[int]] = set()
    for key in (_home_key, _guardian_key):
        for members in _groups(children, key):
            for first, later in _born_together(members, rule.families.days_apart):
                pair = frozenset((id(first), id(later)))
                alike = key is _guardian_key or _one_family(first, later)
                apart = not (first.family and first.family == later.family)
                if alike and apart and pair not in told and not _one_child(first, later):
                    told.add(pair)
                    yield _fault("twins_apart", (first, later), "family")


def _one_child(first: Child, later: Child) -> bool:
    """Whether the pair is reported as one child already."""
    return first.number == later.number or (_person_key(first) == _person_key(later) is not None)


def _home_key(child: Child) -> Hashable:
    return heading_key(child.cell("address"))


def _guardian_key(child: Child) -> Hashable:
    parts = (child.cell("guardian"), child.cell("phone"))
    return parts if all(parts) else None


def _one_family(first: Child, later: Child) -> bool:
    same_guardian = bool(first.cell("guardian")) and first.cell("guardian") == later.cell("guardian")
    return same_guardian or first.cell("name")[:1] == later.cell("name")[:1] != ""


def _born_together(members: Sequence[Child], days_apart: int) -> Iterator[Pair]:
    """Pairs born at most so many days apart; within a pair the earlier row comes first."""
    born: list[tuple[date, int]] = sorted(
        (child.birth_date, place) for place, child in enumerate(members) if child.birth_date
    )
    for start, (day, place) in enumerate(born):
        for later_day, other in born[start + 1 :]:
            if (later_day - day).days > days_apart:
                break
            yield members[min(place, other)], members[max(place, other)]


def _family(members: Sequence[Child], rule: IntakeRule, catalogue: Catalogue) -> Iterator[Fault]:
    first = members[0]
    place, number = first.at("family"), first.cell("family")
    everybody = tuple(child.number for child in members)
    if len(members) == 1:
        yield Fault("family_alone", place, number, children=everybody)
    if len(members) > rule.families.largest:
        most = str(rule.families.largest)
        yield Fault("family_large", place, number, most, str(len(members)), everybody)
    for later in members[1:]:
        if _unrelated(first, later, rule.families.days_apart):
            yield _fault("family_unrelated", (first, later), "family")
        if chosen(first, rule, catalogue) != chosen(later, rule, catalogue):
            yield _fault("family_differs", (first, later), "wish" if later.numbered("wish") else "family")


def _unrelated(first: Child, later: Child, days_apart: int) -> bool:
    if first.birth_date and later.birth_date and abs((first.birth_date - later.birth_date).days) > days_apart:
        return True
    tied = ("guardian", "phone", "address")
    return not any(first.cell(name) == later.cell(name) for name in tied)

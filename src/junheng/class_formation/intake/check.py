"""What only shows between rows: one child twice, labels of one child, demands that contradict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from junheng.class_formation.intake.child import Child
from junheng.class_formation.intake.columns import load_columns
from junheng.class_formation.intake.faults import Fault

Home = tuple[str, str]


def check_children(children: Sequence[Child], classes: Mapping[Home, int]) -> Iterator[Fault]:
    """All faults between children. ``classes``: number of classes by school and grade; empty: not yet known."""
    yield from _same_number(children)
    yield from _totals(children)
    together = together_groups(children)
    for child in children:
        if not _is_one_unit(child, together):
            yield Fault("two_units", child.at("together"))
        if classes and child.school and child.grade and child.home not in classes:
            yield Fault("no_plan", child.at("school"), " ".join(child.home))
    for (_, label), members in together.items():
        if len(members) == 1:
            yield Fault("label_alone", members[0].at(label.split(" ", 1)[0]))
    for members in apart_groups(children).values():
        if len(members) == 1:
            yield Fault("label_alone", members[0].at("apart"))
    yield from _demands(children, classes)


def together_groups(children: Iterable[Child]) -> dict[tuple[Home, str], list[Child]]:
    """Children by home and label of 同班 or 双胞胎."""
    found: dict[tuple[Home, str], list[Child]] = defaultdict(list)
    for child in children:
        for label in child.together:
            found[child.home, label].append(child)
    return found


def apart_groups(children: Iterable[Child]) -> dict[tuple[Home, str], list[Child]]:
    """Children by home and label of 回避."""
    found: dict[tuple[Home, str], list[Child]] = defaultdict(list)
    for child in children:
        for label in child.apart:
            found[child.home, label].append(child)
    return found


def same_name_groups(children: Iterable[Child]) -> dict[tuple[Home, str], list[Child]]:
    """Children of one name in one school's grade (two or more)."""
    found: dict[tuple[Home, str], list[Child]] = defaultdict(list)
    for child in children:
        if name := child.texts.get("name", "").replace(" ", ""):
            found[child.home, name].append(child)
    return {key: members for key, members in found.items() if len(members) > 1}


def _is_one_unit(child: Child, together: Mapping[tuple[Home, str], Sequence[Child]]) -> bool:
    """Whether 同班 and 双胞胎 of one child, where both are filled in, name the very same children."""
    named = {tuple(id(c) for c in together[child.home, label]) for label in child.together}
    return len(named) <= 1


def _same_number(children: Sequence[Child]) -> Iterator[Fault]:
    seen: dict[str, list[Child]] = defaultdict(list)
    for child in children:
        if child.number:
            seen[child.number].append(child)
    for members in seen.values():
        for child in members if len(members) > 1 else ():
            yield Fault("same_number", child.at("id_number"))


def _totals(children: Sequence[Child]) -> Iterator[Fault]:
    """Totals unlike the sum of the subjects, where most children's are alike (else other subjects are in it)."""
    total = load_columns().total
    whole = {name for child in children for name in child.marks} - {total}
    full = [c for c in children if total in c.marks and whole and whole <= set(c.marks)]
    unlike = [c for c in full if c.marks[total] != sum(c.marks[name] for name in whole)]
    if full and Fraction(len(unlike), len(full)) < Fraction(1, 2):
        for child in unlike:
            yield Fault("total_differs", child.at(total))


def _demands(children: Sequence[Child], classes: Mapping[Home, int]) -> Iterator[Fault]:
    """Children to be together and apart at once, or more to be apart than there are classes."""
    groups = [*apart_groups(children).items(), *same_name_groups(children).items()]
    for (home, _), members in groups:
        bound = [label for child in members for label in child.together]
        if len(set(bound)) < len(bound):
            yield from (Fault("bound_and_apart", child.at("apart")) for child in members)
        if 1 < classes.get(home, len(members)) < len(members):
            yield from (Fault("too_many_apart", child.at("apart"), " ".join(home)) for child in members)

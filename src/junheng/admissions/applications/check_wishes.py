"""Wishes and priority classes of one form, against the schools and classes of the problem."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from junheng.admissions.applications.faults import Fault
from junheng.admissions.applications.form import Child, column_words
from junheng.admissions.applications.rule import IntakeRule
from junheng.admissions.problem import Problem
from junheng.basics import heading_key, nearest

Chosen = tuple[list[str | None], list[int | None], list[str | None]]


@dataclass(frozen=True)
class Catalogue:
    """The schools and classes of a problem by every way an officer writes them."""

    problem: Problem

    @cached_property
    def schools(self) -> Mapping[str, str]:
        """Key of code or name → school id; a name that two schools share means neither."""
        found = {heading_key(school.id): school.id for school in self.problem.schools}
        names = [heading_key(school.name) for school in self.problem.schools]
        for school, name in zip(self.problem.schools, names, strict=True):
            if name and names.count(name) == 1:
                found.setdefault(name, school.id)
        return found

    @cached_property
    def classes(self) -> Mapping[str, int]:
        """Key of code or name → class code."""
        found = {str(entry.code): entry.code for entry in self.problem.classes}
        for entry in self.problem.classes:
            if entry.name:
                found.setdefault(heading_key(entry.name), entry.code)
        return found

    def school(self, word: str) -> str | None:
        """The id of the school that ``word`` means; "101 第一小学", code before name, is understood too."""
        found = self.schools.get(heading_key(word))
        if found is None and " " in word:
            code, name = word.split(" ", 1)
            first, second = self.schools.get(heading_key(code)), self.schools.get(heading_key(name))
            return first if first == second else None
        return found

    def class_code(self, word: str) -> int | None:
        """The class that ``word`` means."""
        return self.classes.get(heading_key(word))

    def suggestion(self, word: str) -> tuple[str, str]:
        """A hint at the school meant, in Chinese and English; "" when none is near."""
        near = nearest(word, [school.name for school in self.problem.schools if school.name])
        return (f"，最接近的是“{near}”", f", the nearest is “{near}”") if near else ("", "")


def wish_faults(child: Child, rule: IntakeRule, catalogue: Catalogue) -> Iterator[Fault]:
    """Number and order of wishes, unknown and repeated schools, classes that do not exist or are missing."""
    wishes = child.numbered("wish")
    yield from _count(child, rule, wishes)
    for column in ("wish", "fallback"):
        yield from _schools(child, column, catalogue)
    for column, number, word in _class_cells(child):
        if word and catalogue.class_code(word) is None:
            yield _fault("class_unknown", child, column, number)
    if rule.default_class is None and not child.cell("priority"):
        for number in wishes:
            if not child.cell("wish_class", number):
                yield _fault("class_missing", child, "wish", number, column_words(("wish", number)))


def _fault(cause: str, child: Child, column: str, number: int, expected: str = "", other: str = "") -> Fault:
    value = child.cell(column, number)
    return Fault(cause, child.at(column, number), value, expected, other, (child.number,))


def _count(child: Child, rule: IntakeRule, wishes: Mapping[int, str]) -> Iterator[Fault]:
    count, who = str(len(wishes)), (child.number,)
    if len(wishes) < rule.wishes.least:
        yield Fault("no_wish", child.at("wish", 1), count, str(rule.wishes.least), children=who)
    if len(wishes) > rule.wishes.most:
        extra = list(wishes)[rule.wishes.most]
        yield Fault("too_many_wishes", child.at("wish", extra), count, str(rule.wishes.most), children=who)
    for expected, number in enumerate(wishes, 1):
        if number != expected:
            yield _fault("wish_gap", child, "wish", number, column_words(("wish", number)))
            break


def _schools(child: Child, column: str, catalogue: Catalogue) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, word in child.numbered(column).items():
        school = catalogue.school(word)
        if school is None:
            zh, en = catalogue.suggestion(word)
            yield _fault("unknown_school", child, column, number, zh, en)
        elif school in seen:
            yield _fault("wished_twice", child, column, number, column_words((column, seen[school])))
        else:
            seen[school] = number


def _class_cells(child: Child) -> Iterator[tuple[str, int, str]]:
    yield "priority", 0, child.cell("priority")
    for number, word in child.numbered("wish_class").items():
        yield "wish_class", number, word


def chosen(child: Child, rule: IntakeRule, catalogue: Catalogue) -> Chosen:
    """Choices, class of each choice, and fallback schools; None stands for what ``wish_faults`` reports.

    The class of a wish is its own, else the application's, else the rule's default.
    """
    wishes = child.numbered("wish")
    schools = [catalogue.school(word) for word in wishes.values()]
    classes = [_class(child, number, rule, catalogue) for number in wishes]
    fallback = [catalogue.school(word) for word in child.numbered("fallback").values()]
    return schools, classes, fallback


def _class(child: Child, number: int, rule: IntakeRule, catalogue: Catalogue) -> int | None:
    word = child.cell("wish_class", number) or child.cell("priority")
    return catalogue.class_code(word) if word else rule.default_class

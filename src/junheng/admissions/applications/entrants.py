"""From checked applications to the entrants of a draw: nothing left out, nothing added."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from junheng.admissions.applications.check_wishes import Catalogue, chosen
from junheng.admissions.applications.faults import SHOWN, FaultGroup
from junheng.admissions.applications.form import Child
from junheng.admissions.applications.read import Applications
from junheng.admissions.applications.review import Review, check_applications
from junheng.admissions.applications.rule import IntakeException, IntakeRule
from junheng.admissions.applications.vocabulary import find_value
from junheng.admissions.problem import Problem
from junheng.basics import Text, UserError
from junheng.draws import Entrant

Value = TypeVar("Value")


def make_entrants(
    applications: Applications,
    rule: IntakeRule,
    problem: Mapping[str, Any] | Problem,
    exceptions: Sequence[IntakeException] = (),
) -> list[Entrant]:
    """The forms checked and turned into entrants in one step: ``entrants_of`` the review of ``check_applications``.

    Raises UserError as those do.
    """
    return entrants_of(check_applications(applications, rule, problem, exceptions))


def entrants_of(review: Review) -> list[Entrant]:
    """One entrant for each application that was checked, in the order of the files, ready to be frozen.

    ``identity``: the rule's identity columns that are filled. ``family``: district and twins number, where it binds
    two or more children. ``row``: choices, classes, flags and, where given, fallback (docs/method/draws.md).
    Raises UserError, listing the causes, while anything blocks the freeze.
    """
    if review.blocks:
        raise _blocked([group for group in review.groups if group.cause.blocks])
    catalogue, children = Catalogue(review.problem), review.applications.children
    sizes = Counter(child.family for child in children)
    return [_entrant(child, review.rule, catalogue, is_bound=sizes[child.family] > 1) for child in children]


def _entrant(child: Child, rule: IntakeRule, catalogue: Catalogue, *, is_bound: bool) -> Entrant:
    choices, classes, fallback = chosen(child, rule, catalogue)
    row: dict[str, Any] = {
        "choices": _all_known(choices, child),
        "classes": _all_known(classes, child),
        "flags": _flags(child, rule),
    }
    if fallback:
        row["fallback"] = _all_known(fallback, child)
    identity = {name: child.cell(name) for name in rule.identity if child.cell(name)}
    return Entrant(identity=identity, family=child.family if is_bound else "", row=row)


def _flags(child: Child, rule: IntakeRule) -> dict[str, int]:
    """The rule's flags as codes; what is blank is left out, never 0."""
    found: dict[str, int] = {}
    if "sex" in rule.flags and (sex := find_value("sex", child.cell("sex"))):
        found["sex"] = int(sex.code)
    if "residence" in rule.flags and (residence := rule.find_residence(child.cell("residence"))):
        found["residence"] = residence.code
    return found


def _all_known(values: Iterable[Value | None], child: Child) -> list[Value]:
    found = list(values)
    known = [value for value in found if value is not None]
    if len(known) != len(found):
        raise UserError(
            Text("志愿或类别无法识别", "a wish or class is not known"),
            where=str(child.place),
            fix=Text("请先改正检查列出的问题", "mend what the checks list first"),
        )
    return known


def _blocked(groups: Sequence[FaultGroup]) -> UserError:
    """One error that names every cause with its first places and what to do."""
    zh = "".join(f"\n  · {g.title.zh}，如 {_places(g)}。{g.cause.fix.zh}" for g in groups)
    en = "".join(f"\n  · {g.title.en}, such as {_places(g)}. {g.cause.fix.en}" for g in groups)
    return UserError(
        Text(f"报名表还不能封存：{zh}", f"the roll cannot be frozen yet:{en}"),
        where="、".join(dict.fromkeys(fault.place.file for g in groups for fault in g.faults)),
        why=Text(
            "带着这些问题封存，有的孩子会有两个号，有的会没有号",
            "frozen like this, some children would have two numbers and some none",
        ),
        fix=Text("请逐条改正或列入例外清单", "mend each, or confirm it in the list of exceptions"),
    )


def _places(group: FaultGroup) -> str:
    shown = [str(fault.place) for fault in group.faults[:SHOWN]]
    more = len(group.faults) - len(shown)
    return "; ".join(shown) + (f" …(+{more})" if more else "")

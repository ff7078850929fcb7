"""Which papers of a survey count, told a second time: code by code, the first of each in the order given."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper: questions answered, the answer that decides, where it stands ("": not told)."""

    answered: int
    overall: int | None
    where: str


@dataclass(frozen=True, slots=True)
class Code:
    """The papers of one code in their order. ``group`` None: the code is of no paper of this survey."""

    group: str | None
    has_code: bool
    sheets: Sequence[Sheet]


@dataclass(frozen=True, slots=True)
class Terms:
    """When a paper counts: ``asked`` questions, the share to be answered, what is done with a code used twice."""

    asked: int
    share: Fraction
    takes_first: bool
    satisfied: frozenset[int]

    @classmethod
    def of(cls, papers: Json) -> "Terms":
        """As they are frozen beside the papers."""
        asked, method = papers["questionnaire"], papers["method"]
        return cls(
            len(asked["questions"]),
            Fraction(method["answered_share"]),
            method["duplicates"] == "first",
            frozenset(one["value"] for one in asked["scale"] if one["is_satisfied"]),
        )

    def refuses(self, code: Code, number: int) -> str:
        """Why the ``number``-th paper (from 0) of ``code`` does not count; "" where it does."""
        if not code.has_code:
            return "no_code"
        if code.group is None:
            return "unknown_code"
        if len(code.sheets) > 1 and not self.takes_first:
            return "void"
        if number > 0:
            return "twice"
        sheet = code.sheets[number]
        if sheet.answered < self.share * self.asked:
            return "too_few"
        return "no_overall" if sheet.overall is None else ""


@dataclass(slots=True)
class Held:
    """The papers of one group, or of all."""

    issued: int = 0
    returned: int = 0
    valid: int = 0
    satisfied: int = 0


@dataclass(slots=True)
class Counted:
    """``groups`` in the plan's order; ``refused``: reason and place → papers."""

    whole: Held = field(default_factory=Held)
    groups: dict[str, Held] = field(default_factory=dict)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)


def held_of(papers: Json) -> tuple[Terms, list[Code]]:
    """The frozen papers with the terms on which they count."""
    codes = [
        Code(
            entry["group"],
            entry["has_code"],
            [Sheet(one["answered"], one["overall"], one["where"] or "") for one in entry["papers"]],
        )
        for entry in papers["codes"]
    ]
    return Terms.of(papers), codes


def counted(held: tuple[Terms, Iterable[Code]], quotas: Mapping[str, int]) -> Counted:
    """The papers by group: returned, valid, satisfied; issued are as many as were planned."""
    terms, codes = held
    found = Counted(groups={group: Held(issued=quota) for group, quota in quotas.items()})
    for code in codes:
        for number, sheet in enumerate(code.sheets):
            _add(found, terms, code, number, sheet)
    found.whole.issued = sum(quotas.values())
    return found


def _add(found: Counted, terms: Terms, code: Code, number: int, sheet: Sheet) -> None:
    why = terms.refuses(code, number)
    is_satisfied = not why and sheet.overall in terms.satisfied
    for one in (found.whole, found.groups.get(code.group or "")):
        if one is not None:
            one.returned += 1
            one.valid += not why
            one.satisfied += is_satisfied
    if why:
        found.refused[why, sheet.where] += 1

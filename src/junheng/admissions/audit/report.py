"""The audit of a result: who got which wish, who may feel wronged and why, what was left empty.

The rate of first choices is never given without the name of the rule: under "wish order first" it is partly the rule (and
families' caution) that makes it high, while more children may be left outside or behind a child with a worse number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from junheng.admissions.assignment import Assignment, Ranks
from junheng.admissions.audit.figures import Figures, Question
from junheng.admissions.audit.groups import Group, GroupCounts, count_groups
from junheng.admissions.audit.mechanism import longest_list, mechanism_name
from junheng.admissions.audit.publication import default_publication
from junheng.admissions.complaint import refuse
from junheng.admissions.engines import choose_engine
from junheng.admissions.market import Ints, Market
from junheng.basics import Text

Engine = Literal["auto", "numpy", "numba"]
CAUTION = Text(
    "第一志愿录取率受规则影响，不同规则之间不能相比，须与嫉妒、未录取一并看",
    "the first-choice rate depends on the rule: never compare it across rules, nor without envy and unplaced",
)


@dataclass(frozen=True)
class Audit:
    """All figures count children; docs/method/admission_checks.md says what each means.

    ``by_choice[i]``: admitted to the wish in place i + 1. ``leftover``: placed by the leftover rule. ``unplaced``: with
    wishes and without a seat; ``without_wish``: neither. ``envious``, ``envy_schools``, ``envy_pairs`` (justified envy),
    ``outranked``, ``outranked_schools`` (by class alone), ``passed_over``: see ``Figures``. ``wasted_seats``: empty seats
    that somebody wanted, ``claimants``: who. ``over_plan``: children above the plan.
    """

    mechanism: Text
    children: int
    by_choice: tuple[int, ...]
    leftover: int
    unplaced: int
    without_wish: int
    envious: int
    envy_schools: int
    envy_pairs: int
    outranked: int
    outranked_schools: int
    passed_over: int
    wasted_seats: int
    claimants: int
    over_plan: int
    proposals: int
    groups: tuple[GroupCounts, ...] = ()

    @property
    def with_wishes(self) -> int:
        """Children who named at least one school: the denominator of rates of wishes."""
        return self.children - self.without_wish

    @property
    def first_choice_rate(self) -> Fraction | None:
        """Share of children with wishes admitted to their first; None when nobody wished."""
        return Fraction(self.by_choice[0], self.with_wishes) if self.with_wishes and self.by_choice else None

    def as_json(self, smallest: int | None = None) -> dict[str, Any]:
        """Plain data for publication: counts of groups below ``smallest`` (default: as shipped) are null."""
        limit = default_publication().smallest_cell if smallest is None else smallest
        names = (
            *("children", "leftover", "unplaced", "without_wish", "envious", "envy_schools", "envy_pairs"),
            *(
                "outranked",
                "outranked_schools",
                "passed_over",
                "wasted_seats",
                "claimants",
                "over_plan",
                "proposals",
            ),
        )
        rule = {"zh": self.mechanism.zh, "en": self.mechanism.en}
        first = self.by_choice[0] if self.by_choice else 0
        return {
            "first_choice": {
                "children": first,
                "of": self.with_wishes,
                "mechanism": rule,
                "caution": {"zh": CAUTION.zh, "en": CAUTION.en},
            },
            "by_choice": list(self.by_choice),
            **{name: getattr(self, name) for name in names},
            "smallest_cell": limit,
            "groups": [_group_json(group, limit) for group in self.groups],
        }


def _group_json(group: GroupCounts, smallest: int) -> dict[str, Any]:
    outcomes, envious, outranked, children = group.shown(smallest)
    return {
        "name": group.name,
        "values": [
            {
                "zh": label.zh,
                "en": label.en,
                "children": children[index],
                "outcomes": outcomes[index],
                "envious": envious[index],
                "outranked": outranked[index],
            }
            for index, label in enumerate(group.labels)
        ],
    }


def audit(
    market: Market,
    ranks: Ranks | Ints,
    assignment: Assignment,
    *,
    groups: Sequence[Group] = (),
    engine: Engine = "auto",
) -> Audit:
    """Audit ``assignment`` of ``market`` under the order ``ranks``; ``groups`` partition the rows of the roll.

    ``engine``: numpy, numba or auto; both count the same. Raises UserError when a group does not fit the roll or the
    engine is not installed.
    """
    order = ranks if isinstance(ranks, Ranks) else Ranks(ranks)
    figures = _count(Question(market, order, assignment), engine)
    longest = int(np.diff(market.start).max(initial=0))
    outcome = _outcomes(market, assignment, longest)
    weighed = np.bincount(outcome, market.size, longest + 3).astype(np.int64)
    empty = np.maximum(market.seats.plan - assignment.taken(market), 0)
    over = np.maximum(assignment.taken(market) - market.seats.plan, 0)

    def children(flags: Any) -> int:
        return int(market.size[flags].sum())

    return Audit(
        mechanism=mechanism_name(market.problem, longest_list(market)),
        children=int(market.size.sum()),
        by_choice=tuple(int(count) for count in weighed[:longest]),
        leftover=int(weighed[longest]),
        unplaced=int(weighed[longest + 1]),
        without_wish=children(np.diff(market.start) == 0),
        envious=children(figures.envious),
        envy_schools=figures.envy_schools,
        envy_pairs=figures.envy_pairs,
        outranked=children(figures.outranked),
        outranked_schools=figures.outranked_schools,
        passed_over=children(figures.passed_over),
        wasted_seats=int(np.minimum(empty, figures.wanted).sum()),
        claimants=children(figures.claims),
        over_plan=int(over.sum()),
        proposals=assignment.proposals,
        groups=tuple(_of_group(market, group, outcome, longest + 3, figures) for group in groups),
    )


def outcome_names(longest: int) -> list[Text]:
    """The columns of the outcomes of a group, in their order."""
    wishes = [Text(f"第{place}志愿", f"wish {place}") for place in range(1, longest + 1)]
    rest = [
        Text("统筹安排", "leftover"),
        Text("未录取", "unplaced"),
        Text("无志愿且未安排", "no wish, no seat"),
    ]
    return wishes + rest


def _outcomes(market: Market, assignment: Assignment, longest: int) -> Ints:
    """Each unit's outcome: the wish granted from 0, then leftover, unplaced, neither wish nor seat [U]."""
    placed = assignment.school >= 0
    without = np.where(np.diff(market.start) == 0, longest + 2, longest + 1)
    granted = np.where(assignment.choice >= 0, assignment.choice, longest)
    return np.where(placed, granted, without).astype(np.int64)


def _of_group(market: Market, group: Group, outcome: Ints, outcomes: int, figures: Figures) -> GroupCounts:
    if group.member.shape != (len(market.pids),):
        raise refuse(
            f"groups.{group.name}",
            f"分组有 {group.member.size} 行，名册有 {len(market.pids)} 行",
            f"the group has {group.member.size} rows, the roll {len(market.pids)}",
            fix=Text("分组须按名册的次序每行一个", "give one value per row of the roll, in its order"),
        )
    unit = market.row_unit
    envious, outranked = (flags[unit].astype(np.int64) for flags in (figures.envious, figures.outranked))
    return count_groups(group, outcome[unit], outcomes, envious, outranked)


def _count(question: Question, engine: Engine) -> Figures:
    chosen = engine
    if engine == "auto":
        chosen = "numba" if choose_engine(question.market.school.size) == "numba" else "numpy"
    modules = {"numpy": "array_engine", "numba": "loop_engine"}
    if chosen not in modules or (chosen == "numba" and find_spec("numba") is None):
        raise refuse(
            "engine",
            f"引擎 {chosen} 不可用",
            f"engine {chosen} is not available",
            fix=Text("可用：auto、numpy、numba（需安装）", "use auto, numpy, or numba where installed"),
        )
    found: Figures = import_module(f"junheng.admissions.audit.{modules[chosen]}").count(question)
    return found

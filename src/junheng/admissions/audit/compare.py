"""What another rule would have done with the same wishes and numbers: a what-if, no forecast."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from junheng.admissions.assign import assign
from junheng.admissions.assignment import Ranks
from junheng.admissions.audit.report import Audit, Engine, audit
from junheng.admissions.market import Ints, Market
from junheng.admissions.problem import parse_problem
from junheng.basics import Text

ASSUMES = (
    Text(
        "假定每个家庭在另一规则下填报完全相同的志愿；实际上家庭会按规则改变填法",
        "every family is taken to wish the same under the other rule; in fact families adapt to the rule",
    ),
    Text("使用同一批号码", "the same numbers by lot are used"),
    Text(
        "第一志愿录取率不能单独用来比较规则：须同看未录取、正当嫉妒和类别被越过",
        "the first-choice rate alone does not compare rules: look at unplaced, envy and outranked too",
    ),
)


@dataclass(frozen=True)
class Comparison:
    """One audit per rule, by the name given to it, and what the comparison takes for granted."""

    audits: Mapping[str, Audit]
    assumes: tuple[Text, ...] = ASSUMES


def compare_mechanisms(
    market: Market,
    ranks: Ranks | Ints,
    variants: Mapping[str, Mapping[str, Any]],
    *,
    engine: Engine = "auto",
) -> Comparison:
    """Decide ``market`` by its own rule ("declared") and by each of ``variants``, and audit all.

    A variant holds the keys of the problem it changes, such as ``{"band_width": 3}`` or ``{"key": ["class", "band",
    "ticket"]}``; schools, classes, tickets and ranking stay. Raises UserError for a variant that makes no sense.
    """
    audits = {"declared": _audited(market, ranks, engine)}
    for name, changes in variants.items():
        content = {**market.problem.as_json(), **changes}
        audits[name] = _audited(replace(market, problem=parse_problem(content)), ranks, engine)
    return Comparison(audits)


def _audited(market: Market, ranks: Ranks | Ints, engine: Engine) -> Audit:
    return audit(market, ranks, assign(market, ranks, engine), engine=engine)

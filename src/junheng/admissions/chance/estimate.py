"""A family's chances before the numbers are drawn: the same draw run many times with fresh numbers.

Nothing is modelled away: every simulated draw is the real rule over all applications, only the numbers are new. What is
counted is binomial, so the interval is exact for what is assumed; the assumptions are part of the answer.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.admissions.assign import assign
from junheng.admissions.audit.mechanism import longest_list, mechanism_name
from junheng.admissions.chance.interval import clopper_pearson
from junheng.admissions.chance.lotteries import lottery, resampled
from junheng.admissions.complaint import refuse
from junheng.admissions.engines import EngineName, choose_engine
from junheng.admissions.market import Market
from junheng.admissions.market_rows import market_from
from junheng.admissions.problem import Problem
from junheng.admissions.strategy import strategic_warning
from junheng.basics import Text

DEFAULT_DRAWS = 2_000
_LEFTOVER, _UNPLACED = -1, -2  # beside the places of the list, which count from 0
INTERVAL = Text("Clopper–Pearson 精确区间", "exact interval of Clopper and Pearson")


@dataclass(frozen=True)
class Share:
    """How often something happened in the simulated draws; ``low``, ``high``: the interval of its probability."""

    times: int
    draws: int
    low: float
    high: float

    @property
    def estimate(self) -> float:
        """The share of the draws."""
        return self.times / self.draws

    def words(self) -> str:
        """Share and interval in per cent."""
        return f"{self.estimate:.1%}（{self.low:.1%} – {self.high:.1%}）"


@dataclass(frozen=True)
class ChoiceChance:
    """One wish of the list, ``choice`` from 1. ``here``: admitted at it; ``by_here``: at it or at a better one."""

    choice: int
    school: str
    name: str
    here: Share
    by_here: Share


@dataclass(frozen=True)
class Chances:
    """The answer for one list. ``exact``: the chance by formula where one school simply draws q of n, else None."""

    mechanism: Text
    confidence: float
    choices: tuple[ChoiceChance, ...]
    leftover: Share
    unplaced: Share
    exact: Fraction | None
    assumes: tuple[Text, ...]
    warning: Text | None
    interval: Text = INTERVAL

    def as_json(self) -> dict[str, Any]:
        """Plain data; probabilities as numbers between 0 and 1."""
        return {
            "mechanism": _both(self.mechanism),
            "interval": {**_both(self.interval), "confidence": self.confidence, "each": 1},
            "choices": [
                {
                    "choice": found.choice,
                    "school": found.school,
                    "name": found.name,
                    "here": _share(found.here),
                    "by_here": _share(found.by_here),
                }
                for found in self.choices
            ],
            "leftover": _share(self.leftover),
            "unplaced": _share(self.unplaced),
            "exact": str(self.exact) if self.exact is not None else None,
            "assumes": [_both(text) for text in self.assumes],
            "warning": _both(self.warning) if self.warning else None,
        }


def one_school_chance(seats: int, applicants: int) -> Fraction:
    """The chance of a single child where one school draws ``seats`` of ``applicants`` single children: q/n, at most 1.

    Raises UserError unless somebody applies.
    """
    if applicants < 1 or seats < 0:
        raise refuse("applicants", "至少要有一名报名者", "at least one applicant is needed")
    return min(Fraction(1), Fraction(seats, applicants))


def chance(
    problem: Mapping[str, Any] | Problem,
    rows: Sequence[Mapping[str, Any]],
    *,
    choices: Sequence[str] | None = None,
    classes: Sequence[int] | None = None,
    pid: str | None = None,
    draws: int = DEFAULT_DRAWS,
    confidence: float = 0.95,
    seed: bytes = b"",
    expected: bool = False,
    engine: EngineName = "auto",
) -> Chances:
    """The chances of one family under ``problem`` among ``rows``, the frozen roll or last year's.

    The family is the row ``pid``, or a new one with ``choices`` and ``classes`` (one class per choice) that joins the
    rows. ``expected``: the other families are drawn anew from ``rows`` every time, for a year that is like it but not
    the same. ``seed`` names the simulation, so that it can be repeated. Raises UserError for an unknown pid, for rows
    that do not fit the problem, and for no draws.
    """
    if draws < 1 or not 0 < confidence < 1:
        raise refuse("draws", "抽签次数至少 1 次，置信度在 0 与 1 之间", "draws from 1, confidence in (0, 1)")
    market, unit = family_market(problem, rows, choices, classes, pid)
    return chances_of(
        market, unit, draws=draws, confidence=confidence, seed=seed, expected=expected, engine=engine
    )


def chances_of(
    market: Market,
    unit: int,
    *,
    draws: int = DEFAULT_DRAWS,
    confidence: float = 0.95,
    seed: bytes = b"",
    expected: bool = False,
    engine: EngineName = "auto",
) -> Chances:
    """The chances of ``unit`` (index) in ``market``; the other arguments as in ``chance``."""
    counted = _simulate(market, unit, draws, seed, expected, engine)

    def share(times: int) -> Share:
        return Share(times, draws, *clopper_pearson(times, draws, confidence))

    problem = market.problem
    listed = market.school[market.start[unit] : market.start[unit + 1]].tolist()
    return Chances(
        mechanism=mechanism_name(problem, longest_list(market)),
        confidence=confidence,
        choices=tuple(
            ChoiceChance(
                choice=place + 1,
                school=problem.schools[school].id,
                name=problem.schools[school].name,
                here=share(counted[place]),
                by_here=share(sum(counted[better] for better in range(place + 1))),
            )
            for place, school in enumerate(listed)
        ),
        leftover=share(counted[_LEFTOVER]),
        unplaced=share(counted[_UNPLACED]),
        exact=None if expected else _exact(market, unit),
        assumes=_assumptions(market, expected),
        warning=strategic_warning(problem, longest_list(market)),
    )


def _simulate(
    market: Market, unit: int, draws: int, seed: bytes, expected: bool, engine: EngineName
) -> Counter[int]:
    """How often each place of the list was granted, a leftover seat given, and none."""
    chosen = choose_engine(market.school.size, draws) if engine == "auto" else engine
    counted: Counter[int] = Counter()
    for number in range(draws):
        here, own = resampled(market, unit, seed, number) if expected else (market, unit)
        found = assign(here, lottery(here, seed, number), chosen)
        choice, school = int(found.choice[own]), int(found.school[own])
        counted[choice if choice >= 0 else _LEFTOVER if school >= 0 else _UNPLACED] += 1
    return counted


def family_market(
    problem: Mapping[str, Any] | Problem,
    rows: Sequence[Mapping[str, Any]],
    choices: Sequence[str] | None = None,
    classes: Sequence[int] | None = None,
    pid: str | None = None,
) -> tuple[Market, int]:
    """The market with the family in it, and its unit (index); the arguments as in ``chance``.

    Raises UserError for an unknown pid or school, and unless either a pid or choices are given.
    """
    if (pid is None) == (choices is None):
        raise refuse(
            "chance", "请给出 pid，或给出志愿和类别，二者选一", "give a pid, or choices and classes, not both"
        )
    if pid is not None:
        market = market_from(problem, rows)
        try:
            return market, int(market.row_unit[list(market.pids).index(pid)])
        except ValueError:
            raise refuse("pid", f"名册中没有 {pid}", f"{pid} is not on the roll") from None
    name = "~ own row"  # sorts after every hex id, and is none itself
    own = {
        "pid": name,
        "unit": name,
        "choices": list(choices or ()),
        "classes": list(classes or ()),
        "flags": {},
    }
    market = market_from(problem, [*rows, own])
    return market, int(market.row_unit[len(rows)])


def _exact(market: Market, unit: int) -> Fraction | None:
    """q/n where it is exact: one school with one pool, all children single, of one class, and nothing else listed."""
    one = len(market.problem.schools) == 1 and market.seats.pool_seats.size == 1
    alike = bool((market.size == 1).all()) and len(set(market.klass.tolist())) == 1
    if not (one and alike and market.start[unit] < market.start[unit + 1]):
        return None
    admitted = bool(market.seats.admits[0, int(market.klass[0])])
    return one_school_chance(int(market.seats.plan[0]) if admitted else 0, market.school.size)


def _assumptions(market: Market, expected: bool) -> tuple[Text, ...]:
    found = [
        Text("号码完全随机，每种次序可能性相同", "numbers are random, every order is equally likely"),
        Text("规则和计划与现在相同", "rule and plans stay as they are"),
        Text(
            "区间只反映模拟次数有限，每项各自成立",
            "intervals cover the limited number of runs, each by itself",
        ),
    ]
    if expected:
        found.append(
            Text(
                "其他家庭按给出的名册重新抽取，当作明年的样子",
                "other families are drawn anew from the given roll",
            )
        )
    else:
        found.append(Text("其他家庭的志愿与名册完全相同", "the other families wish exactly as on the roll"))
    if market.problem.ranking.method in ("ring", "tail_digits"):
        found.append(
            Text(
                "转盘或尾数摇号的次序当作完全随机，实际可能的次序少得多",
                "a ring or tail-digit draw is taken as fully random; in fact far fewer orders are possible",
            )
        )
    return tuple(found)


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _share(found: Share) -> dict[str, Any]:
    return {"times": found.times, "draws": found.draws, "low": found.low, "high": found.high}

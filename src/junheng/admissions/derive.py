"""Every result from the cut-offs alone, and where it differs from what was published."""

import numpy as np

from junheng.admissions.assignment import NONE, Assignment, Ranks, granted
from junheng.admissions.certificate import Certificate, certificate
from junheng.admissions.complaint import refuse
from junheng.admissions.engines.contest import Contest, proposals_of
from junheng.admissions.market import Ints, Market, SmallInts, Stage
from junheng.basics import Text


def derive(market: Market, ranks: Ranks, proof: Certificate) -> Assignment:
    """The assignment that the cut-offs say: no seats counted, no unit compared with another."""
    count = len(market.units)
    application = np.full(count, NONE, dtype=np.int64)
    pool, stages = np.full(count, NONE, dtype=np.int32), np.full(count, NONE, dtype=np.int32)
    waiting, proposals = np.ones(count, dtype=np.bool_), 0
    for index, stage in enumerate(market.stages):
        contest = Contest(stage, market.seats, market.size, ranks, waiting)
        at, through = _first_passing(contest, proof.pools.limit)
        got = at >= 0
        application[got], pool[got], stages[got] = stage.application[at[got]], through[got], index
        proposals += proposals_of(contest, at)
        waiting = waiting & ~got
    school, choice = granted(market, application)
    return _leftovers(market, ranks, proof, Assignment(application, school, choice, pool, stages, proposals))


def check_certificate(market: Market, ranks: Ranks, assignment: Assignment, proof: Certificate) -> Ints:
    """The units whose result does not follow from ``proof``, or that ``proof`` miscounts; none: it holds.

    Raises UserError for the local last-seat rules, which have no certificate but the full re-run, and for cut-offs that
    are not those of ``assignment`` (then every unit may agree and the seats still be wrong).
    """
    if market.problem.is_by_rounds:
        raise refuse(
            "problem.units",
            "该规则没有录取线证明，只能整体复算",
            "this rule has no certificate but the full re-run",
            fix=Text("请用全部报名行重新运行", "run again over all rows"),
        )
    _require_own(certificate(market, ranks, assignment), proof)
    found = derive(market, ranks, proof)
    names = ("application", "school", "choice", "pool", "stage")
    wrong = np.zeros(len(market.units), dtype=np.bool_)
    for name in names:
        wrong |= getattr(found, name) != getattr(assignment, name)
    return np.flatnonzero(wrong)


def _require_own(own: Certificate, proof: Certificate) -> None:
    for kind in ("pools", "leftovers"):
        for name in ("capacity", "taken", "limit"):
            differ = getattr(getattr(own, kind), name) != getattr(getattr(proof, kind), name)
            if differ.any():
                place = int(np.flatnonzero(differ)[0])
                raise refuse(
                    f"certificate.{kind}[{place}].{name}",
                    "录取线与录取结果不符",
                    "the cut-off is not that of the result",
                    fix=Text("请重新运行或核对公布文件", "run again, or compare the published files"),
                )


def _first_passing(contest: Contest, limit: Ints) -> tuple[Ints, SmallInts]:
    """Each waiting unit's first application that some pool lets pass, and that pool, in the order written."""
    stage, seats = contest.stage, contest.seats
    keys, passing = contest.keys(), np.full(stage.school.size, NONE, dtype=np.int32)
    counts = np.diff(seats.pool_start)
    for place in reversed(range(int(counts.max(initial=0)))):
        pool = seats.pool_start[stage.school] + place
        there = counts[stage.school] > place
        pool = np.where(there, pool, 0)
        passes = there & seats.admits[pool, stage.klass] & (keys <= limit[pool])
        passing[passes] = pool[passes]
    return _first(stage, passing, contest)


def _first(stage: Stage, passing: SmallInts, contest: Contest) -> tuple[Ints, SmallInts]:
    candidates = np.flatnonzero(passing >= 0)
    unit = stage.unit[candidates]
    is_first = np.ones(candidates.size, dtype=np.bool_)
    is_first[1:] = unit[1:] != unit[:-1]
    is_first &= contest.waiting[unit]
    at = np.full(contest.size.size, NONE, dtype=np.int64)
    pool = np.full(contest.size.size, NONE, dtype=np.int32)
    at[unit[is_first]] = candidates[is_first]
    pool[unit[is_first]] = passing[candidates[is_first]]
    return at, pool


def _leftovers(market: Market, ranks: Ranks, proof: Certificate, found: Assignment) -> Assignment:
    limit = proof.leftovers.limit
    everybody = np.flatnonzero(limit >= 0).tolist()
    if not everybody or market.problem.leftovers == "none":
        return found
    school, stage = found.school.copy(), found.stage.copy()
    for unit in np.flatnonzero(found.school < 0).tolist():
        own = market.fallback[market.fallback_start[unit] : market.fallback_start[unit + 1]].tolist()
        passing = [place for place in (own or everybody) if ranks.single[unit] <= limit[place]]
        if passing:
            school[unit] = passing[0] if ranks.lot is None else ranks.lot(unit, passing)[0]
            stage[unit] = len(market.problem.stages)
    return Assignment(found.application, school, found.choice, found.pool, stage, found.proposals)

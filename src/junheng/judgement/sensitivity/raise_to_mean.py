"""The fewest schools which, raised to the county mean, bring a CV within its limit.

With numerators X_i, denominators P_i, P = ΣP_i, X = ΣX_i, Q = ΣX_i²/P_i and mean m = X/P (fixed: the mean
before anything is raised), raising school i adds d_i = mP_i - X_i to X and q_i = d_i(m + X_i/P_i) to Q. The
limit θ is kept exactly when

    f(S) = (1+θ²)(X + Σd_i)² - P(Q + Σq_i) ≥ 0        (sums over the raised schools S).

Among the sets of k schools f is convex in (Σd, Σq), so its greatest value lies at a corner of their hull: at
the k schools with the greatest λd_i - q_i for some λ. Convexity also bounds λ: at the best set S it equals
2(1+θ²)(X + Σd)/P. The corners between the two ends are found by the method of Eisner and Severance (J. ACM
23, 1976): the line through two neighbouring corners either touches a new one or proves there is none between.
A pair of corners is dropped when even the point where their supporting lines meet keeps f < 0. Every raised
school raises f (its λ exceeds m + x_i), so the least k is found by halving.

All this runs in doubles. A set whose f is too near zero for doubles is decided in fractions, and if that
leaves the answer open the search for that k is made again in fractions: the result is exact for any number of
schools, in a time that grows little faster than sorting them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Number = TypeVar("Number", float, Fraction)
_CLOSE = 1e-9  # relative to the two sides of the inequality: nearer than that, fractions decide
_SLACK = 1e-12  # what doubles may hide when corners are told apart: far less than _CLOSE


@dataclass(frozen=True, slots=True)
class Fewest:
    """``schools`` are the positions to raise (ascending); None: not even raising all below the mean helps."""

    schools: tuple[int, ...] | None
    below_mean: int


@dataclass(frozen=True, slots=True)
class _Problem(Generic[Number]):
    """One question in one kind of number; ``gains`` are (d_i, q_i) of the schools below the mean."""

    factor: Number  # 1 + θ²
    total: Number  # X
    size: Number  # P
    squares: Number  # Q
    gains: Sequence[tuple[Number, Number]]
    strict: bool  # the limit itself is excluded

    def keeps(self, corner: "_Corner[Number]") -> bool:
        """Whether a corner keeps the limit."""
        margin = self.margin(corner)
        return margin > 0 if self.strict else margin >= 0

    def margin(self, corner: "_Corner[Number]") -> Number:
        """f at a corner."""
        raised = self.total + corner.gain
        return self.factor * raised * raised - self.size * (self.squares + corner.square)

    def closeness(self, corner: "_Corner[Number]") -> Number:
        """The size of the two sides of the inequality, against which f is small or not."""
        return self.size * (self.squares + corner.square)

    def best(self, weight: Number, count: int) -> "_Corner[Number]":
        """The ``count`` schools with the greatest weight·d - q; equal ones by d, then by position."""
        order = sorted(
            range(len(self.gains)),
            key=lambda i: (weight * self.gains[i][0] - self.gains[i][1], self.gains[i][0], -i),
            reverse=True,
        )[:count]
        zero = self.total - self.total
        return _Corner(
            tuple(sorted(order)),
            sum((self.gains[i][0] for i in order), zero),
            sum((self.gains[i][1] for i in order), zero),
        )


@dataclass(frozen=True, slots=True)
class _Corner(Generic[Number]):
    schools: tuple[int, ...]
    gain: Number  # Σd
    square: Number  # Σq


def fewest_raised(
    numerators: Sequence[Fraction],
    denominators: Sequence[Fraction],
    limit_squared: Fraction,
    *,
    strict: bool = False,
) -> Fewest:
    """The smallest set of schools to raise to the mean so that the squared CV is at most ``limit_squared``.

    ``strict``: below it. With all denominators 1 it is the unweighted coefficient of the numerators.
    Denominators must be positive and the numerators not all zero. Among sets of that size the one with the
    greatest margin of those looked at is given; of schools that are alike, the first.
    """
    exact, below = _exact_problem(numerators, denominators, limit_squared, strict)
    if exact.keeps(_Corner((), Fraction(0), Fraction(0))):
        return Fewest((), len(below))
    everything = exact.best(Fraction(0), len(below))
    if not exact.keeps(everything):
        return Fewest(None, len(below))
    rough = _rough(exact)
    low, high, found = 0, len(below), everything.schools
    while high - low > 1:
        count = (low + high) // 2
        chosen = _feasible(exact, rough, count)
        low, high, found = (count, high, found) if chosen is None else (low, count, chosen)
    return Fewest(tuple(below[i] for i in found), len(below))


def _exact_problem(
    numerators: Sequence[Fraction], denominators: Sequence[Fraction], limit_squared: Fraction, strict: bool
) -> tuple[_Problem[Fraction], list[int]]:
    total, size = sum(numerators, Fraction(0)), sum(denominators, Fraction(0))
    mean = total / size
    rows = list(zip(numerators, denominators, strict=True))
    below = [i for i, (x, p) in enumerate(rows) if x < mean * p]
    gains = [(mean * p - x, (mean * p - x) * (mean + x / p)) for x, p in (rows[i] for i in below)]
    squares = sum((x * x / p for x, p in rows), Fraction(0))
    return _Problem(1 + limit_squared, total, size, squares, gains, strict), below


def _rough(exact: _Problem[Fraction]) -> _Problem[float]:
    return _Problem(
        float(exact.factor),
        float(exact.total),
        float(exact.size),
        float(exact.squares),
        [(float(d), float(q)) for d, q in exact.gains],
        exact.strict,
    )


def _feasible(exact: _Problem[Fraction], rough: _Problem[float], count: int) -> tuple[int, ...] | None:
    """A set of ``count`` schools that keeps the limit, or None when exactly none does."""
    best = _greatest(rough, count, _SLACK)
    margin, scale = rough.margin(best), rough.closeness(best)
    if margin > _CLOSE * scale or exact.keeps(_corner(exact, best.schools)):
        return best.schools
    if margin < -_CLOSE * scale:
        return None
    sure = _greatest(exact, count, Fraction(0))
    return sure.schools if exact.keeps(sure) else None


def _corner(exact: _Problem[Fraction], schools: tuple[int, ...]) -> "_Corner[Fraction]":
    gain = sum((exact.gains[i][0] for i in schools), Fraction(0))
    square = sum((exact.gains[i][1] for i in schools), Fraction(0))
    return _Corner(schools, gain, square)


def _greatest(problem: _Problem[Number], count: int, slack: Number) -> _Corner[Number]:
    """The corner with the greatest f among sets of ``count`` schools (pruned corners all have f < 0)."""
    lowest = 2 * problem.factor * problem.total / problem.size
    most = sum((gain for gain, _ in problem.gains), problem.total)
    highest = 2 * problem.factor * most / problem.size
    first, last = problem.best(lowest, count), problem.best(highest, count)
    found = [first, last]
    pairs = [(first, lowest, last, highest)]
    while pairs:
        left, left_weight, right, right_weight = pairs.pop()
        if right.gain - left.gain <= slack * right.gain or _hopeless(
            problem, (left, left_weight), (right, right_weight), slack
        ):
            continue
        weight = (right.square - left.square) / (right.gain - left.gain)
        corner = problem.best(weight, count)
        rise = (weight * corner.gain - corner.square) - (weight * left.gain - left.square)
        if rise > slack * problem.closeness(corner) / problem.size:
            found.append(corner)
            pairs += [(left, left_weight, corner, weight), (corner, weight, right, right_weight)]
    return max(found, key=lambda corner: (problem.margin(corner), [-i for i in corner.schools]))


def _hopeless(
    problem: _Problem[Number],
    left: tuple[_Corner[Number], Number],
    right: tuple[_Corner[Number], Number],
    slack: Number,
) -> bool:
    """Whether no corner between two can keep the limit: f < 0 at both and where their tangents meet.

    The tangent at a corner found with weight λ is λd - q = const; all sets lie below both tangents.
    """
    (a, a_weight), (b, b_weight) = left, right
    if b_weight == a_weight:
        return False
    a_height = a_weight * a.gain - a.square
    b_height = b_weight * b.gain - b.square
    gain = (b_height - a_height) / (b_weight - a_weight)
    apex = _Corner((), gain, a_weight * gain - a_height)
    return all(problem.margin(c) < -slack * problem.closeness(c) for c in (a, b, apex))

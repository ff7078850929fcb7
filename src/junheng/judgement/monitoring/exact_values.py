"""The exact fractions behind a finding's doubles, for comparisons with monitoring's own lines.

Met and not met were decided exactly by the engine and are taken from the verdict. What monitoring compares beside
them (a thin margin, a fall in a year) is compared on fractions, too: reported numbers have few decimals, so the decimal
nearest to a double is the number itself; the share of a split is a fraction of pupils, small enough to be recovered.
"""

from fractions import Fraction

from junheng.judgement.finding import Finding

_PLACES = 6  # decimals a reported number may have
_NEAR = Fraction(1, 10**12)
_LARGEST_SHARE = 10**7  # denominator of a share: ten times the weighted pupils of a school

Key = tuple[str, str, str]


def exact_quotients(finding: Finding) -> dict[Key, tuple[Fraction, Fraction, Fraction]]:
    """(school, stage, indicator) → scale, numerator, denominator of values.parquet; absent where not known."""
    found: dict[Key, tuple[Fraction, Fraction, Fraction]] = {}
    for row in finding.values().to_pylist():
        numerator, denominator = row["numerator"], row["denominator"]
        if numerator is None or denominator is None or row["value"] is None:
            continue
        scale = Fraction(finding.measures[row["indicator"]].scale)
        above = recovered(numerator, row["share"])
        below = recovered(denominator, row["share"])
        found[row["school_id"], row["stage"], row["indicator"]] = (scale, above, below)
    return found


def recovered(number: float, share: float | None = None) -> Fraction:
    """The number whose double this is: a decimal of at most six places, or a stage's share of such a decimal.

    >>> recovered(129.79999999999998)
    Fraction(649, 5)
    """
    plain = Fraction(f"{number:.{_PLACES}f}")
    if share is None or share == 0 or _same(plain, number):
        return plain
    part = Fraction(share).limit_denominator(_LARGEST_SHARE)
    whole = Fraction(f"{number / share:.{_PLACES}f}")
    return whole * part if _same(whole * part, number) else Fraction(number)


def _same(found: Fraction, number: float) -> bool:
    return abs(found - Fraction(number)) <= _NEAR * max(abs(Fraction(number)), Fraction(1))

"""What seats are shared out from: senior schools' plans, junior schools' graduates, pupils.

Counts are persons or seats; lines and scores are exact fractions of a mark. Absent is None, never 0. ``where`` is the
place in the input ("file [sheet] row 5") that a message can point at.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Level = Literal["city", "district"]


@dataclass(frozen=True, slots=True)
class Senior:
    """A good senior school. ``quota``: seats given outright instead of share × ``plan``.

    ``districts``: the districts whose junior schools it serves (empty: all). ``group``: the education group inside
    which it gives direct seats. ``control_line`` and ``reference_line``: lowest and usual marks for admission.
    """

    id: str
    name: str
    plan: int | None = None
    quota: int | None = None
    share: Fraction | None = None
    level: Level | None = None
    districts: tuple[str, ...] = ()
    group: str = ""
    control_line: Fraction | None = None
    reference_line: Fraction | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class Junior:
    """A junior school. ``coefficient``: a factor of its own (an evaluation score, say); ``pack``: the group of
    small schools it shares seats with; ``group``: its education group."""

    id: str
    name: str
    district: str
    graduates: int | None
    pupils: int | None = None
    examinees: int | None = None
    is_rural: bool | None = None
    is_below_average: bool | None = None
    coefficient: Fraction = Fraction(1)
    group: str = ""
    pack: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Pupil:
    """An applicant. ``years``: years registered without a break at ``junior``; ``ties``: marks that part equal
    scores, in order; ``wishes``: senior schools, best first."""

    id: str
    junior: str
    score: Fraction
    years: Fraction
    ties: tuple[Fraction, ...] = ()
    wishes: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True)
class QuotaInput:
    """One year's input. ``pupils`` is empty where only the seats are shared out. ``files``: name → SHA-256;
    ``unused``: columns that no heading of the template explains, by sheet."""

    year: int
    seniors: tuple[Senior, ...]
    juniors: tuple[Junior, ...]
    pupils: tuple[Pupil, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    unused: tuple[str, ...] = ()

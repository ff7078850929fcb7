"""The rules of one place as data: share, weights, whole seats, eligibility, admission.

Every number is an exact fraction and comes from YAML with a source; nothing of policy stands in the programs. What each
key means is told in docs/method/quota.md.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from junheng.basics import Text

Certainty = Literal["found", "local", "derived", "known", "third_party", "seed"]
WholeBy = Literal["down", "up", "half_up"]
Totals = Literal["largest_remainder", "lot", "rounding"]
Cells = Literal["separate", "controlled", "floor_then_deal", "deal"]
Correction = Literal["remainder", "most_graduates", "lot"]
TieBreak = Literal["rural", "graduates"]
Basis = Literal["graduates", "pupils", "examinees"]


def exact_number(text: object) -> Fraction:
    """ "0.6", "60%", "3/5" or a whole number, exactly. Raises ValueError for anything else, floats included."""
    if isinstance(text, Fraction) or (isinstance(text, int) and not isinstance(text, bool)):
        return Fraction(text)
    if not isinstance(text, str):
        raise ValueError(f"not an exact number: {text!r}")
    bare = text.strip()
    try:
        return Fraction(bare[:-1]) / 100 if bare.endswith("%") else Fraction(bare)
    except ZeroDivisionError as error:
        raise ValueError(f"not a number: {text!r}") from error


Exact = Annotated[Fraction, BeforeValidator(exact_number), PlainSerializer(str, return_type=str)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Wording(_Part):
    """A name in both languages."""

    zh: str
    en: str

    @property
    def text(self) -> Text:
        """As a bilingual text."""
        return Text(self.zh, self.en)


class Source(_Part):
    """Where a value comes from. ``certainty`` as in the standards; ``last_checked_on`` empty: nobody has."""

    document: str
    article: str = ""
    link: str = ""
    certainty: Certainty
    last_checked_on: date | None = None
    note: Wording | None = None


class ShareVersion(_Part):
    """The share of the plan from a day on (0 < value ≤ 1)."""

    in_force_from: date
    value: Annotated[Exact, Field(gt=0, le=1)]
    source: Source | None = None


class ShareRule(_Part):
    """Which share of a plan is quota, and how share × plan becomes a whole number."""

    rounding: WholeBy
    versions: Annotated[tuple[ShareVersion, ...], Field(min_length=1)]

    def on(self, day: date) -> ShareVersion | None:
        """The version in force on ``day``; None before the first."""
        begun = [version for version in self.versions if version.in_force_from <= day]
        return max(begun, key=lambda version: version.in_force_from) if begun else None


class RuralRule(_Part):
    """The factor on a rural school's basis (≥ 1: a tilt, never a penalty)."""

    coefficient: Annotated[Exact, Field(ge=1)]
    source: Source | None = None


class MinimumRule(_Part):
    """At least ``seats`` for each school (``rural``: each rural one): of each senior school, or in total."""

    seats: Annotated[int, Field(ge=1)]
    of: Literal["each", "total"]
    schools: Literal["all", "rural"] = "all"
    source: Source | None = None


class DirectRule(_Part):
    """Seats a senior school first gives to member schools of its own group, by a fixed ratio of examinees."""

    examinees_per_seat: Annotated[Exact, Field(gt=0)]
    rounding: WholeBy
    members: Literal["rural", "below_average", "rural_or_below_average"]
    source: Source | None = None


class WholeSeats(_Part):
    """How exact shares become whole seats: ``totals`` orders the extra seats, ``cells`` fills the table.

    ``correction`` (only with totals ``rounding``) says who gives or takes when the rounded seats do not add up.
    """

    totals: Totals
    cells: Cells
    correction: Correction | None = None
    source: Source | None = None


class ScoreLine(_Part):
    """The lowest score: none, the control line, or ``points`` below the senior school's reference line."""

    kind: Literal["none", "control_line", "below_reference_line"]
    points: Annotated[Exact, Field(ge=0)] = Fraction(0)
    source: Source | None = None


class EligibilityRule(_Part):
    """Years registered without a break at the same junior school."""

    years: Annotated[Exact, Field(ge=0)]
    source: Source | None = None


class AdmissionRule(_Part):
    """Within a school's quota: ``score_first`` (each pupil in order of score takes the best open wish) or
    ``wish_first`` (all first wishes, then all second ones). Unfilled seats return to the area's open admission."""

    order: Literal["score_first", "wish_first"]
    minimum_score: ScoreLine
    source: Source | None = None


class PackRule(_Part):
    """Inside a pack of small schools: shared out by largest remainder, or ``open`` to all its pupils."""

    inside: Literal["largest_remainder", "open"] = "largest_remainder"
    source: Source | None = None


class Rules(_Part):
    """All rules of one place. ``source`` speaks for every part that has none of its own."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
    name: Wording
    region: str = ""
    made_up: bool = False
    source: Source
    share: ShareRule
    basis: Basis = "graduates"
    rural: RuralRule | None = None
    minimum: MinimumRule | None = None
    direct: DirectRule | None = None
    packs: PackRule = PackRule()
    levels: Annotated[int, Field(ge=1, le=2)] = 1
    districts: WholeSeats | None = None
    schools: WholeSeats
    ties: tuple[TieBreak, ...] = ("graduates",)
    eligibility: EligibilityRule | None = None
    admission: AdmissionRule | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain JSON: fractions as text, days as text; keys without a value left out."""
        return self.model_dump(mode="json", exclude_none=True)

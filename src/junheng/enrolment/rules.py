"""The shape of the rules of enrolment checks; ``rules_file`` reads them.

Every value has its source in ``library/rules.yaml``; nothing of it stands in code.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from junheng.basics import Text

LIBRARY = Path(__file__).parent / "library"
RULES_FILE = LIBRARY / "rules.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Named(_Strict):
    """A thing with its Chinese and English name; ``words``: other spellings in officers' lists."""

    zh: str
    en: str
    words: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        """Both names."""
        return Text(self.zh, self.en)


class SchoolAge(_Strict):
    """Children counted: full years, both ends included, on a day of the year."""

    source: str
    from_years: int = Field(ge=0)
    to_years: int = Field(ge=0)
    on_month_day: str = Field(pattern=r"^\d\d-\d\d$")


class Clock(Named):
    """A level that reports: the months in which its periods begin."""

    months: tuple[int, ...] = Field(min_length=1)


class Clocks(_Strict):
    """Who reports when."""

    source: str
    levels: dict[str, Clock]


class Level(_Strict):
    """How two cells compare, with its points and the words that explain it."""

    points: int
    zh: str
    en: str


class Part(_Strict):
    """One named part of a score."""

    zh: str
    en: str
    levels: dict[str, Level]


class Match(_Strict):
    """Points of the parts; ``certain`` and ``check`` in points; ``margin``: rivals this near make a pair doubtful."""

    source: str
    certain: int
    check: int
    margin: int = Field(ge=0)
    parts: dict[str, Part]

    def points(self, part: str, level: str) -> int:
        """The points of a level."""
        return self.parts[part].levels[level].points


class Ledger(Named):
    """A ledger; ``letter`` begins the numbers of its entries."""

    letter: str = Field(pattern=r"^[A-Z]$")


class Ledgers(_Strict):
    """The ledgers kept."""

    source: str
    kinds: dict[str, Ledger]


class Step(_Strict):
    """An action allowed in some states and the state it leads to."""

    action: str
    from_: tuple[str, ...] = Field(alias="from")
    to: str


class States(_Strict):
    """The states of an entry, as a table."""

    source: str
    names: dict[str, Named]
    steps: tuple[Step, ...]


class Findings(_Strict):
    """What a visit found, as words by the action they mean."""

    source: str
    words: dict[str, tuple[str, ...]]


class Reason(Named):
    """Why an entry is closed; ``settles``: such a child is no dropout although on no list of a school."""

    settles: bool


class Reasons(_Strict):
    """The reasons known."""

    source: str
    words: dict[str, Reason]


class Words(_Strict):
    """A closed list of words."""

    source: str
    words: dict[str, Named]


class LeftBehind(_Strict):
    """The codes of left-behind children; ``months_min``: months that a parent is away."""

    source: str
    months_min: int
    codes: dict[str, Named]


class Retention(_Strict):
    """The two formulas of retention, in words."""

    source: str
    a: Named
    b: Named


class Privacy(_Strict):
    """What a view that leaves the office may show."""

    source: str
    small_cell: int = Field(ge=0)
    shown_digits: int = Field(ge=0, le=6)


class Rules(_Strict):
    """All rules of one set."""

    format: str
    id: str
    name: Named
    region: str
    in_force_from: date
    sources: dict[str, dict[str, str]]
    school_age: SchoolAge
    clocks: Clocks
    match: Match
    ledgers: Ledgers
    states: States
    findings: Findings
    reasons: Reasons
    focus: Words
    left_behind: LeftBehind
    placement: Words
    seats: Words
    retention: Retention
    privacy: Privacy


LEVELS: Mapping[str, tuple[str, ...]] = {
    "number": ("same", "same_student", "one_digit", "swapped", "different", "missing"),
    "name": ("same", "variant", "homophone", "one_character", "different", "missing"),
    "birth": ("same", "near", "different", "missing"),
    "sex": ("same", "different", "missing"),
    "school": ("same", "different", "missing"),
    "guardian": ("same", "variant", "homophone", "different", "missing"),
}

"""The problem of an admission draw: schools, pools, stages and the rule, as the spec writes them.

The shape is the JSON object ``problem`` of a draw spec (docs/method/admission.md, docs/method/draws.md): integers and
text only, so that its bytes can be hashed. Types are checked here, coherence in ``problem_checks``.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from junheng.admissions.complaint import validated
from junheng.admissions.problem_checks import require_coherent

Identifier = Annotated[str, Field(min_length=1, max_length=200)]
Count = Annotated[int, Field(ge=0, le=2**53 - 1)]
Positive = Annotated[int, Field(ge=1, le=2**53 - 1)]
Code = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Part(BaseModel):
    """Strict and frozen: no text taken for a number, no key unknown, nothing changed afterwards."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class SchoolClass(Part):
    """A priority class (sibling, catchment, …): the smaller ``code`` goes first."""

    code: Code
    name: str


class Pool(Part):
    """Some seats of a school for some classes (``classes`` empty: all).

    ``unfilled``: seats left over go on to the ``next`` pool, or stay empty (``close``).
    """

    id: Identifier
    seats: Count
    classes: list[Code] = []
    unfilled: Literal["next", "close"] = "next"


class School(Part):
    """A school with its plan in seats; the seats of its pools add up to the plan."""

    id: Identifier
    name: str
    ownership: Literal["public", "private"] = "public"
    plan: Count
    pools: Annotated[list[Pool], Field(min_length=1)]


class Stage(Part):
    """Schools that are filled together; later stages see only units still without a seat."""

    id: Identifier
    schools: list[Identifier]


class Ranking(Part):
    """Where the order by lot comes from: tickets of the seed, or an order drawn in the hall.

    ``hmac``: the seed's tickets. ``ring``: start number and step round a ring of all numbers. ``tail_digits``:
    drawn tails in the order drawn. ``external``: numbers drawn elsewhere. ``numbers`` maps a unit to its number.
    """

    method: Literal["hmac", "ring", "tail_digits", "external"] = "hmac"
    start: Positive | None = None
    step: Positive | None = None
    tails: list[str] | None = None
    numbers: dict[str, str] | None = None


class Problem(Part):
    """What is to be decided, and by which rule; everything but the applications and the seed.

    ``key``: the order of comparison; band = place among the stage's choices // ``band_width``.
    ``units``: the last-seat rule for children bound together. ``digits``: length of the number shown (0: none).
    """

    key: tuple[Literal["band", "class"], Literal["band", "class"], Literal["ticket"]] = (
        "band",
        "class",
        "ticket",
    )
    band_width: Positive
    tickets: Literal["single", "per_school"] = "single"
    order: Literal["ascending", "descending"] = "ascending"
    ranking: Ranking = Ranking()
    units: Literal["overflow", "skip", "stop"] = "overflow"
    digits: Literal[0, 9, 10] = 0
    classes: Annotated[list[SchoolClass], Field(min_length=1)]
    schools: Annotated[list[School], Field(min_length=1)]
    stages: Annotated[list[Stage], Field(min_length=1)]
    leftovers: Literal["none", "spec_order", "by_lot"] = "none"

    @property
    def is_class_first(self) -> bool:
        """Whether the priority class is compared before the order of wishes."""
        return self.key[0] == "class"

    @property
    def is_by_rounds(self) -> bool:
        """Whether the local last-seat rules hold, which are defined round by round only."""
        return self.units != "overflow"

    def as_json(self) -> dict[str, Any]:
        """The object as it stands in a spec: integers, text, lists; keys left out where nothing is said."""
        found = self.model_dump(mode="json", exclude_none=True)
        return {**found, "key": list(self.key)}


def parse_problem(content: Mapping[str, Any] | Problem) -> Problem:
    """``content`` (the ``problem`` of a spec) checked in type and in sense.

    Raises UserError naming the key at fault: unknown or missing keys, pools that do not add up to the plan, a
    school in no stage or in two, last-seat rules where they are not defined, and the like.
    """
    if isinstance(content, Problem):
        return content
    given = dict(content)
    if isinstance(given.get("key"), list):  # JSON has no tuples
        given["key"] = tuple(given["key"])
    problem = validated(Problem, given, "problem")
    require_coherent(problem)
    return problem

"""The declared items of a finding, as its files tell them, in words: read once a process for each finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement import Finding as Read
from junheng.standards import EVIDENCE_NAMES, VALUE_NAMES, Item, describe
from junheng.web.findings.item_words import STATES, amount_words, figure_words, text_of
from junheng.web.findings.models import Finding
from junheng.web.findings.parts import Part, parts_in, parts_told
from junheng.web.findings.reading import KEPT, Json, read_in, verdict_in

_FACTS: Mapping[str, Text] = {"attested": Text("凭佐证", "by evidence"), "score": Text("计分", "by points")}
_ROLES: Mapping[str, Text] = {
    "precondition": Text("前提", "precondition"),
    "reported": Text("只列数，不判", "reported, not judged"),
}


@dataclass(frozen=True, slots=True)
class OneTest:
    """One test: the fact held against the limit. ``of``: units asked, of which ``met`` reach it; None for one figure."""

    name: Text
    stage: Text | None
    role: Text | None
    verdict: str | None
    value: Text
    limit: Text
    lacks: Text | None
    reason: Text | None
    counts: Json | None


@dataclass(frozen=True, slots=True)
class Used:
    """A relaxation of an item, and how many units rest on it."""

    key: str
    name: Text
    words: str
    times: int


@dataclass(frozen=True, slots=True)
class Attested:
    """One attestation as the finding took it."""

    scope_id: str
    is_county: bool
    rating: str
    dated_on: str
    expires_on: str
    state: str
    words: Text
    sha256: str

    @property
    def rated(self) -> Text:
        """The rating in words; as it was filed where the scale has no words for it."""
        return VALUE_NAMES.get(self.rating, Text(self.rating or "—", self.rating or "—"))


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One declared item: clause, tests, relaxations, attestations. ``asks_schools``: each school has a verdict on it."""

    key: str
    part: str
    name: Text
    clause: str
    verdict: str
    evidence: Text
    reason: Text | None
    tests: tuple[OneTest, ...]
    relaxed: tuple[Used, ...]
    attested: tuple[Attested, ...]
    asks_schools: bool


@dataclass(frozen=True, slots=True)
class PartLines:
    """A part of the county's verdict with its items, and how many of them stand where."""

    part: Part
    items: tuple[ItemLine, ...]

    def count(self, verdict: str) -> int:
        """How many items came to this."""
        return sum(one.verdict == verdict for one in self.items)

    @property
    def met(self) -> int:
        """Items met."""
        return self.count("met")

    @property
    def not_met(self) -> int:
        """Items not met."""
        return self.count("not_met")

    @property
    def cannot_tell(self) -> int:
        """Items that cannot be told."""
        return self.count("cannot_tell")


def has_items(finding: Finding) -> bool:
    """Whether the finding tells its items test by test; one made before they were judged does not."""
    return any("tests" in one for one in verdict_in(finding.folder).get("items", {}).values())


def parts_of(finding: Finding) -> tuple[PartLines, ...]:
    """The parts with their items; of an old finding the parts alone."""
    lines = lines_of(finding).values()
    return tuple(
        PartLines(part, tuple(one for one in lines if one.part == part.key))
        for part in parts_in(parts_told(verdict_in(finding.folder)))
    )


def lines_of(finding: Finding) -> Mapping[str, ItemLine]:
    """The items by key, in the standard's order; empty for an old finding."""
    return _lines(finding.folder)


@lru_cache(maxsize=KEPT)
def _lines(folder: Path) -> Mapping[str, ItemLine]:
    verdict, read = verdict_in(folder), read_in(folder)
    told = verdict.get("items", {})
    rows = (*verdict["schools"], *verdict["skipped"])
    asked = {key for row in rows for key in row.get("items", {})}
    return {
        item.id: _line(item, told[item.id], read, item.id in asked)
        for item in read.standard.items
        if "tests" in told.get(item.id, {})
    }


def _line(item: Item, told: Json, read: Read, asks_schools: bool) -> ItemLine:
    limits = {one.field: one.value for one in describe(item)}
    return ItemLine(
        item.id,
        item.part,
        item.name,
        item.text,
        told["verdict"],
        EVIDENCE_NAMES.get(told["evidence"], Text("", "")),
        text_of(told["reason"]),
        tuple(_tests(told, read, limits)),
        tuple(_used(item, told["relaxed"])),
        tuple(map(_attested, told["attestations"])),
        asks_schools,
    )


def _tests(told: Json, read: Read, limits: Mapping[str, Text]) -> Iterator[OneTest]:
    for test in told["tests"]:
        fact = read.item_facts.get(test["fact"])
        name = fact.name if fact else _FACTS.get(test["fact"], Text(test["fact"], test["fact"]))
        limit: Any = told["limit"].get(test["limit"] or "", {})
        lacks = test["shortfall"] if test["verdict"] == "not_met" else None
        yield OneTest(
            name,
            STAGE_NAMES.get(test["stage"]) if test["stage"] else None,
            _ROLES.get(test["role"]),
            test["verdict"],
            figure_words(test, limit, bool(fact and fact.truth)),
            limits.get(f"limits.{test['limit']}", Text("—", "—")),
            amount_words(lacks, test["shortfall_unit"]) if lacks else None,
            text_of(test["reason"]),
            test["schools"],
        )


def _used(item: Item, relaxed: Mapping[str, int]) -> Iterator[Used]:
    for one in item.relaxations:
        yield Used(one.id, one.name, one.text, relaxed.get(one.id, 0))


def _attested(row: Json) -> Attested:
    return Attested(
        row["scope_id"] or "",
        row["scope"] == "county",
        row["rating"] or "",
        row["dated_on"] or "",
        row["expires_on"] or "",
        row["state"],
        STATES.get(row["state"], Text(row["state"], row["state"])),
        row["evidence"] or "",
    )

"""What schools come to in the items that ask each of them: who misses one, one school's items, the table of all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text
from junheng.web.findings.heat import WORDS
from junheng.web.findings.item_words import amount_words, text_of
from junheng.web.findings.items import lines_of
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import KEPT, Json, read_in, verdict_in
from junheng.web.front.words import half

_MARKS: Mapping[str | None, str] = {
    "met": "good", "not_met": "bad", "cannot_tell": "unknown", None: "plain",
}  # fmt: skip
_SIGNS = {"good": "✓", "bad": "✗", "unknown": "?", "plain": "·"}
_RANK = {"not_met": 0, "cannot_tell": 1, "met": 2}


@dataclass(frozen=True, slots=True)
class SchoolItem:
    """One school (or school-stage) and one item. ``figures``: fact, value, line and what it lacks, of every test."""

    school_id: str
    name: str
    stage: Text | None
    key: str
    verdict: str
    figures: tuple[tuple[Text, float | None, float | None, Text | None], ...]
    lacks: float
    relaxed: tuple[str, ...]
    reason: Text | None

    @property
    def mark(self) -> str:
        """The word for its colour."""
        return _MARKS[self.verdict]

    @property
    def lacking(self) -> str:
        """What it lacks, test by test, in units."""
        told = [f"{half(name)} {half(lacks)}" for name, _, _, lacks in self.figures if lacks]
        return half(Text("；", "; ")).join(told)

    @property
    def short(self) -> str:
        """For a narrow cell: a sign, and beside ✗ the quantity."""
        amounts = [half(lacks) for _, _, _, lacks in self.figures if lacks]
        return " ".join([_SIGNS[self.mark], *amounts])

    @property
    def said(self) -> str:
        """The cell in a sentence."""
        why = half(self.reason) if self.reason else ""
        parts = [half(WORDS[self.verdict]), self.lacking or why, "、".join(self.relaxed)]
        return half(Text("，", "; ")).join(part for part in parts if part)


def of_item(finding: Finding, key: str) -> list[SchoolItem]:
    """Every school the item asks, once: those that miss it first, the largest gap first."""
    found = [one for one in _all(finding.folder) if one.key == key]
    return sorted(found, key=lambda one: (_RANK[one.verdict], -one.lacks, one.name))


def missing(finding: Finding, key: str) -> list[SchoolItem]:
    """Those of them that do not meet it or cannot be told."""
    return [one for one in of_item(finding, key) if one.verdict != "met"]


def of_school(finding: Finding, school_id: str) -> list[SchoolItem]:
    """One school's items, in the standard's order."""
    return [one for one in _all(finding.folder) if one.school_id == school_id]


@lru_cache(maxsize=KEPT)
def _all(folder: Path) -> tuple[SchoolItem, ...]:
    verdict, facts = verdict_in(folder), read_in(folder).item_facts
    names = {key: fact.name for key, fact in facts.items()}
    found: dict[tuple[str, str, str], SchoolItem] = {}
    for row in (*verdict["schools"], *verdict["skipped"]):
        for key, told in row.get("items", {}).items():
            stage = "" if told["per"] == "school" else row["stage"]
            place = (row["school_id"], key, stage)
            if place not in found:
                found[place] = _school_item(row, key, stage, told, names)
    return tuple(found.values())


def _school_item(row: Json, key: str, stage: str, told: Json, names: Mapping[str, Text]) -> SchoolItem:
    figures = tuple(
        (
            names.get(test["fact"], Text(test["fact"], test["fact"])),
            test["value"],
            test["line"],
            amount_words(test["shortfall"], test["shortfall_unit"]) if test["shortfall"] else None,
        )
        for test in told["tests"]
    )
    return SchoolItem(
        row["school_id"],
        row["name"] or row["school_id"],
        STAGE_NAMES[row["stage"]] if stage else None,
        key,
        told["verdict"],
        figures,
        sum(test["shortfall"] or 0.0 for test in told["tests"]),
        tuple(told["relaxed"]),
        text_of(told["reason"]),
    )


@dataclass(frozen=True, slots=True)
class TableRow:
    """A school of a stage beside the items, None where one does not ask it. ``missed``: how many it misses."""

    school_id: str
    name: str
    cells: tuple[SchoolItem | None, ...]
    missed: int


def columns_of(finding: Finding) -> list[tuple[str, str]]:
    """Key and name of the items that ask schools."""
    return [(key, half(one.name)) for key, one in lines_of(finding).items() if one.asks_schools]


def table_of(finding: Finding, stage: str) -> Sequence[TableRow]:
    """The schools of a stage by items, those that miss most first."""
    keys = tuple(key for key, _ in columns_of(finding))
    return _table(finding.folder, stage, keys)


@lru_cache(maxsize=2 * KEPT)
def _table(folder: Path, stage: str, keys: tuple[str, ...]) -> tuple[TableRow, ...]:
    verdict = verdict_in(folder)
    name = STAGE_NAMES[next(one for one in STAGE_NAMES if one == stage)]
    known = {(one.school_id, one.key, one.stage): one for one in _all(folder)}
    rows = []
    for row in _of_stage(verdict, stage):
        own = row["school_id"]
        cells = tuple(known.get((own, key, None)) or known.get((own, key, name)) for key in keys)
        missed = sum(one is not None and one.verdict == "not_met" for one in cells)
        rows.append(TableRow(own, row["name"] or own, cells, missed))
    return tuple(sorted(rows, key=lambda row: (-row.missed, row.name)))


def _of_stage(verdict: Json, stage: str) -> Iterator[Json]:
    for row in (*verdict["schools"], *verdict["skipped"]):
        if row["stage"] == stage and row.get("items"):
            yield row

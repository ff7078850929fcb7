"""The heat table: schools by indicators, as marks, values and sentences."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from junheng.basics import Text
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import KEPT, About, Json, abouts_in, verdict_in
from junheng.web.findings.shown import amount_text, value_text
from junheng.web.front.words import half

_MARKS = {"met": "good", "floor": "floor", "not_met": "bad", "cannot_tell": "unknown", None: "plain"}
WORDS = {
    "met": Text("达标", "met"),
    "floor": Text("达底线", "floor reached"),
    "not_met": Text("未达标", "not met"),
    "cannot_tell": Text("无法判定", "cannot tell"),
    None: Text("不判定", "not judged"),
}
SIGNS = {
    "good": "",
    "floor": "▵",
    "bad": "✗",
    "unknown": "",
    "plain": "",
}  # beside the colour, for who sees none
_NOWHERE = About("", "", "", None, None, {})


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One school's indicator. ``state``: met, floor, not_met, cannot_tell, None where the standard sets no line.

    ``floor`` means the line is missed and the floor reached.
    """

    key: str
    state: str | None
    mark: str
    value: float | None
    line: float | None
    floor: float | None
    lacks: float | None
    unit: Text
    reason: Text | None

    @property
    def lacking(self) -> str:
        """What is missing to the line, in units: "还差 3 人"."""
        amount = "" if not self.lacks else amount_text(self.lacks)
        return half(Text(f"还差 {amount} {self.unit.zh}", f"{amount} {self.unit.en} short")) if amount else ""

    @property
    def said(self) -> str:
        """The cell in a sentence."""
        parts = [half(WORDS[self.state]), self.lacking, half(self.reason) if self.reason else ""]
        return half(Text("，", "; ")).join(part for part in parts if part)

    @property
    def shown(self) -> str:
        """The value, short; "?" where there is none: never 0."""
        return "?" if self.value is None else f"{self.number}{SIGNS[self.mark]}"

    @property
    def number(self) -> str:
        """The value alone, to the decimals that keep it on its own side of line and floor."""
        return value_text(self.value, 2, self.line, self.floor)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One school of a stage."""

    school_id: str
    name: str
    stage: str
    verdict: str | None
    met: int
    pupils: float | None
    about: About
    cells: tuple[HeatCell, ...]


def row_of(school: Json, about: About = _NOWHERE) -> HeatRow:
    """A school-stage of verdict.json as a row."""
    cells = tuple(_cell(key, found) for key, found in school["indicators"].items())
    return HeatRow(
        school["school_id"], school["name"] or school["school_id"], school["stage"], school["verdict"],
        school["met"], school["pupils"], about, cells,
    )  # fmt: skip


def _cell(key: str, found: Json) -> HeatCell:
    is_floor = found["verdict"] == "not_met" and found["floor_verdict"] == "met"
    state = "floor" if is_floor else found["verdict"]
    unit, reason = found["shortfall_unit"] or {"zh": "", "en": ""}, found["reason"]
    return HeatCell(
        key, state, _MARKS[state], found["value"], found["threshold"], found["floor"], found["shortfall"],
        Text(unit["zh"], unit["en"]), Text(reason["zh"], reason["en"]) if reason else None,
    )  # fmt: skip


def heat(finding: Finding, stage: str) -> list[HeatRow]:
    """Schools of a stage, those that meet fewest indicators first, then by name."""
    return list(_rows(finding.folder, stage))


@lru_cache(maxsize=KEPT)
def _rows(folder: Path, stage: str) -> tuple[HeatRow, ...]:
    abouts = abouts_in(folder)
    schools = [school for school in verdict_in(folder)["schools"] if school["stage"] == stage]
    rows = [row_of(school, abouts.get(school["school_id"], _NOWHERE)) for school in schools]
    return tuple(sorted(rows, key=lambda row: (row.verdict == "met", row.met, row.name)))

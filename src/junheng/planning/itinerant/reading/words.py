"""What officers write in a cell, as values. A fault is noted and None returned."""

import re
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import STAGE_NAMES
from junheng.planning.cell_values import exact_number
from junheng.planning.gathered import Gathered
from junheng.planning.itinerant.reading.library import subject_of
from junheng.planning.sheet_records import Record

DAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(r"(?:星期|周|礼拜)?([一二三四五六日天1-7])")
_DIGITS = "一二三四五六七八九"
_HALVES = {"上午": "am", "am": "am", "下午": "pm", "pm": "pm"}
_PLACES = {"本校": "base", "在本校": "base", "不可用": "away", "不可排": "away", "外出": "away"}
_SEPARATORS = re.compile(r"[、,，;；/\s]+")


@dataclass
class Words:
    """Reads cells of rows. ``schools`` and ``teachers`` are what may be referred to (by id, or a name not used twice)."""

    faults: Gathered
    schools: dict[str, str]
    teachers: frozenset[str]

    def text(self, row: Record, column: str) -> str | None:
        """A text that must be there."""
        found = row[column]
        if not found:
            self.faults.add(row.at(column), "没有填", "is blank")
        return found or None

    def number(self, row: Record, column: str) -> Fraction | None:
        """An exact number of at least 0 where there is one; a blank is None without a fault."""
        return row.number(column, self.faults)

    def degrees(self, row: Record, column: str) -> Fraction | None:
        """A longitude or latitude."""
        most = 180 if column == "lon" else 90
        return exact_number(row[column], row.at(column), self.faults, least=-most, most=most)

    def whole(self, row: Record, column: str, *, needed: bool = True) -> int | None:
        """A whole number of at least 0."""
        if needed and not row[column]:
            self.faults.add(row.at(column), "没有填（缺失不是 0）", "is blank (absent is not 0)")
        return row.count(column, self.faults)

    def stage(self, row: Record, column: str = "stage") -> str | None:
        """primary or junior."""
        return self._one(
            row, column, {"小学": "primary", "primary": "primary", "初中": "junior", "junior": "junior"}
        )

    def stages(self, row: Record) -> list[str]:
        """Every stage named."""
        names = {str(name.zh): str(stage) for stage, name in STAGE_NAMES.items() if stage != "senior"}
        found = [names.get(word, word) for word in _SEPARATORS.split(row["stages"]) if word]
        if not found or set(found) - set(names.values()):
            self.faults.add(row.at("stages"), "应填小学、初中", "must be 小学, 初中 or both")
            return []
        return sorted(set(found))

    def grade(self, row: Record) -> str | None:
        """1 to 9 as text."""
        word = row["grade"].removesuffix("年级").removesuffix("班")
        found = str(_DIGITS.index(word) + 1) if len(word) == 1 and word in _DIGITS else word
        if found not in set("123456789"):
            self.faults.add(row.at("grade"), f"“{word}”不是一至九年级", f"{word!r} is no grade from 1 to 9")
            return None
        return found

    def subject(self, row: Record) -> str | None:
        """A subject of the library."""
        word = row["subject"]
        found = subject_of(word)
        if found is None:
            self.faults.add(row.at("subject"), f"没有学科“{word}”", f"there is no subject {word!r}")
        return found

    def subjects(self, row: Record) -> list[str]:
        """Every subject named."""
        words = [word for word in _SEPARATORS.split(row["subjects"]) if word]
        found = [subject_of(word) for word in words]
        if not found or None in found:
            self.faults.add(
                row.at("subjects"),
                f"有不认识的学科：{'、'.join(w for w, known in zip(words, found, strict=True) if known is None) or '未填'}",
                "there is an unknown subject",
            )
        return sorted({name for name in found if name})

    def day(self, row: Record, days: int) -> str | None:
        """The day's number as text, within the week."""
        match = _DAY.fullmatch(row["day"])
        mark = match[1].replace("天", "日") if match else ""
        place = "一二三四五六日".find(mark) + 1 if mark and not mark.isdigit() else int(mark or 0)
        if not 1 <= place <= days:
            self.faults.add(
                row.at("day"), f"应为周一至{DAYS[days - 1]}", f"must be Monday to {DAYS_EN[days - 1]}"
            )
            return None
        return str(place)

    def half(self, row: Record) -> str | None:
        """am or pm."""
        return self._one(row, "half", _HALVES)

    def school(self, row: Record, column: str = "school") -> str | None:
        """The id of a school, from its id or its name."""
        word = row[column]
        found = self.schools.get(word)
        if found is None:
            self.faults.add(row.at(column), f"“学校”表中没有“{word}”", f"the school sheet has no {word!r}")
        return found

    def teacher(self, row: Record) -> str | None:
        """The id of a teacher."""
        word = row["teacher"]
        if word not in self.teachers:
            self.faults.add(
                row.at("teacher"), f"“教师”表中没有“{word}”", f"the teacher sheet has no {word!r}"
            )
            return None
        return word

    def place(self, row: Record) -> str | None:
        """base, away, or a school."""
        return _PLACES.get(row["place"]) or self.school(row, "place")

    def yes(self, row: Record, column: str) -> bool:
        """是 or 否; a blank is 否 (only for one-way roads)."""
        return self._one(row, column, {"是": "1", "1": "1", "否": "0", "0": "0", "": "0"}) == "1"

    def _one(self, row: Record, column: str, values: dict[str, str]) -> str | None:
        word = row[column].casefold()
        if word not in values:
            listed = "、".join(value for value in values if value)
            self.faults.add(
                row.at(column), f"“{word}”应为 {listed} 之一", f"{word!r} must be one of {listed}"
            )
        return values.get(word)

"""What is prescribed: periods a week by subject and grade, and a teacher's standard load."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Stage, Text, UserError, value_key
from junheng.planning.staff.reading.parameters import read_parameters

_LAST_PRIMARY, _LAST = 6, 9
_STAGES: tuple[Stage, ...] = ("primary", "junior")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; ``periods``: grade → periods a week of every class."""

    id: str
    name: Text
    periods: Mapping[int, Fraction]


@dataclass(frozen=True, slots=True)
class Prescribed:
    """The curriculum in force; ``loads``: a full-time teacher's periods a week by stage and subject; ``source`` as its file cites."""

    subjects: Mapping[str, Subject]
    loads: Mapping[tuple[Stage, str], Fraction]
    source: Mapping[str, Any]

    def subject(self, word: str) -> Subject | None:
        """The subject with this id or name."""
        key = value_key(word)
        return next((one for one in self.subjects.values() if key in _spellings(one)), None)


def _spellings(subject: Subject) -> set[str]:
    zh = subject.name.zh
    words = {subject.id, zh, subject.name.en, zh.removesuffix("与健康"), zh.replace("外语", "英语")}
    return {value_key(word) for word in words}


def stage_of(grade: int) -> Stage:
    """Grades 1 to 6 are primary, 7 to 9 junior. Raises UserError for any other."""
    if not 1 <= grade <= _LAST:
        raise UserError(Text(f"没有{grade}年级", f"there is no grade {grade}"))
    return "primary" if grade <= _LAST_PRIMARY else "junior"


def prescribed(curriculum: Path | None = None) -> Prescribed:
    """The shipped curriculum, or the one in the YAML file ``curriculum``. Raises UserError where it does not fit."""
    chosen = {} if curriculum is None else {"curriculum": curriculum.name}
    folder = Path() if curriculum is None else curriculum.parent
    found = read_parameters(chosen, folder, "" if curriculum is None else curriculum.name)
    source: Mapping[str, Any] = next((one for one in found["sources"] if one["part"] == "curriculum"), {})
    return Prescribed(
        {key: _subject(key, found) for key in found["periods"]},
        {
            (stage, key): Fraction(str(load))
            for stage in _STAGES
            for key, load in found["loads"][stage].items()
        },
        source,
    )


def _subject(key: str, found: Mapping[str, Any]) -> Subject:
    names = found["subjects"][key]
    periods = {int(grade): Fraction(str(count)) for grade, count in found["periods"][key].items()}
    return Subject(key, Text(names["zh"], names["en"]), periods)

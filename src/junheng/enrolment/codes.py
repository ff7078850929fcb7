"""Two lists of people as arrays in one coding, so that equality of texts is equality of integers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from junheng.basics import normalise
from junheng.enrolment.names import plain_name, sound
from junheng.enrolment.numbers import NONE, is_sound, is_student_number, packed
from junheng.enrolment.people import People

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A column of names in three codings: as written, plain (variants folded), by sound; NONE is missing."""

    plain_texts: Sequence[str]
    written: Ints
    plain: Ints
    sound: Ints


@dataclass(frozen=True, slots=True)
class Side:
    """One list as arrays of its length. ``sound_number``: the identity number passes its check."""

    size: int
    number: Ints
    sound_number: npt.NDArray[np.bool_]
    student: Ints
    sound_student: npt.NDArray[np.bool_]
    name: Spoken
    guardian: Spoken
    birth: Ints
    sex: Ints
    school: Ints


class _Coding:
    """Text → integer, the same for both lists."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {"": NONE}

    def __call__(self, texts: Sequence[str]) -> Ints:
        known = self.known
        return np.fromiter(
            (known.setdefault(text, len(known)) for text in texts), dtype=np.int64, count=len(texts)
        )


def coded(left: People, right: People) -> tuple[Side, Side]:
    """Both lists in one coding."""
    codings = [_Coding() for _ in range(4)]
    known: dict[str, tuple[str, str]] = {}
    return _side(left, codings, known), _side(right, codings, known)


def _side(people: People, codings: Sequence[_Coding], known: dict[str, tuple[str, str]]) -> Side:
    names, schools, students, sounds = codings
    number = np.array([packed(text) for text in people.numbers], dtype=np.int64)

    def spoken(texts: Sequence[str]) -> Spoken:
        forms = [_forms(text, known) for text in texts]
        plain = [form[0] for form in forms]
        written = names([normalise(text) for text in texts])
        return Spoken(plain, written, names(plain), sounds([form[1] for form in forms]))

    return Side(
        size=len(people),
        number=number,
        sound_number=is_sound(number),
        student=students(people.students),
        sound_student=_flags(people.students, is_student_number),
        name=spoken(people.names),
        guardian=spoken(people.guardians),
        birth=np.array([int(text) if text else NONE for text in people.births], dtype=np.int64),
        sex=np.array([int(text) if text else NONE for text in people.sexes], dtype=np.int64),
        school=schools(people.schools),
    )


def _forms(text: str, known: dict[str, tuple[str, str]]) -> tuple[str, str]:
    found = known.get(text)
    if found is None:
        plain = plain_name(text)
        found = known[text] = (plain, sound(plain))
    return found


def _flags(texts: Sequence[str], test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    return np.fromiter((bool(text) and test(text) for text in texts), dtype=bool, count=len(texts))

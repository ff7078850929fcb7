"""Names compared as officers hear and write them: variants folded, sounds without tone.

``library/readings.csv`` gives the reading of every character of the CJK block, ``library/variants.csv`` the simplified
form; both derived from the data of Unicode's ICU (Han-Latin, Traditional-Simplified), a few 异体字 added.
"""

import csv
from collections.abc import Iterator
from functools import cache

from junheng.basics import normalise
from junheng.enrolment.rules import LIBRARY

_DOTS = dict.fromkeys(map(ord, " ·•・‧．.。-"))  # between the parts of a name: written or left out at will


def plain_name(name: str) -> str:
    """The name in simplified standard characters without dots and spaces, Latin letters in capitals.

    >>> plain_name("張 梓軒"), plain_name("阿依努尔·买买提") == plain_name("阿依努尔买买提")
    ('张梓轩', True)
    """
    return normalise(name).translate(_DOTS).translate(_simplified()).upper()


def sound(name: str) -> str:
    """The syllables of a plain name, without tone; a character without reading stands for itself.

    >>> sound("张梓涵") == sound("章子晗"), sound("张梓涵")
    (True, 'zhang zi han ')
    """
    return name.translate(_syllables())


def differ_by_one(a: str, b: str) -> bool:
    """Whether two plain names of equal length, two characters at least, differ in exactly one of them.

    >>> differ_by_one("张梓涵", "张梓萌"), differ_by_one("张三", "李四")
    (True, False)
    """
    return len(a) == len(b) > 1 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


@cache
def _syllables() -> dict[int, str]:
    return {ord(one): f"{syllable} " for syllable, signs in _lines("readings.csv") for one in signs}


@cache
def _simplified() -> dict[int, str]:
    return {ord(one): standard for standard, signs in _lines("variants.csv") for one in signs}


def _lines(file: str) -> Iterator[tuple[str, str]]:
    with (LIBRARY / file).open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        yield from ((first, second) for first, second in rows)

"""The only cleaner of text: Chinese with English beside, and keys that survive an officer's typing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

_PUNCTUATION = re.compile(r"[\s()\[\]{}<>:;,.、。#*★\"'“”‘’_/|\\-]+")


@dataclass(frozen=True, slots=True)
class Text:
    """One message in Simplified Chinese with its English beside it."""

    zh: str
    en: str

    def __str__(self) -> str:
        return f"{self.zh} | {self.en}"


def normalise(text: str) -> str:
    """Fold full-width forms (NFKC), collapse white space and strip; Chinese characters are kept."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def heading_key(text: str) -> str:
    """The form in which two headings are compared: NFKC, lower case, no spaces or punctuation.

    >>> heading_key("教学仪器设备资产值（万元）") == heading_key("教学仪器设备 资产值(万元)")
    True
    """
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).casefold())


def value_key(text: str) -> str:
    """The form in which two words for a value are compared; a code of digits and signs stays itself.

    >>> value_key("-1") == value_key("1"), value_key("是 ") == value_key("是")
    (False, True)
    """
    folded = normalise(text).casefold()
    return folded if folded.isascii() else heading_key(folded)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate most like ``word``, or None when nothing is near enough to suggest."""
    found = get_close_matches(word, list(candidates), n=1, cutoff=0.5)
    return found[0] if found else None

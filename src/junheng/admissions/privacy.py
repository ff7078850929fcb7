"""Names masked for publication, and a scanner that finds personal data in any published file.

What must never be public about a child or guardian: identity number, telephone, home address, full name. The scanner
is run by tests over every public artefact; what it reports is itself masked, so that a log leaks nothing.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from junheng.admissions.artefact_text import text_parts
from junheng.basics import Text, is_identity_number

Kind = Literal["identity_number", "phone", "address", "name"]
KIND_NAMES: dict[Kind, Text] = {
    "identity_number": Text("身份证件号码", "identity number"),
    "phone": Text("电话号码", "telephone number"),
    "address": Text("住址", "address"),
    "name": Text("姓名", "full name"),
}

_SEPARATORS = "·•‧・ -.'"  # between the parts of a name; kept when it is masked
_ALONE = r"(?<![0-9A-Za-z])"
_ENDS = r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(
    _ALONE
    + r"([1-9]\d{5})[ -]?((?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))[ -]?(\d{3}[\dXx])"
    + _ENDS
)
_MOBILE = re.compile(_ALONE + r"(?:\+?86[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})" + _ENDS)
_LANDLINE = re.compile(_ALONE + r"\(?(0\d{2,3})\)?[ -](\d{7,8})" + _ENDS)
_ROAD = r"[\u4e00-\u9fff]{1,10}(?:路|街|道|巷|胡同|里|弄|村|屯|社区|小区|新村|大院)"
_NUMBER = r"[甲乙丙丁]?\d{1,5}(?:[-之]\d{1,4})?"
_ADDRESS = re.compile(rf"{_ROAD}(?:[东西南北中]段)?{_NUMBER}(?:号|弄|支弄|栋|幢|座|楼|单元|室|组)")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·•]{2,}")


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """One thing found. ``shown`` is masked; ``where`` is the part of the file and the line (from 1)."""

    kind: Kind
    shown: str
    where: str

    def __str__(self) -> str:
        name = KIND_NAMES[self.kind]
        return f"{name.zh} {self.shown} @ {self.where} | {name.en}"


def mask_name(name: str) -> str:
    """``name`` as public lists show it: first and last character kept, of two only the first.

    The separators of minority and foreign names stay, so that the length and the parts can be recognised.

    >>> mask_name("王小明"), mask_name("王明"), mask_name("欧阳小明")
    ('王*明', '王*', '欧**明')
    >>> mask_name("买买提·艾力")
    '买**·*力'
    """
    name = name.strip()
    letters = [place for place, letter in enumerate(name) if letter not in _SEPARATORS]
    kept = {letters[0], letters[-1]} if len(letters) > 2 else set(letters[:1]) if len(letters) == 2 else set()
    return "".join(
        letter if place in kept or letter in _SEPARATORS else "*" for place, letter in enumerate(name)
    )


def mask_number(number: str) -> str:
    """An identity or telephone number of which only the ends are left.

    >>> mask_number("13800001234")
    '13*******34'
    """
    return number[:2] + "*" * max(0, len(number) - 4) + number[-2:] if len(number) > 4 else "*" * len(number)


def find_personal_data(
    source: bytes | Path, names: Iterable[str] = (), allowed: Collection[str] = ()
) -> list[PersonalDatum]:
    """Everything in ``source`` that looks like personal data, in the order of the file.

    ``names``: the full names of the children and guardians concerned, looked for exactly; the other kinds are
    found by form (identity numbers by their check character, GB 11643). ``allowed``: telephones and addresses that
    are meant to be public, such as the bureau's hotline. Raises UserError for a file that cannot be seen into.
    """
    wanted = _by_length(names)
    permitted = {re.sub(r"[ -]", "", text) for text in allowed}
    found: list[PersonalDatum] = []
    for part, text in text_parts(source):
        for place, kind, shown in sorted(_scan(text, wanted, permitted)):
            line = text.count("\n", 0, place) + 1
            found.append(PersonalDatum(kind, shown, f"{part}:{line}" if part else str(line)))
    return found


def _by_length(names: Iterable[str]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for name in names:
        bare = name.strip().replace("•", "·")
        if len(bare) > 1:  # one character alone is every second word
            found.setdefault(len(bare), set()).add(bare)
    return found


def _scan(text: str, names: dict[int, set[str]], allowed: set[str]) -> Iterator[tuple[int, Kind, str]]:
    taken: list[range] = []
    for match in _IDENTITY.finditer(text):
        number = "".join(match.groups()).upper()
        if is_identity_number(number):
            taken.append(range(*match.span()))
            yield match.start(), "identity_number", mask_number(number)
    for pattern in (_MOBILE, _LANDLINE):
        for match in pattern.finditer(text):
            number = "".join(match.groups())
            inside = any(match.start() in span for span in taken)
            if not inside and number not in allowed:
                yield match.start(), "phone", mask_number(number)
    public = tuple(match[0] for known in allowed for match in _ADDRESS.finditer(known))
    for match in _ADDRESS.finditer(text):
        if not match[0].endswith(public):  # words may stand before it without a space
            yield match.start(), "address", match[0][:1] + "***" + match[0][-1:]
    yield from _names(text, names)


def _names(text: str, names: dict[int, set[str]]) -> Iterator[tuple[int, Kind, str]]:
    """Every occurrence of a listed name; Latin names as whole words, Chinese ones anywhere in a run."""
    latin = sorted(name for found in names.values() for name in found if not _HAN_RUN.fullmatch(name))
    for name in latin:
        for match in re.finditer(_ALONE + re.escape(name) + _ENDS, text):
            yield match.start(), "name", mask_name(name)
    for run in _HAN_RUN.finditer(text):
        words = run[0].replace("•", "·")
        for length, known in names.items():
            for start in range(len(words) - length + 1):
                if words[start : start + length] in known:
                    yield run.start() + start, "name", mask_name(words[start : start + length])

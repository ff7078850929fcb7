"""Identity and student numbers: cleaned, checked, packed into integers, and the numbers one slip away.

GB 11643 with the check of ISO 7064 MOD 11-2. That check finds every single wrong character and every swap of two
neighbours, so of two numbers one slip apart at least one fails it.
"""

import re

import numpy as np
import numpy.typing as npt

from junheng.basics import identity_check_character, is_identity_number, normalise
from junheng.data.books import parse_day

Codes = npt.NDArray[np.int64]
NONE = -1
LENGTH = 18
_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
_BASES = (*(10 for _ in range(LENGTH - 1)), 11)
_SPACES = dict.fromkeys(map(ord, " -"))


def clean_number(text: str) -> str:
    """Full-width folded, spaces and hyphens out, capitals.

    >>> clean_number("1101 0519-4912310 02x")
    '11010519491231002X'
    """
    return normalise(text).translate(_SPACES).upper()


def is_identity_shaped(number: str) -> bool:
    """Seventeen digits and a digit or X, whatever the check says."""
    return bool(_SHAPE.fullmatch(number))


def is_student_number(number: str) -> bool:
    """G + identity number; J + region, birth, 3 serial, check; L + region, birth, 4: 19 characters (学籍号).

    >>> is_student_number("G11010519491231002X"), is_student_number("G110105194912310021")
    (True, False)
    """
    kind, rest = number[:1], number[1:]
    if kind == "L":
        return len(rest) == LENGTH and rest.isascii() and rest.isdigit() and parse_day(rest[6:14]) is not None
    if kind == "G":
        return is_identity_number(rest)
    return kind == "J" and is_identity_number(rest) and parse_day(rest[6:14]) is not None


def packed(number: str) -> int:
    """The number as one integer, NONE where it has not the shape."""
    if not is_identity_shaped(number):
        return NONE
    last = number[-1]
    return int(number[:-1]) * 11 + (10 if last == "X" else int(last))


def digits_of(codes: Codes) -> npt.NDArray[np.int8]:
    """The 18 characters of each code as numbers 0–10. Shape (n, 18)."""
    found = np.empty((len(codes), LENGTH), np.int8)
    rest = codes.copy()
    for place in range(LENGTH - 1, -1, -1):
        rest, digit = np.divmod(rest, _BASES[place])
        found[:, place] = digit
    return found


def is_sound(codes: Codes) -> npt.NDArray[np.bool_]:
    """Whether each code passes the check; False for NONE."""
    digits = digits_of(np.maximum(codes, 0)).astype(np.int64)
    weights = np.array([pow(2, 17 - place, 11) for place in range(LENGTH)])
    return np.asarray(((digits * weights).sum(axis=1) % 11 == 1) & (codes != NONE))


def one_slip_away(codes: Codes) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Every number one wrong character or one swap of neighbours away; and the index each comes from."""
    digits = digits_of(codes).astype(np.int64)
    values = np.ones(LENGTH, np.int64)
    for place in range(LENGTH - 2, -1, -1):
        values[place] = values[place + 1] * _BASES[place + 1]
    found, origin = [], []
    index = np.arange(len(codes))
    for place in range(LENGTH):
        for step in range(1, _BASES[place]):
            new = (digits[:, place] + step) % _BASES[place]
            found.append(codes + (new - digits[:, place]) * values[place])
            origin.append(index)
    for place in range(LENGTH - 1):
        a, b = digits[:, place], digits[:, place + 1]
        may = (a != b) & (b < 10) & (a < _BASES[place + 1])
        found.append((codes + (b - a) * values[place] + (a - b) * values[place + 1])[may])
        origin.append(index[may])
    return np.concatenate(found), np.concatenate(origin)


def is_one_wrong(a: str, b: str) -> bool:
    """Whether exactly one character differs."""
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def is_swapped(a: str, b: str) -> bool:
    """Whether two neighbours changed places and nothing else.

    >>> is_swapped("20150312", "20153012"), is_swapped("20150312", "20150321")
    (True, True)
    """
    if len(a) != len(b):
        return False
    at = [place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    return len(at) == 2 and at[1] == at[0] + 1 and a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]


def completed(first_17: str) -> str:
    """Seventeen digits with their check character."""
    return first_17 + identity_check_character(first_17)

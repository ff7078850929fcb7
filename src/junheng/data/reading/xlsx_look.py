"""A quick look at the XML of a sheet: whether anything in it calls for a closer one.

Millions of ordinary cells are passed over with a few operations on whole arrays of bytes; who is suspected wrongly
is only looked at again.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# Anything outside 104 columns × 99,999 rows (safe by itself) calls for a look at every cell.
_FAR = re.compile(rb"r\s*=\s*[\"'](?:[A-Za-z]{3,}\d|[D-Zd-z][A-Za-z]\d|[A-Za-z]{1,2}\d{6,}|\d{6,})")
_DIGITS = 6  # so many in a row lie beyond row 99,999
_MARGIN = bytes(16)  # room to look behind the last attribute

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]


def _among(text: bytes) -> npt.NDArray[np.bool_]:
    table = np.zeros(256, np.bool_)
    table[np.frombuffer(text, np.uint8)] = True
    return table


_LETTER = _among(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_BEYOND_C = _among(b"DEFGHIJKLMNOPQRSTUVWXYZdefghijklmnopqrstuvwxyz")
_DIGIT = _among(b"0123456789")
_QUOTE = _among(b"\"'")
_OPENS = _among(b"<:")
_SPACE = _among(b" \t\r\n")


@dataclass(frozen=True, slots=True)
class Seen:
    """``far``: some cell lies beyond what is safe by itself; ``formula``: there may be a formula, or an error."""

    far: bool
    formula: bool


def look(piece: bytes) -> Seen:
    """What a piece of XML, which begins and ends between two tags, holds.

    >>> look(b'<c r="A1"><v>1</v></c>'), look(b'<c r="XFD1" t="e"><v>#N/A</v></c>')
    (Seen(far=False, formula=False), Seen(far=True, formula=True))
    """
    codes = np.frombuffer(piece + _MARGIN, np.uint8)
    equals = np.flatnonzero(codes == ord("="))
    spaced = bool((_SPACE[codes[equals - 1]] | _SPACE[codes[equals + 1]]).any())  # r = "XFD1" is good XML too
    suspect = spaced or _may_be_far(codes, equals[codes[equals - 1] == ord("r")] + 2)
    return Seen(
        far=suspect and _FAR.search(piece) is not None,
        formula=_has_formula(codes) or _has_error(codes, equals[codes[equals - 1] == ord("t")] + 2),
    )


def _may_be_far(codes: Bytes, values: Places) -> bool:
    """Whether an attribute r, whose values begin at ``values``, has many letters or many digits."""
    first = codes[values]
    one = _LETTER[first]
    two = one & _LETTER[codes[values + 1]]
    if (two & (_BEYOND_C[first] | _LETTER[codes[values + 2]])).any():
        return True
    digits = values + one + two
    for place in reversed(range(_DIGITS)):  # the last first: few numbers are so long
        digits = digits[_DIGIT[codes[digits + place]]]
    return bool(digits.size)


def _has_formula(codes: Bytes) -> bool:
    return bool(_OPENS[codes[np.flatnonzero(codes == ord("f")) - 1]].any())


def _has_error(codes: Bytes, values: Places) -> bool:
    return bool(((codes[values] == ord("e")) & _QUOTE[codes[values + 1]]).any())

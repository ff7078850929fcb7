"""Numbers drawn in public as one text, and choosing from a list by them (RFC 3797 §4, §5)."""

import hashlib
import re
from collections.abc import Sequence

from junheng.basics import Text, UserError

_PART = re.compile(r"(?:0|[1-9][0-9]*)\.")


def rfc3797_text(parts: Sequence[Sequence[int]], ordered: Sequence[bool] = ()) -> str:
    """The parts as text: "9.18.26.34.41.45./"; numbers ascending unless that part is ``ordered``.

    ``parts``: non-negative numbers, no part empty; ``ordered``: one truth per part (missing: not ordered).
    """
    text = ""
    for i, part in enumerate(parts):
        keeps_order = i < len(ordered) and ordered[i]
        if not part or any(number < 0 for number in part):
            raise UserError(
                Text("公开号码应为非负整数", "Drawn numbers are whole and not negative"), where=str(part)
            )
        text += "".join(f"{number}." for number in (part if keeps_order else sorted(part))) + "/"
    return text


def read_numbers(text: str) -> list[list[int]]:
    """The parts of a text of drawn numbers, as written. Raises UserError for any other spelling."""
    parts = text.split("/")
    if (
        len(parts) < 2
        or parts.pop()
        or not all(re.fullmatch(f"(?:{_PART.pattern})+", part) for part in parts)
    ):
        raise UserError(
            Text(f"号码文本格式不对：{text}", f"Not a text of drawn numbers: {text}"),
            fix=Text(
                "每个号码后加点，每组后加斜线，例如 9.18.26./",
                "a dot after each number, a slash after each part: 9.18.26./",
            ),
        )
    return [[int(number) for number in part.split(".")[:-1]] for part in parts]


def rfc3797_select(key: str, pool: int, count: int) -> list[int]:
    """``count`` different numbers from 1 to ``pool``, in the order selected (RFC 3797 §4, MD5).

    ``key``: the text of the public numbers. MD5 is what the RFC names; nothing secret rests on it.
    """
    if not 0 <= count <= pool:
        raise UserError(Text(f"无法从 {pool} 个中选 {count} 个", f"Cannot select {count} of {pool}"))
    left = list(range(1, pool + 1))
    return [left.pop(selection_digest(key, i) % len(left)) for i in range(count)]


def selection_digest(key: str, index: int) -> int:
    """The MD5 of ``key`` between two copies of ``index`` (16 bits, from 0), as an integer."""
    counter = index.to_bytes(2, "big")
    whole = hashlib.md5(counter + key.encode("utf-8") + counter, usedforsecurity=False)
    return int.from_bytes(whole.digest(), "big")

"""Texts of cells and settings as exact values; what is none is noted as a fault, never guessed."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from junheng.planning.zone.reading.faults import Faults

_LARGEST = 10**9
_NUMBER = re.compile(r"[+-]?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,2})?", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


def exact_number(text: str, where: str, faults: Faults, *, least: int = 0) -> Fraction | None:
    """The number in ``text`` (thousands may be set off by commas); None where blank, or no number (noted)."""
    plain = text.replace(",", "")
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        faults.add(where, f"“{text}”不是数", f"{text!r} is not a number")
        return None
    found = Fraction(plain)
    if found < least or found > _LARGEST:
        faults.add(
            where, f"{text} 应在 {least} 与 {_LARGEST} 之间", f"{text} must lie within {least} and {_LARGEST}"
        )
        return None
    return found


def whole_number(text: str, where: str, faults: Faults, *, least: int = 0) -> int | None:
    """The whole number in ``text``, None as in ``exact_number``."""
    found = exact_number(text, where, faults, least=least)
    if found is not None and found.denominator != 1:
        faults.add(where, f"{text} 应为整数", f"{text} must be a whole number")
        return None
    return None if found is None else int(found)


def iso_day(text: str, where: str, faults: Faults) -> str:
    """A day as ISO 8601 (2024-9-1, 2024/09/01, 2024年9月1日, 20240901 are read); "" when blank or none (noted)."""
    if not text:
        return ""
    found = _DAY.fullmatch(text.strip())
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
    except ValueError:
        pass  # told below, as any other text that is no day
    faults.add(where, f"“{text}”不是日期", f"{text!r} is not a day; write 2025-09-01")
    return ""


def choice(text: str, allowed: Iterable[str], where: str, faults: Faults) -> str:
    """``text`` if it is allowed; the first allowed where it is not (noted)."""
    words = list(allowed)
    if text not in words:
        shown = "、".join(words)
        faults.add(where, f"“{text}”应为 {shown} 之一", f"{text!r} must be one of {shown}")
        return words[0]
    return text


def place(lon: str, lat: str, where: str, faults: Faults) -> tuple[str, str] | None:
    """Longitude and latitude as decimal text; None where both are blank, or they are no place (noted)."""
    if not lon and not lat:
        return None
    east, north = (exact_number(text, where, faults, least=-180) for text in (lon, lat))
    if east is None or north is None:
        faults.add(where, "经度、纬度只有一个", "longitude or latitude is missing or no number")
        return None
    if abs(north) > 90 and abs(east) <= 90:
        faults.add(
            where, f"经度、纬度写反了：{lon}, {lat}", f"longitude and latitude are swapped: {lon}, {lat}"
        )
        return None
    if abs(east) > 180 or abs(north) > 90:
        faults.add(where, f"经纬度超出范围：{lon}, {lat}", f"out of range: {lon}, {lat}")
        return None
    return lon, lat

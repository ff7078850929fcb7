"""What a reader wished of the heat table by its address: filters and the column sorted by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from junheng.basics import Text
from junheng.web.findings.heat import WORDS, HeatRow
from junheng.web.findings.reading import AREAS
from junheng.web.front.words import half

_FIELDS = ("q", "town", "area", "group", "verdict")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the reader asked for; ``sort`` a column, with "-" for the largest first, "" for the furthest away first."""

    q: str = ""
    town: str = ""
    area: str = ""
    group: str = ""
    verdict: str = ""
    sort: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether some schools are left out."""
        return any(getattr(self, name) for name in _FIELDS)

    def address(self, stage: str, **other: str) -> str:
        """The query of this wish with something changed."""
        now = replace(self, **other)
        asked = {name: getattr(now, name) for name in (*_FIELDS, "sort") if getattr(now, name)}
        return "?" + urlencode({"stage": stage, **asked})


def wish_of(asked: QueryDict) -> Wish:
    """The wish in an address; what is not known there is no wish."""
    held: Mapping[str, Any] = {name: asked.get(name, "").strip()[:60] for name in (*_FIELDS, "sort")}
    return Wish(**held)


def wished(rows: Sequence[HeatRow], wish: Wish) -> list[HeatRow]:
    """The rows as wished: filtered, sorted; schools without the value sorted by come last either way."""
    kept = [row for row in rows if _fits(row, wish)]
    key = wish.sort.lstrip("-")
    if not key:
        return kept
    told = [(one, row) for row in kept if (one := _of_column(row, key)) is not None]
    if key == "name":
        told.sort(key=lambda pair: pair[1].name, reverse=wish.sort.startswith("-"))
    else:
        told.sort(key=lambda pair: pair[0], reverse=wish.sort.startswith("-"))
    return [row for _, row in told] + [row for row in kept if _of_column(row, key) is None]


def _of_column(row: HeatRow, key: str) -> float | None:
    plain = {"name": 0.0, "met": float(row.met), "pupils": row.pupils}
    if key in plain:
        return plain[key]
    return next((cell.value for cell in row.cells if cell.key == key), None)


def _fits(row: HeatRow, wish: Wish) -> bool:
    about = row.about
    return (
        wish.q.lower() in row.name.lower()
        and wish.town in ("", about.town)
        and wish.area in ("", about.area)
        and wish.group in ("", about.group)
        and wish.verdict in ("", row.verdict)
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of the filter with what can be chosen; (value, words) each."""

    name: str
    words: str
    options: list[tuple[str, str]]
    chosen: str


def choices(rows: Sequence[HeatRow], wish: Wish) -> list[Choice]:
    """The fields that tell schools of this county apart: none for what the input does not say."""
    areas = [(key, half(text)) for key, text in AREAS.items() if any(row.about.area == key for row in rows)]
    groups, towns = ({getattr(row.about, what) for row in rows} - {""} for what in ("group", "town"))
    verdicts = [(key, half(WORDS[key])) for key in ("met", "not_met", "cannot_tell")]
    found = [
        Choice("verdict", half(Text("结论", "Verdict")), verdicts, wish.verdict),
        Choice("area", half(Text("城乡", "Urban or rural")), areas, wish.area),
        Choice(
            "town", half(Text("乡镇（区划代码）", "Town (code)")), [(t, t) for t in sorted(towns)], wish.town
        ),
        Choice("group", half(Text("教育集团", "Group")), [(g, g) for g in sorted(groups)], wish.group),
    ]
    judged = any(row.verdict for row in rows)
    return [one for one in found if len(one.options) > 1 and (one.name != "verdict" or judged)]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's heading with the way to sort by it; ``order``: ascending, descending or none (aria-sort)."""

    words: str
    title: str
    href: str
    order: str


def heads(keys: Mapping[str, str], wish: Wish, stage: str) -> list[Head]:
    """Headings of name, met, pupils and the indicators (key: name)."""
    columns = {
        "name": (half(Text("学校", "School")), ""),
        "met": (half(Text("达标项", "Met")), half(Text("达标的指标数", "indicators that reach the line"))),
        "pupils": (half(Text("学生", "Pupils")), ""),
        **{key: (key, name) for key, name in keys.items()},
    }
    return [_head(key, *words, wish, stage) for key, words in columns.items()]


def _head(key: str, words: str, title: str, wish: Wish, stage: str) -> Head:
    order = {key: "ascending", f"-{key}": "descending"}.get(wish.sort, "none")
    after = f"-{key}" if order == "ascending" else key
    return Head(words, title, wish.address(stage, sort=after), order)

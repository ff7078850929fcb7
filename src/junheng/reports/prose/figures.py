"""The figures of a sentence: value, what they count, how exactly they are printed, the words before them."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from importlib.resources import files

import yaml

_WIDE = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = re.compile(r"(?:约|近|超过|超|逾|不足|不到|将近|接近)\s*$")
_AFTER = re.compile(r"^(?:余|多|左右|以上)")
_LIST = re.compile(r"^[、和与及，,\s]{1,2}$")
ANY = "个"  # a bare measure word fits whatever stands beside it


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed. ``step`` is the value of its last printed digit; ``start`` and ``end`` its span."""

    text: str
    value: Fraction
    step: Fraction
    kind: str
    start: int
    end: int
    about: bool

    @property
    def slack(self) -> Fraction:
        """How far the true value may lie from the printed one: nothing for a plain whole count."""
        return self.step / 2 if self.about or self.step != 1 else Fraction(0)


@cache
def _words() -> tuple[dict[str, int], dict[str, str], re.Pattern[str]]:
    table = yaml.safe_load(files("junheng.reports.prose").joinpath("units.yaml").read_text(encoding="utf-8"))
    kinds = {word: kind for kind, words in table["kinds"].items() for word in words}
    longest = sorted([*kinds, ANY], key=len, reverse=True)
    sizes = sorted(table["magnitudes"], key=len, reverse=True)
    pattern = re.compile(
        rf"(?<![\d.A-Za-z第])(?P<number>{_NUMBER})(?![\d.]*年)(?P<mid>余|多)?"
        rf"(?P<size>{'|'.join(sizes)})?(?:余|多)?(?P<unit>{'|'.join(map(re.escape, longest))})?"
    )
    return table["magnitudes"], kinds, pattern


def figures_of(sentence: str) -> list[Figure]:
    """The figures of ``sentence`` that count or measure something, in order; dates and bare numbers left out."""
    sizes, kinds, pattern = _words()
    text = sentence.translate(_WIDE)
    found = [_figure(text, match, sizes, kinds) for match in pattern.finditer(text)]
    return [figure for figure in _inherited(found, text) if figure.kind]


def _figure(text: str, match: re.Match[str], sizes: dict[str, int], kinds: dict[str, str]) -> Figure:
    digits = match["number"].replace(",", "")
    scale = sizes.get(match["size"] or "", 1)
    unit = match["unit"] or ""
    more = _BEFORE.search(text[: match.start()]) or _AFTER.match(text[match.end() :])
    return Figure(
        match[0],
        Fraction(digits) * scale,
        Fraction(scale, 10 ** len(digits.partition(".")[2])),
        kinds.get(unit, unit),
        match.start(),
        match.end(),
        bool(more) or "余" in match[0] or "多" in match[0],
    )


def _inherited(found: list[Figure], text: str) -> list[Figure]:
    """A figure without a unit that stands in a list takes the unit, and the magnitude, of the next."""
    done: list[Figure] = []
    for figure in reversed(found):
        if not figure.kind and done and _LIST.match(text[figure.end : done[-1].start]):
            later = done[-1]
            scale = _scale(later) if _scale(figure) == 1 else 1
            value, step = figure.value * scale, figure.step * scale
            figure = replace(figure, kind=later.kind, value=value, step=step, about=later.about)
        done.append(figure)
    return done[::-1]


def _scale(figure: Figure) -> int:
    sizes, _, _ = _words()
    return next((size for word, size in sorted(sizes.items(), reverse=True) if word in figure.text), 1)


def alike(one: Figure, other: Figure) -> bool:
    """Whether the two count the same kind of thing."""
    return one.kind == other.kind or ANY in (one.kind, other.kind)


def amount(value: Fraction) -> str:
    """``value`` as a reader writes it: 39940, 1.6751万, 12.77亿.

    >>> amount(Fraction(39940)), amount(Fraction(1277000000)), amount(Fraction(275000))
    ('39940', '12.77亿', '27.5万')
    """
    for size, word in ((10**8, "亿"), (10**4, "万")):
        if abs(value) >= size and (value * 10**4 / size).denominator == 1:
            return f"{float(value / size):.10g}{word}"
    return f"{float(value):.10g}"

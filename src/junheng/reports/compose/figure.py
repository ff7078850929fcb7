"""One figure of a sentence: found in a result, told, or reckoned from others; or the reason why it is not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.reports.compose.definition import FigureRule, Library, SentenceRule
from junheng.reports.compose.place import Absent, look_up
from junheng.reports.compose.sources import Source
from junheng.reports.compose.told import Told
from junheng.reports.percent import PercentMode, format_share

Value = Fraction | bool | str
_LARGE = ((10**8, "亿元"), (10**4, "万元"))


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that is known: ``refs`` open it, ``parts`` are names of the figures it is reckoned from."""

    value: Value
    text: str
    label: str
    kind: str
    refs: Mapping[str, Any]
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """A figure that is not known, and why; ``source`` is the kind of result that would tell it."""

    reason: Text
    source: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What figures are taken from, and how percentages are cut."""

    library: Library
    sources: Mapping[str, Source]
    told: Mapping[str, Told]
    mode: PercentMode = "truncate"
    digits: int = 1


def figures_of(sentence: SentenceRule, ground: Ground) -> dict[str, Known | Unknown]:
    """Every figure of ``sentence``, in the order declared; one reckoned from others stands after them."""
    found: dict[str, Known | Unknown] = {}
    for name, rule in sentence.figures.items():
        if rule.parts:
            found[name] = _reckoned(rule, [found[part] for part in rule.parts], ground)
        elif rule.told:
            found[name] = _told(rule, ground)
        else:
            found[name] = _of_result(rule, ground)
    return found


def _of_result(rule: FigureRule, ground: Ground) -> Known | Unknown:
    source = ground.sources.get(rule.source)
    if source is None:
        name = source_name(rule.source, ground.library)
        return Unknown(Text(f"没有提供{name.zh}", f"not given: {name.en}"), rule.source)
    file = rule.file or source.main
    if not source.has(file):
        return Unknown(Text(f"{file} 还没有写出", f"there is no {file} yet"), rule.source)
    try:
        value = look_up(source.content(rule.file), rule.path)
    except Absent:
        words = Text(f"{file} 没有 {rule.path}，或为空", f"{file} does not tell {rule.path}")
        words = words if rule.absent is None else rule.absent.text
        return Unknown(words, rule.source)
    refs = {"source": rule.source, "file": file, "path": rule.path}
    return Known(
        value, printed(value, rule.form, rule.unit, rule.digits, ground), rule.label, rule.form, refs
    )


def source_name(kind: str, library: Library) -> Text:
    """The name of a kind of result, “台账（safety）” for a narrower one."""
    wide, _, narrow = kind.partition(".")
    name = next(rule.name for rule in library.sources if rule.kind == wide)
    return Text(f"{name.zh}（{narrow}）", f"{name.en} ({narrow})") if narrow else name.text


def _told(rule: FigureRule, ground: Ground) -> Known | Unknown:
    datum, told = ground.library.told[rule.told], ground.told.get(rule.told)
    if told is None:
        return Unknown(
            Text(f"工作数据没有填：{datum.name.zh}", f"not in the work data: {datum.name.en}"), "told"
        )
    text = printed(told.value, datum.form, datum.unit, rule.digits, ground)
    refs = {"told": rule.told, "file": told.where, "period": told.period, "document": told.document}
    return Known(told.value, text, datum.name.zh, datum.form, refs)


def _reckoned(rule: FigureRule, parts: list[Known | Unknown], ground: Ground) -> Known | Unknown:
    lacking = next((part for part in parts if isinstance(part, Unknown)), None)
    if lacking is not None:
        return lacking
    numbers = [part.value for part in parts if isinstance(part, Known) and isinstance(part.value, Fraction)]
    value = _value(rule, numbers) if len(numbers) == len(parts) else None
    if value is None:
        return Unknown(Text(f"{rule.label}算不出", f"{rule.label} cannot be reckoned"), "")
    form = "percent" if rule.share else rule.form
    if rule.share and (value > 1 or value < 0):
        return Unknown(Text(f"{rule.label}：部分大于整体", f"{rule.label}: a part above its whole"), "")
    refs = {"mode": ground.mode, "digits": ground.digits} if rule.share else {}
    text = printed(value, form, rule.unit, rule.digits, ground)
    return Known(value, text, rule.label, _kind(rule), refs, rule.parts)


def _kind(rule: FigureRule) -> str:
    return next(name for name in ("share", "difference", "quotient", "sum") if getattr(rule, name))


def _value(rule: FigureRule, numbers: list[Fraction]) -> Fraction | None:
    if rule.sum:
        return sum(numbers, Fraction(0))
    first, second = numbers
    if rule.difference:
        return first - second
    return first / second if second else None


def printed(value: Value, form: str, unit: str, digits: int, ground: Ground) -> str:
    """``value`` as it stands in the sentence, with its unit."""
    if not isinstance(value, Fraction) or form == "text":
        return f"{value}{unit}"
    if form == "percent":
        if not 0 <= value <= 1:
            return f"{_decimal(value * 100, ground.digits)}%"
        share = format_share(value.numerator, value.denominator, mode=ground.mode, digits=ground.digits)
        return f"{share}%"
    if form == "money":
        return _money(value)
    return f"{_decimal(value, digits if form == 'number' else 0)}{unit}"


def _money(value: Fraction) -> str:
    """Yuan in the unit officers write: 5461万元, 11.345亿元; at most four decimals, half up."""
    for size, word in _LARGE:
        if abs(value) >= size:
            return f"{_decimal(value / size, 4)}{word}"
    return f"{_decimal(value, 2)}元"


def _decimal(value: Fraction, digits: int) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

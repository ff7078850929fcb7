"""What a finding says beside what it should say: the first difference by name, and how much agreed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.basics import Text
from junheng.verification.telling import WORDS, Printed, Told

_IDENTITY = ("school_id", "stage", "indicator", "code")
_STEP = " / "


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a finding and its re-computation part, what it says and what it should say."""

    where: str
    found: str
    recomputed: str

    def text(self) -> Text:
        """The difference in words."""
        return Text(
            f"{self.where}：结论为 {self.found}，复算为 {self.recomputed}",
            f"{self.where}: the finding says {self.found}, the re-computation {self.recomputed}",
        )


class Tally:
    """How many figures have been compared."""

    def __init__(self) -> None:
        self.figures = 0


def first_difference(told: Told, found: object, where: str, tally: Tally) -> Difference | None:
    """The first place, in the order of ``told``, where ``found`` is not what it should be."""
    return next(_differences(told, found, where, tally), None)


def _differences(told: Told, found: object, where: str, tally: Tally) -> Iterator[Difference]:
    if isinstance(told, dict):
        yield from _mapping(told, found, where, tally)
    elif isinstance(told, list):
        yield from _list(told, found, where, tally)
    else:
        tally.figures += 1
        if not agrees(told, found):
            yield Difference(where, _shown(found), repr(told))


def agrees(told: Told, found: object) -> bool:
    """Whether one leaf is right."""
    if told is WORDS:
        return isinstance(found, str) and bool(found.strip())
    if isinstance(told, Printed):
        return type(found) in {int, float} and told.agrees(found)  # type: ignore[arg-type]  # just looked
    return type(found) is type(told) and found == told


def _mapping(told: dict[str, Told], found: object, where: str, tally: Tally) -> Iterator[Difference]:
    if not isinstance(found, Mapping):
        yield Difference(where, _shown(found), "{…}")
        return
    for key in told:
        if key not in found:
            yield Difference(where + _STEP + key, "–", _brief(told[key]))
        else:
            yield from _differences(told[key], found[key], where + _STEP + key, tally)
    for key in found:
        if key not in told:
            yield Difference(where + _STEP + str(key), _shown(found[key]), "–")


def _list(told: list[Told], found: object, where: str, tally: Tally) -> Iterator[Difference]:
    if not isinstance(found, Sequence) or isinstance(found, str):
        yield Difference(where, _shown(found), "[…]")
        return
    for place, item in enumerate(told):
        here = where + _STEP + _label(item, place)
        if place >= len(found):
            yield Difference(here, "–", _brief(item))
        else:
            yield from _differences(item, found[place], here, tally)
    for place in range(len(told), len(found)):
        yield Difference(where + _STEP + _label(found[place], place), _shown(found[place]), "–")


def _label(item: object, place: int) -> str:
    if isinstance(item, Mapping):
        names = [str(item[key]) for key in _IDENTITY if isinstance(item.get(key), str)]
        if names:
            return " ".join(names)
    return str(place + 1)


def _brief(told: Told) -> str:
    return "{…}" if isinstance(told, dict) else "[…]" if isinstance(told, list) else repr(told)


def _shown(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 80 else text[:79] + "…"

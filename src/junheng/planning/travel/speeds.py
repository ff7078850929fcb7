"""Speeds by mode and class of road, words for classes, defaults: library/speeds.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text, UserError, heading_key, nearest

_FILE = Path(__file__).parent / "library" / "speeds.yaml"
_M_S = 3.6  # km/h in a metre a second
_FASTEST, _LONGEST_WAIT = 200.0, 7200.0  # beyond these something is mistyped


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast one travels: ``kmh`` by class of road, ``other`` elsewhere; 0 where the mode may not go.

    ``keeps_one_way``: whether one-way marks bind (not those who walk).
    """

    mode: str
    name: Text
    kmh: Mapping[str, float]
    other: float
    wait_s: float
    source: Text
    keeps_one_way: bool = True

    def metres_a_second(self, road_class: str) -> float:
        """Of a class of road; ``other`` for one that is not known."""
        return self.kmh.get(road_class, self.other) / _M_S


@cache
def speeds() -> Mapping[str, Speed]:
    """The speeds of the library: walk, bus, car."""
    return {mode: _speed(mode, entry) for mode, entry in _content()["modes"].items()}


def speed_of(mode: str) -> Speed:
    """The speed of a mode: walk, bus, car, or its Chinese name. Raises UserError for another word."""
    for speed in speeds().values():
        if heading_key(mode) in {heading_key(word) for word in (speed.mode, speed.name.zh, speed.name.en)}:
            return speed
    near = nearest(mode, speeds()) or "、".join(speeds())
    raise UserError(
        Text(f"不认识的出行方式“{mode}”", f"unknown way of travelling {mode!r}"),
        fix=Text(f"请写 {near}", f"write {near}"),
    )


def speed_from(entry: Mapping[str, Any]) -> Speed:
    """A county's own speed as a problem file writes it, what is not given as the library has it.

    ``{mode: bus, kmh: {town: "28", other: "22"}, wait_s: "240", source: 2025 年实测}``. Raises UserError: an unknown
    mode or class of road, a speed that is no number from 0 to 200, no source.
    """
    known = speed_of(str(entry.get("mode", "")))
    kmh = {_known_class(name): _within(value, name, _FASTEST) for name, value in entry.get("kmh", {}).items()}
    source = str(entry.get("source", "")).strip()
    if kmh and not source:
        raise UserError(
            Text("自定的速度没有写来源", "a speed of your own needs its source"),
            fix=Text("加一行 source，如 2025 年实测", "add a line source, as: measured in 2025"),
        )
    other = kmh.pop("other", known.other)
    wait = _within(entry["wait_s"], "wait_s", _LONGEST_WAIT) if "wait_s" in entry else known.wait_s
    said = Text(source, source) if source else known.source
    return Speed(known.mode, known.name, {**known.kmh, **kmh}, other, wait, said, known.keeps_one_way)


def _known_class(name: str) -> str:
    found = "other" if name == "other" else road_class(name)
    if not found:
        near = nearest(name, _content()["classes"]) or "、".join(_content()["classes"])
        raise UserError(
            Text(f"不认识的道路等级“{name}”", f"unknown class of road {name!r}"),
            fix=Text(f"请写 {near}", f"write {near}"),
        )
    return found


def _within(value: object, name: str, most: float) -> float:
    try:
        found = float(str(value))
    except ValueError:
        found = -1.0
    if not 0 <= found <= most:
        raise UserError(
            Text(
                f"{name}：{value} 不是 0 到 {most:g} 的数", f"{name}: {value} is no number from 0 to {most:g}"
            ),
            fix=Text("速度以千米/小时计，等候以秒计", "speeds in km/h, waiting in seconds"),
        )
    return found


@cache
def _class_words() -> Mapping[str, str]:
    return {heading_key(w): name for name, words in _content()["classes"].items() for w in (name, *words)}


def road_class(word: str) -> str:
    """The class of a road as the library calls it; "" for a word that is not known."""
    return _class_words().get(heading_key(word), "")


def default(name: str) -> float:
    """A default of the library: detour (factor) or snap_m (metres)."""
    return float(_content()[name]["value"])


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


def _speed(mode: str, entry: Mapping[str, Any]) -> Speed:
    kmh = {name: float(value) for name, value in entry["kmh"].items()}
    other = kmh.pop("other")
    name, source = Text(entry["zh"], entry["en"]), Text(**entry["source"])
    return Speed(mode, name, kmh, other, float(entry["wait_s"]), source, bool(entry.get("one_way", 1)))

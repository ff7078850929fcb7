"""Which school an address belongs to on a day: the published list by the library's rules."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from junheng.basics import Text, nearest, normalise
from junheng.planning.zone.addresses import Claim, claims, readable
from junheng.planning.zone.versions import in_force
from junheng.web.people.models import Organisation
from junheng.web.public.models import ZoneVersion

Json = dict[str, Any]
_MOST_NEAR = 6
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # "12 501" stays two numbers: it is no door 12501
# 12号3单元501, 12弄25号: the door or the lane is what a list speaks of. 12号甲 and 12-3号 may be other doors: not read.
_INSIDE = re.compile(r"(\d{1,6}(?:弄|院|巷|号))(?:\d+(?:号楼|号|室|单元|层|栋|幢|座|楼))+\d{0,5}")


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone found: its schools, and the lines of the list that say so."""

    name: str
    schools: tuple[str, ...]
    lines: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """``state``: found | several | outside | unknown | unclear. ``near``: lines or street names worth a look."""

    state: str
    words: Text
    zones: tuple[Zone, ...] = ()
    near: tuple[Json, ...] = ()
    streets: tuple[str, ...] = ()


def version_on(county: Organisation, stage: str, day: date) -> ZoneVersion | None:
    """The version in force on ``day``. A withdrawn one holds up to the day before it was withdrawn, and no other
    takes its place by itself."""
    known = ZoneVersion.objects.filter(county=county, stage=stage).defer("content")
    found = in_force([span for one in known if (span := _span(one))], day.isoformat())
    return ZoneVersion.objects.select_related("county").get(pk=found["id"]) if found else None


def example_of(version: ZoneVersion) -> tuple[str, str] | None:
    """A street of the list and a door on it, to show how to ask; None where no line has both."""
    for row in json.loads(version.content)["rows"]:
        if row["street"] and (door := re.search(r"\d+", row["numbers"])):
            return str(row["street"]), f"{door[0]}号"
    return None


def _span(version: ZoneVersion) -> Json | None:
    """The version as the library's register has it; None when it was withdrawn before it began."""
    span: Json = {"id": version.pk, "from": version.first_day.isoformat()}
    if version.withdrawn_on is None:
        return span
    last = version.withdrawn_on - timedelta(days=1)
    return span | {"until": last.isoformat()} if last >= version.first_day else None


@lru_cache(maxsize=32)
def _read(sha256: str, content: str) -> tuple[Json, dict[str, Zone], list[list[Claim]]]:
    """Content, zones and what each line claims; a version never changes, so it is read once a process."""
    told: Json = json.loads(content)
    zones = {zone["id"]: Zone(zone["name"], tuple(zone["schools"]), ()) for zone in told["zones"]}
    claimed = [claims({"id": str(at), "addresses": [row]}) for at, row in enumerate(told["rows"])]
    return told, zones, claimed


def content_of(version: ZoneVersion) -> Json:
    """{"zones", "rows"}."""
    return _read(version.sha256, version.content)[0]


def by_address(version: ZoneVersion, street: str, door: str) -> Answer:
    """The zone of a door: its number in a range of the same street, on the same side, of the same kind of number."""
    street, door = _SPACE.sub("", normalise(street)), _SPACE.sub("", normalise(door))
    told, _, claimed = _read(version.sha256, version.content)
    streets = {row["street"] for row in told["rows"] if row["street"]}
    street, door = _split(street, door, streets)
    inside = _INSIDE.fullmatch(door)
    door = inside[1] if inside else door
    if street not in streets:
        return _no_street(street, streets)
    if not door and (whole := [at for at, one in enumerate(claimed) if _is_whole(one, street)]):
        words = Text(
            f"按街道查到：“{street}”整条都在清单中", f"found by street: the whole of {street} is listed"
        )
        found = _zones(version, whole)
        return Answer("found" if len(found) == 1 else "several", words, found)
    if not door:
        words = Text(f"“{street}”分成几段，请再填门牌号", f"{street} is listed in parts: give the number too")
        return Answer("unclear", words, near=_lines(told, street))
    if not re.search(r"\d", door) or not readable(door):
        words = Text(
            f"读不懂门牌号“{door}”：清单没有说明这种写法；请只写到门牌，如“12号”",
            f"the number {door!r} cannot be read: give the door alone, such as 12号",
        )
        return Answer("unclear", words, near=_lines(told, street))
    asked = claims({"id": "", "addresses": [{"street": street, "numbers": door}]})
    if len(asked) != 1 or asked[0].high != asked[0].low:
        return Answer("unclear", Text("请只输入一个门牌号", "one number at a time, please"))
    hits = [at for at, one in enumerate(claimed) if any(_holds(claim, asked[0]) for claim in one)]
    return _decided(version, hits, asked[0], street)


def _split(street: str, door: str, streets: set[str]) -> tuple[str, str]:
    """Street and door typed into one field: the longest street known that it begins with, and what follows."""
    if door or street in streets:
        return street, door
    heads = [one for one in streets if street.startswith(one)]
    digit = re.search(r"\d", street)
    at = len(max(heads, key=len)) if heads else digit.start() if digit else len(street)
    return street[:at], street[at:]


def _is_whole(claimed: Sequence[Claim], street: str) -> bool:
    """Whether a line claims all doors of the street, both sides: then no number is needed."""
    sides = {claim.side for claim in claimed if claim.high is None and claim.low == 2 - claim.side}
    return sides == {0, 1} and all(claim.street == (street, "") for claim in claimed)


def _holds(claim: Claim, asked: Claim) -> bool:
    same = (claim.street, claim.side) == (asked.street, asked.side)
    return same and claim.low <= asked.low and (claim.high is None or asked.low <= claim.high)


def _decided(version: ZoneVersion, hits: Sequence[int], asked: Claim, street: str) -> Answer:
    told = content_of(version)
    side = Text("单号", "odd") if asked.side else Text("双号", "even")
    unit = asked.street[1] or "号"
    if not hits:
        words = Text(
            f"“{street}”在清单中，但没有哪一段含 {asked.low}{unit}（{side.zh}）；请向教育局核实",
            f"{street} is on the list, no range of it holds {asked.low} ({side.en}): ask the bureau",
        )
        return Answer("outside", words, near=_lines(told, street))
    found = _zones(version, hits)
    words = Text(
        f"按街道和门牌查到：{asked.low}{unit} 是{side.zh}，落在下面这一段",
        f"found by street and number: {asked.low} ({side.en}) lies in the range below",
    )
    return Answer("found" if len(found) == 1 else "several", words, found)


def _zones(version: ZoneVersion, hits: Sequence[int]) -> tuple[Zone, ...]:
    told, zones, _ = _read(version.sha256, version.content)
    rows: dict[str, list[Json]] = {}
    for at in hits:
        rows.setdefault(told["rows"][at]["zone"], []).append(told["rows"][at])
    return tuple(Zone(zones[key].name, zones[key].schools, tuple(found)) for key, found in rows.items())


def _lines(told: Json, street: str) -> tuple[Json, ...]:
    names = {zone["id"]: zone["name"] for zone in told["zones"]}
    found = [row | {"name": names[row["zone"]]} for row in told["rows"] if row["street"] == street]
    return tuple(found)


def _no_street(street: str, streets: set[str]) -> Answer:
    """Streets whose names are like it; a name that only ends alike may be another street, so none is taken for it."""
    alike = [one for one in sorted(streets) if street and (one in street or street in one)]
    like = nearest(street, streets)
    near = list(dict.fromkeys([*alike, *([like] if like else [])]))[:_MOST_NEAR]
    return Answer(
        "unknown",
        Text(f"清单中没有“{street}”这条街道", f"the list has no street {street!r}"),
        streets=tuple(near),
    )


def by_community(version: ZoneVersion, community: str) -> Answer:
    """The zone of a whole community; where several zones share one, all with their streets: the door decides."""
    name = normalise(community).replace(" ", "")
    rows = content_of(version)["rows"]
    hits = [at for at, row in enumerate(rows) if row["community"] == name]
    if not hits:
        known = {row["community"] for row in rows if row["community"]}
        near = [one for one in sorted(known) if name and name in one]
        like = nearest(name, known)
        words = Text(f"清单中没有“{name}”这个居委会", f"the list has no community {name!r}")
        return Answer(
            "unknown", words, streets=tuple(dict.fromkeys([*near, *([like] if like else [])]))[:_MOST_NEAR]
        )
    found = _zones(version, hits)
    if len(found) == 1:
        words = Text(f"按居委会查到：“{name}”只属于一个学区", f"found by community: {name} lies in one zone")
        return Answer("found", words, found)
    words = Text(
        f"“{name}”分属 {len(found)} 个学区，请再按街道和门牌查",
        f"{name} lies in {len(found)} zones: look by street and number",
    )
    return Answer("several", words, found)

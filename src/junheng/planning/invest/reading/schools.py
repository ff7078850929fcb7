"""The schools of the frozen problem: what stands, how many pupils, how much can be done at each."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any

from junheng.planning.frozen import Number, number
from junheng.planning.gathered import Gathered
from junheng.planning.invest.reading.county import Found, Place
from junheng.planning.invest.reading.gathered import Parts
from junheng.planning.invest.reading.limits import Limits
from junheng.planning.invest.reading.people import is_known, people_limits
from junheng.planning.state_rows import Row, staff_rows

Json = dict[str, Any]


def schools_of(read: Parts, found: Found, faults: Gathered) -> tuple[list[Json], list[Json]]:
    """``schools`` and ``cannot_tell`` of the frozen problem; a school none of whose stages can be judged is no row."""
    cannot = [dict(row) for row in found.cannot_tell]
    schools = [_school(place, read, found, cannot, faults) for place in found.places]
    kept = [school for school in schools if any(stage["judged"] for stage in school["stages"])]
    return kept, sorted(cannot, key=lambda row: (row["school_id"], row["stage"]))


def _school(place: Place, read: Parts, found: Found, cannot: list[Json], faults: Gathered) -> Json:
    return {
        "id": place.school_id,
        "name": place.name,
        "weak": int(_is_weak(place, read)),
        "stock": {key: number(value) for key, value in place.shared.items()},
        "limits": _own_limits(read.limits, place.school_id, ""),
        "stages": [_stage(place, stage, read, found, cannot, faults) for stage in place.pupils],
    }


def _is_weak(place: Place, read: Parts) -> bool:
    """Named in the problem, or marked in the input; a blank mark says nothing, so it gives no precedence."""
    if read.asked.weak is not None:
        return place.school_id in read.asked.weak
    rows = [row for row in read.base.rows["school"] if row["school_id"] == place.school_id]
    return any(row.get("is_weak") is True for row in rows)


def _own_limits(limits: Limits, school: str, stage: str) -> dict[str, Number]:
    return {
        key[2]: number(value)
        for key, value in sorted(limits.at_school.items())
        if key[:2] == (school, stage) and not key[2].startswith("move:")
    }


def _stage(place: Place, stage: str, read: Parts, found: Found, cannot: list[Json], faults: Gathered) -> Json:
    row: Json = {"stage": stage, "pupils": {str(read.asked.target): place.pupils[stage]}, "judged": 0}
    own = place.own.get(stage)
    if own is None or not place.pupils[stage]:
        return row | {"stock": {}, "limits": {}, "movable": {}}
    staff = staff_rows(found.rows, place.school_id, stage)
    full_time = _full_time(staff)
    limits, movable = _own_limits(read.limits, place.school_id, stage), dict[str, int]()
    if full_time is None or not is_known(staff[0], stage, read.lines):
        if _needs_people(stage, read):
            cannot.append(_no_staff(place.school_id, stage))
            return row | {"stock": {}, "limits": {}, "movable": {}}
    else:
        movable, trained = people_limits(
            place.school_id, stage, staff[0], read.lines, read.transfers, read.measures, read.limits, faults
        )
        limits = limits | _trainable(trained, full_time, own)
    return {
        **row,
        "judged": 1,
        "stock": {key: number(value) for key, value in own.items()},
        **({"full_time": full_time} if full_time is not None else {}),
        "limits": dict(sorted(limits.items())),
        "movable": movable,
    }


def _full_time(staff: list[Row]) -> int | None:
    """All full-time teachers, merged campuses added in; None where some are not known."""
    counts = [row.get("full_time") for row in staff]
    return None if None in counts or not counts else sum(int(count) for count in counts if count is not None)


def _trainable(trained: Mapping[str, int], full_time: int, own: Mapping[str, Fraction]) -> dict[str, Number]:
    """At most those who do not count yet: a relaxation may count visitors, who are nobody's full-time teachers."""
    return {
        name: max(min(count, floor(full_time - own[name.rpartition(":")[2]])), 0)
        for name, count in trained.items()
    }


def _needs_people(stage: str, read: Parts) -> bool:
    """Whether the plan may train or move teachers of ``stage``: then it must know how many there are."""
    trains = [m for m in read.measures if m["kind"] == "train" and m["stage"] == stage]
    return bool(trains or read.transfers.of_stage(stage))


def _no_staff(school: str, stage: str) -> Json:
    return {
        "school_id": school,
        "stage": stage,
        "missing": ["full_time"],
        "zh": "缺专任教师数或按学历的人数，无法知道还能培养、调出几人",
        "en": "full-time teachers or their education are absent: who may be trained or moved cannot be told",
    }

"""What no timetable can keep: too many own lessons, fixed visits that exclude each other."""

from typing import Any

from junheng.planning.itinerant.case import AWAY, BASE, HALVES, Case


def contradictions(case: Case) -> list[dict[str, Any]]:
    """By teacher: the demand that fails and the periods it is short by (``day``: no trip obeys what is fixed)."""
    found: list[dict[str, Any]] = []
    for name, person in sorted(case.teachers.items()):
        if (over := person["own"] - person["load"]) > 0:
            found.append(_reason(name, "load", over))
        if (short := person["own"] - _time_at_home(case, name)) > 0:
            found.append(_reason(name, "home", short))
        found += [_reason(name, "day", 0, day) for day in case.days if not case.trips(name, day)]
    return found


def _time_at_home(case: Case, teacher: str) -> int:
    """Periods that the teacher could spend at the own school if nothing but the fixed half-days drew her away."""
    base = case.teachers[teacher]["base"]
    return sum(
        case.fits(base, day, half)
        for day in case.days
        for half in HALVES
        if case.fixed.get((teacher, day, half), BASE) in (BASE, base) and _is_here(case, teacher, day, half)
    )


def _is_here(case: Case, teacher: str, day: str, half: str) -> bool:
    return case.fixed.get((teacher, day, half)) != AWAY


def _reason(teacher: str, kind: str, short: int, day: str = "") -> dict[str, Any]:
    zh, en = {
        "load": (f"本校课时比周课时上限多 {short} 节", f"own lessons exceed the weekly load by {short}"),
        "home": (
            f"固定安排之外留给本校的时间少 {short} 节",
            f"fixed half-days leave {short} periods too few for the own lessons",
        ),
        "day": (f"第 {day} 天的固定安排互相冲突或路程未知", f"fixed visits of day {day} exclude each other"),
    }[kind]
    found: dict[str, Any] = {"teacher": teacher, "kind": kind, "short": short, "zh": zh, "en": en}
    return found | ({"day": day} if day else {})

"""The check of a forecast, from the rule text in plain fractions: a second mind.

Every ratio, path, interval, error of the back-test, seat, warning and peak is formed anew from the frozen problem and
compared exactly; nothing of the producing modules is imported but the words that reasons are told in.
"""

from collections.abc import Iterable

from junheng.basics import Text
from junheng.planning.forecast.check_facts import Facts
from junheng.planning.forecast.check_gaps import expected_gaps, expected_reasons
from junheng.planning.forecast.check_paths import expected_entrants, expected_pupils
from junheng.planning.forecast.check_peaks import expected_peaks
from junheng.planning.forecast.check_ratios import expected_county, expected_entry, expected_share
from junheng.planning.forecast.check_seats import expected_estates, expected_warnings, expected_zones
from junheng.planning.forecast.check_tests import expected_bands, expected_tests
from junheng.planning.frozen import FORMAT, Json, belongs

_AS_GIVEN = ("warnings", "estates", "peaks")  # by gravity, or in the order of the problem
_SCOPES = {"school": 1, "zone": 2, "county": 3}
_SHOWN = 5  # differences told of one part


def check(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """What is wrong with an outcome; () when it is right. An outcome that cannot even be read is wrong, too."""
    if outcome.get("format") != FORMAT or outcome.get("kind") != "forecast":
        return (Text("不是学位预测", "this is no forecast"),)
    if not belongs(outcome, problem):
        return (
            Text("预测不属于这个问题：哈希不符", "the forecast belongs to another problem: hashes differ"),
        )
    try:
        return tuple(_all(problem, outcome))
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
        return (Text(f"结果残缺或写法有误：{error!r}", f"absent or malformed: {error!r}"),)


def _all(problem: Json, outcome: Json) -> Iterable[Text]:
    facts = Facts.of(problem)
    yield from _keys(outcome)
    ratios = outcome["ratios"]
    pupils = expected_pupils(facts)
    yield from _differ("ratios.county", ("stage", "grade"), expected_county(facts), ratios["county"])
    yield from _differ("ratios.entry", ("stage", "pool"), expected_entry(facts), ratios["entry"])
    yield from _differ("ratios.share", ("school", "stage"), expected_share(facts), ratios["share"])
    yield from _differ("pupils", ("school", "stage", "year"), pupils, outcome["pupils"])
    yield from _differ("entrants", ("zone", "year"), expected_entrants(facts), outcome["entrants"])
    yield from _differ("bands", ("lead", "size"), expected_bands(facts), outcome["bands"])
    yield from _differ("tests", ("scope", "lead", "stage", "size"), expected_tests(facts), outcome["tests"])
    zones = expected_zones(facts, pupils)
    yield from _differ("zones", ("zone", "stage", "year"), zones, outcome["zones"])
    due = expected_warnings(facts, zones)
    yield from _differ("warnings", ("zone", "stage", "year"), due, outcome["warnings"])
    yield from _differ("estates", ("estate",), expected_estates(facts), outcome["estates"])
    yield from _differ("peaks", ("stage",), expected_peaks(facts, pupils), outcome["peaks"])
    yield from _differ("cannot", ("school", "stage"), expected_gaps(facts, pupils), outcome["cannot"])
    told = {(row["school"], row["stage"]) for row in pupils}
    expected: Json = {
        "status": "computed" if told else "infeasible",
        "objective": {"schools": len(told), "warnings": len(due)},
        "gap": 0,
        "bound": {},
    }
    if not told:
        expected["reasons"] = expected_reasons(outcome["cannot"])
    for key, value in expected.items():
        if not _same(value, outcome[key]):
            yield Text(
                f"{key} 应为 {value}，写的是 {outcome[key]}", f"{key} must be {value}, not {outcome[key]}"
            )


def _keys(outcome: Json) -> Iterable[Text]:
    """Keys that an outcome must not have."""
    parts = "format kind problem_hash gap bound ratios pupils entrants bands tests cannot zones warnings estates peaks objective"
    known = {*parts.split(), "status"} | ({"reasons"} if outcome["status"] == "infeasible" else set())
    for where, more in (
        ("", {*outcome} - known),
        ("ratios.", {*outcome["ratios"]} - {"entry", "county", "share"}),
    ):
        for key in sorted(more):
            yield Text(f"多出 {where}{key}", f"{where}{key} does not belong here")


def _differ(part: str, keys: tuple[str, ...], expected: list[Json], found: list[Json]) -> Iterable[Text]:
    """Rows that are too many, too few, out of order or of another value, the first few; nothing is converted."""
    if part not in _AS_GIVEN:
        expected = sorted(expected, key=lambda row: [_rank(row.get(key, "")) for key in keys])
    one = {tuple(str(row.get(key, "")) for key in keys): row for row in expected}
    other = {tuple(str(row.get(key, "")) for key in keys): row for row in found}
    if len(other) != len(found):
        yield Text(f"{part} 有重复的行", f"{part}: rows stand twice")
    if [*one] != [*other] and {*one} == {*other}:
        yield Text(f"{part} 的次序不对", f"{part}: the order is wrong")
    wrong = sorted(key for key in {*one, *other} if not _same(one.get(key), other.get(key)))
    for key in wrong[:_SHOWN]:
        where, right, told = " ".join(key), one.get(key), other.get(key)
        yield Text(
            f"{part} {where}：应为 {right}，写的是 {told}", f"{part} {where}: {right} expected, {told} found"
        )
    if len(wrong) > _SHOWN:
        yield Text(
            f"{part} 另有 {len(wrong) - _SHOWN} 行不符", f"{part}: {len(wrong) - _SHOWN} more rows differ"
        )


def _same(one: object, other: object) -> bool:
    """Equal in value and kind all the way down: true is not 1, "1" is not 1, and a list keeps its order."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and one == other


def _rank(value: int | str) -> tuple[int, int, str]:
    """Rows stand by number, then by word; scopes from the school to the county."""
    if isinstance(value, int):
        return value, 0, ""
    return -1, _SCOPES.get(value, 0), value

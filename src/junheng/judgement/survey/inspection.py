"""Schools to be visited: strata by kind and by town or country, seats for a public draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text, UserError, is_rural
from junheng.judgement.survey.apportion import apportion
from junheng.judgement.survey.roll import Roll, SurveyedSchool
from junheng.judgement.survey.settings import Method
from junheng.standards import Standard

PLACES: Mapping[str, Text] = {
    "town": Text("城镇", "town"),
    "country": Text("乡村", "country"),
    "unknown": Text("城乡不明", "town or country not reported"),
}


@dataclass(frozen=True, slots=True)
class DrawnStratum:
    """One stratum: its schools in the order of their codes, and how many are to be drawn."""

    id: str
    name: Text
    seats: int
    schools: tuple[SurveyedSchool, ...]


def visits_stated(standard: Standard) -> tuple[int, int]:
    """Fewest and most schools visited in a county, as the standard's procedure declares them. Raises UserError."""
    for declaration in standard.declarations:
        limit = declaration.limits.get("schools_visited")
        if limit is not None and isinstance(limit.value, Mapping):
            return int(Fraction(limit.value["low"])), int(Fraction(limit.value["high"]))
    raise UserError(
        Text(
            f"标准 {standard.id} 没有写实地学校数", f"the standard {standard.id} states no number of schools"
        ),
        fix=Text("用 --number 指定", "give it with --number"),
    )


def inspection_strata(roll: Roll, method: Method, number: int) -> list[DrawnStratum]:
    """``number`` schools shared over the strata: one for each while they last, the rest in proportion.

    Strata without a school are left out. Raises UserError where fewer schools are there than asked for.
    """
    found = [stratum for stratum in _strata(roll, method) if stratum[2]]
    total = sum(len(schools) for _, _, schools in found)
    if not 1 <= number <= total:
        raise UserError(
            Text(
                f"要抽 {number} 所，可抽的学校有 {total} 所", f"{number} are to be drawn of {total} schools"
            ),
            where=f"{roll.county_code} {roll.year}",
            fix=Text("请改 --number", "change --number"),
        )
    seats = _seats(number, {name: len(schools) for name, _, schools in found})
    return [DrawnStratum(name, text, seats[name], schools) for name, text, schools in found]


def _strata(roll: Roll, method: Method) -> list[tuple[str, Text, tuple[SurveyedSchool, ...]]]:
    made = []
    for stratum in method.strata:
        for place, word in PLACES.items():
            schools = [s for s in roll.schools if s.kind in stratum.kinds and _place(s) == place]
            name = Text(f"{word.zh}{stratum.name.zh}", f"{stratum.name.en}, {word.en}")
            made.append((f"{stratum.id}-{place}", name, tuple(sorted(schools, key=lambda s: s.school_id))))
    return made


def _place(school: SurveyedSchool) -> str:
    rural = is_rural(school.urban_rural_code)
    return "unknown" if rural is None else "country" if rural else "town"


def _seats(number: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """At least one a stratum where that can be; never more than it has; largest remainders, the first of equals."""
    if number <= len(sizes):
        return apportion(number, sizes) if number < len(sizes) else dict.fromkeys(sizes, 1)
    left = apportion(number - len(sizes), {name: size - 1 for name, size in sizes.items()})
    return {name: 1 + left[name] for name in sizes}


def stratum_rules(title: Text, strata: Sequence[DrawnStratum]) -> dict[str, object]:
    """The rule of the public draw: strata are what one applies to, schools are drawn into their seats by lot."""
    return {
        "id": "inspection",
        "name": {"zh": title.zh, "en": title.en},
        "sources": [{"document": "本系统缺省：分层随机抽取实地学校", "certainty": "derived"}],
        "mechanism": "deferred",
        "tickets": "single",
        "order": "ascending",
        "digits": 10,
        "classes": [{"code": 0, "name": "学校"}],
        "schools": [{"id": s.id, "name": s.name.zh, "plan": s.seats} for s in strata],
    }

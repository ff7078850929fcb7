"""What one school is due for one budget year, addend by addend: quantity × rate = yuan, by which rule.

The formula (policy: 国发〔2015〕67号 and what changed it; a place's own rules come as overlays)::

    Σ stage  base × ordinary pupils
    + base × pupils lacking to 100         small rural schools and teaching points
    + addition × boarders
    + special base × (pupils of special schools, 随班就读, 送教上门)     in place of the ordinary base
    + local: heating, bilingual teaching

What is not reported makes an addend, and with it the total, unknown; it is never taken for 0.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.funding.addends import Due, Rate, national_of, number_of, rate_of, wanted_rate
from junheng.funding.exact import Json, exact, spelled

School = Mapping[str, Any]  # a school of a frozen problem (see funds.py)
STAGES = ("primary", "junior")  # of compulsory education; what is above it is not funded by these rules


def entitlement(school: School, rules: Json) -> Json:
    """Addends, ``total_yuan`` (None while anything is unknown), ``known_yuan`` and the reasons, of one school."""
    due = Due(rules)
    if excluded := _excluded(school, rules):
        due.miss(*excluded)
    elif not _stages(school):
        due.miss("这一学年没有义务教育学段的数据", "no row of a compulsory stage in this school year")
    elif not _pupils_of(school):
        due.miss("没有学生：学校是否已撤并？", "no pupils: has the school been closed?")
    else:
        _addends(due, school)
    yuan = [exact(addend["yuan"]) for addend in due.addends if addend["yuan"] is not None]
    central = [exact(addend["central_yuan"]) for addend in due.addends if addend["central_yuan"] is not None]
    whole = not due.reasons
    return {
        "addends": due.addends,
        "known_yuan": spelled(sum(yuan, Fraction(0))),
        "total_yuan": spelled(sum(yuan, Fraction(0))) if whole else None,
        "central_yuan": spelled(sum(central, Fraction(0))) if whole else None,
        "reasons": due.reasons,
    }


def _excluded(school: School, rules: Json) -> tuple[str, str] | None:
    counting = rules["rules"].get("counting", {"values": {}})["values"]
    if counting.get("private") == "true" or school["ownership"] == "public":
        return None
    if school["ownership"] is None:
        return "公办、民办未填", "public or private is not stated"
    return "民办学校按规则不补助", "private schools are not funded by the rule"


def _pupils_of(school: School) -> bool:
    """Whether anybody of compulsory school age is, or may be, taught there."""
    return any(stage["pupils"] != 0 for stage in _stages(school))


def _stages(school: School) -> Sequence[Json]:
    return [stage for stage in school["stages"] if stage["stage"] in STAGES]


def _addends(due: Due, school: School) -> None:
    special = school["kind"] == "special"
    counted = [(stage, *_split(due, stage, special)) for stage in _stages(school)]
    for stage, ordinary, in_need in counted:
        name = stage["stage"]
        due.add("base", name, ordinary, wanted_rate(due, "base", name, needed=ordinary), stage["at"])
        due.add("special", name, in_need, wanted_rate(due, "special", "amount", needed=in_need), stage["at"])
        boarders = number_of(due, stage, "boarders")
        due.add(
            "boarding", name, boarders, wanted_rate(due, "boarding", "amount", needed=boarders), stage["at"]
        )
        if "bilingual" in due.rules["rules"]:
            due.add("bilingual", name, number_of(due, stage, "bilingual"), _bilingual(due, name), stage["at"])
    if not special:
        _top_up(due, school, [(stage["stage"], ordinary) for stage, ordinary, _ in counted])
    _heating(due, school)


def _split(due: Due, stage: Json, special: bool) -> tuple[int | None, int | None]:
    """Pupils on the ordinary base and on the special one; the latter are among the pupils reported."""
    pupils = number_of(due, stage, "pupils")
    if special:
        return 0, pupils
    apart = [number_of(due, stage, name) for name in ("inclusive", "home_taught")]
    known = [number for number in apart if number is not None]
    if pupils is None or len(known) < len(apart):
        return None, None
    if sum(known) > pupils:
        due.miss("随班就读与送教上门多于在校生", "more inclusive and home-taught pupils than pupils")
        return None, None
    return pupils - sum(known), sum(known)


def _bilingual(due: Due, stage: str) -> Rate | None:
    """A share of the base of the stage: a place's own rule, so the centre bears nothing of it."""
    base, rule = rate_of(due, "base", stage), due.rules["rules"]["bilingual"]
    return base and Rate(rule["id"], base.here * exact(rule["values"]["rate"]), Fraction(0))


def _top_up(due: Due, school: School, ordinary: Sequence[tuple[str, int | None]]) -> None:
    """The pupils lacking to 100 of a small rural school or teaching point."""
    rule = due.rules["rules"].get("small_school")
    pupils = [stage["pupils"] for stage in _stages(school)]
    if rule is None or None in pupils or sum(pupils) >= exact(rule["values"]["pupils_lt"]):
        return
    applies = school["kind"] in rule["values"]["kinds"] or (
        school["rural"] if rule["values"]["rural"] == "true" else False
    )
    if applies is None:
        due.miss("不足100人而城乡分类未填", "fewer than 100 pupils, and whether it is rural is not stated")
    elif applies:
        lacking = exact(rule["values"]["count_as"]) - sum(pupils)
        due.add("small_school", "", lacking, _mixed(due, rule, ordinary), school["at"])


def _mixed(due: Due, rule: Json, ordinary: Sequence[tuple[str, int | None]]) -> Rate | None:
    """The base the missing pupils take (``base`` of the rule), here and in the nation's amounts."""
    weights = [(stage, number) for stage, number in ordinary if number]
    rates = [(rate_of(due, "base", stage), number) for stage, number in weights]
    known = [(rate, number) for rate, number in rates if rate is not None]
    if not known:
        due.miss("缺额学生无定额可用：没有普通学生", "no base for the missing pupils: no ordinary pupils")
        return None
    choose = _CHOICES[rule["values"]["base"]]
    national = national_of(due, "small_school")
    shared = choose([(rate.shared, number) for rate, number in known]) if national else Fraction(0)
    return Rate(rule["id"], choose([(rate.here, number) for rate, number in known]), shared)


def _mean(rates: Sequence[tuple[Fraction, int]]) -> Fraction:
    return Fraction(sum(rate * number for rate, number in rates)) / sum(number for _, number in rates)


_CHOICES: Mapping[str, Callable[[Sequence[tuple[Fraction, int]]], Fraction]] = {
    "weighted_mean": _mean,
    "lowest": lambda rates: min(rate for rate, _ in rates),
    "highest": lambda rates: max(rate for rate, _ in rates),
}


def _heating(due: Due, school: School) -> None:
    """Local amounts by heated area, per pupil, or both; where no local rule states one, nothing is due by rule."""
    rule = due.rules["rules"].get("heating")
    if rule is None:
        return
    for key, quantity, at in _heated(due, rule, school):
        due.add("heating", "", quantity, Rate(rule["id"], exact(rule["values"][key]), Fraction(0)), at)


def _heated(due: Due, rule: Json, school: School) -> Iterator[tuple[str, Fraction | int | None, str]]:
    if "per_m2" in rule["values"]:
        area = school["heated_area_m2"]
        if area is None:
            due.miss("采暖面积未报", "the heated area is not reported")
        yield "per_m2", None if area is None else exact(area), school["heated_at"]
    if "per_pupil" in rule["values"]:
        pupils = [stage["pupils"] for stage in _stages(school)]
        yield "per_pupil", None if None in pupils else sum(pupils), school["at"]

"""The addends of what a school is due, and the rates they are reckoned at."""

from dataclasses import dataclass, field
from fractions import Fraction

from junheng.funding.exact import Json, exact, spelled
from junheng.funding.shares import central_part

_SAID = {
    "pupils": ("在校生数", "pupils"),
    "boarders": ("寄宿生数", "boarders"),
    "inclusive": ("随班就读学生数", "inclusive pupils"),
    "home_taught": ("送教上门学生数", "home-taught pupils"),
    "bilingual": ("双语教育学生数", "bilingual pupils"),
}


@dataclass
class Due:
    """The addends found so far, and why anything is unknown."""

    rules: Json
    addends: list[Json] = field(default_factory=list)
    reasons: list[Json] = field(default_factory=list)

    def add(
        self, slot: str, stage: str, quantity: int | Fraction | None, rate: "Rate | None", at: str
    ) -> None:
        """One addend, read ``at`` that row; an unknown quantity gives one without a sum, a quantity of 0 none."""
        if rate is None or quantity == 0:
            return
        yuan = None if quantity is None else quantity * rate.here
        central = None if quantity is None else central_part(self.rules, quantity * rate.shared)
        self.addends.append(
            {
                "slot": slot,
                "rule": rate.rule,
                "stage": stage,
                "quantity": spelled(quantity),
                "rate": spelled(rate.here),
                "yuan": spelled(yuan),
                "central_yuan": spelled(central),
                "at": at,
            }
        )

    def miss(self, zh: str, en: str) -> None:
        """Note why something cannot be told."""
        if {"zh": zh, "en": en} not in self.reasons:
            self.reasons.append({"zh": zh, "en": en})


@dataclass(frozen=True, slots=True)
class Rate:
    """Yuan for one; ``shared``: the part of it that the nation's own amounts reach, which the centre shares."""

    rule: str
    here: Fraction
    shared: Fraction


def number_of(due: Due, stage: Json, name: str) -> int | None:
    """A count of a stage; where it is not reported, that is noted, and None."""
    value: int | None = stage[name]
    if value is None:
        zh, en = _SAID[name]
        where = {"primary": ("小学", "primary"), "junior": ("初中", "junior")}[stage["stage"]]
        due.miss(f"{where[0]}{zh}未报", f"{en} of the {where[1]} stage not reported")
    return value


def rate_of(due: Due, slot: str, key: str) -> Rate | None:
    """The rate that value ``key`` of the rule in force gives; None without a rule."""
    rule = due.rules["rules"].get(slot)
    if rule is None:
        return None
    here = exact(rule["values"][key])
    national = national_of(due, slot)
    return Rate(rule["id"], here, min(here, exact(national["values"][key])) if national else Fraction(0))


def national_of(due: Due, slot: str) -> Json | None:
    """The nation's own rule: stated beside where an overlay took its place; none where only the place has one."""
    found: Json | None = due.rules["national"].get(slot)
    held = due.rules["rules"].get(slot)
    return held if found is None and held is not None and not held["overlay"] else found


def wanted_rate(due: Due, slot: str, key: str, *, needed: int | None) -> Rate | None:
    """``rate_of``, but its absence is noted unless the quantity is 0."""
    rate = rate_of(due, slot, key)
    if rate is None and needed != 0:
        due.miss(f"这一天没有规则：{slot}", f"no rule in force: {slot}")
    return rate

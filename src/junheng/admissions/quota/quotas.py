"""How many seats a senior school shares out: share × plan made whole, and direct seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor

from junheng.admissions.quota.problem import Junior, QuotaInput, Senior
from junheng.admissions.quota.rules import DirectRule, Rules, WholeBy
from junheng.basics import Text, UserError

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Quota:
    """The seats of one senior school. ``exact`` = share × plan; both None where the seats were given outright."""

    senior: str
    share: Fraction | None
    exact: Fraction | None
    seats: int
    direct: int

    @property
    def general(self) -> int:
        """What is left to be shared out in proportion."""
        return self.seats - self.direct


@dataclass(frozen=True, slots=True)
class DirectSeats:
    """Seats given straight to a member school: examinees ÷ ratio, made whole."""

    senior: str
    junior: str
    examinees: int
    exact: Fraction
    seats: int


def whole(value: Fraction, by: WholeBy) -> int:
    """``value`` ≥ 0 as a whole number: down, up, or half up.

    >>> whole(Fraction(5, 2), "half_up"), whole(Fraction(5, 2), "down"), whole(Fraction(7, 3), "up")
    (3, 2, 3)
    """
    if by == "down":
        return floor(value)
    return ceil(value) if by == "up" else floor(value + _HALF)


def quotas(given: QuotaInput, rules: Rules, direct: Sequence[DirectSeats]) -> tuple[Quota, ...]:
    """The seats of every senior school, in the order of the sheet.

    Raises UserError where a plan is absent and no seats are given, where no share is in force in that year, and where
    the direct seats of a group exceed what its senior school has.
    """
    given_direct: dict[str, int] = {}
    for row in direct:
        given_direct[row.senior] = given_direct.get(row.senior, 0) + row.seats
    return tuple(
        _quota(senior, rules, given.year, given_direct.get(senior.id, 0)) for senior in given.seniors
    )


def _quota(senior: Senior, rules: Rules, year: int, direct: int) -> Quota:
    if senior.quota is not None:
        found = Quota(senior.id, None, None, senior.quota, direct)
    elif senior.plan is None:
        raise UserError(
            Text(f"{senior.name} 没有招生计划数", f"{senior.name} has no plan"),
            where=senior.where,
            why=Text(
                "指标 = 比例 × 计划，缺计划就算不出", "seats = share × plan: without a plan there are none"
            ),
            fix=Text("请填“招生计划数”，或直接填“指标总数”", "enter the plan, or the quota seats outright"),
        )
    else:
        share = senior.share if senior.share is not None else _share(rules, year)
        exact = share * senior.plan
        found = Quota(senior.id, share, exact, whole(exact, rules.share.rounding), direct)
    if found.general < 0:
        raise UserError(
            Text(
                f"集团内直接分配 {direct} 个，多于 {senior.name} 的指标 {found.seats} 个",
                f"{direct} direct seats are more than the {found.seats} quota seats of {senior.name}",
            ),
            where=senior.where,
            fix=Text("请核对集团、考生数或比例", "check the group, its examinees or the share"),
        )
    return found


def _share(rules: Rules, year: int) -> Fraction:
    version = rules.share.on(date(year, 9, 1))
    if version is None:
        first = min(found.in_force_from for found in rules.share.versions)
        raise UserError(
            Text(f"{year} 年没有现行的分配比例", f"no share is in force in {year}"),
            where=f"{rules.id} → share.versions",
            why=Text(f"规则最早从 {first} 起", f"the rules begin on {first}"),
            fix=Text("请补上该年的比例和依据", "add that year's share with its source"),
        )
    return version.value


def direct_seats(given: QuotaInput, rule: DirectRule | None) -> tuple[DirectSeats, ...]:
    """The direct seats of every senior school that names its group. Raises UserError where two name one group."""
    if rule is None:
        return ()
    owner: dict[str, Senior] = {}
    for senior in given.seniors:
        if senior.group and owner.setdefault(senior.group, senior) is not senior:
            raise UserError(
                Text(
                    f"集团 {senior.group} 有两所高中：{owner[senior.group].name}、{senior.name}",
                    f"group {senior.group} has two senior schools",
                ),
                where=senior.where,
                why=Text("不知道由哪一所直接分配", "there is no telling which gives the direct seats"),
                fix=Text("只在直接分配的那一所填“教育集团”", "name the group at the one that gives them"),
            )
    members = [junior for junior in given.juniors if junior.group in owner and _is_member(junior, rule)]
    return tuple(_direct(owner[junior.group], junior, rule) for junior in members)


def _is_member(junior: Junior, rule: DirectRule) -> bool:
    facts: Mapping[str, bool | None] = {
        "rural": junior.is_rural,
        "below_average": junior.is_below_average,
    }
    asked = ("rural", "below_average") if rule.members == "rural_or_below_average" else (rule.members,)
    if any(facts[name] for name in asked):
        return True
    if any(facts[name] is None for name in asked):
        raise _blank(junior, "是否农村初中、是否低于平均", "rural, below average", "direct seats")
    return False


def _direct(senior: Senior, junior: Junior, rule: DirectRule) -> DirectSeats:
    if junior.examinees is None:
        raise _blank(junior, "报考人数", "examinees", "direct seats")
    exact = junior.examinees / rule.examinees_per_seat
    return DirectSeats(senior.id, junior.id, junior.examinees, exact, whole(exact, rule.rounding))


def _blank(junior: Junior, zh: str, en: str, purpose: str) -> UserError:
    return UserError(
        Text(f"{junior.name} 没有填“{zh}”", f"{junior.name}: {en} is blank"),
        where=junior.where,
        why=Text(
            "规则用到它，缺失不能当作 0 或“否”", f"the rules need it ({purpose}); absent is neither 0 nor no"
        ),
        fix=Text("请补填", "fill it in"),
    )

"""An independent look at a rotation: every rule, person by person, in fractions; no solver.

A plan is right when each line of the rule text holds for the named persons and every stated figure is what the
persons give. The bound is recomputed from the stated prices (weak duality), so "nothing better" is checked as well.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, exact, problem_hash
from junheng.planning.rotate.check_bound import Priced
from junheng.planning.rotate.check_figures import (
    between_schools,
    burden,
    counts,
    cv_square,
    deviation,
    most_moved,
    parts,
    root_six_digits,
    shares,
    six_digits,
)
from junheng.planning.rotate.check_people import Roster

Json = dict[str, Any]
_DIGITS = 10**12  # bounds and gaps are stated to twelve digits, on the safe side
_NOISE = Fraction(1, 10**9)  # a solver's bound is a double; ours is exact


def check(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> tuple[Text, ...]:
    """What is wrong in ``outcome``, () when nothing is. Never raises for a spoiled outcome: what cannot be read is told."""
    try:
        return tuple(_Look(dict(problem), dict(outcome)).faults())
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError) as error:
        return (
            Text(
                f"结果缺少内容或写法不对：{error!r}",
                f"the outcome lacks something or is malformed: {error!r}",
            ),
        )


class _Look:
    """One check. Every method adds the broken lines it finds."""

    def __init__(self, problem: Json, outcome: Json) -> None:
        self.problem, self.outcome, self.found = problem, outcome, list[Text]()
        self.roster = Roster(problem)
        self.moves = {move["person"]: move["to"] for move in outcome["moves"]}

    def faults(self) -> list[Text]:
        if not self._is_of_this_problem():
            return self.found
        self._same("blocked", [{"person": n, "reason": r} for n, r in sorted(self.roster.blocked.items())])
        self._same("paper", _paper(self.problem))
        if "reasons" in self.outcome:
            self._no_plan()
            return self.found
        looks: tuple[Callable[[], None], ...] = (
            self._moves, self._one_for_one, self._shares, self._school_limits, self._units, self._evenness,
            self._fairness, self._bounds,
        )  # fmt: skip
        for look in looks:
            if not self.found or look is not self._bounds:
                look()
        return self.found

    def _add(self, zh: str, en: str) -> None:
        self.found.append(Text(zh, en))

    def _same(self, key: str, true: Any) -> None:
        if self.outcome.get(key) != true:
            self._add(f"“{key}”与名册算出的不同", f"“{key}” is not what the persons give")

    def _is_of_this_problem(self) -> bool:
        stated = self.outcome
        if stated.get("format") != FORMAT or stated.get("kind") != "rotate":
            self._add("不是轮岗方案", "no outcome of a rotation")
        if stated.get("problem_hash") != problem_hash(self.problem):
            self._add(
                "方案不属于这个问题（指纹不同）", "the outcome is of another problem (its hash differs)"
            )
        return not self.found

    def _moves(self) -> None:
        if len(self.moves) != len(self.outcome["moves"]):
            self._add("有人被安排两次", "someone moves twice")
        if [m["person"] for m in self.outcome["moves"]] != sorted(self.moves):
            self._add("名单没有按编号排列", "the moves are not sorted by person")
        for move in self.outcome["moves"]:
            name = move["person"]
            person = self.roster.persons.get(name)
            if person is None:
                self._add(f"名册中没有 {name}", f"{name} is not in the list")
            elif name not in self.roster.open_to:
                why = self.roster.blocked.get(name, "not eligible")
                self._add(f"{name} 不能交流（{why}）", f"{name} cannot move ({why})")
            elif move["to"] not in self.roster.open_to[name]:
                self._add(f"{name} 不能去 {move['to']}", f"{name} may not go to {move['to']}")
            else:
                metres = self.problem["pairs"][person["stage"]][person["school"]][move["to"]]
                true = (person["school"], person["stage"], self.roster.post(name), metres)
                if (move["from"], move["stage"], move["post"], move["metres"]) != true:
                    self._add(
                        f"{name} 的原校、学段、岗位或路程不对",
                        f"origin, stage, post or metres of {name} are wrong",
                    )

    def _known(self) -> dict[str, str]:
        return {name: to for name, to in self.moves.items() if name in self.roster.persons}

    def _one_for_one(self) -> None:
        change: Counter[tuple[str, str, str]] = Counter()
        for name, to in self._known().items():
            school, stage = self.roster.place(name)
            change[to, stage, self.roster.post(name)] += 1
            change[school, stage, self.roster.post(name)] -= 1
        for (school, stage, post), by in sorted(change.items()):
            if by:
                self._add(
                    f"{school}（{stage}）的{post}教师变动 {by:+d} 人，不是一对一",
                    f"{post} teachers of {school} ({stage}) change by {by:+d}: not one for one",
                )

    def _shares(self) -> None:
        rule, true = self.problem["rule"], shares(self.roster, set(self.moves))
        if self.outcome["status"] not in {"optimal", "within_gap", "time_limit", "interrupted"}:
            self._add("没有这种状态", "there is no such status")
        if [share["id"] for share in self.outcome["shares"]] != list(true):
            self._add("比例的项目不全", "the list of shares is not that of the rule")
        for stated in self.outcome["shares"]:
            numerator, denominator = true[stated["id"]]
            least = exact(rule[stated["id"].partition(":")[0]])
            if stated["numerator"] != numerator or stated["denominator"] != denominator:
                self._add(f"{stated['id']} 的名单不对", f"the names behind {stated['id']} are wrong")
            if len(numerator) < least * len(denominator):
                self._add(
                    f"{stated['id']}：{len(numerator)}/{len(denominator)} 低于 {least}",
                    f"{stated['id']}: {len(numerator)}/{len(denominator)} is below {least}",
                )
        moving, eligible = true["moved_of_eligible"]
        most = most_moved(rule, len(eligible))
        if most is not None and len(moving) > most:
            self._add(f"交流 {len(moving)} 人，超过上限 {most}", f"{len(moving)} move, more than {most}")

    def _school_limits(self) -> None:
        if "most_out_of_school" not in self.problem["rule"]:
            return
        share = exact(self.problem["rule"]["most_out_of_school"])
        out = Counter(self.roster.place(name) for name in self._known())
        for unit, listed in self.roster.units().items():
            if out[unit] > max(1, floor(share * len(listed))):
                self._add(f"{unit[0]} 交流出去 {out[unit]} 人过多", f"{out[unit]} leave {unit[0]}: too many")

    def _units(self) -> None:
        before, after = counts(self.roster, {}), counts(self.roster, self._known())
        out = Counter(self.roster.place(name) for name in self._known())
        due = Counter(self.roster.place(name) for name in self.roster.persons if self.roster.asked(name))
        fair = parts(self.roster)
        true = [
            {
                "school": unit[0],
                "stage": unit[1],
                "listed": len(listed),
                "eligible": due[unit],
                "moved": out[unit],
                "part": fair[unit],
                "before": {name: found[unit] for name, found in before.items()},
                "after": {name: found[unit] for name, found in after.items()},
            }
            for unit, listed in sorted(self.roster.units().items())
        ]
        self._same("units", true)

    def _evenness(self) -> None:
        before, after = counts(self.roster, {}), counts(self.roster, self._known())
        true = []
        for attribute in self.problem["attributes"]:
            for stage in ("primary", "junior"):
                row = {"attribute": attribute["id"], "stage": stage}
                for when, found in (("before", before), ("after", after)):
                    square = cv_square(self.roster, found, attribute["id"], stage)
                    apart = deviation(self.roster, found, attribute["id"], stage)
                    if square is not None and apart is not None:
                        row |= {f"cv_{when}": root_six_digits(square), f"deviation_{when}": six_digits(apart)}
                if len(row) > 2:
                    true.append(row)
        self._same("evenness", true)
        objective = {"between_schools": between_schools(self.roster, after), "burden": self._burden()}
        if {name: exact(value) for name, value in self.outcome["objective"].items()} != objective:
            self._add("目标值与名单算出的不同", "the objective is not what the persons give")
        if exact(self.outcome["start"]) != between_schools(self.roster, before):
            self._add("交流前的差距不对", "the distance before the moves is wrong")

    def _burden(self) -> Fraction:
        return burden(
            self.roster, {name: to for name, to in self._known().items() if name in self.roster.open_to}
        )

    def _fairness(self) -> None:
        last = [self.roster.persons[name].get("last_rotation") for name in self._known()]
        metres = [m for move in self.outcome["moves"] if isinstance(m := move["metres"], int)]
        out, fair = Counter(self.roster.place(name) for name in self._known()), parts(self.roster)
        self._same(
            "fairness",
            {
                "never_moved": last.count("never"),
                "not_known": last.count(None),
                "moved_before": sum(isinstance(year, int) for year in last),
                "over_part": sum(max(0, out[unit] - part) for unit, part in fair.items()),
                "total_m": sum(metres),
                "longest_m": max(metres, default=0),
                "unknown_metres": len(last) - len(metres),
            },
        )

    def _bounds(self) -> None:
        value, bound = exact(self.outcome["objective"]["between_schools"]), self.outcome["bound"]
        best = [exact(bound["between_schools"])] if "between_schools" in bound else []
        if best:
            self._proof(Priced(self.roster, self.outcome["prices"]), best[0], value)
        solver = [exact(bound["solver_between_schools"])] if "solver_between_schools" in bound else []
        if any(stated > value + _NOISE * (1 + abs(value)) for stated in solver):
            self._add("求解器的界高于方案的值", "the solver's bound is above the plan's value")
        if not best and not solver:
            return
        top = min(value, max(*best, *solver) if best and solver else (best or solver)[0])
        gap = (value - top) / value if value else Fraction(0)
        if exact(self.outcome["gap"]) != Fraction(ceil(gap * _DIGITS), _DIGITS):
            self._add("差额不等于（目标-界）/目标", "the gap is not (objective - bound) / objective")
        if self.outcome["status"] == "optimal" and gap > _NOISE:
            self._add("写作最优，却与界有差额", "called optimal, yet apart from its bound")

    def _proof(self, priced: Priced, stated: Fraction, value: Fraction) -> None:
        if wrong := priced.wrong_signs():
            self._add(f"影子价格的符号不对：{wrong[:3]}", f"prices of the wrong sign: {wrong[:3]}")
        true = priced.bound()
        if stated != Fraction(floor(true * _DIGITS), _DIGITS):
            self._add("界与价格算出的不同", "the bound is not what the prices give")
        if true > value:
            self._add("界高于方案的值", "the bound is above the plan's value")

    def _no_plan(self) -> None:
        if self.outcome["moves"] or not self.outcome["reasons"]:
            self._add(
                "没有方案的结果应写明原因、没有名单", "an outcome without a plan states reasons and no moves"
            )
        if self.outcome["status"] != "infeasible":
            return
        eligible = shares(self.roster, set())["moved_of_eligible"][1]
        if (self.outcome["reasons"][0]["row"] == "no_eligible") != (not eligible):
            self._add("“无人符合条件”与名册不符", "“nobody is eligible” does not agree with the list")
        if "short" in self.outcome.get("bound", {}):
            priced = Priced(self.roster, self.outcome["prices"], is_shortfall=True)
            stated = exact(self.outcome["bound"]["short"])
            self._proof(priced, stated, exact(self.outcome["objective"]["short"]))
            if stated <= 0:
                self._add("没有证明做不到", "that it cannot be done is not proven")


def _paper(problem: Json) -> list[Json]:
    """Persons paid or timetabled at another school than the one they are listed at."""
    found = []
    for person in sorted(problem["persons"], key=lambda row: row["id"]):
        others = {
            k: person[k]
            for k in ("paid_at", "timetabled_at")
            if person.get(k, person["school"]) != person["school"]
        }
        if others:
            found.append({"person": person["id"], "school": person["school"], **others})
    return found

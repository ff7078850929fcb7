"""An independent look at school zones: one piece, within seats, every figure and the bound anew.

Plain Python and whole numbers, no solver. The graph is searched again from each seed; the bound is recomputed from the
stated prices; where limits clash, the sets of blocks and zones that prove it are counted again.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, exact, problem_hash
from junheng.planning.zone.check_bound import faults, stated_bound
from junheng.planning.zone.check_plan import Plan
from junheng.planning.zone.check_reasons import reason_faults
from junheng.planning.zone.check_scene import Scene
from junheng.planning.zone.check_words import Names, differences, differs, malformed, shown

Json = dict[str, Any]
_DIGITS = 10**12  # a gap is stated to so many parts, cut off upwards
_NOISE = Fraction(1, 10**9)  # a solver's bound is a double
_STATUS = {"optimal", "within_gap", "time_limit", "interrupted", "infeasible"}


def check(problem: Mapping[str, Any], outcome: Mapping[str, Any]) -> tuple[Text, ...]:
    """What is wrong in ``outcome``, () when nothing is. Never raises for a spoiled outcome: what cannot be read is told."""
    try:
        return tuple(_Look(dict(problem), dict(outcome)).faults())
    except (KeyError, TypeError, ValueError, AttributeError, ZeroDivisionError, IndexError) as error:
        return (malformed(error),)


class _Look:
    """One check. Every method adds the broken lines it finds."""

    def __init__(self, problem: Json, outcome: Json) -> None:
        self.problem, self.outcome, self.found = problem, outcome, list[Text]()
        self.scene, self.names = Scene(problem), Names(problem)
        self.plan = Plan(self.scene, {})

    def faults(self) -> list[Text]:
        looks: tuple[Callable[[], None], ...] = (
            self._is_of_this_problem, self._assignment, self._pieces, self._figures, self._limits, self._bounds,
        )  # fmt: skip
        for look in looks:
            look()
            if self.found and look in (self._is_of_this_problem, self._assignment):
                break
        return self.found

    def _add(self, zh: str, en: str) -> None:
        self.found.append(Text(zh, en))

    def _same(self, key: str, true: Any) -> None:
        if self.outcome.get(key) != true:
            self.found += differences(self.names, key, self.outcome.get(key), true)

    def _is_of_this_problem(self) -> None:
        stated = self.outcome
        if stated.get("format") != FORMAT or stated.get("kind") != "zone":
            self._add("不是学区划分方案", "no outcome of zoning")
        if stated.get("problem_hash") != problem_hash(self.problem):
            self._add(
                "方案不属于这个问题（指纹不同）", "the outcome is of another problem (its hash differs)"
            )
        if stated.get("status") not in _STATUS:
            self._add(
                f"没有这种状态：{stated.get('status')}", f"there is no such status: {stated.get('status')}"
            )

    def _assignment(self) -> None:
        """Every block once, where it may be."""
        rows = self.outcome["assignment"]
        names = [row["block"] for row in rows]
        if names != sorted(set(names)):
            self._add(
                "划分没有按片块排列，或有片块出现两次",
                "the assignment is not sorted, or a block is in it twice",
            )
        for row in rows:
            block, zone = row["block"], row["zone"]
            if (
                set(row) != {"block", "zone"}
                or block not in self.scene.blocks
                or zone not in self.scene.zones
            ):
                self._add(f"没有这样的片块或学区：{block} {zone}", f"no such block or zone: {block} {zone}")
            elif zone not in self.scene.within[block]:
                self._of_pair(block, zone, "不在可去的范围（限距）之内", "is not within reach of it")
            elif zone not in self.scene.named[block]:
                self._of_pair(
                    block,
                    zone,
                    "不可，已指定在别处，或是别的学区的学校所在",
                    "but pinned to, or the seed of, another",
                )
        if not self.found:
            self.plan = Plan(self.scene, {row["block"]: row["zone"] for row in rows})

    def _of_pair(self, block: str, zone: str, zh: str, en: str) -> None:
        one, other = self.names.block(block), self.names.zone(zone)
        self._add(f"{one.zh} 划入{other.zh}：{zh}", f"{one.en} is put into {other.en}: {en}")

    def _pieces(self) -> None:
        for zone, blocks in self.plan.broken().items():
            name, cut = self.names.zone(zone), shown(blocks)
            self._add(f"{name.zh} 不连片，断开的片块：{cut.zh}", f"{name.en} is not in one piece: {cut.en}")
        for zone, seed in self.scene.seeds.items():
            if zone in self.scene.named[seed] and seed not in self.plan.members[zone]:
                one, other = self.names.zone(zone), self.names.block(seed)
                self._add(f"{one.zh} 不含学校所在的{other.zh}", f"{one.en} lacks its school's {other.en}")

    def _figures(self) -> None:
        plan = self.plan
        for key, true in (
            ("unplaced", plan.unplaced()), ("over", plan.over()), ("under", plan.under()), ("zones", plan.zones()),
            ("moved", plan.moved()), ("objective", plan.objective()),
        ):  # fmt: skip
            self._same(key, true)
        if "input" in self.problem:
            self._same("state", plan.state())

    def _limits(self) -> None:
        """A plan beyond its limits says so, with reasons that hold; one within them has none."""
        outcome = self.outcome
        is_within = "short" not in self.plan.objective() and not self.scene.clashes
        if outcome["status"] in {"optimal", "within_gap"} and not is_within:
            self._add("超出限制的方案不能算可行", "a plan beyond its limits is called a good one")
        if outcome["status"] == "infeasible" and is_within:
            self._add("方案在限制之内，却写作不可行", "called infeasible, yet it keeps every limit")
        if bool(outcome["reasons"]) == is_within:
            self._add("应写明原因，或不应有原因", "reasons are lacking, or there are some without need")
        for line in reason_faults(self.scene, self.plan, outcome["reasons"]):
            self.found.append(line)

    def _bounds(self) -> None:
        outcome, bound = self.outcome, self.outcome["bound"]
        is_short = "short" in outcome["objective"] or bool(self.scene.clashes)
        name, extra = ("short", "solver_short") if is_short else ("cost", "solver_cost")
        if set(bound) - {name, extra} or name not in bound:
            self._add("界的项目不对", "the bounds are not those of this plan")
            return
        if wrong := faults(self.scene, outcome["prices"], is_short=is_short):
            self._add(f"影子价格不成立：{wrong[0].zh}", f"prices prove nothing: {wrong[0].en}")
            return
        true = stated_bound(self.scene, outcome["prices"], is_short=is_short)
        if exact(bound[name]) != true:
            what = Text("由价格得出的界", "the bound is not what the prices give")
            self.found.append(differs(what, exact(bound[name]), true))
        value = exact(outcome["objective"].get(name, 0))
        known = [exact(part) for part in bound.values()]
        if any(part > value + _NOISE * (1 + abs(value)) for part in known):
            top = shown(max(known))
            self._add(
                f"界 {top.zh} 高于方案的值 {shown(value).zh}",
                f"a bound, {top.en}, is above the plan's {shown(value).en}",
            )
        if is_short:
            self._clash(max(known))
        else:
            self._gap(value, min(value, max(known)))

    def _clash(self, bound: Fraction) -> None:
        if self.outcome["status"] == "infeasible" and bound <= 0 and not self.scene.clashes:
            self._add("没有证明做不到", "that it cannot be done is not proven")
        if self.outcome["gap"] != "unknown":
            self._add("不可行时没有差额", "there is no gap where limits clash")

    def _gap(self, value: Fraction, top: Fraction) -> None:
        gap = (value - top) / value if value else Fraction(0)
        true = Fraction(ceil(gap * _DIGITS), _DIGITS)
        if exact(self.outcome["gap"]) != true:
            what = Text("差距，即（目标-界）/目标", "the gap is not (objective - bound) / objective")
            self.found.append(differs(what, exact(self.outcome["gap"]), true))
        if self.outcome["status"] == "optimal" and gap > _NOISE:
            self._add("写作最优，却与界有差额", "called optimal, yet apart from its bound")

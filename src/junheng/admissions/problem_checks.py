"""Whether a problem makes sense as a whole: pools and plans, stages, rules that exclude one another."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from junheng.admissions.complaint import refuse
from junheng.basics import Text

if TYPE_CHECKING:  # problem.py leans on this file
    from junheng.admissions.problem import Problem, School


def require_coherent(problem: "Problem") -> None:
    """Raise UserError for the first thing that contradicts itself."""
    _require_key(problem)
    _require_once("classes", (str(entry.code) for entry in problem.classes), "班次代码", "class code")
    _require_once("schools", (school.id for school in problem.schools), "学校", "school")
    _require_once("stages", (stage.id for stage in problem.stages), "阶段", "stage")
    for school in problem.schools:
        _require_pools(school, {entry.code for entry in problem.classes})
    _require_stages(problem)
    _require_rounds(problem)
    _require_ranking(problem)


def _require_key(problem: "Problem") -> None:
    if set(problem.key) != {"band", "class", "ticket"}:
        raise refuse(
            "problem.key",
            "排序次序应为 志愿段、优先类别、号码 各一次，号码在最后",
            "the key must hold band and class once each, then ticket",
        )


def _require_once(where: str, names: Iterable[str], zh: str, en: str) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise refuse(f"problem.{where}", f"{zh} {twice[0]} 重复", f"{en} {twice[0]} is given twice")


def _require_pools(school: "School", codes: set[int]) -> None:
    where = f"problem.schools.{school.id}.pools"
    _require_once(f"schools.{school.id}.pools", (pool.id for pool in school.pools), "名额池", "pool")
    seats = sum(pool.seats for pool in school.pools)
    if seats != school.plan:
        raise refuse(
            where,
            f"各名额池共 {seats} 个，计划 {school.plan} 个，二者不等",
            f"the pools hold {seats} seats, the plan {school.plan}",
            why=Text("多出或缺少的名额无从录取", "seats too many or too few could not be given by rule"),
        )
    for pool in school.pools:
        unknown = sorted(set(pool.classes) - codes)
        if unknown:
            raise refuse(
                f"{where}.{pool.id}.classes",
                f"优先类别 {unknown[0]} 不在 classes 中",
                f"class {unknown[0]} is not in classes",
            )


def _require_stages(problem: "Problem") -> None:
    counted = Counter(school for stage in problem.stages for school in stage.schools)
    known = {school.id for school in problem.schools}
    for name in counted:
        if name not in known:
            raise refuse("problem.stages", f"学校 {name} 不在 schools 中", f"school {name} is not in schools")
    for name in sorted(known):
        if counted[name] != 1:
            raise refuse(
                "problem.stages",
                f"学校 {name} 应恰好属于一个阶段，现属于 {counted[name]} 个",
                f"school {name} must be in exactly one stage, not {counted[name]}",
            )


def _require_rounds(problem: "Problem") -> None:
    """Skip and stop give no order-independent result unless every round is final (docs/method/admission.md)."""
    if not problem.is_by_rounds:
        return
    several = [school.id for school in problem.schools if len(school.pools) > 1]
    if problem.band_width != 1 or problem.is_class_first or several:
        raise refuse(
            "problem.units",
            f"同号家庭的 {problem.units} 规则只用于逐志愿录取（band_width 1、志愿在前、每校一个名额池）",
            f"units {problem.units!r} is defined only with band_width 1, key band first, one pool a school",
            why=Text(
                "其他规则下结果取决于处理次序", "elsewhere the result depends on the order of processing"
            ),
            fix=Text(
                "改用 overflow（末位同号家庭一并录取）", "use overflow: the last family is admitted whole"
            ),
        )


def _require_ranking(problem: "Problem") -> None:
    ranking, where = problem.ranking, "problem.ranking"
    wanted = {"hmac": (), "ring": ("start", "step"), "tail_digits": ("tails", "numbers")}
    needed = wanted.get(ranking.method, ("numbers",))
    for name in needed:
        if getattr(ranking, name) is None:
            raise refuse(where, f"{ranking.method} 需要 {name}", f"{ranking.method} needs {name}")
    for name in ("start", "step", "tails", "numbers"):
        if getattr(ranking, name) is not None and name not in (*needed, "numbers"):
            raise refuse(where, f"{ranking.method} 不用 {name}", f"{ranking.method} takes no {name}")
    if ranking.method != "hmac" and problem.tickets == "per_school":
        raise refuse(
            where,
            f"{ranking.method} 只排一个次序，不能每校一号",
            f"{ranking.method} makes one order, not a number for each school",
        )

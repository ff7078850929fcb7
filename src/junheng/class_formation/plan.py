"""The declared rules of forming classes, the spec's ``problem``: checked once, then trusted.

Form and meaning of every field: docs/method/class_formation.md §1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.basics import Text, UserError

METHODS = ("swaps", "stratified", "random", "serpentine", "rotated")
SNAKES = ("serpentine", "rotated")
SOURCES = ("mark", "squared", "special", "flag", "feeder")
# What rules may say (docs/method/class_formation.md §1).
PLAN_KEYS = {
    "method",
    "sweeps",
    "polish",
    "relief",
    "mark_unit",
    "covariates",
    "score",
    "groups",
    "cap",
    "tolerance",
}
_LARGEST_WEIGHT = 1_000_000  # sums are checked against 2^53 for each group
_TOLERANCES = ("size", "sex", "special")


@dataclass(frozen=True, slots=True)
class Covariate:
    """One thing to balance. ``of``: marks summed (mark, squared); ``top``: how many feeders count (feeder)."""

    name: str
    source: str
    weight: int
    of: tuple[str, ...] = ()
    flag: str = ""
    top: int = 0


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One school's grade: how many classes, and the teacher teams that will be drawn (as many, or none)."""

    school: str
    grade: str
    classes: int
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """All rules of one class formation. ``cap`` 0: no largest load; ``tolerance`` only refuses (§9)."""

    method: str
    groups: tuple[GroupPlan, ...]
    covariates: tuple[Covariate, ...] = ()
    sweeps: int = 20
    polish: bool = False
    relief: int = 0
    mark_unit: str = "1"
    score: tuple[str, ...] = ()
    cap: int = 0
    tolerance: Mapping[str, int] | None = None

    def score_marks(self) -> tuple[str, ...]:
        """The marks whose sum ranks children in a serpentine: ``score``, else those of the first mark."""
        first = next((c.of for c in self.covariates if c.source == "mark"), ())
        return self.score or first


def plan_from(problem: Mapping[str, Any]) -> Plan:
    """The plan a spec's ``problem`` declares (integers and texts only). UserError says what is wrong where."""
    if unknown := sorted(set(problem) - PLAN_KEYS):
        raise wrong("problem", f"不认识的字段：{'、'.join(unknown)}", f"unknown fields: {', '.join(unknown)}")
    method = problem.get("method")
    if method not in METHODS:
        raise wrong("problem.method", f"编班方式应为 {METHODS} 之一", f"method must be one of {METHODS}")
    tolerance = problem.get("tolerance")
    plan = Plan(
        method=method,
        groups=_groups(problem.get("groups")),
        covariates=tuple(
            _covariate(i, c) for i, c in enumerate(_list(problem.get("covariates", []), "covariates"))
        ),
        sweeps=_integer(problem.get("sweeps", 20), "sweeps", 0),
        polish=bool(_integer(problem.get("polish", 0), "polish", 0, 1)),
        relief=_integer(problem.get("relief", 0), "relief", 0),
        mark_unit=str(problem.get("mark_unit", "1")),
        score=_names(problem.get("score", []), "score"),
        cap=_integer(problem["cap"], "cap", 1) if "cap" in problem else 0,
        tolerance=None if tolerance is None else _tolerance(tolerance),
    )
    _check_together(plan)
    return plan


def _check_together(plan: Plan) -> None:
    """What only several fields together can get wrong."""
    if plan.method in SNAKES and plan.relief:
        raise wrong(
            "problem.relief",
            "S 形编班不能减员，relief 应为 0",
            "a serpentine cannot relieve a class: relief must be 0",
        )
    if plan.method == "serpentine" and not plan.score_marks():
        raise wrong(
            "problem.score",
            "S 形编班需要成绩：请写 score",
            "a serpentine needs marks to rank by: write score",
        )
    if len({(g.school, g.grade) for g in plan.groups}) != len(plan.groups):
        raise wrong("problem.groups", "同一学校同一年级出现两次", "one school's grade stands twice")
    names = [c.name for c in plan.covariates]
    if len(set(names)) != len(names):
        raise wrong("problem.covariates", "平衡项重名", "two covariates have one name")


def _groups(found: object) -> tuple[GroupPlan, ...]:
    return tuple(_group(i, g) for i, g in enumerate(_list(found, "groups")))


def _group(i: int, found: object) -> GroupPlan:
    where = f"groups[{i}]"
    fields = _object(found, where, {"school", "grade", "classes", "teams"})
    group = GroupPlan(
        school=_text(fields.get("school"), f"{where}.school"),
        grade=_text(fields.get("grade"), f"{where}.grade"),
        classes=_integer(fields.get("classes"), f"{where}.classes", 1),
        teams=_names(fields.get("teams", []), f"{where}.teams"),
    )
    if group.teams and (len(group.teams) != group.classes or len(set(group.teams)) != group.classes):
        raise wrong(
            f"problem.{where}.teams",
            f"{group.classes} 个班应有 {group.classes} 个不同的教师组，实为 {len(set(group.teams))} 个",
            f"{group.classes} classes need {group.classes} different teams, not {len(set(group.teams))}",
        )
    return group


def _covariate(i: int, found: object) -> Covariate:
    where = f"covariates[{i}]"
    fields = _object(found, where, {"name", "source", "weight", "of", "flag", "top"})
    source = fields.get("source")
    if source not in SOURCES:
        raise wrong(f"problem.{where}.source", f"来源应为 {SOURCES} 之一", f"source must be one of {SOURCES}")
    name = _text(fields.get("name"), f"{where}.name")
    marks = source in ("mark", "squared")
    return Covariate(
        name=name,
        source=source,
        weight=_integer(fields.get("weight", 1), f"{where}.weight", 1, _LARGEST_WEIGHT),
        of=(_names(fields.get("of", []), f"{where}.of") or (name,)) if marks else (),
        flag=_text(fields.get("flag", name), f"{where}.flag") if source == "flag" else "",
        top=_integer(fields.get("top", 1), f"{where}.top", 1) if source == "feeder" else 0,
    )


def _tolerance(found: object) -> dict[str, int]:
    fields = _object(found, "tolerance", set(_TOLERANCES))
    return {name: _integer(value, f"tolerance.{name}", 0) for name, value in fields.items()}


def _object(found: object, where: str, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(found, Mapping) or set(found) - known:
        raise wrong(
            f"problem.{where}",
            f"应为只含 {sorted(known)} 的对象",
            f"must be an object of {sorted(known)} only",
        )
    return found


def _list(found: object, where: str) -> Sequence[Any]:
    if not isinstance(found, list | tuple):
        raise wrong(f"problem.{where}", "应为列表", "must be a list")
    return found


def _names(found: object, where: str) -> tuple[str, ...]:
    return tuple(_text(name, where) for name in _list(found, where))


def _text(found: object, where: str) -> str:
    if not isinstance(found, str) or not found:
        raise wrong(f"problem.{where}", "应为非空文本", "must be a text, not empty")
    return found


def _integer(found: object, where: str, least: int, most: int | None = None) -> int:
    if type(found) is not int or found < least or (most is not None and found > most):
        bound = f"≥ {least}" if most is None else f"{least}–{most}"
        raise wrong(
            f"problem.{where}", f"应为整数（{bound}）：{found!r}", f"must be an integer ({bound}): {found!r}"
        )
    return found


def wrong(where: str, zh: str, en: str) -> UserError:
    """A refusal of the rules as written."""
    return UserError(
        Text(zh, en),
        where=where,
        why=Text("规则写不清就不能编班", "classes cannot be formed under rules that are not clear"),
        fix=Text(
            "请按 docs/method/class_formation.md 第 1 节改正",
            "mend it after docs/method/class_formation.md §1",
        ),
    )

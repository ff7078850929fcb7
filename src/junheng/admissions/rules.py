"""A rule set in YAML, for what-if questions and as the start of a spec: the local rule."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from junheng.admissions.complaint import refuse, validated
from junheng.admissions.problem import (
    Count,
    Identifier,
    Part,
    Pool,
    Positive,
    Problem,
    Ranking,
    SchoolClass,
    parse_problem,
)
from junheng.admissions.rules_file import read_plain_yaml
from junheng.basics import Text

LIBRARY = Path(__file__).parent / "library"


class Words(Part):
    """A text in Chinese with English beside it."""

    zh: str
    en: str


class RuleSource(Part):
    """Where a rule set comes from. ``certainty``: found in a published text, one place's practice, or derived."""

    document: str
    certainty: Literal["found", "local", "derived", "known"]
    link: str = ""
    note: Words | None = None


class StageRule(Part):
    """A stage by the ownership of its schools, or by their ids; neither: all that no other stage names."""

    id: Identifier
    ownership: Literal["public", "private"] | None = None
    schools: list[Identifier] | None = None


class SchoolRule(Part):
    """A school of a what-if question; without ``pools`` its whole plan is one pool for everybody."""

    id: Identifier
    name: str
    ownership: Literal["public", "private"] = "public"
    plan: Count
    pools: list[Pool] | None = None


class RuleSet(Part):
    """The rule in words an officer uses. ``mechanism`` says how wishes count, ``band_width`` only for ``parallel``.

    ``immediate``: wish order first (志愿优先); ``parallel``: bands of wishes (平行志愿); ``deferred``: wishes cost nothing;
    ``serial``: one order, each picks in turn (随机派位). ``reserve_list``: the refused stay in line at each school.
    """

    id: Identifier
    name: Words
    note: Words | None = None
    sources: Annotated[list[RuleSource], Field(min_length=1)]
    mechanism: Literal["immediate", "parallel", "deferred", "serial"]
    band_width: Positive | None = None
    is_class_first: bool = False
    tickets: Literal["single", "per_school"] = "single"
    order: Literal["ascending", "descending"] = "ascending"
    ranking: Ranking = Ranking()
    units: Literal["overflow", "skip", "stop"] = "overflow"
    digits: Literal[0, 9, 10] = 0
    classes: list[SchoolClass] = Field(default_factory=lambda: [SchoolClass(code=0, name="全体")])
    stages: list[StageRule] = Field(default_factory=lambda: [StageRule(id="main")])
    leftovers: Literal["none", "spec_order", "by_lot"] = "none"
    reserve_list: bool = False
    schools: list[SchoolRule] = Field(default_factory=list)


def library_rules() -> dict[str, Path]:
    """The example rule sets that are shipped: id → file."""
    return {path.stem: path for path in sorted(LIBRARY.glob("*.yaml"))}


def load_rule_set(name: str | Path) -> RuleSet:
    """The rule set in a YAML file, or the shipped one of that id.

    Raises UserError naming file and key for whatever is misspelt, missing or contradictory.
    """
    path = Path(name)
    if not path.is_file():
        shipped = library_rules()
        if str(name) not in shipped:
            listed = "、".join(shipped)
            raise refuse(
                str(name),
                f"找不到规则 {name}",
                f"no such rule set: {name}",
                fix=Text(
                    f"请给出 YAML 文件，或内置规则之一：{listed}", f"name a YAML file, or one of: {listed}"
                ),
            )
        path = shipped[str(name)]
    rules = validated(RuleSet, read_plain_yaml(path), path.name)
    _require_coherent(rules, path.name)
    return rules


def problem_of(
    rules: RuleSet,
    schools: Sequence[SchoolRule | Mapping[str, Any]] | None = None,
    ranking: Ranking | None = None,
) -> Problem:
    """The problem that ``rules`` make of ``schools`` (default: those of the file), checked as a whole.

    Schools may be given by the keys of `SchoolRule`, as lists and problems hold them.

    ``ranking`` brings what is only known on the day: the start and step drawn in the hall, the numbers. Raises UserError
    where there are no schools, or a school falls into no stage.
    """
    chosen = [_checked(school) for school in (rules.schools if schools is None else schools)]
    if not chosen:
        raise refuse(
            f"{rules.id}.schools",
            "没有学校",
            "there are no schools",
            fix=Text(
                "在规则文件中写明 schools，或从报名表取得",
                "list schools in the file, or take them from the applications",
            ),
        )
    content: dict[str, Any] = {
        "key": ["class", "band", "ticket"] if rules.is_class_first else ["band", "class", "ticket"],
        "band_width": _band_width(rules, len(chosen)),
        "ranking": (ranking or rules.ranking).model_dump(exclude_none=True),
        "classes": [entry.model_dump() for entry in rules.classes],
        "schools": [_school(school) for school in chosen],
        "stages": _stages(rules, chosen),
    }
    for name in ("tickets", "order", "units", "digits", "leftovers"):
        content[name] = getattr(rules, name)
    return parse_problem(content)


def _checked(school: SchoolRule | Mapping[str, Any]) -> SchoolRule:
    """A school as the rules know it. Raises UserError naming school and key where a value does not fit."""
    if isinstance(school, SchoolRule):
        return school
    return validated(SchoolRule, school, f"schools.{school.get('id', '')}")


def _require_coherent(rules: RuleSet, where: str) -> None:
    if (rules.mechanism == "parallel") != (rules.band_width is not None):
        raise refuse(
            f"{where}.band_width",
            "band_width 只用于平行志愿，且必须写明",
            "band_width belongs to parallel, which needs it",
        )
    if rules.mechanism == "serial" and (len(rules.classes) != 1 or rules.tickets != "single"):
        raise refuse(
            f"{where}.mechanism",
            "随机派位只有一个号、一个类别；有优先类别时请用 deferred",
            "serial has one number and one class; with priority classes use deferred",
        )


def _band_width(rules: RuleSet, schools: int) -> int:
    if rules.mechanism == "immediate":
        return 1
    return (
        rules.band_width or schools
    )  # a list is never longer than there are schools: all wishes in one band


def _school(school: SchoolRule) -> dict[str, Any]:
    found = school.model_dump(exclude_none=True)
    return {"pools": [{"id": "all", "seats": school.plan, "classes": [], "unfilled": "next"}], **found}


def _stages(rules: RuleSet, schools: Sequence[SchoolRule]) -> list[dict[str, Any]]:
    named = {school for stage in rules.stages for school in stage.schools or []}
    owned: set[str | None] = {stage.ownership for stage in rules.stages if stage.schools is None}
    found = []
    for stage in rules.stages:
        own = [
            school.id
            for school in schools
            if (
                school.id in stage.schools
                if stage.schools is not None
                else _falls_in(stage, school, named, owned)
            )
        ]
        if own:
            found.append({"id": stage.id, "schools": own})
    return found


def _falls_in(stage: StageRule, school: SchoolRule, named: set[str], owned: set[str | None]) -> bool:
    if school.id in named:
        return False
    return stage.ownership == school.ownership or (stage.ownership is None and school.ownership not in owned)

"""The sample plan: how many of each group are asked, at which schools; integers that add up exactly."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.judgement.survey.apportion import apportion, level
from junheng.judgement.survey.roll import Roll
from junheng.judgement.survey.rules import PARENTS, SampleRules, group_names

FORMAT = "junheng-survey-plan-1"
BY_PUPILS, BY_TEACHERS, PRINCIPALS = (PARENTS, "pupils"), ("teachers",), "principals"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Slot:
    """Papers for one group, at one school or ("") anywhere in the county."""

    group: str
    school_id: str
    quota: int


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """``groups``: quota by group; ``people``: how many there are, where known; ``notes``: what must be told."""

    standard: str
    standard_sha256: str
    questionnaire: str
    year: int
    county_code: str
    county_name: str
    residents: int
    size: int
    groups: Mapping[str, int]
    people: Mapping[str, int]
    slots: tuple[Slot, ...]
    schools: Mapping[str, str]
    notes: tuple[Text, ...]

    def as_json(self) -> Json:
        """The plan as its file holds it."""
        return {
            "format": FORMAT, "standard": self.standard, "standard_sha256": self.standard_sha256,
            "questionnaire": self.questionnaire, "year": self.year,
            "county": {"code": self.county_code, "name": self.county_name, "residents": self.residents},
            "size": self.size, "groups": dict(self.groups), "people": dict(self.people),
            "slots": [{"group": s.group, "school_id": s.school_id, "quota": s.quota} for s in self.slots],
            "schools": dict(self.schools), "notes": [{"zh": n.zh, "en": n.en} for n in self.notes],
        }  # fmt: skip


def make_plan(
    rules: SampleRules, roll: Roll, *, residents: int | None, standard_sha256: str, questionnaire: str
) -> SurveyPlan:
    """The plan for the county of ``roll``. ``residents`` given goes before the reported number.

    Raises UserError where the number of residents or of a school's pupils or teachers is missing.
    """
    number = residents if residents is not None else roll.residents
    if number is None or number <= 0:
        raise _no_residents(roll)
    size, people = rules.size(number), _people(roll)
    groups, notes = group_quotas(rules, size, people)
    slots = [slot for group, quota in groups.items() for slot in _slots(group, quota, roll)]
    return SurveyPlan(
        standard=rules.standard, standard_sha256=standard_sha256, questionnaire=questionnaire, year=roll.year,
        county_code=roll.county_code, county_name=roll.county_name, residents=number, size=size, groups=groups,
        people=people, slots=tuple(slots), schools={s.school_id: s.name for s in roll.schools}, notes=tuple(notes),
    )  # fmt: skip


def group_quotas(
    rules: SampleRules, size: int, people: Mapping[str, int]
) -> tuple[dict[str, int], list[Text]]:
    """Parents first (their share, rounded up), the rest level; no group is asked for more than it has.

    What a small group cannot take goes to the others, last to the parents; each such case is noted.
    """
    parents = int(-(-rules.parents * size // 1))
    bounds = {group: people[group] for group in rules.others if group in people}
    others = level(size - parents, rules.others, bounds)
    notes = [_full(group, others[group]) for group in rules.others if others[group] == bounds.get(group)]
    parents = size - sum(others.values())
    return {PARENTS: parents, **others}, notes


def _people(roll: Roll) -> dict[str, int]:
    """How many there are of the groups that the return tells; one principal a school at least."""
    found = {PRINCIPALS: len(roll.schools)}
    for group, counts in (
        ("pupils", [s.pupils for s in roll.schools]),
        ("teachers", [s.teachers for s in roll.schools]),
    ):
        known = [count for count in counts if count is not None]
        if counts and len(known) == len(counts):
            found[group] = sum(known)
    return found


def _slots(group: str, quota: int, roll: Roll) -> list[Slot]:
    if group not in (*BY_PUPILS, *BY_TEACHERS, PRINCIPALS):
        return [Slot(group, "", quota)]
    weights = {s.school_id: _weight(group, s) for s in sorted(roll.schools, key=lambda s: s.school_id)}
    missing = [s for s in roll.schools if weights[s.school_id] is None]
    if missing:
        raise _no_weight(group, [s.where or s.school_id for s in missing])
    shares = apportion(quota, {name: weight or 0 for name, weight in weights.items()})
    return [Slot(group, name, share) for name, share in shares.items() if share]


def _weight(group: str, school: Any) -> int | None:
    if group == PRINCIPALS:
        return 1
    found: int | None = school.teachers if group in BY_TEACHERS else school.pupils
    return found


def read_plan(folder: Path) -> SurveyPlan:
    """The plan in ``folder``. Raises UserError where there is none."""
    path = folder / "plan.json" if folder.is_dir() else folder
    try:
        found: Json = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise ValueError(found["format"])
        county = found["county"]
        return SurveyPlan(
            found["standard"], found["standard_sha256"], found["questionnaire"], int(found["year"]),
            county["code"], county["name"], int(county["residents"]), int(found["size"]), found["groups"],
            found["people"], tuple(Slot(**slot) for slot in found["slots"]), found["schools"],
            tuple(Text(**note) for note in found["notes"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            Text("这里没有调查方案", "there is no survey plan here"),
            where=str(folder),
            fix=Text(
                "请给出 junheng survey plan 写出的文件夹", "name a folder written by junheng survey plan"
            ),
        ) from error


def _full(group: str, quota: int) -> Text:
    name = group_names()[group]
    return Text(
        f"{name.zh}共 {quota} 人，全部调查；少于大致相当的份额，不足部分由其他对象补足",
        f"{name.en}: all {quota} are asked, fewer than an equal share; the others make up for it",
    )


def _no_residents(roll: Roll) -> UserError:
    return UserError(
        Text(
            f"没有 {roll.county_name} 的常住人口", f"the number of residents of {roll.county_name} is missing"
        ),
        where=f"{roll.county_code} {roll.year}",
        why=Text(
            "样本量按常住人口计算，缺失不能当作零", "the sample's size rests on it; missing is never zero"
        ),
        fix=Text(
            "在“县”表填写常住人口，或用 --residents", "fill it in the sheet of the county, or use --residents"
        ),
    )


def _no_weight(group: str, where: list[str]) -> UserError:
    name, listed = group_names()[group], "；".join(where[:30])
    return UserError(
        Text(
            f"{len(where)} 所学校缺少人数，不能按校分配{name.zh}",
            f"{len(where)} schools lack the number that shares out {name.en}",
        ),
        where=listed,
        why=Text("按人数分配到校，缺失不能当作零", "quotas are in proportion to it; missing is never zero"),
        fix=Text("请补填在校生数和专任教师数", "fill in pupils and full-time teachers"),
    )

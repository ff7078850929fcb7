"""Every measure that could raise an indicator: hiring by person type, training, building, equipping.

A person type is a set of the person indicators (above required education, backbone, PE or arts): one person counts
once in money and at once in all of its indicators.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.invest.library_files import PersonKind, Thing, load_measures
from junheng.planning.invest.reading.lines import Lines

PERSON = Text("人", "persons")


def possible_measures(lines: Lines) -> dict[str, dict[str, Any]]:
    """Measure id → the measure of the frozen problem, but for its cost; in a fixed order."""
    found = [
        measure for stage in lines.stages for measure in (*_hires(stage, lines), *_trainings(stage, lines))
    ]
    for rule_id, thing in things_of(lines).items():
        found.append(_purchase(rule_id, thing))
    return {measure["id"]: measure for measure in found}


def persons_of(lines: Lines, stage: str) -> dict[str, PersonKind]:
    """The indicators of ``stage`` that persons raise, by rule id."""
    kinds = load_measures().persons
    return {
        row["id"]: kinds[name]
        for row in lines.indicators
        if (name := lines.catalogue[row["id"]].id) in kinds and stage in row["lines"]
    }


def things_of(lines: Lines) -> dict[str, Thing]:
    """The indicators that a school's purchases raise, by rule id."""
    things = load_measures().things
    return {
        row["id"]: things[name]
        for row in lines.indicators
        if (name := lines.catalogue[row["id"]].id) in things
    }


def _hires(stage: str, lines: Lines) -> Sequence[dict[str, Any]]:
    kinds = persons_of(lines, stage)
    return [
        _of_persons("hire", stage, chosen, _hire_name(stage, [kinds[key] for key in chosen]))
        for size in range(1, len(kinds) + 1)
        for chosen in combinations(kinds, size)
    ]


def _hire_name(stage: str, kinds: Sequence[PersonKind]) -> Text:
    where = STAGE_NAMES[stage]
    zh, en = "、".join(kind.short.zh for kind in kinds), ", ".join(kind.short.en for kind in kinds)
    return Text(f"招聘{where.zh}教师（{zh}）", f"hire a {where.en} teacher ({en})")


def _trainings(stage: str, lines: Lines) -> Sequence[dict[str, Any]]:
    where = STAGE_NAMES[stage]
    return [
        _of_persons(
            "train",
            stage,
            (key,),
            Text(f"{where.zh}教师{kind.train.zh}", f"{kind.train.en} {where.en} teachers"),
        )
        for key, kind in persons_of(lines, stage).items()
    ]


def _of_persons(kind: str, stage: str, chosen: Sequence[str], name: Text) -> dict[str, Any]:
    return {
        "id": f"{kind}:{stage}:{'+'.join(chosen)}",
        "kind": kind,
        "zh": name.zh,
        "en": name.en,
        "level": "stage",
        "stage": stage,
        "gives": dict.fromkeys(chosen, 1),
        "whole": 1,
        "unit": PERSON.zh,
        "unit_en": PERSON.en,
    }


def _purchase(rule_id: str, thing: Thing) -> dict[str, Any]:
    return {
        "id": f"{thing.kind}:{rule_id}",
        "kind": thing.kind,
        "zh": thing.name.zh,
        "en": thing.name.en,
        "level": "school",
        "gives": {rule_id: thing.gives},
        "whole": thing.whole,
        "unit": thing.unit.zh,
        "unit_en": thing.unit.en,
    }


def transfer_name(stage: str, kinds: Mapping[str, PersonKind], chosen: Sequence[str]) -> Text:
    """What a transfer of persons who are all of ``chosen`` is called."""
    where = STAGE_NAMES[stage]
    zh = "、".join(kinds[key].short.zh for key in chosen)
    en = ", ".join(kinds[key].short.en for key in chosen)
    return Text(f"校际调动{where.zh}教师（{zh}）", f"move a {where.en} teacher ({en}) between schools")

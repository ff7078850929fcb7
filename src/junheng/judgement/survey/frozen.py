"""What a plan and a result were made from, kept beside them so that both can be worked out again."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import sha256_file
from junheng.data import Snapshot
from junheng.judgement.survey.codes import code_hash
from junheng.judgement.survey.counting import Paper
from junheng.judgement.survey.plan import SurveyPlan
from junheng.judgement.survey.roll import Roll
from junheng.judgement.survey.settings import Method, Questionnaire

ROLL, PAPERS = "roll.json", "papers.json"
_ROLL_FORMAT, _PAPERS_FORMAT = "junheng-survey-roll-1", "junheng-survey-papers-1"
Json = dict[str, Any]


def roll_json(
    roll: Roll, snapshot: Snapshot, method: Method, *, residents: int | None, command: Sequence[str]
) -> Json:
    """The county as it was read, and ``residents`` where they were given beside it; numbers absent are null."""
    return {
        "format": _ROLL_FORMAT,
        "year": roll.year,
        "county": {"code": roll.county_code, "name": roll.county_name, "residents": roll.residents},
        "residents_given": residents,
        "schools": [
            {"school_id": s.school_id, "name": s.name, "pupils": s.pupils, "teachers": s.teachers}
            for s in roll.schools
        ],
        "school_cell_min": method.school_cell_min,
        "inputs": [{"name": one.name, "sha256": one.sha256} for one in snapshot.inputs],
        "command": list(command),
    }


def papers_json(
    papers: Sequence[Paper], plan: SurveyPlan, questionnaire: Questionnaire, method: Method
) -> Json:
    """The papers as they were counted, without codes: those of one code together, in no order that says anything.

    Of a paper: how many questions were answered, the answer to the one that decides, its place if it was refused.
    """
    return {
        "format": _PAPERS_FORMAT,
        "plan": plan.as_json(),
        "questionnaire": _asked(questionnaire),
        "method": {
            "confidence": str(method.confidence),
            "duplicates": method.duplicates,
            "answered_share": str(method.answered_share),
            "suppress_below": method.suppress_below,
        },
        "codes": sorted(_by_code(papers, questionnaire.overall), key=json.dumps),
    }


def _asked(questionnaire: Questionnaire) -> Json:
    return {
        "id": questionnaire.id,
        "overall": questionnaire.overall,
        "questions": [{"id": one.id, "topic": one.topic} for one in questionnaire.questions],
        "scale": [
            {"value": one.value, "name": one.name.zh, "is_satisfied": one.is_satisfied}
            for one in questionnaire.scale
        ],
    }


def _by_code(papers: Sequence[Paper], overall: str) -> list[Json]:
    found: dict[str, Json] = {}
    for number, paper in enumerate(papers):
        key = code_hash(paper.answer.code) if paper.answer.code else str(number)
        group = None if paper.slot is None else paper.slot.group
        entry = found.setdefault(key, {"group": group, "has_code": bool(paper.answer.code), "papers": []})
        entry["papers"].append(
            {
                "answered": len(paper.answer.values),
                "overall": paper.answer.values.get(overall),
                "where": str(paper.answer.place) if paper.reason else None,
            }
        )
    return list(found.values())


def seal(folder: Path, name: str, content: Mapping[str, Any]) -> None:
    """Write ``content`` as ``name`` into ``folder``, with the SHA-256 of every other file that lies there."""
    files = {path.name: sha256_file(path) for path in sorted(folder.iterdir()) if path.name != name}
    text = json.dumps({**content, "files": files}, ensure_ascii=False, indent=1)
    (folder / name).write_text(text + "\n", encoding="utf-8")

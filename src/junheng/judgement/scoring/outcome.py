"""The outcome of scoring as JSON: exact fractions as text, every figure with its rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from junheng import __version__
from junheng.data.books import Fault, group_faults
from junheng.judgement.scoring.awards import judge_targets
from junheng.judgement.scoring.problem import Problem
from junheng.judgement.scoring.reading import ReadBook
from junheng.judgement.scoring.score import Scored, SubjectScore
from junheng.judgement.scoring.spread import rater_spread
from junheng.judgement.scoring.totals import Interval
from junheng.judgement.verdict import Verdict, all_of

FORMAT = "junheng-scores-1"
Json = dict[str, Any]


def outcome_json(
    book: ReadBook, scored: Scored, problem_sha256: str, command: Sequence[str], region: str = ""
) -> Json:
    """The whole outcome. ``problem_sha256``: of problem.json beside it, so that neither can be exchanged."""
    problem, system = book.problem, book.problem.system
    return {
        "format": FORMAT,
        "system": {"id": system.id, "name": _pair(system.name), "version": system.version, "sha256": system.sha256},
        "on": problem.on.isoformat(),
        "required_grade": system.required_grade,
        "all_reach_it": str(all_of([entry.verdict for entry in scored.subjects] or [Verdict.CANNOT_TELL])),
        "subjects": [_subject(entry, problem, scored) for entry in scored.subjects],
        "raters": rater_spread(system, scored.scores),
        "between_rounds": list(_between(scored.subjects, problem)),
        "appeals": [appeal.as_json() for appeal in scored.appeals],
        "sign_off": [
            {
                "subject": entry.subject, "round": entry.round, "fingerprint": entry.fingerprint,
                "signatures": [dict(zip(("role", "name", "signed_on", "state"), s, strict=True)) for s in entry.signatures],
                "missing": list(entry.missing),
            }
            for entry in scored.rounds
        ],
        "targets": judge_targets(problem),
        "problems": problems_json([*book.faults, *scored.faults]),
        "manifest": {
            "software": f"junheng {__version__}", "command": list(command), "problem_sha256": problem_sha256,
            "inputs": {book.file: book.sha256}, "system_sha256": system.sha256, "overlays": list(system.overlays), "region": region,
        },
    }  # fmt: skip


def problems_json(faults: Iterable[Fault]) -> list[Json]:
    """Faults by cause, each with all its places."""
    return [
        {
            "cause": group.cause,
            "what": _pair(group.what),
            "fix": _pair(group.fix),
            "where": [str(p) for p in group.places],
        }
        for group in group_faults(faults)
    ]


def _subject(entry: SubjectScore, problem: Problem, scored: Scored) -> Json:
    return {
        "subject": entry.subject, "name": entry.name, "round": entry.round, "points": _ends(entry.total.points),
        "grade": entry.total.grade or None, "grades_possible": list(entry.total.grades),
        "verdict": str(entry.verdict), "rank": list(entry.rank),
        "areas": [
            {"area": a.area, "points": _ends(a.points), "keeps_floor": a.keeps_floor} for a in entry.total.areas
        ],
        "items": [_item(entry, name, ends, scored) for name, ends in entry.items.items()],
        "vetoes": dict(entry.vetoes), "missing": list(entry.missing), "open_appeals": list(entry.open_appeals),
        "lacks_visit": entry.lacks_visit, "rounds": {name: _round(values) for name, values in entry.by_round.items()},
    }  # fmt: skip


def _item(entry: SubjectScore, name: str, ends: Interval, scored: Scored) -> Json:
    rows = scored.scores.get((entry.subject, entry.round, name), ())
    return {
        "item": name, "points": _ends(ends), "rows": [score.row.where for score in rows],
        "evidence": list(dict.fromkeys(text for score in rows if (text := score.row.cell("evidence")))),
    }  # fmt: skip


def _round(values: Mapping[str, Fraction | None]) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in values.items()}


def _between(subjects: Sequence[SubjectScore], problem: Problem) -> Iterator[Json]:
    """Items on which one round differs from the one before it in which the subject was scored."""
    for entry in subjects:
        names = list(entry.by_round)
        for before, after in pairwise(names):
            for item in problem.system.items():
                old, new = entry.by_round[before][item.id], entry.by_round[after][item.id]
                if old is not None and new is not None and old != new:
                    yield {"subject": entry.subject, "item": item.id, "from": before, "to": after,
                           "before": str(old), "after": str(new), "change": str(new - old)}  # fmt: skip


def _ends(points: Interval) -> list[str]:
    return [str(points[0]), str(points[1])]


def _pair(text: Any) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}

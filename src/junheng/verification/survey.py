"""``verify_survey``: a sample plan or a survey's result worked out again from what is frozen beside it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_file
from junheng.verification.survey_input import plan_input_pairs, result_input_pairs
from junheng.verification.survey_plan import plan_pairs
from junheng.verification.survey_result import result_pairs

Json = Mapping[str, Any]
Pairs = Iterator[tuple[str, Any, Any]]  # what is compared, as stated, as found
ROLL, PLAN, PAPERS, OUTCOME = "roll.json", "plan.json", "papers.json", "survey.json"


@dataclass(frozen=True, slots=True)
class SurveyCheck:
    """``papers``: those planned or counted; ``figures`` compared; ``notes``: what could not be held against a source."""

    papers: int
    figures: int
    notes: tuple[Text, ...]
    difference: Text | None

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return self.difference is None


def is_survey(folder: Path) -> bool:
    """Whether ``folder`` holds a plan or a result of ``junheng survey``, sealed or not."""
    return (folder / OUTCOME).is_file() or (folder / "codes.json").is_file()


def verify_survey(folder: Path, given: Path | None = None, overlays: Sequence[Path] = ()) -> SurveyCheck:
    """Work the plan or the result in ``folder`` out anew and compare every figure; the first difference is told.

    ``given``: of a plan the county's return; of a result the folder in which the answers (and the plan) lie.
    ``overlays``: as when it was made. Raises UserError for a folder that is none or was not sealed.
    """
    is_result = (folder / OUTCOME).is_file()
    frozen = _read(folder / (PAPERS if is_result else ROLL))
    stated = _read(folder / (OUTCOME if is_result else PLAN))
    notes: list[Text] = []
    pairs = _of_result if is_result else _of_plan
    try:
        figures, difference = _compared(pairs(folder, frozen, stated, given, overlays, notes))
        papers = int(stated["whole"]["returned"] if is_result else stated["size"])
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _refused(folder) from error
    return SurveyCheck(papers, figures, tuple(notes), difference)


def _of_plan(
    folder: Path, roll: Json, plan: Json, given: Path | None, overlays: Sequence[Path], notes: list[Text]
) -> Pairs:
    yield from plan_pairs(roll, plan, _read(folder / "codes.json"), overlays)
    if given is None:
        notes.append(
            Text("未给 --input：没有核对填报数据", "without --input the county's return was not looked at")
        )
    else:
        yield from plan_input_pairs(roll, given)
    yield from _files(folder, roll)


def _of_result(
    folder: Path, papers: Json, outcome: Json, given: Path | None, overlays: Sequence[Path], notes: list[Text]
) -> Pairs:
    yield from result_pairs(folder, papers, outcome, overlays, notes)
    if given is None:
        notes.append(
            Text(
                "未给 --input：没有核对答卷文件和作答码，各题的数只看是否自洽",
                "without --input neither the answers' files nor the codes were looked at; topics only for sense",
            )
        )
    else:
        yield from result_input_pairs(papers, outcome, given, notes)
    yield from _files(folder, papers)


def _files(folder: Path, frozen: Json) -> Pairs:
    for name, stated in frozen["files"].items():
        path = folder / name
        yield f"{name} SHA-256", stated, sha256_file(path) if path.is_file() else None


def _compared(pairs: Iterable[tuple[str, Any, Any]]) -> tuple[int, Text | None]:
    """How many were compared, and the first that differs."""
    figures = 0
    for what, stated, found in pairs:
        figures += 1
        if stated != found:
            zh = f"{what}：结果写的是 {_shown(stated)}，复算是 {_shown(found)}"
            return figures, Text(zh, f"{what}: stated {_shown(stated)}, worked out again {_shown(found)}")
    return figures, None


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 120 else text[:119] + "…"


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found, dict):
            raise ValueError(type(found).__name__)
    except (OSError, ValueError) as error:
        raise _refused(path) from error
    return found


def _refused(path: Path) -> UserError:
    return UserError(
        Text("这里没有完整的调查方案或结果", "there is no whole plan or result of a survey here"),
        where=str(path),
        why=Text(
            "没有封存的名册或答卷就不能复算", "without the frozen roll or papers nothing can be worked out"
        ),
        fix=Text(
            "旧版写出的没有这些文件：照旧有效，只是不能复算；现在写出的都能",
            "an older version wrote no such files: what it made stays valid but cannot be worked out again",
        ),
    )

"""The loop: the planned state of each year, judged by the very engine that judged the present one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text

if TYPE_CHECKING:
    from junheng.judgement import CountyResult, Question
    from junheng.planning import Kind, Table

Json = dict[str, Any]
PLANNED, FINDINGS, TODAY = "planned", "findings", "today"
_LAYOUTS = ("site", "zone", "merge")


@dataclass(frozen=True, slots=True)
class Judged:
    """The planned state of one year: the county's result by the engine, its words, and where its finding lies."""

    year: int
    county: "CountyResult"
    words: Text
    folder: Path


@dataclass(frozen=True, slots=True)
class Effect:
    """The states that were judged, what changes between them in sentences, and tables that set them side by side."""

    judged: "Sequence[Judged]"
    tables: "Sequence[Table]" = ()
    words: "Sequence[Text]" = ()


def judge_planned(kind: "Kind", name: str, path: Path, problem: Json, outcome: Json, folder: Path) -> Effect:
    """Write the planned states of an investment plan or a layout into ``folder`` and judge each."""
    if outcome["status"] == "infeasible" or name not in ("invest", *_LAYOUTS):
        return Effect(())
    if name in _LAYOUTS:
        from junheng.cli.plan.layout import judge_layout

        return judge_layout(kind, path, problem, outcome, folder)
    from junheng.planning.invest import planned_state

    years = planned_state(path, problem, outcome, folder / PLANNED)
    question = asked_by(path, problem)
    return Effect(
        [
            judged_state(
                replace(question, year=year), folder / PLANNED / str(year), folder / FINDINGS / str(year)
            )
            for year in years
        ]
    )


def asked_by(path: Path, problem: Json) -> "Question":
    """What the plan's problem file asks of its target year: standard and overlays, named beside the file."""
    from junheng.judgement import Question

    def named(name: str) -> Path | str:
        beside = path.parent / name
        return beside if beside.exists() else name

    standard = problem["standard"]
    overlays = tuple(Path(named(name)) for name in standard.get("asked_overlays", ()))
    return Question(named(standard["asked"]), problem["target"], overlays, standard.get("region") or None)


def planned_states(folder: Path) -> Iterator[tuple[str, Path, Path]]:
    """Name (a year, or today), input and finding of each state judged in a plan's folder."""
    for finding in sorted((folder / FINDINGS).glob("*")):
        yield finding.name, folder / PLANNED / finding.name, finding


def judged_state(question: "Question", state: Path, folder: Path) -> Judged:
    """Judge the input ``state`` and write the finding to ``folder``."""
    from junheng.data import check_snapshot, read_input
    from junheng.indicators import load_catalogue
    from junheng.judgement import assess_regions, write_findings

    checked = check_snapshot(read_input(state))
    (assessment,) = assess_regions(checked, question, catalogue=load_catalogue(()))
    write_findings([assessment], folder, command=["plan"], documents=lambda _: None)
    county = assessment.counties[0]
    passed = sum(stage.passed for stage in county.stages.values())
    counted = sum(stage.schools for stage in county.stages.values())
    words = Text(f"达标 {passed}/{counted} 个学校（学段）", f"{passed} of {counted} school-stages comply")
    return Judged(question.year, county, words, folder)

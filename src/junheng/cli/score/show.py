"""Index systems and outcomes of scoring on the terminal."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from junheng.standards.scoring import IndexSystem

_PLACES = 5  # of one problem that are shown


def show_systems() -> None:
    """Every built-in version: id, version, since when, whom it scores."""
    from junheng.standards.scoring import list_systems

    for head in list_systems():
        typer.echo(f"{head.id}  {head.name.zh} {head.name.en}")
        typer.echo(
            f"    {head.subject}；版本 version {head.version}；自 from {head.in_force_from}；{head.source.document}"
        )


def show_system(system: "IndexSystem") -> None:
    """Areas, items and points with their source; what is not known, said plainly."""
    typer.echo(f"{system.id} {system.version}：{system.name.zh} {system.name.en}（满分 full {system.full}）")
    typer.echo(
        f"  依据 source：{system.citation.document} {system.citation.article}（{system.citation.certainty}）"
    )
    for area in system.areas:
        typer.echo(f"  {area.id} {area.name.zh} {area.name.en}：{area.points}")
        for item in area.items:
            own = "（本系统缺省 own default）" if item.is_own_default else ""
            changed = f"（叠加 overlay {item.citation.overlay}）" if item.citation.overlay else ""
            typer.echo(f"    {item.id} {item.name.zh} {item.name.en}：{item.points}{own}{changed}")
    grades = "，".join(f"{grade.name.zh} {grade.at_least}" for grade in system.grades)
    typer.echo(f"  等级 grades：{grades}；要求 required：{system.required_grade}")
    typer.echo(
        f"  轮次 rounds：{'、'.join(entry.name.zh for entry in system.rounds)}；计分 counts：{system.counting_round}"
    )
    typer.echo(f"  否决 vetoes：{'、'.join(veto.name.zh for veto in system.vetoes) or '—'}")
    for text in system.unknown:
        typer.echo(f"  未知 not known：{text.zh} | {text.en}")


def show_outcome(problem: dict[str, Any], outcome: dict[str, Any], out: Path) -> None:
    """Every subject in one line, then what was wrong with the book."""
    from junheng.judgement import VERDICT_NAMES, Verdict

    grades = {entry["id"]: entry["name"]["zh"] for entry in problem["system"]["grades"]}
    for entry in outcome["subjects"]:
        verdict = VERDICT_NAMES[Verdict(entry["verdict"])]
        low, high = entry["points"]
        shown = low if low == high else f"{low} … {high}"
        grade = grades.get(
            entry["grade"], "～".join(grades[name] for name in reversed(entry["grades_possible"]))
        )
        typer.echo(f"  {entry['name']}：{shown} {grade} {verdict.zh} {verdict.en}")
    whole = VERDICT_NAMES[Verdict(outcome["all_reach_it"])]
    typer.echo(f"个个达到要求 all reach what is required：{whole.zh} {whole.en}")
    counts = Counter(target["state"] for target in outcome["targets"])
    if counts:
        typer.echo(
            f"目标 targets：{'，'.join(f'{state} {count}' for state, count in sorted(counts.items()))}"
        )
    for problem_found in outcome["problems"]:
        places = problem_found["where"]
        more = f" …共 {len(places)} 处 in all" if len(places) > _PLACES else ""
        what = problem_found["what"]
        typer.echo(f"  问题 problem：{what['zh']} | {what['en']}：{'；'.join(places[:_PLACES])}{more}")
    typer.echo(f"输出 output：{out}")

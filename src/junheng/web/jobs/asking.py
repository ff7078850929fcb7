"""What each kind of job asks of the library. A task is plain JSON;
what is written lies below its ``stage``."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_file
from junheng.web.filing.book_work import write_books
from junheng.web.jobs.reads import PRIVATE_READS, WITH_DRAWS, Reads
from junheng.web.jobs.unpack import require_inside, unpack
from junheng.web.jobs.works.doing import do
from junheng.web.jobs.works.kinds import WORK_KINDS

Json = dict[str, Any]
Tell = Callable[[Text, int, int], None]
OUT, INPUT = "out", "input"
FIGURES = "figures.json"
PROMISES = "promises.json"  # where earlier promises stand: the report prints it


def given(task: Json, *, is_draw: bool = False) -> Path:
    """The uploaded input under a name of our own, or the folder it unpacks to. Raises UserError."""
    source, folder = Path(task["source"]), Path(task["stage"]) / INPUT
    if source.is_dir():  # the demonstration's own input
        return source
    if source.suffix == ".zip":
        unpack(source, folder, is_draw=is_draw)
        require_inside(folder)
        return folder
    folder.mkdir(parents=True)
    return Path(shutil.copyfile(source, folder / f"上传-{source.stem[:12]}{source.suffix}"))


def look(task: Json, tell: Tell) -> Json:
    """Whether an upload can be read at all; with the library's own words where it cannot."""
    reads = Reads(task["reads"])
    path = given(task, is_draw=reads in WITH_DRAWS)
    if reads == Reads.PROBLEM:
        from junheng.web.jobs.plan_work import kind_in, problem_file

        problem = problem_file(path, task["problem"])
        return {"problem": problem.relative_to(path).as_posix(), "kind": kind_in(problem)}
    if reads in PRIVATE_READS:
        from junheng.web.jobs import private_work

        return private_work.look(task, path if path.is_dir() else path.parent)
    from junheng.data import read_input

    return {"years": list(read_input(path).years())}


def evaluate(task: Json, tell: Tell) -> Json:
    """Judge the input and write the finding with its documents to ``out``. Raises UserError, also for a foreign county."""
    from junheng.data import check_snapshot, read_input
    from junheng.indicators import load_catalogue
    from junheng.judgement import Question, assess_regions, write_findings
    from junheng.reports import write_documents

    tell(Text("读取数据", "reading the data"), 0, 5)
    snapshot = read_input(given(task))
    tell(Text("检查数据", "checking the data"), 1, 5)
    checked = check_snapshot(snapshot)
    tell(
        Text(
            f"判定（数据问题 {len(checked.problems)} 个）",
            f"judging ({len(checked.problems)} problems in the data)",
        ),
        2,
        5,
    )
    question = Question(task["standard"], task["year"])
    assessments = assess_regions(checked, question, catalogue=load_catalogue(()))
    require_county([county.code for one in assessments for county in one.counties], task["county"])
    tell(Text("写出结论", "writing the finding"), 3, 5)

    def documents(folder: Path) -> None:
        tell(Text("生成报告与附表", "making report and tables"), 4, 5)
        write_documents(folder, overwrite=False)

    write_findings(assessments, Path(task["stage"]) / OUT, command=["site"], documents=documents)
    return {"problems": len(checked.problems)}


def require_county(codes: list[str], county: str) -> None:
    """Raise UserError where an input holds another county than the one it was given for."""
    if codes != [county]:
        listed = "、".join(codes[:6]) or "—"
        raise UserError(
            Text(
                f"上传的数据不是本县的：县代码 {listed}",
                f"the data are not this county's: county code {listed}",
            ),
            why=Text("没有写出结论", "no finding was written"),
            fix=Text(f"请只上传县代码 {county} 的数据", f"give the data of county {county} alone"),
        )


def report(task: Json, tell: Tell) -> Json:
    """Make the documents of a copy of the finding anew, and keep them alone: the finding itself is never changed."""
    from junheng.reports import lint_report, write_documents

    out, copy = Path(task["stage"]) / OUT, Path(task["stage"]) / "finding"
    tell(Text("复制结论", "copying the finding"), 0, 3)
    shutil.copytree(task["finding"], copy)
    standing = Path(task["stage"]) / PROMISES
    if standing.exists():
        shutil.copyfile(standing, copy / PROMISES)
    before = {path.name: sha256_file(path) for path in copy.iterdir()}
    for name in ("report.docx", "tables.xlsx", "figures.json", "documents.json"):
        (copy / name).unlink(missing_ok=True)
    tell(Text("生成报告与附表", "making report and tables"), 1, 3)
    write_documents(copy, percent=task["percent"], digits=task["digits"])
    tell(Text("检查报告", "examining the report"), 2, 3)
    objections = [str(problem) for problem in lint_report(copy)]
    out.mkdir()
    for path in copy.iterdir():
        if sha256_file(path) != before.get(path.name) or path.name == "report.docx":
            path.rename(out / path.name)
    return {"objections": objections}


def verify(task: Json, tell: Tell) -> Json:
    """The finding computed again by the second mind; its documents and its own seal held against what was written."""
    from junheng.reports import check_documents
    from junheng.verification import verify_finding

    folder = Path(task["finding"])
    steps = iter(range(1, 1000))
    result = verify_finding(folder, given(task), announce=lambda words: tell(words, next(steps), 0))
    altered = [{"zh": line.zh, "en": line.en} for line in check_documents(folder)]
    if sha256_file(folder / "manifest.json") != task["sha256"]:
        altered.insert(
            0, {"zh": "结论的清单与入库时不同", "en": "the finding's manifest is not the one that was kept"}
        )
    difference = result.difference and {"zh": result.difference.zh, "en": result.difference.en}
    return {
        "ok": result.ok and not altered,
        "figures": result.figures,
        "cells": result.cells,
        "rows": result.school_stages,
        "rules": list(result.rules),
        "difference": difference,
        "altered": altered,
        "notes": [{"zh": note.zh, "en": note.en} for note in result.notes],
    }


def plan(task: Json, tell: Tell) -> Json:
    """A plan or forecast with its papers, as its command writes it, to ``out``."""
    from junheng.web.jobs.plan_work import make_plan, problem_file

    folder = given(task)
    problem = problem_file(folder, task["problem"])
    return make_plan(problem, Path(task["stage"]) / OUT, task["seconds"], tell)


def compare(task: Json, tell: Tell) -> Json:
    """Earlier plans side by side, to ``out``."""
    from junheng.web.jobs import plan_work

    return plan_work.compare(task, tell)


def check(task: Json, tell: Tell) -> Json:
    """A kept plan held against itself by the second mind."""
    from junheng.web.jobs import plan_work

    return plan_work.check(task, tell)


def private(task: Json, tell: Tell) -> Json:
    """A draw, a rehearsal or a class formation, its papers to ``out``."""
    from junheng.web.jobs import private_work

    work = {"draw": private_work.draw, "rehearse": private_work.rehearse, "classes": private_work.classes}
    tell(Text("展开上传的文件", "unpacking what was uploaded"), 0, 0)
    path = given(task, is_draw=task["work"] != "rehearse")
    folder = path if path.is_dir() else path.parent
    return work[task["work"]](task, folder, Path(task["stage"]) / OUT, tell)


def source(task: Json, tell: Tell) -> Json:
    """What a large source says of schools, to ``out``; no person of a register is in it."""
    from junheng.web.sources.figures import read_figures, write_figures

    out = Path(task["stage"]) / OUT
    out.mkdir()
    tell(Text("读取并汇总", "reading and counting"), 0, 1)
    sent = Path(task["source"])
    path = Path(shutil.copyfile(sent, Path(task["stage"]) / f"{task['year']}{sent.suffix}"))
    figures = read_figures(path, task["name"], task["kind"], task["year"], task["mapping"])
    write_figures(figures, out / FIGURES)
    return {"figures": sum(len(said) for said in figures.values())}


WORK: Mapping[str, Callable[[Json, Tell], Json]] = {
    "look": look, "evaluate": evaluate, "report": report, "verify": verify, "plan": plan, "compare": compare,
    "check": check, "draw": private, "rehearse": private, "classes": private, "source": source,
    "books": write_books, **dict.fromkeys(WORK_KINDS, do),
}  # fmt: skip

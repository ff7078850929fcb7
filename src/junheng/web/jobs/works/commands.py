"""The words of the commands that do a work; those that make one thing of many lie in commands_reports.py."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.web.jobs.draw_folder import about_draw, draw_folder, program_notes
from junheng.web.jobs.works.commands_reports import REPORT_COMMANDS
from junheng.web.jobs.works.given import GIVEN, OUT, Arguments, Given

REGISTER = "承诺台账.xlsx"
REMARKS = "remarks.json"
FIGURES_FORM = "补充数据样表.xlsx"
DRAWN, PUBLIC = "抽中学校.xlsx", "public"
_INSPECTION = "-INSPECT"
_ANNOTATED = "批注.docx"


def _sizes(given: Given) -> Iterator[Arguments]:
    chosen = given.options(standard=given.told("standard"), year=given.told("year"))
    yield ["sizes", given.data(), f"--out={OUT}", *chosen]


def _lint(given: Given) -> Iterator[Arguments]:
    (given.stage / OUT).mkdir()
    book = given.part("book")
    annotated = [f"--annotate={OUT}/{_ANNOTATED}"] if book.lower().endswith(".docx") else []
    yield ["lint", book, f"--out={OUT}/{REMARKS}", *annotated]


def _funds(given: Given) -> Iterator[Arguments]:
    chosen = given.options(
        year=given.told("budget_year"), pupils_of=given.told("pupils_of"), on=given.told("on"),
        payments=given.part("payments"), overlay=given.part("overlay"), region=given.told("region"),
    )  # fmt: skip
    yield ["funds", given.data(), f"--out={OUT}", *chosen]


def _ledger(given: Given) -> Iterator[Arguments]:
    chosen = given.options(ledger=given.told("ledger"), on=given.told("on"), year=given.told("year"))
    yield ["ledger", "read", given.part("book"), f"--schools={given.data()}", f"--out={OUT}", *chosen]


def _aid(given: Given) -> Iterator[Arguments]:
    chosen = given.options(on=given.told("on"), overlay=given.part("overlay"), region=given.told("region"))
    yield ["aid", given.part("book"), f"--out={OUT}", *chosen]


def _score(given: Given) -> Iterator[Arguments]:
    chosen = given.options(on=given.told("on"), overlay=given.part("overlay"), region=given.told("region"))
    yield ["score", given.told("system"), given.part("book"), f"--out={OUT}", *chosen]


def _survey_plan(given: Given) -> Iterator[Arguments]:
    names = ("standard", "year", "residents")
    yield [
        "survey",
        "plan",
        given.data(),
        f"--out={OUT}",
        *given.options(**{name: given.told(name) for name in names}),
    ]


def _survey(given: Given) -> Iterator[Arguments]:
    shutil.copytree(given.told("plan_folder"), given.stage / "plan")
    yield ["survey", "read", "plan", given.part("book"), f"--out={OUT}"]


def _timetable(given: Given) -> Iterator[Arguments]:
    chosen = given.options(year=given.told("year"), curriculum=given.part("curriculum"))
    yield ["timetable", given.part("book"), f"--schools={given.data()}", f"--out={OUT}", *chosen]


def _promises(given: Given) -> Iterator[Arguments]:
    (given.stage / OUT).mkdir()
    register, finding = given.stage / OUT / REGISTER, given.stage / "finding"
    if book := given.part("book"):
        shutil.copyfile(given.stage / book, register)
    if report := given.part("report"):
        named = [f"--prefix={given.told('prefix')}", f"--name={Path(report).stem}"]
        yield ["promises", "collect", report, f"--register={OUT}/{REGISTER}", *named]
    shutil.copytree(given.told("finding"), finding)
    chosen = given.options(on=given.told("on"))
    yield ["promises", "check", f"{OUT}/{REGISTER}", "finding", f"--out={OUT}/{REGISTER}", *chosen]
    for name in ("promises.json", "report.docx"):
        if (finding / name).is_file():
            shutil.move(finding / name, given.stage / OUT / name)


def _enrolment(given: Given) -> Iterator[Arguments]:
    yield ["enrolment", "match", given.part("book"), f"--out={OUT}", f"--on={given.told('day')}"]


def _groups(given: Given) -> Iterator[Arguments]:
    chosen = given.options(on=given.told("on"), rules=given.part("rules"))
    yield ["enrolment", "report", given.part("book"), f"--out={OUT}", *chosen]


def _norms(given: Given) -> Iterator[Arguments]:
    chosen = given.options(
        standard=_norm(given), overlay=given.part("overlay"), book=given.part("book"), year=given.told("year"),
        on=given.told("on"),
    )  # fmt: skip
    yield ["school-standard", "judge", given.data(), f"--out={OUT}", *chosen]


def _norm(given: Given) -> str:
    return given.part("norm_file") or given.told("norm")


def _own_rules(given: Given) -> Arguments:
    return given.options(standard=given.part("norm_file"), overlay=given.part("overlay"))


def _norms_verified(given: Given) -> Arguments:
    return ["verify", OUT, f"--input={given.data()}", *_own_rules(given)]


def _figures_form(given: Given) -> Iterator[Arguments]:
    """The empty book of further figures with the county's schools, where the standard asks for any and none was given."""
    told = json.loads((given.stage / OUT / "school_standard.json").read_bytes())
    if told["standard"]["figures"] and not given.part("book"):
        chosen = given.options(schools=given.data(), year=given.told("year"), overlay=given.part("overlay"))
        yield ["school-standard", "template", _norm(given), f"--out={OUT}/{FIGURES_FORM}", *chosen]


def _visits(given: Given) -> Iterator[Arguments]:
    chosen = given.options(**{name: given.told(name) for name in ("number", "standard", "year")})
    rehearsal = ["--rehearsal"] if given.told("rehearsal") else []
    yield ["survey", "schools", given.data(), f"--out={OUT}", *chosen, *rehearsal]


def _drawn(given: Given) -> Iterator[Arguments]:
    """Decided where it was not yet, listed, and published into a folder that the verifier is given."""
    place = draw_of(given)
    (given.stage / OUT).mkdir()
    draw = f"./{place.relative_to(given.stage)}"
    if not (place / "result").is_dir():
        yield ["draw", "seed", draw]
        yield ["draw", "run", draw]
    yield ["survey", "drawn", f"./{place.parent.relative_to(given.stage)}", f"--out={OUT}/{DRAWN}"]
    yield ["draw", "publish", draw, f"--out={OUT}/{PUBLIC}"]


def draw_of(given: Given) -> Path:
    """The draw among what was given; programs that came with it are taken away. Raises UserError for another draw."""
    root = given.stage / GIVEN
    place = draw_folder(root)
    if not (place.parent / "rules.yaml").is_file() or not about_draw(place)["draw_id"].endswith(_INSPECTION):
        raise UserError(
            Text("这不是实地学校的抽签文件夹", "this is no folder of a draw of schools to be visited"),
            why=Text("没有抽签，也没有写出名单", "nothing was drawn or listed"),
            fix=Text(
                "请压缩“实地学校抽取”给的整个文件夹", "pack the whole folder that “Schools to visit” gave"
            ),
        )
    program_notes(place, root)
    return place


COMMANDS: Mapping[str, Callable[[Given], Iterator[Arguments]]] = {
    "sizes": _sizes, "lint": _lint, "funds": _funds, "ledger": _ledger, "aid": _aid, "score": _score,
    "surveyplan": _survey_plan, "survey": _survey, "timetable": _timetable, "promises": _promises,
    "enrolment": _enrolment, "groups": _groups, "norms": _norms, "visits": _visits, "drawn": _drawn, **REPORT_COMMANDS,
}  # fmt: skip
VERIFIED: Mapping[str, Callable[[Given], Arguments]] = {
    "norms": _norms_verified,
    "drawn": lambda _: ["draw", "verify", f"{OUT}/{PUBLIC}"],
}
"""How a work is worked out again where that needs more than its result."""

LATER: Mapping[str, Callable[[Given], Iterator[Arguments]]] = {"norms": _figures_form}
"""What is written beside a result once it was worked out again."""

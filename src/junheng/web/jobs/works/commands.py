"""What a work was given, and the words of the commands that do it: every path lies in the folder they run in."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.web.jobs.unpack import require_inside, unpack

Json = dict[str, Any]
Arguments = list[str]
OUT, GIVEN, DATA = "out", "上传", "本县数据"
REGISTER = "承诺台账.xlsx"
REMARKS = "remarks.json"
_ANNOTATED = "批注.docx"


class Given:
    """What one work was given, as words of a command: every path lies in the folder it runs in."""

    def __init__(self, task: Json, stage: Path) -> None:
        self._task, self.stage = task, stage
        if source := task.get("source"):
            unpack(Path(source), stage / GIVEN, is_draw=True)
            require_inside(stage / GIVEN)
        if data := task.get("data"):
            _fetch(Path(data), stage / DATA)

    def part(self, name: str) -> str:
        """Where a part lies: its only file, or the folder of them. "" where it was not given."""
        place = self.stage / GIVEN / name
        found = sorted(place.rglob("*")) if place.is_dir() else []
        files = [path for path in found if path.is_file()]
        if not files:
            return ""
        folders = {path.parent for path in files}
        chosen = files[0] if len(files) == 1 else folders.pop() if len(folders) == 1 else place
        return f"./{chosen.relative_to(self.stage)}"

    def data(self) -> str:
        """The county's schools: what was uploaded for this work alone, else what stands on the site."""
        return self.part("data") or f"./{DATA}"

    def told(self, name: str) -> str:
        """A choice of the form, "" where none was made."""
        value = self._task.get(name)
        return "" if value is None else str(value)

    def options(self, **named: str) -> Arguments:
        """``--option=value`` for every one that has a value; underscores read as dashes."""
        return [f"--{name.replace('_', '-')}={value}" for name, value in named.items() if value]


def _fetch(data: Path, place: Path) -> None:
    """The county's data from where the site keeps them, under a name that tells no place of this machine."""
    if data.is_dir():
        shutil.copytree(data, place)
    elif data.suffix == ".zip":
        unpack(data, place)
    else:
        place.mkdir()
        shutil.copyfile(data, place / f"{DATA}{data.suffix}")


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


COMMANDS: Mapping[str, Callable[[Given], Iterator[Arguments]]] = {
    "sizes": _sizes, "lint": _lint, "funds": _funds, "ledger": _ledger, "aid": _aid, "score": _score,
    "surveyplan": _survey_plan, "survey": _survey, "timetable": _timetable, "promises": _promises,
    "enrolment": _enrolment,
}  # fmt: skip

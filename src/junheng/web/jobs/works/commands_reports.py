"""The commands that write: a report composed of results, the form of application of a finding."""

import shutil
from collections.abc import Callable, Iterator, Mapping

from junheng.web.jobs.works.given import OUT, Arguments, Given

REPORT = "报告.docx"
APPLICATION = ("申报表.docx", "佐证材料清单.xlsx", "申报表.json")
_FINDING = "结论"


def _compose(given: Given) -> Iterator[Arguments]:
    """Written, and every figure of it opened again in the results it came from."""
    (given.stage / OUT).mkdir()
    finding = _copied(given)
    for name, place in given.results().items():
        shutil.copytree(place, given.stage / name)
    sources = [finding, *(f"./{name}" for name in given.results())]
    data = given.options(data=given.part("told"))
    chosen = given.options(**{name: given.told(name) for name in ("owner", "percent", "digits")})
    yield ["compose", given.told("shape"), *sources, f"--out={OUT}/{REPORT}", *data, *chosen]
    yield ["compose", "check", f"{OUT}/{REPORT}", *sources, *data]


def _apply(given: Given) -> Iterator[Arguments]:
    """A copy of the finding takes the form; the finding itself is never changed."""
    (given.stage / OUT).mkdir()
    finding = given.stage / _copied(given)
    yield ["report", f"./{_FINDING}", "--form=application", "--overwrite"]
    for name in APPLICATION:
        shutil.move(finding / name, given.stage / OUT / name)


def _copied(given: Given) -> str:
    shutil.copytree(given.told("finding"), given.stage / _FINDING)
    return f"./{_FINDING}"


REPORT_COMMANDS: Mapping[str, Callable[[Given], Iterator[Arguments]]] = {
    "compose": _compose,
    "apply": _apply,
}

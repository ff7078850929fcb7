"""Judging all counties of one input at once, as a province or a city does."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

from django.conf import settings

from junheng.basics import Text, UserError
from junheng.data import check_snapshot, read_input
from junheng.indicators import load_catalogue
from junheng.judgement import Assessment, Question, assess_regions, write_findings
from junheng.web.findings.actions import Asked, keep
from junheng.web.findings.inputs import copied, keep_input
from junheng.web.findings.models import Finding
from junheng.web.people.models import Account, Organisation
from junheng.web.people.queries import counties_of_codes

_NAMED = 8  # codes listed in a refusal
Tell = Callable[[Text], None]


def evaluate_all(
    actor: Account | None, asked: Asked, tell: Tell, *, has_documents: bool = True
) -> Iterator[Finding]:
    """Judge every county of the input in one pass; each finding is kept, and given, in a transaction of its own.

    Nothing is kept unless every county of the input stands in the tree with that code in that year. Run again, newer
    findings take the place of those kept. The input is kept once for all of them. Raises UserError as the library does,
    and for a county the tree has not.
    """
    tell(Text("读取并检查数据", "reading and checking the data"))
    with copied(asked.source) as copy:
        checked = check_snapshot(read_input(copy))  # what is kept is what was judged
        tell(Text("判定", "judging"))
        question = Question(asked.standard, asked.year)
        assessments = assess_regions(checked, question, catalogue=load_catalogue(()))
        counties = _counties([county.code for one in assessments for county in one.counties], asked.year)
        keep_input(copy, [one.sha256 for one in checked.snapshot.inputs])
    tell(Text(f"写出 {len(counties)} 个县的结论", f"writing the findings of {len(counties)} counties"))
    with _stage() as stage:
        for county, written in zip(counties, _written(assessments, stage, has_documents), strict=True):
            yield _kept(actor, county, written, asked.year)


def _counties(codes: Sequence[str], year: int) -> list[Organisation]:
    """The counties with ``codes`` in ``year``, in that order."""
    known = counties_of_codes(codes, year)
    strange = [code for code in codes if code not in known]
    if strange:
        listed = "、".join(strange[:_NAMED])
        raise UserError(
            Text(
                f"机构库里没有这些县代码（{year} 年）：{listed}，共 {len(strange)} 个",
                f"no county has these codes in {year}: {listed}; {len(strange)} in all",
            ),
            why=Text("没有写出任何结论", "no finding was written"),
            fix=Text(
                "先在“机构”页登记或导入这些县", "enter or import these counties on the page Places first"
            ),
        )
    return [known[code] for code in codes]


@contextmanager
def _stage() -> Iterator[Path]:
    """A folder beside the findings, so that each moves to its place in one step; gone at the end."""
    home = Path(settings.HOME) / "findings"
    home.mkdir(exist_ok=True)
    stage = Path(mkdtemp(prefix="stage-", dir=home))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _written(assessments: Sequence[Assessment], stage: Path, has_documents: bool) -> Sequence[Path]:
    def documents(folder: Path) -> None:
        from junheng.reports import write_documents

        if has_documents:
            write_documents(folder, overwrite=False)

    return write_findings(assessments, stage / "out", command=["site"], documents=documents)


def _kept(actor: Account | None, county: Organisation, written: Path, year: int) -> Finding:
    folder = written.rename(Path(settings.HOME) / "findings" / f"{county.pk}-{year}-{uuid4().hex[:12]}")
    try:
        return keep(actor, county, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # a finding nobody knows of is none
        raise

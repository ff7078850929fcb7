"""The book of further figures: one row a school, one column a figure that the reported data lack."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

from junheng.basics import Text
from junheng.data.books import Book, Fault, Form, Heading, Record, load_forms, read_book
from junheng.standards.school_standards import SchoolStandard

TABLE = "figures"


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """One figure of one school, and its cell."""

    value: Fraction
    where: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What the book gives by (school, figure); nothing where there is no book."""

    held: Mapping[tuple[str, str], ReportedFigure]
    faults: tuple[Fault, ...] = ()
    file: str = ""
    sha256: str = ""


NO_FIGURES = Figures({})


def figure_forms(standard: SchoolStandard) -> Mapping[str, Form]:
    """The one sheet of the standard's book: the school, then a column for each of its figures."""
    form = load_forms(Path(str(files("junheng.judgement.school_standards") / "forms.csv")))[TABLE]
    own = {
        one.id: Heading(
            one.id, Text(f"{one.name.zh}（{one.unit.zh}）", f"{one.name.en} ({one.unit.en})"),
            (one.name.zh, one.name.en), False, "number", {}, "", one.name,
        )
        for one in standard.figures
    }  # fmt: skip
    return {TABLE: replace(form, headings={**form.headings, **own})}


def read_figures(path: Path, standard: SchoolStandard, schools: Collection[str]) -> Figures:
    """The figures of the book at ``path``. Raises UserError for a file that is no such book.

    A school given twice, one that is not of the county, and a negative number are faults and left out.
    """
    return figures_of(read_book(path, figure_forms(standard)), standard, schools)


def figures_of(book: Book, standard: SchoolStandard, schools: Collection[str]) -> Figures:
    """What ``book`` says of ``schools``."""
    faults, held = list(book.faults), dict[tuple[str, str], ReportedFigure]()
    rows: dict[str, list[Record]] = {}
    for row in book.rows(TABLE):
        if row.cell("school_id"):
            rows.setdefault(row.cell("school_id"), []).append(row)
    for school, found in rows.items():
        if school not in schools:
            faults.append(_unknown(found[0]))
        elif len(found) > 1:
            faults.append(_doubled(found))
        else:
            for figure in standard.figures:
                _take(found[0], school, figure.id, held, faults)
    return Figures(held, tuple(faults), book.file, book.sha256)


def _take(
    row: Record, school: str, figure: str, held: dict[tuple[str, str], ReportedFigure], faults: list[Fault]
) -> None:
    text = row.cell(figure)
    if text and Fraction(text) < 0:
        what = Text(f"{figure} 为负数 {text}", f"{figure} is negative: {text}")
        fix = Text("请核对", "look again")
        faults.append(Fault(f"figures.{figure}.negative", row.at(figure), what, fix))
    elif text:
        held[school, figure] = ReportedFigure(Fraction(text), str(row.at(figure)))


def _unknown(row: Record) -> Fault:
    school = row.cell("school_id")
    return Fault(
        "figures.school_id.unknown",
        row.at("school_id"),
        Text(f"填报数据中没有本县学校 {school}", f"no school {school} of this county in the data"),
        Text("请核对学校标识码和年份", "check the code and the year"),
    )


def _doubled(rows: list[Record]) -> Fault:
    places = "、".join(str(row.at("school_id")) for row in rows)
    school = rows[0].cell("school_id")
    return Fault(
        "figures.school_id.doubled",
        rows[1].at("school_id"),
        Text(
            f"学校 {school} 有{len(rows)}行（{places}），都没有采用",
            f"{school} has {len(rows)} rows; none is used",
        ),
        Text("每所学校一行", "one row a school"),
    )

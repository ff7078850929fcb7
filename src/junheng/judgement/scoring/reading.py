"""The scorers' book: headings by dictionary, rounds, ratings and items as the index system names them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from junheng.basics import Text, nearest, value_key
from junheng.data.books import (
    Book,
    Fault,
    Form,
    Heading,
    Place,
    Record,
    book_given,
    load_forms,
    read_book,
)
from junheng.data.books import Row as GivenRow
from junheng.judgement.scoring.problem import TABLES, Problem, Row
from junheng.standards.scoring import IndexSystem

ITEMS_SHEET = "指标一览"  # of the template: for looking up, never read
_DICTIONARY = Path(__file__).parent / "headings.csv"


@dataclass(frozen=True, slots=True)
class ReadBook:
    """The problem, the faults of its cells, and the file's fingerprint."""

    problem: Problem
    faults: tuple[Fault, ...]
    file: str
    sha256: str


def score_forms(system: IndexSystem) -> Mapping[str, Form]:
    """The sheets of a book for ``system``: its rounds, scale, vetoes and roles are the only values taken."""
    rounds = {entry.id: entry.name.zh for entry in system.rounds}
    scale = {entry.id: entry.name.zh for entry in system.scale}
    vetoes = {entry.id: entry.name.zh for entry in system.vetoes}
    roles = {role.zh: role.zh for entry in system.rounds for role in entry.signers}
    values = {"round": rounds, "rating": scale, "veto": vetoes, "role": roles}
    return {name: _with_values(form, values) for name, form in load_forms(_DICTIONARY).items()}


def _with_values(form: Form, values: Mapping[str, Mapping[str, str]]) -> Form:
    headings: dict[str, Heading] = {}
    for name, heading in form.headings.items():
        known = values.get(name, {})
        example = next(iter(known.values()), heading.example)
        headings[name] = replace(heading, values=known, example=example) if known else heading
    return replace(form, headings=headings)


def read_scores(path: Path, system: IndexSystem, on: date) -> ReadBook:
    """The book at ``path``. Raises UserError where it cannot be read or lacks a required sheet or heading.

    A cell outside its values is a fault and counts as blank: a rating outside its scale leaves its item unscored.
    """
    return _read(read_book(path, score_forms(system)), system, on)


def given_scores(
    name: str, system: IndexSystem, tables: Mapping[str, Sequence[GivenRow]], on: date
) -> ReadBook:
    """Rows another program holds, by table and column, read as the book called ``name`` would be."""
    return _read(book_given(name, score_forms(system), tables), system, on)


def _read(book: Book, system: IndexSystem, on: date) -> ReadBook:
    faults = list(book.faults)
    tables = {name: [_row(record) for record in book.rows(name)] for name in TABLES}
    for name in ("scores", "appeals"):
        faults += [
            fault for record in book.rows(name) if (fault := _unknown_item(record, system)) is not None
        ]
    problem = Problem(system=system, on=on, **tables)
    faults += [*_strange_sheets(book), *_strange_subjects(book, problem.subjects()), *_two_names(book)]
    return ReadBook(problem, tuple(faults), book.file, book.sha256)


def _strange_sheets(book: Book) -> Iterator[Fault]:
    """Sheets that were not read: one misspelt would else be lost in silence."""
    for title in book.titles:
        if title != ITEMS_SHEET:
            what = Text(f"工作表“{title}”没有读", f"the sheet {title} was not read")
            yield Fault("book.sheet", Place(book.file, title), what, Text("请核对表名", "check its name"))


def _strange_subjects(book: Book, subjects: list[str]) -> Iterator[Fault]:
    """Vetoes, appeals and signatures of somebody who is not scored."""
    for table in ("vetoes", "appeals", "sign_off"):
        for record in book.rows(table):
            code = record.cell("subject")
            if code and code not in subjects:
                what = Text(f"对象 {code} 不在评分表中", f"{code} is not among those scored")
                yield Fault(
                    "subject.unknown", record.at("subject"), what, Text("请核对代码", "check the code")
                )


def _two_names(book: Book) -> Iterator[Fault]:
    """One code under two names: one of them is wrong."""
    known: dict[str, str] = {}
    for record in (*book.rows("listed"), *book.rows("scores"), *book.rows("targets")):
        code, name = record.cell("subject"), record.cell("name")
        if code and name and known.setdefault(code, name) != name:
            what = Text(
                f"{code} 又叫“{name}”，前面是“{known[code]}”",
                f"{code} is also {name}, before it was {known[code]}",
            )
            yield Fault(
                "subject.names", record.at("name"), what, Text("请核对代码和名称", "check code and name")
            )


def _row(record: Record) -> Row:
    return Row(str(record.place), dict(record.cells))


def _unknown_item(record: Record, system: IndexSystem) -> Fault | None:
    name = record.cell("item")
    if not name or system.item(name) is not None:
        return None
    ids = {value_key(item.id): item.id for item in system.items()}
    near = nearest(name, list(ids.values()))
    fix = Text(f"最接近的是 {near}", f"the nearest is {near}") if near else _listed(system)
    what = Text(f"指标体系中没有“{name}”", f"the index system has no item {name}")
    return Fault("scores.item.unknown", record.at("item"), what, fix)


def _listed(system: IndexSystem) -> Text:
    return Text(
        f"请用 junheng score show {system.id} 查编号", f"see the ids by junheng score show {system.id}"
    )

"""Empty problems: every heading is one that the reader knows; filled in, they are read as the example is."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from junheng.basics import Text, UserError
from junheng.planning import KINDS, kind_of
from junheng.planning.gathered import Gathered
from junheng.planning.plain_yaml import read_plain_mapping
from junheng.planning.problem_forms import FORMS, PROBLEM, write_problem_form
from junheng.planning.sheet_records import read_records
from junheng.planning.sheet_titles import tables_of

EXAMPLES = Path(__file__).parents[3] / "examples" / "plans"
PLANNING = Path(__file__).parents[3] / "src" / "junheng" / "planning"
_FOUND_ELSEWHERE = {"staff": PLANNING / "staff" / "reading" / "columns.yaml"}


def library(kind: str) -> Path:
    """The columns that the reader of a kind knows."""
    return _FOUND_ELSEWHERE.get(kind, PLANNING / kind / "library" / "columns.yaml")


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind != "rotate"])
def test_the_reader_knows_every_sheet_and_heading(tmp_path: Path, kind: str) -> None:
    written = write_problem_form(kind, tmp_path)
    tables = tables_of(read_plain_mapping(library(kind), Text("", "")))
    faults = Gathered("plan.md")
    found = read_records([path for path in written if path.suffix == ".xlsx"], tables, faults)
    assert faults.found == []
    assert set(found) == set(tables)


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_left_to_fill_in_is_named(tmp_path: Path, kind: str) -> None:
    write_problem_form(kind, tmp_path)
    with pytest.raises(UserError) as caught:
        kind_of(kind).read_problem(tmp_path / PROBLEM)
    told = " ".join(str(line) for line in caught.value.lines())
    assert PROBLEM in told
    assert "不认识" not in told


def test_an_itinerant_problem_filled_in_is_the_example(tmp_path: Path) -> None:
    """Rows copied under the template's headings freeze to the very tables of the example."""
    write_problem_form("itinerant", tmp_path)
    source, book = (
        load_workbook(EXAMPLES / "itinerant" / "走教.xlsx"),
        load_workbook(tmp_path / "tables.xlsx"),
    )
    for name in source.sheetnames:
        if name not in book.sheetnames:
            continue
        rows = list(source[name].iter_rows(values_only=True))
        head = next(at for at, row in enumerate(rows) if row[0] == book[name]["A1"].value)
        columns = tables_of(read_plain_mapping(library("itinerant"), Text("", "")))[name]["columns"]
        places = {
            word: at
            for at, column in enumerate(columns, start=1)
            for word in (column["zh"], *column["aliases"])
        }
        for number, row in enumerate(rows[head + 1 :], start=2):
            for heading, value in zip(rows[head], row, strict=True):
                if heading in places:
                    book[name].cell(number, places[heading], value)
    book.save(tmp_path / "tables.xlsx")
    text = (EXAMPLES / "itinerant" / PROBLEM).read_text("utf-8").replace("走教.xlsx", "tables.xlsx")
    (tmp_path / PROBLEM).write_text(text, encoding="utf-8")
    wanted = kind_of("itinerant").read_problem(EXAMPLES / "itinerant" / PROBLEM)
    found = kind_of("itinerant").read_problem(tmp_path / PROBLEM)
    assert {key: found[key] for key in wanted if key != "inputs"} == {
        key: wanted[key] for key in wanted if key != "inputs"
    }


def test_another_kind_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="merge"):
        write_problem_form("merges", tmp_path)
    assert set(FORMS) < set(KINDS)

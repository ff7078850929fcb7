"""Officers' books: sheets and headings by a small dictionary, rows with their places, faults by place."""

from junheng.data.books.cell import LARGEST_EXACT, as_typed, has_lost_digits, listed, parse_day, text_of
from junheng.data.books.faults import CALCULATE, NOT_CALCULATED, Fault, FaultGroup, group_faults, refused
from junheng.data.books.form import Form, Heading, load_forms
from junheng.data.books.given import Row, book_given
from junheng.data.books.headed import (
    REMARK,
    SEARCHED_ROWS,
    Headed,
    Record,
    find_headings,
    find_sheet,
    without_brackets,
)
from junheng.data.books.kinds import canonical, wanted, yes_or_no
from junheng.data.books.place import Place
from junheng.data.books.records import Book, checked, files_in, read_book, read_records

__all__ = [
    "CALCULATE",
    "LARGEST_EXACT",
    "NOT_CALCULATED",
    "REMARK",
    "SEARCHED_ROWS",
    "Book",
    "Fault",
    "FaultGroup",
    "Form",
    "Headed",
    "Heading",
    "Place",
    "Record",
    "Row",
    "as_typed",
    "book_given",
    "canonical",
    "checked",
    "files_in",
    "find_headings",
    "find_sheet",
    "group_faults",
    "has_lost_digits",
    "listed",
    "load_forms",
    "parse_day",
    "read_book",
    "read_records",
    "refused",
    "text_of",
    "wanted",
    "without_brackets",
    "yes_or_no",
]

"""Officers' books of answers and scores: sheets and headings by a small dictionary, faults by place."""

from junheng.judgement.books.faults import Fault, FaultGroup, Place, group_faults, refused
from junheng.judgement.books.form import Form, Heading, load_forms
from junheng.judgement.books.records import Book, Record, read_book

__all__ = [
    "Book",
    "Fault",
    "FaultGroup",
    "Form",
    "Heading",
    "Place",
    "Record",
    "group_faults",
    "load_forms",
    "read_book",
    "refused",
]

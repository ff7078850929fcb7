"""Checks of one child's cells: filled in, readable, the document number in accord with birth and sex."""

import re
from collections.abc import Iterator

from junheng.admissions.applications.faults import Fault
from junheng.admissions.applications.form import Child, column_words
from junheng.admissions.applications.rule import IntakeRule
from junheng.admissions.applications.vocabulary import Value, find_value, values
from junheng.basics import heading_key, is_identity_number, nearest
from junheng.data.books import parse_day

_MOBILE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")


def cell_faults(child: Child, rule: IntakeRule) -> Iterator[Fault]:
    """Everything wrong with the cells of one application, wishes apart."""
    for column in rule.required:
        if not child.cell(column):
            yield _fault("blank_required", child, column, expected=column_words((column, 0)))
    yield from _document(child)
    yield from _listed(child, rule)
    yield from _phone(child)
    yield from _entry(child, rule)


def _fault(cause: str, child: Child, column: str, *, expected: str = "", other: str = "") -> Fault:
    return Fault(cause, child.at(column), child.cell(column), expected, other, (child.number,))


def _document(child: Child) -> Iterator[Fault]:
    """Kind and number of the document; a kind left blank passes as an identity card if the number is one."""
    word, number = child.cell("id_kind"), child.number
    kind = find_value("id_kind", word) if word else values("id_kind")["id_card"]
    if kind is None:
        yield _fault("value_unknown", child, "id_kind", expected=column_words(("id_kind", 0)))
        return
    if not number:
        return
    if not re.fullmatch(kind.pattern, number):
        yield _fault("number_form", child, "id_number", expected=kind.name.zh)
    elif kind.is_gb11643 and not is_identity_number(number):
        yield _fault("check_digit", child, "id_number")
    elif kind.is_gb11643:
        yield from _in_accord(child, number)


def _in_accord(child: Child, number: str) -> Iterator[Fault]:
    """Digits 7–14 of an identity number are the birth date, the 17th is odd for a boy (GB 11643)."""
    inside = parse_day(number[6:14])
    if inside is None:
        yield _fault("number_form", child, "id_number", expected="有效出生日期")
    elif child.birth_date is not None and child.birth_date != inside:
        yield _fault("birth_differs", child, "birth_date", expected=inside.isoformat())
    sex = find_value("sex", child.cell("sex"))
    expected: Value = values("sex")["1" if int(number[16]) % 2 else "2"]
    if sex is not None and sex.code != expected.code:
        yield _fault("sex_differs", child, "sex", expected=expected.name.zh)


def _listed(child: Child, rule: IntakeRule) -> Iterator[Fault]:
    sex = child.cell("sex")
    if sex and find_value("sex", sex) is None:
        yield _fault("value_unknown", child, "sex", expected=column_words(("sex", 0)))
    residence = child.cell("residence")
    if residence and rule.residences and rule.find_residence(residence) is None:
        near = nearest(residence, [entry.name for entry in rule.residences])
        hint = f"（最接近的是“{near}” nearest）" if near else ""
        yield _fault("value_unknown", child, "residence", expected=column_words(("residence", 0)) + hint)
    if child.cell("birth_date") and child.birth_date is None:
        yield _fault("date_unreadable", child, "birth_date")


def _phone(child: Child) -> Iterator[Fault]:
    phone = child.cell("phone")
    if phone and not _MOBILE.fullmatch(phone):
        yield _fault("phone_form", child, "phone")


def _entry(child: Child, rule: IntakeRule) -> Iterator[Fault]:
    """Whether the child belongs to this intake, by date of birth and by present grade."""
    born, span = child.birth_date, rule.birth
    if born is not None and span is not None and not span.first <= born <= span.last:
        yield _fault("born_outside", child, "birth_date", expected=f"{span.first} – {span.last}")
    grade, expected = child.cell("grade"), rule.grade
    if grade and expected is not None:
        known = {heading_key(word) for word in (expected.name, *expected.aliases)}
        if heading_key(grade) not in known:
            yield _fault("grade_differs", child, "grade", expected=expected.name)

"""One row of the roll as a child: cells understood by kind; what cannot be is a fault, never a guess."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from junheng.basics import is_identity_number
from junheng.class_formation.group import BOY, GIRL
from junheng.class_formation.intake.columns import Column, load_columns
from junheng.class_formation.intake.faults import Fault
from junheng.data.books import Headed, Record, has_lost_digits, listed

_IDENTITY_LENGTH, _SEX_DIGIT = 18, 16  # GB 11643: the 17th digit is odd for a boy
_UNKNOWN = 0


@dataclass(slots=True)
class Child:
    """A child as listed. ``labels``: together, twins, apart as written; ``marks`` in the declared unit."""

    row: Record
    school: str = ""
    grade: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    sex: int = _UNKNOWN
    special: int = 0
    marks: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def home(self) -> tuple[str, str]:
        """School and grade."""
        return self.school, self.grade

    def at(self, name: str) -> str:
        """A cell of the child's row as messages name it."""
        return str(self.row.at(name))

    @property
    def number(self) -> str:
        """The document number in capitals, without spaces."""
        return self.texts.get("id_number", "").replace(" ", "").upper()


def read_children(
    headed: Headed, school: str, grade: str, unit: Fraction, faults: list[Fault]
) -> Iterator[Child]:
    """The children of a sheet; faults are added to ``faults``. ``school``, ``grade``: where the sheet names none."""
    for row in headed.records():
        child = Child(row, school, grade)
        _Reader(child, unit, faults).read(headed)
        yield child


class _Reader:
    def __init__(self, child: Child, unit: Fraction, faults: list[Fault]) -> None:
        self.child, self.unit, self.faults = child, unit, faults
        self.columns = load_columns()

    def read(self, headed: Headed) -> None:
        """Every known cell of the row, then what several cells say together."""
        row = self.child.row
        for name in headed.columns:
            column = self.columns.named(name)
            if name in row.broken:
                self._fault("broken", name)
            elif has_lost_digits(headed.typed(row, name)):
                self._fault("lost_digits", name)
            elif text := row.cell(name):
                self._cell(column, text)
            elif column.needed:
                self._fault("blank", name)
        for name in ("school", "grade"):
            if not getattr(self.child, name):
                told = (
                    "" if name in headed.columns else f"没有“{self.columns.roll[name].title.zh}”列 no column"
                )
                self._fault("blank", name, told)
        self._identity()

    def _cell(self, column: Column, text: str) -> None:
        if column.kind == "mark":
            self._mark(column.name, text)
        elif column.kind == "sex":
            self._sex(text)
        elif column.kind in ("label", "labels"):
            self._label(column, text)
        elif column.kind in ("special", "flag"):
            self._yes_or_no(column.name, text)
        elif column.kind == "number":
            self._order(column.name, text)
        elif column.name in ("school", "grade"):
            setattr(self.child, column.name, text)
        else:
            self.child.texts[column.name] = text

    def _mark(self, name: str, text: str) -> None:
        if self.columns.means("no_mark", text):
            return
        steps = _number(text)
        if steps is None:
            self._fault("not_a_number", name, text)
            return
        if steps < 0:
            self._fault("negative_mark", name, text)
            return
        steps /= self.unit
        if steps.denominator != 1:
            self._fault("mark_step", name, text)
            return
        self.child.marks[name] = int(steps)

    def _sex(self, text: str) -> None:
        for code, word in ((BOY, "boy"), (GIRL, "girl"), (_UNKNOWN, "unknown")):
            if self.columns.means(word, text):
                self.child.sex = code
                return
        self._fault("sex_word", "sex", text)

    def _label(self, column: Column, text: str) -> None:
        if self.columns.means("negative", text):
            return  # "none": the same as leaving it blank
        if self.columns.means("affirmative", text) and not text.isdigit():
            self._fault("label_yes", column.name, text)
        elif column.kind == "labels":
            self.child.apart = tuple(dict.fromkeys(listed(text)))
        else:
            self.child.together = (*self.child.together, f"{column.name} {text}")

    def _yes_or_no(self, name: str, text: str) -> None:
        if self.columns.means("affirmative", text) or self.columns.means("negative", text):
            value = int(self.columns.means("affirmative", text))
        else:
            self._fault("yes_no", name, text)
            return
        if name == "special":
            self.child.special = value
        else:
            self.child.flags[name] = value

    def _order(self, name: str, text: str) -> None:
        number = _number(text)
        if number is None or number.denominator != 1:
            self._fault("not_a_number", name, text)
        else:
            self.child.flags[name] = int(number)

    def _identity(self) -> None:
        """An 18-character number is an identity number; other documents are taken as they are."""
        number = self.child.number
        if len(number) != _IDENTITY_LENGTH or not number[:-1].isdigit():
            return
        if not is_identity_number(number):
            self._fault("check_digit", "id_number")
        elif self.child.sex != _UNKNOWN and self.child.sex != (BOY if int(number[_SEX_DIGIT]) % 2 else GIRL):
            self._fault("sex_differs", "sex")

    def _fault(self, cause: str, column: str, value: str = "") -> None:
        self.faults.append(Fault(cause, self.child.at(column), value))


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None

"""Numbers drawn in the hall: a table of two columns, 证件号码 and 号码, as the hall's list has them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from junheng.basics import Text, UserError
from junheng.cli.small_table import read_small_table

HEADINGS = {
    "id_number": ("证件号码", "身份证号", "身份证号码", "身份证件号", "证件号", "id_number"),
    "number": ("号码", "抽签号", "摇号号码", "派位号", "顺序号", "number"),
}

_PERSONAL = ("id_number", "student_number")
# Digits. Shorter numbers meet parts of documents by chance; an identity number begins with region and birth date.
_LONG, _TELLING = 12, 14


def read_hall_numbers(path: Path) -> dict[str, str]:
    """Numbers by document number (upper case, without spaces), all of one length.

    Zeros in front, which a spreadsheet drops, are put back: they change the order of no two whole numbers.
    Raises UserError, naming the row, for absent headings, blanks, a child given twice, and what is no number.
    """
    found: dict[str, str] = {}
    for row in read_small_table(path, HEADINGS, _refused):
        key, number = "".join(row.cells["id_number"].split()).upper(), row.cells["number"]
        if not number.isascii() or not number.isdigit():
            raise _refused(row.where, f"“{number}”不是号码", f"{number!r} is no number")
        if key in found:
            raise _refused(row.where, "证件号码已出现过", "the document number was given before")
        found[key] = number
    longest = max(map(len, found.values()))
    return {key: number.zfill(longest) for key, number in found.items()}


def require_impersonal_numbers(
    numbers: Iterable[str], people: Iterable[Mapping[str, str]], where: str
) -> None:
    """Refuse (UserError) numbers taken from documents: the numbers of a draw are published, whole.

    Told by the region and birth date that they begin with, or by standing inside somebody's number.
    """
    personal = {plain for person in people for key in _PERSONAL if (plain := person.get(key, ""))}
    begun = {text[:_TELLING] for text in personal if len(text) > _TELLING}
    long = [number for number in numbers if len(number) >= _LONG]
    whole = "\0".join(personal)
    taken = [n for n in long if n[:_TELLING] in begun or n in whole or n.lstrip("0") in personal]
    if taken:
        raise UserError(
            Text(
                f"{len(taken)} 个号码就是证件号码或它的一部分",
                f"{len(taken)} numbers are document numbers or parts of them",
            ),
            where=where,
            why=Text("号码随方案全部公布，公布后收不回", "all numbers are published with the spec, for good"),
            fix=Text("请用现场摇出或另编的号码", "use numbers drawn in the hall, or made for the purpose"),
        )


def _refused(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(f"号码表：{zh}", f"Table of numbers: {en}"),
        where=where,
        why=Text("号码决定次序，一个也不能猜", "numbers decide the order; none can be guessed"),
        fix=Text("每行一名儿童：证件号码、号码；双胞胎可只写一人", "a child a row; of twins one is enough"),
    )

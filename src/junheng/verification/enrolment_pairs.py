"""Pairs of an enrolment result held against the lists, row by row: exact keys, parts, sums, one to one."""

import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from junheng.basics import Text, is_identity_number

Row = Mapping[str, str]
_LIBRARY = Path(__file__).parent.parent / "enrolment" / "library"  # readings and variants: data, no code
_PARTS = ("number", "name", "birth", "sex", "school", "guardian")
_DOTS = " ·•・‧．.。-"


def wrong_pair(
    left: Sequence[Row], right: Sequence[Row], pairs: Sequence[Row], rules: Mapping[str, Any]
) -> Text | None:
    """The first thing wrong with the pairs of one comparison; None where all agree with the lists."""
    expected = _exact(left, right, rules)
    used: set[tuple[str, int]] = set()
    for pair in pairs:
        i, j = int(pair["left"]), int(pair["right"])
        where = f"第 {left[i]['row']} 行与第 {right[j]['row']} 行 rows {left[i]['row']} and {right[j]['row']}"
        if ("left", i) in used or ("right", j) in used:
            return Text(f"{where}：有人配了两次", f"{where}: somebody is matched twice")
        used |= {("left", i), ("right", j)}
        levels = _levels(left[i], right[j])
        if levels != [pair[part] for part in _PARTS]:
            return Text(f"{where}：各项比较不符", f"{where}: the parts compare otherwise")
        score = _score(levels, rules)
        if score != int(pair["score"]):
            return Text(f"{where}：合计 {score} 分", f"{where}: the parts add up to {score}")
        if (pair["class"] == "certain") != (score >= rules["certain"] and pair["rival"] == "0"):
            return Text(f"{where}：类别与分数线不符", f"{where}: the class does not fit the lines")
        if score < rules["check"]:
            return Text(f"{where}：不到待核线", f"{where}: below the line of checking")
        if (pair["how"] == "exact") != ((i, j) in expected):
            return Text(f"{where}：号码精确配对不符", f"{where}: exact by number, or not, is told wrongly")
    exact = {(int(p["left"]), int(p["right"])) for p in pairs if p["how"] == "exact"}
    if exact != expected:
        return Text("号码精确配对有遗漏", "a pair that is exact by number is missing")
    return _overlooked(left, right, used, rules)


def _exact(left: Sequence[Row], right: Sequence[Row], rules: Mapping[str, Any]) -> set[tuple[int, int]]:
    """Pairs whose sound key stands once in either list and that reach the line of certainty."""
    found: set[tuple[int, int]] = set()
    for field, is_sound in (("numbers", is_identity_number), ("students", _is_student)):
        ours, theirs = Counter(row[field] for row in left), Counter(row[field] for row in right)
        place = {row[field]: j for j, row in enumerate(right)}
        taken_left, taken_right = {i for i, _ in found}, {j for _, j in found}
        for i, row in enumerate(left):
            key = row[field]
            if not key or ours[key] != 1 or theirs[key] != 1 or not is_sound(key):
                continue
            j = place[key]
            free = i not in taken_left and j not in taken_right
            if free and _score(_levels(row, right[j]), rules) >= rules["certain"]:
                found.add((i, j))
    return found


def _overlooked(
    left: Sequence[Row], right: Sequence[Row], used: set[tuple[str, int]], rules: Mapping[str, Any]
) -> Text | None:
    """Two that nobody was found for, although together they reach the line: such a pair was overlooked."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, row in enumerate(right):
        if ("right", j) not in used:
            for key in _keys(row):
                places[key].append(j)
    for i, row in enumerate(left):
        if ("left", i) in used:
            continue
        for j in {j for key in _keys(row) for j in places.get(key, ())}:
            if _score(_levels(row, right[j]), rules) >= rules["check"]:
                rows = f"{row['row']} 与 {right[j]['row']}"
                return Text(f"第 {rows} 行应配而未配", f"rows {rows} reach the line and were not matched")
    return None


def _keys(row: Row) -> list[tuple[str, str]]:
    found = (
        ("number", row["numbers"]),
        ("student", row["students"]),
        ("sound", _sound(_plain(row["names"]))),
    )
    return [(kind, key) for kind, key in found if key]


def _score(levels: Sequence[str], rules: Mapping[str, Any]) -> int:
    return sum(
        int(rules["parts"][part]["levels"][level]["points"])
        for part, level in zip(_PARTS, levels, strict=True)
    )


def _levels(a: Row, b: Row) -> list[str]:
    guardian = _name(a["guardians"], b["guardians"])
    return [
        _number(a, b),
        _name(a["names"], b["names"]),
        _birth(a["births"], b["births"]),
        _same(a["sexes"], b["sexes"]),
        _same(a["schools"], b["schools"]),
        "different" if guardian == "one_character" else guardian,
    ]


def _same(a: str, b: str) -> str:
    return "missing" if not a or not b else "same" if a == b else "different"


def _number(a: Row, b: Row) -> str:
    ours, theirs = a["numbers"], b["numbers"]
    if ours and ours == theirs:
        return "same"
    if a["students"] and a["students"] == b["students"]:
        return "same_student"
    if not ours or not theirs:
        return "missing"
    both = is_identity_number(ours) and is_identity_number(theirs)
    return "different" if both else _slip(ours, theirs) or "different"


def _slip(a: str, b: str) -> str:
    """one_digit, swapped, or nothing."""
    unlike = [k for k in range(len(a)) if a[k] != b[k]] if len(a) == len(b) else []
    if len(unlike) == 1:
        return "one_digit"
    if len(unlike) > 1 and unlike == [unlike[0], unlike[0] + 1]:
        k = unlike[0]
        return "swapped" if a[k] + a[k + 1] == b[k + 1] + b[k] else ""
    return ""


def _birth(a: str, b: str) -> str:
    if not a or not b or a == b:
        return "same" if a and b else "missing"
    return "near" if _slip(a, b) else "different"


def _name(a: str, b: str) -> str:
    ours, theirs = _plain(a), _plain(b)
    if not ours or not theirs:
        return "missing"
    if _folded(a) == _folded(b):
        return "same"
    if ours == theirs:
        return "variant"
    if _sound(ours) == _sound(theirs):
        return "homophone"
    near = len(ours) == len(theirs) > 1 and sum(x != y for x, y in zip(ours, theirs, strict=True)) == 1
    return "one_character" if near else "different"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


@cache
def _plain(text: str) -> str:
    forms = _signs("variants.csv")
    return "".join(forms.get(sign, sign) for sign in _folded(text) if sign not in _DOTS).upper()


@cache
def _sound(plain: str) -> str:
    readings = _signs("readings.csv")
    return "".join(f"{readings[sign]} " if sign in readings else sign for sign in plain)


@cache
def _signs(file: str) -> dict[str, str]:
    """Sign → what its line is headed by."""
    with (_LIBRARY / file).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))[1:]
    return {sign: head for head, signs in lines for sign in signs}


def _is_student(text: str) -> bool:
    kind, rest = text[:1], text[1:]
    if kind == "L":
        return len(rest) == len("110101201509010000") and rest.isdigit() and rest.isascii() and _is_day(rest)
    return (kind == "G" or (kind == "J" and _is_day(rest))) and is_identity_number(rest)


def _is_day(rest: str) -> bool:
    try:
        date(int(rest[6:10]), int(rest[10:12]), int(rest[12:14]))
    except ValueError:
        return False
    return True

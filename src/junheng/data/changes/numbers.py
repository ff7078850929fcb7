"""Figures of a change: plain decimals, not negative, whole where persons or rooms are
counted, believable."""

import re
from decimal import Decimal

from junheng.basics import Text, UserError
from junheng.data.dictionary import ColumnSpec, load_dictionary

_PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
CHANGEABLE = ("stage", "teacher_count", "premises")


def column_spec(table: str, column: str) -> ColumnSpec:
    """The column where its figure may be changed: a number of stages, teachers or premises. Raises UserError."""
    spec = load_dictionary().tables[table].columns.get(column) if table in CHANGEABLE else None
    if spec is None or spec.type not in ("integer", "number") or column == "year":
        raise UserError(
            Text(f"这一栏不能假设：{table}.{column}", f"this column cannot be changed: {table}.{column}"),
            fix=Text("可改学段、教师、校舍设施的数字", "figures of stages, teachers and premises can be"),
        )
    return spec


def figure(spec: ColumnSpec, text: str, where: str) -> int | float:
    """The number ``text`` says. Raises UserError where it is negative, a fraction of a person, beyond what is believable."""
    typed = text.strip().replace(",", "").replace("，", "")
    if not _PLAIN.fullmatch(typed):
        raise _refused(spec, text, where, Text("须是不小于 0 的数字", "a number, 0 or more"))
    value = Decimal(typed)
    if spec.whole and value != value.to_integral_value():
        raise _refused(spec, text, where, Text("须是整数", "a whole number"))
    if spec.maximum is not None and value > Decimal(str(spec.maximum)):
        most = f"{spec.maximum:,.0f}"
        raise _refused(spec, text, where, Text(f"不超过 {most}", f"at most {most}"))
    return int(value) if spec.type == "integer" else float(value)


def _refused(spec: ColumnSpec, text: str, where: str, fix: Text) -> UserError:
    shown = text if len(text) <= 20 else f"{text[:20]}…"
    heading = spec.heading
    return UserError(
        Text(f"“{heading.zh}”不能是“{shown}”", f"{heading.en} cannot be {shown!r}"), where=where, fix=fix
    )

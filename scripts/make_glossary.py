"""Writes GLOSSARY.md: house words, then every rule, indicator, table and column, in two languages.

Run it after a change to the dictionary, the indicator library or the standards; a test compares the file.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.indicators import load_catalogue
from junheng.standards import list_standards, resolve

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "GLOSSARY.md"
HEAD = ROOT / "docs" / "glossary_head.md"
# Far enough ahead that every standard of the library has come into force.
LATEST = date(9999, 1, 1)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ").strip()


def _table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(_cell(part) for part in row) + " |"
    yield ""


def _named(id_: str, name: Text, *more: str) -> tuple[str, ...]:
    return (f"`{id_}`", name.zh, name.en, *more)


def _standards() -> Iterator[str]:
    yield "## 标准与条款 | Standards and their rules\n"
    for head in list_standards():
        standard = resolve(head.id, on=LATEST)
        yield f"### `{standard.id}` {standard.name.zh} | {standard.name.en}\n"
        yield f"{standard.document}《{standard.title}》\n"
        rules = [_named(rule.id, rule.name, f"`{rule.indicator}`") for rule in standard.indicators]
        items = [_named(item.id, item.name, item.part) for item in standard.items]
        relaxations = [(f"`{r.id}`", r.text, "relaxation", f"{r.indicator}") for r in standard.relaxations]
        heads = ("id", "中文", "English", "指标或部分 indicator or part")
        yield from _table(heads, iter(rules + relaxations + items))


def _indicators() -> Iterator[str]:
    yield "## 指标 | Indicators\n"
    heads = ("id", "中文", "English", "单位 unit")
    rows = (_named(i.id, i.name, f"{i.unit.zh} · {i.unit.en}") for i in load_catalogue().values())
    yield from _table(heads, rows)


def _columns() -> Iterator[str]:
    yield "## 表与列 | Tables and columns\n"
    for table in load_dictionary().tables.values():
        yield f"### `{table.name}` {table.sheet.zh} | {table.sheet.en}\n"
        heads = ("column", "中文", "English", "单位 unit")
        rows = (_named(column.name, column.heading, column.unit) for column in table.columns.values())
        yield from _table(heads, rows)


def glossary() -> str:
    """The whole text of GLOSSARY.md."""
    head = HEAD.read_text(encoding="utf-8").rstrip()
    body = "\n".join([*_standards(), *_indicators(), *_columns()]).rstrip()
    return f"{head}\n\n{body}\n"


def main() -> int:
    """Write the file; with ``--check`` only tell whether it is current (exit 1: it is not)."""
    text = glossary()
    if "--check" in sys.argv[1:]:
        return 0 if GLOSSARY.is_file() and GLOSSARY.read_text(encoding="utf-8") == text else 1
    GLOSSARY.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

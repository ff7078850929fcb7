"""Reads a report back from Word and checks what is printed against figures.json and itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from docx.document import Document as DocumentType

from junheng.basics import Text
from junheng.reports.lint_problem import LintProblem
from junheng.reports.lint_text import lint_shares
from junheng.reports.percent import percent_mode
from junheng.reports.word.edits import open_report
from junheng.reports.word.markup import W
from junheng.reports.word.tree import Element

_ANCHOR = "figure_"
_COUNTS = ("达标", "未达标", "无法判定")
_CAPTION = re.compile(r"共(\d+)所")
_LIST = re.compile(r"^(?:达标学校|未达标学校|无法判定的学校)（(\d+)所）：(.*)。$", re.DOTALL)


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


def lint_document(path: Path, numbers: Sequence[Mapping[str, Any]]) -> list[LintProblem]:
    """Problems of the Word report beside its figures.json. Raises UserError when it cannot be opened."""
    document = open_report(path)
    texts = {str(entry["id"]): str(entry["text"]) for entry in numbers}
    modes = {(entry["refs"]["mode"], entry["refs"]["digits"]) for entry in numbers if "mode" in entry["refs"]}
    word, digits = next(iter(modes), ("truncate", 1))
    mode = percent_mode(word)
    found = [*_references(document), *_tables(document)]
    for place, paragraph in enumerate(document.element.body.iter(_w("p")), start=1):
        where = f"{path.name} ¶{place}"
        text, tags = read_paragraph(paragraph)
        found += _printed(where, tags, texts)
        found += lint_shares(text, where=where, mode=mode, digits=digits)
        found += _list(where, text)
    return found


def read_paragraph(paragraph: Element) -> tuple[str, list[tuple[str, str]]]:
    """The paragraph's text without tags, and for each tag (id, the text before it)."""
    text, tags = "", []
    for node in paragraph.iter(_w("t")):
        owner = node.getparent().getparent()
        anchor = owner.get(_w("anchor"), "") if owner.tag == _w("hyperlink") else ""
        if anchor.startswith(_ANCHOR):
            tags.append((str(node.text), text))
        else:
            text += node.text or ""
    return text, tags


def _printed(where: str, tags: list[tuple[str, str]], texts: Mapping[str, str]) -> Iterator[LintProblem]:
    for tag, before in tags:
        if tag not in texts:
            yield LintProblem(where, Text(f"编号 {tag} 不在数字索引中", f"{tag} is not in figures.json"))
        elif not before.endswith(texts[tag]):
            shown = before[-12:]
            text = f"编号 {tag} 应为 {texts[tag]}，文中为“{shown}”"
            yield LintProblem(where, Text(text, f"{tag} should read {texts[tag]}, the text has “{shown}”"))


def _references(document: DocumentType) -> Iterator[LintProblem]:
    body = document.element.body
    names = {mark.get(_w("name")) for mark in body.iter(_w("bookmarkStart"))}
    for link in body.iter(_w("hyperlink")):
        anchor = link.get(_w("anchor"))
        if anchor and anchor not in names:
            yield LintProblem(
                "report.docx", Text(f"引用的位置 {anchor} 不存在", f"nothing at reference {anchor}")
            )


def _tables(document: DocumentType) -> Iterator[LintProblem]:
    """Tables of counts: met + not met + undecided is the number in the caption."""
    for table in document.element.body.iter(_w("tbl")):
        rows = [_cells(row) for row in table.iter(_w("tr"))]
        caption = table.getprevious()
        stated = _CAPTION.search(_text(caption)) if caption is not None else None
        if not rows or stated is None or not set(_COUNTS) <= set(rows[0]):
            continue
        for row in rows[1:]:
            counts = [row[rows[0].index(head)] for head in _COUNTS]
            if all(count.isdigit() for count in counts) and sum(map(int, counts)) != int(stated[1]):
                text = f"{row[0]}：{'+'.join(counts)} 不等于 {stated[1]}"
                yield LintProblem(
                    "report.docx", Text(text, f"{row[0]}: {'+'.join(counts)} is not {stated[1]}")
                )


def _cells(row: Element) -> list[str]:
    return [_text(cell) for cell in row.iter(_w("tc"))]


def _text(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(_w("t")))


def _list(where: str, text: str) -> Iterator[LintProblem]:
    """“未达标学校（61所）：…”: as many names as the brackets say."""
    found = _LIST.match(text)
    if found and "等（共" not in found[2]:
        names = len(found[2].split("、"))
        if names != int(found[1]):
            yield LintProblem(
                where, Text(f"名单有{names}所，写的是{found[1]}所", f"{names} names, {found[1]} stated")
            )

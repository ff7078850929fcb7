"""What people changed in a report: their sections carried over, anything else found out.

The editable sections are content controls, known by their tag. All the rest is generated; its fingerprint is
taken over what a reader sees – text with its weight, slant, underline and colour, pictures, comments – and not
over the XML, which Word rewrites at every save. Fields (contents, page numbers) are left out: updating them is
no edit.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE

from junheng.basics import Text, UserError
from junheng.reports.word.markup import R, W
from junheng.reports.word.tree import Element


def _w(name: str) -> str:
    return f"{{{W}}}{name}"


EDITABLE_PREFIXES = ("measures.", "shortcomings.", "gaps.", "edit.")
_MARKS = ("b", "i", "u", "strike", "highlight", "color")
_NO_COLOURS = (None, "auto", "000000")
_NOTES = ("commentReference", "footnoteReference", "endnoteReference", "delText", "object")
_MARK, _PARAGRAPH = "\x01", "\x02"  # cannot occur in XML text


_SEEN = {
    **{_w(name): name for name in ("sdt", "fldChar", "p", "t", *_NOTES)},
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip": "blip",
}


def open_report(path: Path) -> DocumentType:
    """The report as python-docx sees it. Raises UserError when it cannot be opened."""
    try:
        return Document(str(path))
    except Exception as error:  # python-docx raises many kinds for a damaged file
        raise UserError(
            Text("无法打开 Word 文件", "The Word file cannot be opened"),
            where=str(path),
            fix=Text("请检查文件是否完整、是否为 .docx 格式", "check that it is complete and a .docx file"),
        ) from error


def tag_of(control: Element) -> str:
    """The tag of a content control, "" when it has none."""
    found = control.find(f"{_w('sdtPr')}/{_w('tag')}")
    return "" if found is None else str(found.get(_w("val")) or "")


def editable_controls(document: DocumentType) -> dict[str, Element]:
    """The content controls people may write in, by tag."""
    controls = (control for control in document.element.body.iter(_w("sdt")))
    return {tag_of(control): control for control in controls if tag_of(control).startswith(EDITABLE_PREFIXES)}


def generated_fingerprint(document: DocumentType) -> str:
    """SHA-256 of everything a reader sees outside the editable sections, page headers and footers among it."""
    seen = "".join(_tokens(document, document.element.body)) + _MARK.join(_edges(document))
    return hashlib.sha256(seen.encode()).hexdigest()


def _edges(document: DocumentType) -> list[str]:
    """What page headers and footers say, each once: programs copy them from section to section."""
    parts = [
        relation.target_part
        for relation in document.part.rels.values()
        if not relation.is_external
        and relation.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    ]
    return sorted({"".join(_tokens(document, part.element)) for part in parts} - {""})


def _tokens(document: DocumentType, root: Element) -> Iterator[str]:
    """The visible content as a stream; runs of one look join, empty paragraphs vanish: Word splits and adds them."""
    depth = 0  # inside a field
    pending, marks = _PARAGRAPH, ""
    for element in _outside_editable(root):
        name = _SEEN[element.tag]
        token = ""
        if name == "sdt":
            token = f"{_MARK}control {tag_of(element)}" if _is_editable(element) else ""
        elif name == "fldChar":
            depth += {"begin": 1, "end": -1}.get(str(element.get(_w("fldCharType"))), 0)
        elif name == "p":
            pending, marks = _PARAGRAPH, ""
        elif name == "t":
            found = _marks_of(element.getparent())
            if depth == 0 and element.text:
                token = (f"{_MARK}look {found}{_MARK}" if found != marks else "") + element.text
                marks = found
        else:
            token = _picture_token(document, element) if name == "blip" else f"{_MARK}{name}"
        if token:
            yield pending + token
            pending = ""


def _is_editable(control: Element) -> bool:
    return tag_of(control).startswith(EDITABLE_PREFIXES)


def _outside_editable(root: Element) -> Iterator[Element]:
    """The elements that matter, in order; of an editable control only the control itself."""
    inside = 0
    for element in root.iter(*_SEEN):
        if inside:
            inside -= 1
            continue
        yield element
        if element.tag == _w("sdt") and _is_editable(element):
            inside = sum(1 for _ in element.iter(*_SEEN)) - 1


def _marks_of(run: Element) -> str:
    properties = run.find(_w("rPr"))
    if properties is None:
        return ""
    found = []
    for mark in _MARKS:
        element = properties.find(_w(mark))
        value = None if element is None else element.get(_w("val"), "on")
        if (
            element is not None
            and value not in ("0", "false", "none")
            and not (mark == "color" and value in _NO_COLOURS)
        ):
            found.append(f"{mark}={value}")
    return ",".join(found)


def _picture_token(document: DocumentType, blip: Element) -> str:
    relation = blip.get(f"{{{R}}}embed")
    part = document.part.related_parts.get(relation)
    return f"[picture {hashlib.sha256(part.blob).hexdigest() if part is not None else '?'}]"

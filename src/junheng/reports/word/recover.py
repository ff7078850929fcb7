"""Finds what people wrote when the tags of the content controls are gone: under the section's heading.

LibreOffice and WPS may drop the tags at a save. The headings stay, so what stands between a section's heading
and the next one is that section.
"""

from collections.abc import Sequence

from docx.document import Document as DocumentType
from docx.oxml.parser import parse_xml

from junheng.reports.word.blocks import Block, Editable
from junheng.reports.word.edits import tag_of
from junheng.reports.word.markup import NAMESPACES, W, content_control
from junheng.reports.word.template import SIGNATURE
from junheng.reports.word.tree import Element

_P, _SDT = f"{{{W}}}p", f"{{{W}}}sdt"
_FIRST_ID = 900000


def restore_controls(document: DocumentType, blocks: Sequence[Block]) -> None:
    """Put the controls of the cover and of ``blocks`` that ``document`` lacks around what stands in their place."""
    present = {tag_of(control) for control in document.element.body.iter(_SDT)}
    for number, (tag, title, *_) in enumerate(SIGNATURE):
        line = None if tag in present else _titled(document, title)
        if line is not None:
            before = line.getprevious()
            _wrap(before, [line], Editable(tag, title, ""), _FIRST_ID - 1 - number)
    headings = _headings(document)
    for number, block in enumerate(found for found in blocks if isinstance(found, Editable)):
        if block.tag in present:
            continue
        heading = next((element for element, words in headings if _names(words, block.title)), None)
        content = [] if heading is None else _until_next(heading, {element for element, _ in headings})
        if heading is not None and content:
            _wrap(heading, content, block, _FIRST_ID + number)


def _titled(document: DocumentType, title: str) -> Element | None:
    """The paragraph, directly in the body, that holds a control with this title but no tag."""
    for alias in document.element.body.iter(f"{{{W}}}alias"):
        if alias.get(f"{{{W}}}val") == title:
            line = next(alias.iterancestors(_P), None)
            if line is not None and line.getparent() is document.element.body:
                return line
    return None


def _headings(document: DocumentType) -> list[tuple[Element, str]]:
    """The heading paragraphs with their words; style ids differ between programs, the names less so."""
    styles = {
        str(style.style_id) for style in document.styles if str(style.name).lower().startswith("heading")
    }
    found = []
    for element in document.element.body.iter(_P):
        style = element.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        if style is not None and style.get(f"{{{W}}}val") in styles:
            found.append((element, "".join(text.text or "" for text in element.iter(f"{{{W}}}t"))))
    return found


def _names(words: str, title: str) -> bool:
    """Whether a heading such as “（四）教师队伍建设” is the one of the section ``title``."""
    return words.rpartition("）")[2].strip() == title


def _until_next(heading: Element, headings: set[Element]) -> list[Element]:
    found: list[Element] = []
    element = heading.getnext()
    while element is not None and element not in headings and element.tag != f"{{{W}}}sectPr":
        if not any(inner in headings for inner in element.iter(_P)):
            found.append(element)
        element = element.getnext()
    return found


def _open_controls(line: Element) -> None:
    """Take the runs out of a paragraph's untagged controls.

    LibreOffice writes a control's words once whole and then again with each run; what repeats goes.
    """
    whole: dict[str, str] = {}
    for control in list(line.iter(_SDT)):
        alias = control.find(f"{{{W}}}sdtPr/{{{W}}}alias")
        name = "" if alias is None else str(alias.get(f"{{{W}}}val"))
        words = "".join(text.text or "" for text in control.iter(f"{{{W}}}t"))
        if not (name in whole and words.endswith(whole[name])):
            whole.setdefault(name, words)
            for part in list(control.find(f"{{{W}}}sdtContent")):
                control.addprevious(part)
        control.getparent().remove(control)


def _wrap(before: Element, content: Sequence[Element], block: Editable, number: int) -> None:
    markup = content_control(block.tag, block.title, "", number).replace(
        "<w:sdt>", f"<w:sdt {NAMESPACES}>", 1
    )
    control = parse_xml(markup)
    inside = control.find(f"{{{W}}}sdtContent")
    for old in list(inside):
        inside.remove(old)
    before.addnext(control)
    for element in content:
        for line in element.iter(_P):
            _open_controls(line)
        # A control without its tag is opened: one inside the other would be kept apart at the next save.
        held = element.find(f"{{{W}}}sdtContent") if element.tag == _SDT else None
        for part in [element] if held is None else list(held):
            inside.append(part)
        if held is not None:
            element.getparent().remove(element)

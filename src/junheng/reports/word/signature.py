"""The editable lines of the cover: who signs the report, and when."""

from collections.abc import Mapping

from docx.document import Document as DocumentType
from docx.oxml.parser import parse_xml

from junheng.reports.word.edits import editable_controls
from junheng.reports.word.markup import W


def cover_texts(document: DocumentType) -> dict[str, str]:
    """What the cover's controls of a filled template hold, by tag."""
    return {
        tag: "\n".join(
            "".join(text.text or "" for text in line.iter(f"{{{W}}}t")) for line in control.iter(f"{{{W}}}p")
        )
        for tag, control in editable_controls(document).items()
    }


def put_back(document: DocumentType, kept: Mapping[str, str]) -> None:
    """Replace the cover's controls by those people wrote in."""
    for tag, control in editable_controls(document).items():
        if tag in kept:
            control.getparent().replace(control, parse_xml(kept[tag]))

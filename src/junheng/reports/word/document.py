"""A report's Word file: the template's cover filled in, the chapters in place of ``{{ body }}``."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from docx.document import Document as DocumentType
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from junheng.basics import Text, UserError
from junheng.reports.word.blocks import Block
from junheng.reports.word.body import BodyWriter
from junheng.reports.word.markup import NAMESPACES, W, legal
from junheng.reports.word.pages import page_numbers
from junheng.reports.word.styles import add_styles
from junheng.reports.word.template import SHIPPED
from junheng.reports.word.tree import Element, as_text, new_comment

_BODY = "[[report body]]"
_LONGEST_TITLE = 255  # of a document's properties


def filled_template(template: Path | None, cover: Mapping[str, str]) -> DocumentType:
    """The template with its tags filled in; the shipped one unless another is given.

    Raises UserError for a file that is no .docx, an unknown tag, or a template without ``{{ body }}``.
    """
    path = template or SHIPPED
    try:
        filled = DocxTemplate(str(path))
        environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        filled.render({**{tag: legal(value) for tag, value in cover.items()}, "body": _BODY}, environment)
        document: DocumentType = filled.docx
    except TemplateError as error:
        raise _bad_template(path, str(error), cover) from error
    except Exception as error:  # a file that is no Word document fails in many ways
        raise _bad_template(path, f"{type(error).__name__}: {error}", cover) from error
    add_styles(document)
    if _place(document) is None:
        raise _bad_template(path, "no {{ body }}", cover)
    return document


def _bad_template(path: Path, detail: str, cover: Mapping[str, str]) -> UserError:
    known = ", ".join(["body", *cover])
    return UserError(
        Text(f"Word 模板不能使用（{detail}）", f"The Word template cannot be used ({detail})"),
        where=str(path),
        fix=Text(
            f"模板须为 .docx，有一段只写 {{{{ body }}}}；可用的标记：{known}",
            f"a template is a .docx with a paragraph that reads {{{{ body }}}}; known tags: {known}",
        ),
    )


def _place(document: DocumentType) -> Element | None:
    for paragraph in document.element.body.iter(f"{{{W}}}p"):
        if "".join(text.text or "" for text in paragraph.iter(f"{{{W}}}t")).strip() == _BODY:
            return paragraph
    return None


def write_body(document: DocumentType, blocks: Sequence[Block], kept: Mapping[str, str]) -> DocumentType:
    """The document with the blocks where the template has its body; ``kept`` are the sections people wrote.

    The given document must not be used afterwards. (Moving thousands of table cells from one tree into
    another takes seconds; writing the tree out, adding the text and parsing it once does not.)
    """

    def add_image(png: bytes) -> str:
        return str(document.part.get_or_add_image(io.BytesIO(png))[0])

    root = document.element
    place: Element = _place(document)
    last = root.body.find(f"{{{W}}}sectPr")
    writer = BodyWriter(add_image, as_text(last), page_numbers(blocks), kept)
    markup = writer.write(blocks)
    for stale in last.findall(f"{{{W}}}pgNumType"):
        last.remove(stale)
    place.addprevious(new_comment(_BODY))
    place.getparent().remove(place)
    text = as_text(root).replace(f"<!--{_BODY}-->", markup, 1)
    part = document.part
    part._element = parse_xml(_with_namespaces(text).encode())
    return part.document


def _with_namespaces(text: str) -> str:
    """Declare on the root what the generated markup uses and the template does not."""
    start = text.index("<w:document") + len("<w:document")
    head = text[start : text.index(">", start)]
    missing = [found for found in NAMESPACES.split() if f"{found.partition('=')[0]}=" not in head]
    return f"{text[:start]} {' '.join(missing)}{text[start:]}"


def saved(document: DocumentType, title: str) -> bytes:
    """The document's bytes, with its title in the properties."""
    document.core_properties.title = legal(title)[:_LONGEST_TITLE]
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()

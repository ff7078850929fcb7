"""Small pieces of WordprocessingML as text: adding one element at a time is slow for tables."""

import re
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
EMU_PER_MM = 36000
# XML 1.0 has no place for these; a school's name copied from an old system may hold one.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """``text`` escaped for XML, without characters XML cannot hold."""
    return escape(legal(text), {'"': "&quot;"})


def legal(text: str) -> str:
    """``text`` without characters XML cannot hold."""
    return _ILLEGAL.sub("", text)


def run(text: str, style: str = "", properties: str = "") -> str:
    """A run of text, optionally in a character style or with raw run properties; "\\n" begins a new line."""
    inside = (f'<w:rStyle w:val="{style}"/>' if style else "") + properties
    rpr = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    lines = (f'<w:t xml:space="preserve">{clean(line)}</w:t>' for line in text.split("\n"))
    return f"<w:r>{rpr}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(content: str, style: str, properties: str = "") -> str:
    """A paragraph of ready-made runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def link(anchor: str, content: str) -> str:
    """Runs that jump to a bookmark of the same document."""
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{content}</w:hyperlink>'


def bookmark(name: str, number: int, content: str) -> str:
    """``content`` under a bookmark; ``number`` must be unique in the document."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def field(instruction: str, shown: str, properties: str = "") -> str:
    """A field with its last result, so that it shows before anything updates it."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{rpr}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{rpr}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r>{rpr}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{rpr}<w:t>{clean(shown)}</w:t></w:r>"
        f'<w:r>{rpr}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def drawing(relation: str, number: int, width_mm: float, height_mm: float, description: str) -> str:
    """An inline picture; ``number`` must be unique among the drawings."""
    size = f'cx="{round(width_mm * EMU_PER_MM)}" cy="{round(height_mm * EMU_PER_MM)}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="图{number}" descr="{clean(description)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def cover_control(tag: str, title: str, text: str, style: str, properties: str, number: int) -> str:
    """A block content control on the cover: filled in beforehand, to be changed where it is not right."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{clean(title)}"/><w:tag w:val="{clean(tag)}"/>'
        f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/></w:sdtPr>'
        f"<w:sdtContent>{paragraph(run(text), style, properties)}</w:sdtContent></w:sdt>"
    )


def content_control(tag: str, title: str, prompt: str, number: int) -> str:
    """A block content control holding grey prompt text, protected against removal."""
    shown = "".join(paragraph(run(line, "PlaceholderText"), "BodyText") for line in prompt.split("\n"))
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{clean(title)}"/><w:tag w:val="{clean(tag)}"/>'
        f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/></w:sdtPr>'
        f"<w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )

"""The shipped Word templates are made here, so that they can be read, reviewed and made again.

A template is an ordinary .docx: its cover and headers hold ``{{ … }}`` tags (docxtpl), its styles decide the
look, and the paragraph ``{{ body }}`` is where the chapters go. To change it, copy the shipped file and edit
it in Word.
"""

from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_SECTION
from docx.oxml.parser import parse_xml
from docx.section import Section
from docx.shared import Mm, Pt

from junheng.reports.word import sections as page
from junheng.reports.word.markup import NAMESPACES, W, cover_control, field, run
from junheng.reports.word.styles import FONTS, add_styles, fonts

SHIPPED = Path(__file__).parent / "templates" / "self_evaluation.docx"
PAPER = Path(__file__).parent / "templates" / "paper.docx"
COVER = (
    ("Notice", "{{ notice }}"),
    ("Title", "{{ county }}"),
    ("Title", "{{ name }}"),
    ("Title", "自评报告"),
    ("Subtitle", "（{{ school_year }}）"),
    ("CoverLine", "评价依据：{{ standard }}"),
    ("CoverLine", "（{{ document }}）"),
    ("CoverLine", "总体结论：{{ verdict }}"),
)
PAPER_HEAD = (("Notice", "{{ notice }}"), ("Title", "{{ title }}"), ("Subtitle", "{{ subtitle }}"))
SIGNATURE = (
    ("edit.signed_by", "落款单位", "{{ county }}", 90),
    ("edit.signed_on", "落款日期", "{{ made_on }}", 0),
)  # tag, title, text, space before in points: people may sign otherwise
SPACE_BEFORE_PT = {1: 90, 4: 12, 5: 100}  # by line of the cover


def make_template(path: Path) -> None:
    """Write the report's template to ``path``: a cover, then the chapters."""
    document = _empty_document()
    body = document.element.body
    for number, (style, text) in enumerate(COVER):
        line = document.add_paragraph(text, style=document.styles[_style_name(style)])
        if number in SPACE_BEFORE_PT:
            line.paragraph_format.space_before = Pt(SPACE_BEFORE_PT[number])
    for number, (tag, title, text, space) in enumerate(SIGNATURE, start=1):
        before = f'<w:spacing w:before="{space * 20}"/>' if space else ""
        control = cover_control(tag, title, text, "CoverLine", before, number)
        body[-1].addprevious(parse_xml(control.replace("<w:sdt>", f"<w:sdt {NAMESPACES}>", 1)))
    _geometry(document.sections[0])
    _finish(document, document.add_section(WD_SECTION.NEW_PAGE), path)


def make_paper_template(path: Path) -> None:
    """Write the template of minutes and notices to ``path``: the text follows its title, no cover."""
    document = _empty_document()
    for style, text in PAPER_HEAD:
        document.add_paragraph(text, style=document.styles[style])
    _finish(document, document.sections[0], path)


def _empty_document() -> DocumentType:
    document = Document()
    add_styles(document, replace=True)
    _name_fonts(document)
    body = document.element.body
    for child in list(body)[:-1]:
        body.remove(child)
    return document


def _finish(document: DocumentType, chapters: Section, path: Path) -> None:
    _geometry(chapters)
    _header_and_footer(chapters)
    document.add_paragraph("{{ body }}", style=document.styles["Body Text"])
    document.core_properties.author = "junheng"
    document.core_properties.title = "{{ title }}"
    document.core_properties.comments = ""
    document.save(str(path))


def _style_name(style_id: str) -> str:
    return {"CoverLine": "Cover Line"}.get(style_id, style_id)


def _geometry(section: Section) -> None:
    section.page_width, section.page_height = (Mm(side) for side in page.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(page.MARGIN_TOP_MM), Mm(page.MARGIN_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(page.MARGIN_LEFT_MM), Mm(page.MARGIN_RIGHT_MM)
    section.header_distance, section.footer_distance = Mm(18), Mm(20)


def _header_and_footer(section: Section) -> None:
    """The report's name above a line; the page number between dashes, as on official papers."""
    section.header.is_linked_to_previous = False
    section.footer.is_linked_to_previous = False
    header = section.header.paragraphs[0]
    header.text = "{{ header }}"
    border = '<w:bottom w:val="single" w:sz="6" w:space="4" w:color="7F7F7F"/>'
    header._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {NAMESPACES}>{border}</w:pBdr>"))
    footer = section.footer.paragraphs[0]
    number = run("— ") + field("PAGE", "1") + run(" —")
    for part in parse_xml(f"<w:p {NAMESPACES}>{number}</w:p>"):
        footer._p.append(part)


def _name_fonts(document: DocumentType) -> None:
    """Declare the Chinese faces and their stand-ins in the defaults and the font table."""
    defaults = document.styles.element.find(f".//{{{W}}}rPrDefault/{{{W}}}rPr")
    for old in defaults.findall(f"{{{W}}}rFonts"):
        defaults.remove(old)
    for language in document.styles.element.iter(f"{{{W}}}lang"):
        language.set(f"{{{W}}}eastAsia", "zh-CN")
    for language in document.settings.element.iter(f"{{{W}}}themeFontLang"):
        language.set(f"{{{W}}}eastAsia", "zh-CN")
    defaults.insert(0, parse_xml(fonts("仿宋").replace("<w:rFonts ", f"<w:rFonts {NAMESPACES} ", 1)))
    for part in document.part.package.iter_parts():
        if part.partname == "/word/fontTable.xml":
            entries = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
                for name, others in FONTS.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", entries.encode() + b"</w:fonts>")

"""The styles of an official report: Word's Chinese font names, with stand-ins elsewhere."""

from docx.document import Document
from docx.oxml.parser import parse_xml

from junheng.reports.word.markup import NAMESPACES, W
from junheng.reports.word.tree import Element

# Word's names of the Chinese faces, and what stands in where they are not installed.
FONTS = {
    "宋体": "SimSun,Noto Serif CJK SC,Source Han Serif SC",
    "黑体": "SimHei,Noto Sans CJK SC,Source Han Sans SC",
    "仿宋": "FangSong,仿宋_GB2312,Noto Serif CJK SC",
    "楷体": "KaiTi,楷体_GB2312,Noto Serif CJK SC",
}
LATIN = "Times New Roman"
BODY_LINE_PT = 26.0  # fixed line pitch of running text
CONTENTS_LINE_PT = 20.0
LIST_LINE_PT = 18.0
NOTE_LINE_PT = 13.0
CAPTION_LINE_PT = 16.0
HEADING_LINES_PT = {1: 24.0, 2: 22.0, 3: 21.0}
AFTER_TABLE_PT = 8.0


def fonts(face: str) -> str:
    """Run fonts: a Chinese face beside the Latin one."""
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{face}"/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def _spacing(before: float = 0, after: float = 0, exact: float | None = None) -> str:
    line = f' w:line="{round(exact * 20)}" w:lineRule="exact"' if exact else ' w:line="240" w:lineRule="auto"'
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{line}/>'


def _style(style_id: str, name: str, paragraph: str, run: str, *, kind: str = "paragraph") -> str:
    based = '<w:basedOn w:val="Normal"/>' if kind == "paragraph" and style_id != "Normal" else ""
    ppr = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    rpr = f"<w:rPr>{run}</w:rPr>" if run else ""
    default = ' w:default="1"' if style_id == "Normal" else ""
    return (
        f'<w:style {NAMESPACES} w:type="{kind}" w:styleId="{style_id}"{default}><w:name w:val="{name}"/>'
        f"{based}<w:qFormat/>{ppr}{rpr}</w:style>"
    )


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def _contents_style(level: int) -> str:
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8844"/></w:tabs>'
    indent = f'<w:ind w:left="{420 * (level - 1)}"/>'
    return _style(f"TOC{level}", f"toc {level}", tabs + _spacing(exact=CONTENTS_LINE_PT) + indent, _size(12))


KEEP = "<w:keepNext/><w:keepLines/>"
CENTRE = '<w:jc w:val="center"/>'
BLACK = '<w:color w:val="000000"/>'
INDENT = '<w:ind w:firstLineChars="200" w:firstLine="560"/>'

STYLES = (
    _style("Normal", "Normal", "", fonts("仿宋") + _size(14) + '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'),
    _style("BodyText", "Body Text", _spacing(exact=BODY_LINE_PT) + INDENT + '<w:jc w:val="both"/>', ""),
    _style(
        "NameList",
        "Name List",
        _spacing(2, 2, LIST_LINE_PT)
        + '<w:ind w:firstLineChars="200" w:firstLine="420"/><w:jc w:val="both"/>',
        fonts("宋体") + _size(10.5),
    ),
    _style("Note", "Note", _spacing(2, 6, NOTE_LINE_PT) + '<w:jc w:val="left"/>', fonts("宋体") + _size(9)),
    _style("Title", "Title", _spacing(0, 8) + CENTRE, fonts("宋体") + "<w:b/>" + _size(26)),
    _style("Subtitle", "Subtitle", _spacing(0, 18) + CENTRE, fonts("楷体") + _size(18)),
    _style("CoverLine", "Cover Line", _spacing(0, 10) + CENTRE, fonts("仿宋") + _size(16)),
    _style(
        "Notice", "Notice", _spacing(0, 12) + CENTRE, fonts("黑体") + '<w:color w:val="B00000"/>' + _size(14)
    ),
    _style(
        "Heading1",
        "heading 1",
        KEEP + _spacing(16, 8, HEADING_LINES_PT[1]) + _outline(0),
        fonts("黑体") + BLACK + _size(16),
    ),
    _style(
        "Heading2",
        "heading 2",
        KEEP + _spacing(10, 6, HEADING_LINES_PT[2]) + _outline(1),
        fonts("楷体") + BLACK + _size(15),
    ),
    _style(
        "Heading3",
        "heading 3",
        KEEP + _spacing(8, 4, HEADING_LINES_PT[3]) + _outline(2),
        fonts("仿宋") + "<w:b/>" + BLACK + _size(14),
    ),
    _style("TOCHeading", "TOC Heading", _spacing(0, 12, 28) + CENTRE, fonts("黑体") + _size(18)),
    _contents_style(1),
    _contents_style(2),
    _style("TableText", "Table Text", _spacing(1, 1), fonts("宋体") + _size(10.5)),
    _style(
        "TableCaption",
        "Table Caption",
        KEEP + _spacing(8, 4, CAPTION_LINE_PT) + CENTRE,
        fonts("黑体") + _size(10.5),
    ),
    _style(
        "FigureCaption",
        "Figure Caption",
        _spacing(2, 10, CAPTION_LINE_PT) + CENTRE,
        fonts("黑体") + _size(10.5),
    ),
    _style("Figure", "Figure", "<w:keepNext/>" + _spacing(6, 0) + CENTRE, _size(2)),
    _style("AfterTable", "After Table", _spacing(0, 0, AFTER_TABLE_PT), _size(4)),
    _style("Header", "header", _spacing() + CENTRE, fonts("宋体") + _size(9)),
    _style("Footer", "footer", _spacing() + CENTRE, fonts("宋体") + _size(10.5)),
    _style(
        "FigureTag",
        "Figure Tag",
        "",
        f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:color w:val="9AA3AD"/>{_size(10)}'
        '<w:vertAlign w:val="superscript"/>',
        kind="character",
    ),
    _style("PlaceholderText", "Placeholder Text", "", '<w:color w:val="808080"/>', kind="character"),
)


def add_styles(document: Document, *, replace: bool = False) -> None:
    """Give ``document`` the styles the reports use; those it already has stay unless ``replace``."""
    styles = document.styles.element
    for markup in STYLES:
        style = parse_xml(markup)
        old = _style_by_id(styles, style.get(f"{{{W}}}styleId"))
        if old is not None and replace:
            styles.remove(old)
        if old is None or replace:
            styles.append(style)


def _style_by_id(styles: Element, style_id: str) -> Element | None:
    for style in styles.findall(f"{{{W}}}style"):
        if style.get(f"{{{W}}}styleId") == style_id:
            return style
    return None

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from junheng.basics import UserError
from junheng.reports import write_documents
from junheng.reports.numbers import NumberIndex
from junheng.reports.read_facts import read_facts
from junheng.reports.self_evaluation import report_blocks
from junheng.reports.word.blocks import Break, Cell, Heading, Paragraph, Table
from junheng.reports.word.body import BodyWriter, number_captions
from junheng.reports.word.markup import clean
from junheng.reports.word.pages import page_numbers
from junheng.reports.word.styles import FONTS
from junheng.reports.word.table import stays_whole
from junheng.reports.word.template import SHIPPED, make_template


def test_shipped_template_is_what_its_maker_makes(tmp_path: Path) -> None:
    make_template(tmp_path / "made.docx")
    made, shipped = Document(str(tmp_path / "made.docx")), Document(str(SHIPPED))
    assert made.element.xml == shipped.element.xml
    assert made.styles.element.xml == shipped.styles.element.xml
    assert made.sections[1].header._element.xml == shipped.sections[1].header._element.xml


def test_chinese_faces_are_named_with_stand_ins() -> None:
    document = Document(str(SHIPPED))
    body = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    assert body.get(qn("w:eastAsia")) == "仿宋"
    part = next(p for p in document.part.package.iter_parts() if p.partname == "/word/fontTable.xml")
    assert all(name in part.blob.decode() for name in FONTS)


def test_own_template_is_used(finding: Path, tmp_path: Path) -> None:
    own = Document(str(SHIPPED))
    own.paragraphs[0].insert_paragraph_before("某某市教育局监制：{{ county }}")
    own.save(str(tmp_path / "own.docx"))
    write_documents(finding, template=tmp_path / "own.docx")
    assert Document(str(finding / "report.docx")).paragraphs[0].text == "某某市教育局监制：XX区（虚构）"


@pytest.mark.parametrize(
    ("words", "said"), [("{{ nonsense }}", "nonsense"), ("{{ county", "模板"), (None, "body")]
)
def test_an_unusable_template_is_refused(finding: Path, tmp_path: Path, words: str | None, said: str) -> None:
    own = Document(str(SHIPPED))
    body = next(p for p in own.paragraphs if p.text == "{{ body }}")
    if words is None:
        body.text = ""
    else:
        body.insert_paragraph_before(words)
    own.save(str(tmp_path / "own.docx"))
    before = (finding / "report.docx").read_bytes()
    with pytest.raises(UserError, match=said):
        write_documents(finding, template=tmp_path / "own.docx")
    assert (finding / "report.docx").read_bytes() == before


def test_a_file_that_is_no_template_is_refused(finding: Path, tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_text("no")
    with pytest.raises(UserError, match="Word 模板不能使用"):
        write_documents(finding, template=tmp_path / "own.docx")


def test_markup_is_escaped() -> None:
    assert clean('a<b>&"\x00') == "a&lt;b&gt;&amp;&quot;"


def test_captions_are_numbered_by_kind() -> None:
    table = Table("t", "表题", ("甲",), (("1",),), (1,), ("left",))
    bare = Table("u", "", ("甲",), (("1",),), (1,), ("left",))
    assert number_captions([table, bare, table]) == {"t": "表2"}


def test_an_unknown_block_is_our_mistake() -> None:
    with pytest.raises(TypeError, match="no way to write"):
        BodyWriter(lambda _: "", "").write([Cell("x")])  # type: ignore[list-item]  # the point of the test


def test_a_tall_table_may_break_so_that_no_half_page_stays_empty() -> None:
    def table(rows: int, lines: int) -> Table:
        cells = tuple(("\n".join("字" * lines),) for _ in range(rows))
        return Table("t", "表题", ("甲",), cells, (1,), ("left",))

    assert stays_whole(table(7, 1))
    assert stays_whole(table(7, 2))
    assert not stays_whole(table(7, 3))
    assert not stays_whole(table(11, 1))


def test_pages_follow_breaks_and_heights() -> None:
    line = Paragraph(("字",))
    blocks = [Heading(1, "一"), *[line] * 40, Heading(1, "二"), Break("page"), Heading(1, "三")]
    assert page_numbers(blocks) == {0: 1, 1: 2, 2: 3}


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    line = Paragraph(("字",))
    # 637.8 pt high: a heading's 32 pt and 23 lines of 26 pt leave no room for a heading and a line.
    assert page_numbers([Heading(1, "一"), *[line] * 23, Heading(2, "二"), line]) == {0: 1, 1: 2}
    assert page_numbers([Heading(1, "一"), *[line] * 20, Heading(2, "二"), line]) == {0: 1, 1: 1}


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler-utils"
)
def test_contents_agree_with_the_pages_of_an_outside_layout(finding: Path, tmp_path: Path) -> None:
    """LibreOffice lays the report out; every chapter stands within one page of where the contents say."""
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
         str(finding / "report.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "report.pdf"), "-"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    pages = [{"".join(line.split()) for line in page.splitlines()} for page in text.split("\f")]
    blocks = report_blocks(read_facts(finding), NumberIndex())
    told = page_numbers(blocks)
    chapters = [
        (told[place], block.text)
        for place, block in enumerate(b for b in blocks if isinstance(b, Heading))
        if block.level == 1
    ]
    for page, chapter in chapters:
        # Pages 0 and 1 are the cover and the contents themselves.
        found = [n for n, lines in enumerate(pages) if n > 1 and "".join(chapter.split()) in lines]
        assert found, chapter
        assert abs(found[0] - page) <= 1, chapter

import json
from copy import deepcopy
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from PIL import Image
from tests.reports.made_finding import make_finding

from junheng.basics import UserError
from junheng.reports import check_documents, lint_report, write_documents
from junheng.reports.record import final_place
from junheng.reports.word.edits import editable_controls, open_report

TAG = "measures.teachers"
WRITTEN = "全区招聘教师1418名，每人每年培训不少于180学时。"


def control_text(document: DocumentType, tag: str) -> str:
    return "".join(t.text or "" for t in editable_controls(document)[tag].iter(qn("w:t")))


def first_paragraph(document: DocumentType, tag: str) -> Paragraph:
    content = editable_controls(document)[tag].find(qn("w:sdtContent"))
    return Paragraph(content.find(qn("w:p")), document._body)


def write_in(folder: Path, words: str = WRITTEN) -> DocumentType:
    """Type into a section as Word does: the prompt goes, and with it its placeholder mark."""
    document = Document(str(folder / "report.docx"))
    control = editable_controls(document)[TAG]
    shown = control.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr"))
    shown.getparent().remove(shown)
    first_paragraph(document, TAG).text = words
    document.save(str(folder / "report.docx"))
    return document


def test_sections_hold_prompts_at_first(finding: Path) -> None:
    document = open_report(finding / "report.docx")
    assert "（请填写）" in control_text(document, TAG)
    assert len(editable_controls(document)) == 10  # eight sections, two lines of the cover


def test_what_people_wrote_survives_twice(finding: Path) -> None:
    write_in(finding)
    for _ in range(2):
        write_documents(finding)
        assert control_text(open_report(finding / "report.docx"), TAG) == WRITTEN
    assert lint_report(finding) == ()


def test_it_survives_new_data(finding: Path, tmp_path: Path) -> None:
    write_in(finding)
    make_finding(finding, schools={"primary": 14, "junior": 5})
    write_documents(finding)
    assert control_text(open_report(finding / "report.docx"), TAG) == WRITTEN


def test_untouched_sections_get_the_new_prompt(finding: Path) -> None:
    write_in(finding)
    write_documents(finding)
    assert "（请填写）" in control_text(open_report(finding / "report.docx"), "measures.layout")


def test_pictures_links_and_styles_in_a_section_survive(finding: Path, tmp_path: Path) -> None:
    Image.new("RGB", (4, 4), "red").save(tmp_path / "red.png")
    document = write_in(finding)
    paragraph = first_paragraph(document, TAG)
    paragraph.add_run().add_picture(str(tmp_path / "red.png"))
    style = document.styles.add_style("Own", 1)
    paragraph.style = style
    document.save(str(finding / "report.docx"))
    write_documents(finding)
    again = open_report(finding / "report.docx")
    kept = first_paragraph(again, TAG)
    assert kept.style is not None
    assert kept.style.name == "Own"
    blip = next(editable_controls(again)[TAG].iter(qn("a:blip")))
    assert again.part.related_parts[blip.get(qn("r:embed"))].blob == (tmp_path / "red.png").read_bytes()


def test_an_edit_of_generated_text_is_refused_and_nothing_changes(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    target = next(p for p in document.paragraphs if "总体结论为" in p.text)
    target.runs[0].text = "经评估，"
    document.save(str(finding / "report.docx"))
    before = {path.name: path.read_bytes() for path in finding.iterdir()}
    with pytest.raises(UserError) as refusal:
        write_documents(finding)
    assert refusal.value.exit_code == 2
    assert "--overwrite" in str(refusal.value.fix)
    assert {path.name: path.read_bytes() for path in finding.iterdir()} == before


@pytest.mark.parametrize("change", ["bold", "paragraph", "cell", "delete_control", "picture"])
def test_every_kind_of_edit_is_noticed(finding: Path, change: str, tmp_path: Path) -> None:
    document = Document(str(finding / "report.docx"))
    target = next(p for p in document.paragraphs if "总体结论为" in p.text)
    if change == "bold":
        target.runs[0].bold = True
    elif change == "paragraph":
        target.insert_paragraph_before("插入一段")
    elif change == "cell":
        document.tables[1].rows[1].cells[3].text = "99"
    elif change == "delete_control":
        control = editable_controls(document)[TAG]
        control.getparent().remove(control)
    else:
        Image.new("RGB", (4, 4), "blue").save(tmp_path / "blue.png")
        part = document.part.related_parts[next(document.element.body.iter(qn("a:blip"))).get(qn("r:embed"))]
        part._blob = (tmp_path / "blue.png").read_bytes()
    document.save(str(finding / "report.docx"))
    with pytest.raises(UserError, match="人工修改"):
        write_documents(finding)


def test_saving_without_an_edit_is_no_edit(finding: Path) -> None:
    """Word splits runs, adds empty paragraphs and updates fields at every save."""
    document = Document(str(finding / "report.docx"))
    target = next(p for p in document.paragraphs if "总体结论为" in p.text)
    run = target.runs[0]
    words = run.text
    run.text = words[:5]
    rest = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words[5:]
    rest.append(text)
    run._r.addnext(rest)
    target.insert_paragraph_before("")
    for field in document.element.body.iter(qn("w:p")):
        if field.style == "TOC1":
            list(field.iter(qn("w:t")))[-1].text = "77"
    document.save(str(finding / "report.docx"))
    write_documents(finding)
    assert lint_report(finding) == ()


def edit_generated(folder: Path) -> None:
    document = Document(str(folder / "report.docx"))
    next(p for p in document.paragraphs if "总体结论为" in p.text).runs[0].text = "改"
    document.save(str(folder / "report.docx"))


def test_overwrite_keeps_sections_and_leaves_the_edited_report_beside(finding: Path) -> None:
    write_in(finding)
    edit_generated(finding)
    edited = (finding / "report.docx").read_bytes()
    write_documents(finding, overwrite=True)
    assert control_text(open_report(finding / "report.docx"), TAG) == WRITTEN
    assert (finding / "report.人工稿.docx").read_bytes() == edited
    assert lint_report(finding) == ()
    edit_generated(finding)
    write_documents(finding, overwrite=True)
    assert (finding / "report.人工稿.docx").read_bytes() == edited
    assert (finding / "report.人工稿2.docx").exists()


def test_overwrite_of_an_untouched_report_leaves_no_copy(finding: Path) -> None:
    write_documents(finding, overwrite=True)
    assert [path.name for path in finding.glob("*人工稿*")] == []


def test_sections_are_found_by_their_headings_when_the_tags_are_gone(finding: Path) -> None:
    """LibreOffice drops tags, makes inline controls and writes the words again for each run."""
    write_in(finding)
    document = Document(str(finding / "report.docx"))
    for control in list(document.element.body.iter(qn("w:sdt"))):
        line = next(control.iter(qn("w:p")))
        alias = control.find(qn("w:sdtPr")).find(qn("w:alias"))
        words = "".join(text.text or "" for text in line.iter(qn("w:t")))
        for run in line.findall(qn("w:r")):
            line.remove(run)
        for again in ("", words[:3]):
            inline, held = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            properties = OxmlElement("w:sdtPr")
            properties.append(deepcopy(alias))
            run, text = OxmlElement("w:r"), OxmlElement("w:t")
            text.text = again + words
            run.append(text)
            held.append(run)
            inline.extend([properties, held])
            line.append(inline)
        control.addprevious(line)
        control.getparent().remove(control)
    document.save(str(finding / "report.docx"))
    assert editable_controls(open_report(finding / "report.docx")) == {}
    with pytest.raises(UserError, match="人工修改"):
        write_documents(finding)
    write_documents(finding, overwrite=True)
    again = open_report(finding / "report.docx")
    assert control_text(again, TAG) == WRITTEN
    assert control_text(again, "measures.layout").startswith("（请填写）布局")
    assert control_text(again, "edit.signed_by") == "XX区（虚构）"
    assert len(list(again.element.body.iter(qn("w:sdt")))) == 10


def test_who_signs_and_when_is_kept(finding: Path) -> None:
    document = open_report(finding / "report.docx")
    assert control_text(document, "edit.signed_by") == "XX区（虚构）"
    first_paragraph(document, "edit.signed_by").text = "XX区人民政府"
    document.save(str(finding / "report.docx"))
    write_documents(finding)
    assert control_text(open_report(finding / "report.docx"), "edit.signed_by") == "XX区人民政府"


def test_an_edited_page_header_is_refused(finding: Path) -> None:
    document = Document(str(finding / "report.docx"))
    document.sections[-1].header.paragraphs[0].text = "内部资料"
    document.save(str(finding / "report.docx"))
    with pytest.raises(UserError, match="人工修改"):
        write_documents(finding)


def test_a_folder_still_being_written_is_named_as_it_will_be() -> None:
    assert final_place(Path("/a/.e4.arxxi7hz.tmp/sub/report.docx")) == str(Path("/a/e4/sub/report.docx"))
    assert final_place(Path("/a/e4/report.docx")) == str(Path("/a/e4/report.docx"))


def test_documents_as_written_are_told_from_changed_ones(finding: Path) -> None:
    assert check_documents(finding) == ()
    write_in(finding)
    assert check_documents(finding) == ()  # an editable section is no difference
    edit_generated(finding)
    (finding / "figures.json").write_text("[]", encoding="utf-8")
    (finding / "tables.xlsx").unlink()
    told = [text.zh for text in check_documents(finding)]
    assert [words.split()[0] for words in told] == ["report.docx", "tables.xlsx", "figures.json"]
    (finding / "documents.json").unlink()
    assert [text.zh.split()[0] for text in check_documents(finding)] == ["report.docx", "figures.json"]


def test_a_finding_without_documents_differs_in_nothing(tmp_path: Path) -> None:
    assert check_documents(make_finding(tmp_path / "f")) == ()


def test_a_damaged_report_is_a_difference(finding: Path) -> None:
    (finding / "report.docx").write_bytes(b"PK broken")
    assert "已损坏" in check_documents(finding)[0].zh
    write_documents(finding, overwrite=True)
    assert (finding / "report.人工稿.docx").read_bytes() == b"PK broken"
    assert check_documents(finding) == ()


def test_a_comment_in_a_section_is_not_lost_in_silence(finding: Path) -> None:
    document = write_in(finding)
    mark = OxmlElement("w:commentReference")
    first_paragraph(document, TAG).runs[0]._r.append(mark)
    document.save(str(finding / "report.docx"))
    with pytest.raises(UserError, match="无法自动保留"):
        write_documents(finding)


def test_an_edited_workbook_is_refused(finding: Path) -> None:
    (finding / "tables.xlsx").write_bytes(b"mine")
    with pytest.raises(UserError, match=r"tables\.xlsx"):
        write_documents(finding)
    write_documents(finding, overwrite=True)
    assert (finding / "tables.xlsx").read_bytes() != b"mine"


def test_a_report_of_unknown_origin_is_refused(finding: Path) -> None:
    (finding / "documents.json").unlink()
    with pytest.raises(UserError, match="不是由本软件写出"):
        write_documents(finding)


def test_a_damaged_report_is_refused(finding: Path) -> None:
    (finding / "report.docx").write_bytes(b"PK broken")
    with pytest.raises(UserError, match="无法打开"):
        write_documents(finding)


def test_the_record_names_what_was_written(finding: Path) -> None:
    record = json.loads((finding / "documents.json").read_text("utf-8"))
    assert (record["percent"], record["digits"]) == ("truncate", 1)
    assert set(record["report.docx"]) == {"sha256", "generated", "prompts"}

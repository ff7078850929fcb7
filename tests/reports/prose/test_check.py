"""Figures of a report that agree, contradict, or should be asked about."""

from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.basics import UserError
from junheng.reports import Remark, annotate, check_prose, lint_text
from junheng.reports.promises import collect_promises
from junheng.reports.prose.reading import Passage, Prose
from junheng.reports.word.markup import W

HERE = Path(__file__).parent


def check(*lines: str) -> list[tuple[str, str]]:
    passages = tuple(Passage(n, f"第{n}段", line) for n, line in enumerate(lines, start=1))
    remarks: tuple[Remark, ...] = check_prose(Prose(passages, (), "\n".join(lines)))
    return [(remark.kind, remark.what.zh) for remark in remarks if remark.kind != "damaged"]


def agreeing(name: str) -> set[str]:
    found = check_prose(HERE / name)
    assert not [remark for remark in found if remark.kind == "contradicts"]
    return {remark.what.en for remark in found if remark.kind == "agrees"}


def test_the_sums_of_the_city_are_confirmed() -> None:
    assert agreeing("report_of_a_city.txt") == {
        "200所 + 57所 = 257所",
        "18.6万人 + 8.9万人 = 27.5万人",
        "1.1万人 + 0.5751万人 = 1.6751万, 1.68万人 to the digits printed",
        "25个 + 15个 = 40个",
        "6.6万人 + 3.2万人 = 9.8万人",
        "9.8万人 ÷ 27.5万人 = 35.6%",
        "49425名学生 ÷ 1053个班 = 46.94人",
    }


def test_the_district_is_confirmed_and_asked_about_its_two_totals() -> None:
    assert {
        "28984个 + 10956个 = 39940个",
        "3190个学位 ÷ 58个班 = 55个学位",
        "2153人 - 480人 = 1673人",
        "1.83亿元 + 2.34亿元 + 2.1亿元 + 6.5亿元 = 12.77亿元",
        "46所 ÷ 66所小学 = 69.6%",
    } <= agreeing("report_of_a_district.txt")
    asked = [r for r in check_prose(HERE / "report_of_a_district.txt") if r.kind == "ask"]
    assert [remark.what.zh for remark in asked] == [
        "“投入”写作12.77亿元（十三五）和15.28亿元（近五年）：时期或口径是否不同？"
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("小学200所、初中57所，共258所。", "200所 + 57所 = 257，写的是258所"),
        ("教师1000人，其中女教师1200人。", "“其中”的1200人大于整体1000人"),
        ("学生由480人增加到2153人，增加1700人。", "2153人 - 480人 ≠ 1700人（应为1673）"),
        ("经费从100万元提高到130万元，增长20%。", "(130万元 - 100万元) ÷ 100万元 ≠ 20%（应为30）"),
        ("招收1000名学生，编20个班，平均每班45人。", "1000名学生 ÷ 20个班 = 50，写的是45人"),
    ],
)
def test_a_contradiction_is_found(line: str, words: str) -> None:
    assert ("contradicts", words) in check(line)


def test_one_subject_in_one_year_with_two_figures() -> None:
    found = check("2024年全区在校学生12000人。", "2024年底在校学生13000人。")
    assert found == [("contradicts", "“在校学生”同一时期（2024年）两处不同：12000人、13000人")]


def test_years_apart_are_no_contradiction() -> None:
    assert check("2020年在校学生12000人。", "2024年在校学生13000人。") == []


def test_a_figure_rounded_elsewhere_agrees() -> None:
    assert check("2024年在校学生27.5万人。", "2024年在校学生275012人。")[0][0] == "agrees"


@pytest.mark.parametrize(
    "line",
    [
        "教师500人，其中女教师300人、党员180人。",  # parts that may overlap and stay below the whole
        "新建5所，改扩建16所，惠及学生17700人。",
        "公共体育场地3个、共享资源4项，共建教育集团8个。",
        "2024年9月1日，第3小学获评2项。",
        "占地20亩，建筑面积5000平方米。",
    ],
)
def test_what_claims_nothing_is_left_alone(line: str) -> None:
    assert check(line) == []


def test_parts_in_the_sentence_before_their_total() -> None:
    assert check("争取上级资金3亿元、区级资金2亿元。合计投入5亿元。")[0] == (
        "agrees",
        "3亿元 + 2亿元 = 5亿元",
    )


def test_whom_the_parts_serve_is_no_part() -> None:
    line = "教育集团40个，其中市区25个，惠及65所学校，县区15个，惠及32所学校。"
    assert check(line) == [("agrees", "25个 + 15个 = 40个")]
    assert check(line.replace("学校，县区", "学校；县区")) == [("agrees", "25个 + 15个 = 40个")]
    assert check("教育集团40个，其中市区25个；县区14个。") == []
    assert check("集团40个，其中市区45个，惠及65所学校。") == [("contradicts", "“其中”的45个大于整体40个")]


def test_a_share_after_brackets_is_of_the_figure_before_them() -> None:
    found = check("在校生27.5万人。", "随迁子女9.8万人（小学6.6万人、初中3.2万人），占在校生的35.6%。")
    assert found == [("agrees", "6.6万人 + 3.2万人 = 9.8万人"), ("agrees", "9.8万人 ÷ 27.5万人 = 35.6%")]
    inner = "66所（其中农村46所），占69.6%。"
    assert ("agrees", "46所 ÷ 66所 = 69.6%") in check(inner)
    assert check("应兑现3项，已兑现0项，占0%。") == [("agrees", "0项 ÷ 3项 = 0%")]


def test_a_total_after_a_colon_is_of_what_stands_before_it() -> None:
    lines = ("近五年累计投入15.28亿元。", "十三五期间投入：中央3亿元、地方9.77亿元，共计12.77亿元。")
    assert check(*lines) == [
        ("agrees", "3亿元 + 9.77亿元 = 12.77亿元"),
        ("ask", "“投入”写作15.28亿元（近五年）和12.77亿元（十三五）：时期或口径是否不同？"),
    ]


def test_a_share_without_its_whole_is_asked_about() -> None:
    assert check("达标学校46所，占70.5%。") == [("ask", "46所占70.5%：文中没有哪个整体能得出这个比例")]


@given(st.lists(st.integers(1, 10**7), min_size=2, max_size=6), st.integers(-3, 3))
@settings(max_examples=examples(60), deadline=None)
def test_a_sum_is_confirmed_exactly_when_it_holds(parts: list[int], off: int) -> None:
    text = "、".join(f"第{'甲乙丙丁戊己'[n]}项资金{part}元" for n, part in enumerate(parts))
    kinds = [kind for kind, _ in check(f"{text}，合计{sum(parts) + off}元。")]
    tails = {sum(parts[first:]) for first in range(len(parts) - 1)}
    assert kinds[0] == ("agrees" if sum(parts) + off in tails else "contradicts")


def test_a_table_and_its_total(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=4, cols=2)
    for row, cells in enumerate([("区县", "学校数"), ("甲", "12"), ("乙", "30"), ("合计", "43")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.save(str(tmp_path / "a.docx"))
    (remark,) = check_prose(tmp_path / "a.docx")
    assert (remark.kind, remark.what.zh) == ("contradicts", "第2列“学校数”相加为42，合计写的是43")


def test_what_people_wrote_into_controls_is_read_and_grey_numbers_are_not(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("四、下一步工作")
    paragraph = document.add_paragraph("新增小学学位10个")
    paragraph.add_run("F1").style = document.styles.add_style("FigureTag", WD_STYLE_TYPE.CHARACTER)
    paragraph.add_run("、初中学位7个，共18个。")
    written = parse_xml(
        f'<w:sdt xmlns:w="{W}"><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>小学2所、初中1所，共4所。</w:t></w:r></w:p>'
        "</w:sdtContent></w:sdt>"
    )
    paragraph._p.addnext(written)
    document.add_heading("数字索引")
    document.add_paragraph("正文数字右上角的灰色编号与本表对应。")
    document.save(str(tmp_path / "a.docx"))
    told = [remark.what.zh for remark in check_prose(tmp_path / "a.docx")]
    assert told == ["10个 + 7个 = 17，写的是18个", "2所 + 1所 = 3，写的是4所"]
    assert annotate(tmp_path / "a.docx", check_prose(tmp_path / "a.docx"), tmp_path / "b.docx") == 2
    found = collect_promises(tmp_path / "a.docx", prefix="1", report="a")
    assert [one.text for one in found] == ["新增小学学位10个、初中学位7个，共18个", "小学2所、初中1所，共4所"]


def test_shares_of_two_wholes_in_one_paragraph_are_not_mixed() -> None:
    line = "66所小学中，达标46所，占69.6%。30所初中中，达标16所，占53.3%；实有26所，占86.7%。"
    found = check_prose(Prose((Passage(1, "", line),), (), line))
    assert [remark.kind for remark in found] == ["agrees"] * 3
    assert lint_text(line, mode="truncate")[0].what.zh == "26÷30 应为 86.6%，写的是 86.7%"


def test_comments_stand_at_the_contradiction_and_the_text_is_untouched(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("概况")
    document.add_paragraph("小学200所、初中57所，共258所。")
    document.save(str(tmp_path / "a.docx"))
    assert annotate(tmp_path / "a.docx", check_prose(tmp_path / "a.docx"), tmp_path / "b.docx") == 1
    marked = Document(str(tmp_path / "b.docx"))
    assert [p.text for p in marked.paragraphs] == ["概况", "小学200所、初中57所，共258所。"]
    (comment,) = marked.comments
    assert "写的是258所" in comment.text


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"x"), ("a.docx", b"not a zip"), ("a.txt", b"\xff\xfe\x00")]
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError):
        check_prose(tmp_path / name)

"""Documents 2 and 0 composed from results: their figures, their sources, and what is left out."""

import json
import re
import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from tests.reports.compose.conftest import CITY_DATA, DISTRICT_DATA

from junheng.basics import UserError
from junheng.reports import check_prose
from junheng.reports.compose import Composed, check_composed, compose

MET = {
    "primary": (46, 15, 17, 46, 35, 22, 43),
    "junior": (26, 14, 4, 24, 16, 14, 15),
}
PRINTED = {
    "primary": ("69.6", "22.7", "25.7", "69.6", "53", "33.3", "65.1"),
    "junior": ("86.6", "46.6", "13.3", "80", "53.3", "46.6", "50"),
}


def text_of(path: Path) -> str:
    """The report's running text without the tags of the figures."""
    lines = (paragraph.text for paragraph in Document(str(path)).paragraphs)
    return re.sub(r"F\d+", "", "\n".join(lines))


@pytest.fixture(scope="module")
def district_report(results: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Composed:
    return compose("district", results, tmp_path_factory.mktemp("two") / "report.docx", told=DISTRICT_DATA)


@pytest.fixture(scope="module")
def city_report(results: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Composed:
    out = tmp_path_factory.mktemp("nought") / "report.docx"
    return compose("congress", results, out, told=CITY_DATA, owner="某市（虚构）")


@pytest.mark.parametrize(("stage", "whole"), [("primary", 66), ("junior", 30)])
def test_document_2s_seven_indicators(district_report: Composed, stage: str, whole: int) -> None:
    figures = {one["id"]: one for one in json.loads(district_report.figures.read_text("utf-8"))["figures"]}
    for number, (met, share) in enumerate(zip(MET[stage], PRINTED[stage], strict=True), start=1):
        sentence = district_report.sentences[f"met.{stage}.R{number}"]
        told = {figures[one]["text"] for one in sentence.ids}
        assert told == {f"{met}所", f"{whole}所", f"{share}%"}


@pytest.mark.parametrize(
    "said",
    [
        "全县66所小学中，整体达标的5所，占7.5%。",
        "全县30所初中中，整体达标的为0所。",
        "全部1735个教学班中配备多媒体的1701个教学班，占98%。",
        "94所学校中建成同步课堂的81所，占86.1%。",
        "发放各类学生资助5461万元，惠及90660人次。",
        "建档立卡学生61850人次，占68.2%，金额3619万元。",
        "助学贷款6482万元、8470人次，不计入以上资助。",
        "小学学位28984个、初中学位10956个，共新增学位39940个",
        "停办附设学前班58个班，腾出学位3190个，平均每个班55个",
        "由480人增加到2153人，增加1673人",
        "合计投入12.77亿元",
        "近五年累计投入15.28亿元，新建9个项目、改扩建14个项目",
        "计划投入11.345亿元，新建5个项目、改扩建16个项目，共21个项目",
        "小学学位17700个、初中学位7300个，共25000个",
        "力争到2028年",
    ],
)
def test_document_2s_figures(district_report: Composed, said: str) -> None:
    assert said in text_of(district_report.report)


@pytest.mark.parametrize(
    "said",
    [
        "小学200所、初中57所，共257所",
        "186000人、初中生89000人，共275000人",
        "合计16751名教师",
        "小学66000人、初中32000人，共98000人，占35.6%",
        "49425名学生阳光编班，起始年级共1053个班，平均每班46.94人",
        "增加559名、控制数转编",
        "共招聘教师1004名",
        "市区组建教育集团25个、旗县区15个，共40个",
        "教育费预算13.19亿元，其中一般公共预算安排7.18亿元；预算比上年增长30.5%",
        "估算总投资39.32亿元，已到位18.21亿元，占46.3%，尚差21.11亿元",
        "小学650元、初中850元，双语授课上浮10%，寄宿生每人增加200元，特殊教育每人6000元",
        "安装一键报警的94所，占100%",
        "城区36所学校中配齐专职保安的36所，占100%",
    ],
)
def test_document_0s_figures(city_report: Composed, said: str) -> None:
    words = said.replace(
        "增加559名、控制数转编", "市直增加编制559名、旗县区增加512名、控制数转编1689名，共2760名"
    )
    assert words in text_of(city_report.report)


def test_no_figure_contradicts_another(district_report: Composed, city_report: Composed) -> None:
    for report in (district_report, city_report):
        remarks = check_prose(report.report)
        assert not [remark for remark in remarks if remark.kind in ("contradicts", "damaged")]
        assert sum(remark.kind == "agrees" for remark in remarks) > 20
    asked = [remark.what.zh for remark in check_prose(district_report.report) if remark.kind == "ask"]
    assert any("15.28亿元（近五年）和12.77亿元（十三五）" in words for words in asked)


def test_every_figure_opens_again(district_report: Composed, results: list[Path]) -> None:
    count, differences = check_composed(district_report.report, results, DISTRICT_DATA)
    assert count > 100
    assert differences == ()


def test_a_figure_that_changed_since_is_found(
    district_report: Composed, results: list[Path], tmp_path: Path
) -> None:
    changed = Path(shutil.copytree(results[-1], tmp_path / "aid"))
    path = changed / "aid.json"
    path.write_text(path.read_text("utf-8").replace("90660", "90661"), encoding="utf-8")
    _, differences = check_composed(district_report.report, [*results[:-1], changed], DISTRICT_DATA)
    assert any("90660" in words.zh and "90661" in words.zh for words in differences)
    assert len(check_composed(district_report.report, results, None)[1]) > 30  # the work data are not given


def test_what_is_not_given_is_listed_and_never_printed(results: list[Path], tmp_path: Path) -> None:
    done = compose("district", results[:1], tmp_path / "r.docx")
    assert {source for source, _, _ in done.lacking} >= {"工作数据", "学生资助结果", "台账结果（safety）"}
    assert done.sentences["aid"].state == "lacking"
    body = text_of(done.report)
    assert "发放各类学生资助" not in body
    tables = [
        cell.text for table in Document(str(done.report)).tables for row in table.rows for cell in row.cells
    ]
    assert "没有提供学生资助结果" in tables


def test_a_rate_with_schools_unrecorded_is_not_printed(results: list[Path], tmp_path: Path) -> None:
    ledger = Path(shutil.copytree(results[2], tmp_path / "ledger"))
    path = ledger / "ledger.json"
    content = json.loads(path.read_text("utf-8"))
    next(rate for rate in content["rates"] if rate["item"] == "internet")["unknown"] = 3
    path.write_text(json.dumps(content), encoding="utf-8")
    done = compose("district", [ledger], tmp_path / "r.docx")
    assert done.sentences["internet"].state == "lacking"
    assert done.sentences["live"].state == "printed"


def test_edits_are_kept_or_refused(results: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "r.docx"
    compose("district", results[:1], out)
    document = Document(str(out))
    prompt = next(t for t in document.element.body.iter(qn("w:t")) if "上述问题的成因" in (t.text or ""))
    prompt.text = "成因是人口流动。"
    document.save(str(out))
    compose("district", results[:1], out)
    assert "成因是人口流动" in "".join(Document(str(out)).element.body.itertext())
    edited = Document(str(out))
    edited.paragraphs[-1].add_run("改动")
    edited.save(str(out))
    with pytest.raises(UserError, match="人工修改"):
        compose("district", results[:1], out)
    compose("district", results[:1], out, overwrite=True)
    assert (tmp_path / "r.人工稿.docx").exists()


def test_refusals(results: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="district"):
        compose("distric", results, tmp_path / "r.docx")
    with pytest.raises(UserError, match="哪一种结果"):
        compose("district", [tmp_path], tmp_path / "r.docx")
    with pytest.raises(UserError, match="给了两个"):
        compose("district", [results[1], results[1]], tmp_path / "r.docx")
    assert not (tmp_path / "r.docx").exists()

"""Names masked, and a scanner that sees personal data in every kind of published file, and only that."""

import gzip
import hashlib
import json
from pathlib import Path

import docx
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.admissions.forms import id_number
from tests.effort import examples

from junheng.admissions import find_personal_data, mask_name, mask_number
from junheng.basics import UserError

NUMBER = id_number("2015-03-05", 7)
PHONE = "14012345678"
ADDRESS = "梧桐路12号3单元401室"
NAME = "欧阳小明"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王小明", "王*明"),
        ("王明", "王*"),
        ("欧阳小明", "欧**明"),
        ("买买提·艾力", "买**·*力"),
        ("阿依古丽•吐尔逊", "阿***•**逊"),
        ("John Smith", "J*** ****h"),
        ("王", "*"),
        ("", ""),
        (" 王小明 ", "王*明"),
        ("𠮷田明", "𠮷*明"),
    ],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(st.text(st.characters(categories=["Lo", "Lu", "Ll"]), min_size=2, max_size=20))
def test_a_mask_keeps_the_length_and_shows_two_letters_at_most(name: str) -> None:
    masked = mask_name(name)
    assert len(masked) == len(name)
    assert sum(letter != "*" for letter in masked) <= 2
    assert masked.count("*") >= 1


def kinds(source: bytes | Path, **others: object) -> list[str]:
    return [found.kind for found in find_personal_data(source, [NAME], **others)]  # type: ignore[arg-type]  # one dict for all tests


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NUMBER, "identity_number"),
        (f"号码：{NUMBER.lower()}。", "identity_number"),
        (f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}", "identity_number"),
        ("".join(chr(ord(c) + 0xFEE0) for c in NUMBER), "identity_number"),
        (PHONE, "phone"),
        ("+86 140-1234-5678", "phone"),
        ("电话0471-1234567", "phone"),
        ("(0471)-12345678", "phone"),
        (f"住{ADDRESS}", "address"),
        ("甲村3组", "address"),
        ("红旗小区5栋", "address"),
        ("中山路100弄", "address"),
        (f"录取{NAME}同学", "name"),
    ],
)
def test_each_kind_is_seen_in_plain_text(text: str, kind: str) -> None:
    assert kinds(text.encode()) == [kind]
    assert kinds(text.encode("gb18030")) == [kind]
    assert kinds(text.encode("utf-16")) == [kind]
    assert kinds(json.dumps({"a": [text]}).encode()) == [kind]
    assert kinds(gzip.compress(text.encode())) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        hashlib.sha256(b"x").hexdigest(),
        "9" * 18,
        NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2"),
        "0123456789",  # a shown number of 10 digits
        "123456789012345678901234567890",
        "第3号文件，共12号",
        "2027-07-10T09:00:00+08:00",
        "教基〔2027〕12号",
        "王*明 欧**明",
        '{"band":0,"class":1,"ticket":"' + "8" * 64 + '"}',
    ],
)
def test_numbers_of_a_draw_are_no_personal_data(text: str) -> None:
    assert kinds(text.encode()) == []


@given(st.binary(max_size=200))
@settings(max_examples=examples(60))
def test_hex_digests_never_look_personal(content: bytes) -> None:
    digests = " ".join(hashlib.sha256(content + bytes([n])).hexdigest() for n in range(20))
    assert kinds(digests.encode()) == []


def test_workbooks_and_documents_are_looked_into(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet("名单")
    page.write_row(0, 0, [NAME, int(PHONE), NUMBER])
    page.write_comment(5, 5, ADDRESS)
    book.close()
    assert sorted(set(kinds(tmp_path / "a.xlsx"))) == ["address", "identity_number", "name", "phone"]
    document = docx.Document()
    paragraph = document.add_paragraph("录取 ")
    paragraph.add_run(NAME[:2]).bold = True
    paragraph.add_run(NAME[2:])
    document.save(str(tmp_path / "a.docx"))
    found = find_personal_data(tmp_path / "a.docx", [NAME])
    assert [(f.kind, f.shown) for f in found] == [("name", "欧**明")]
    assert found[0].where.startswith("word/document.xml")


def test_neighbouring_cells_are_not_read_as_one_number(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    page = book.add_worksheet()
    page.write_row(0, 0, ["140", "12345678", NUMBER[:9], NUMBER[9:]])
    page.write_row(1, 0, [140, 12345678])
    book.close()
    assert kinds(tmp_path / "a.xlsx") == []


def test_html_is_read_as_a_reader_sees_it() -> None:
    page = f"<p>{NAME[:2]}<b>{NAME[2:]}</b></p><input value='{PHONE}'><td>140</td><td>12345678</td>"
    assert sorted(kinds(page.encode())) == ["name", "phone"]


def test_findings_leak_nothing_and_tell_the_line() -> None:
    found = find_personal_data(f"一\n二 {NAME}\n{NUMBER} {PHONE}\n{ADDRESS}".encode(), [NAME])
    assert [f.where for f in found] == ["2", "3", "3", "4"]
    told = " ".join(map(str, found))
    for secret in (NAME, NUMBER, PHONE, ADDRESS):
        assert secret not in told
    assert mask_number(NUMBER) in told


def test_public_telephones_and_addresses_may_be_allowed() -> None:
    text = f"监督电话 0471-1234567，地址 {ADDRESS}".encode()
    assert kinds(text, allowed=["0471-1234567", ADDRESS]) == []
    assert kinds(text, allowed=["0471-7654321"]) == ["phone", "address"]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 x", b"\x89PNG\r\n", b"PK\x03\x04 broken", b"\x1f\x8bxx", b"\xff\x00\x81\x81"]
)
def test_what_cannot_be_seen_into_is_refused_not_passed(content: bytes) -> None:
    with pytest.raises(UserError, match="无法检查"):
        find_personal_data(content)


def test_names_in_latin_letters_are_whole_words() -> None:
    assert [f.kind for f in find_personal_data(b"to Ann Li, please", ["Ann Li"])] == ["name"]
    assert find_personal_data(b"Annals of Lime", ["Ann", "Li"]) == []

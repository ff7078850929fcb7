"""Bad uploads: refused before anything is kept, in the library's own words where the library judges them."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import Site
from tests.web.test_jobs import BOOK, packed

from junheng.basics import UserError
from junheng.web.audit.models import Entry
from junheng.web.jobs import limits, unpack, uploads
from junheng.web.jobs.models import Job, Upload
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Role

Browse = Callable[[Role, Organisation], Client]
_BIG = 17 * 2**20


def _macro_book() -> bytes:
    content = BytesIO(BOOK.read_bytes())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0" * 64)
    return content.getvalue()


def _bomb() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * _BIG)
    return content.getvalue()


_BAD = {
    "empty": (SimpleUploadedFile("空.xlsx", b""), "空"),
    "picture": (SimpleUploadedFile("图.png", b"\x89PNG"), "不支持的文件类型“.png”"),
    "macro by name": (SimpleUploadedFile("宏.xlsm", b"PK\x03\x04"), "含有宏"),
    "macro inside": (SimpleUploadedFile("宏.xlsx", _macro_book()), "含有宏"),
    "no workbook": (SimpleUploadedFile("文.xlsx", b"hello, world"), "不是工作簿"),
    "a page": (SimpleUploadedFile("页.xlsx", b"<html><table></table></html>"), "网页"),
    "bomb": (SimpleUploadedFile("炸.xlsx", _bomb()), "压缩炸弹"),
    "no zip": (SimpleUploadedFile("包.zip", b"PK\x03\x04 not really"), "不是 zip"),
    "empty zip": (packed({}), "压缩包是空的"),
    "way out": (packed({"../../etc/passwd.csv": b"x"}), "路径不安全"),
    "from the root": (packed({"/etc/cron.csv": b"x"}), "路径不安全"),
    "backslashes": (packed({"..\\..\\x.csv": b"x"}), "路径不安全"),
    "program": (packed({"a.csv": b"x", "run.sh": b"x"}), "不支持的文件类型“.sh”"),
    "macro in a zip": (packed({"a.xlsm": _macro_book()}), "含有宏"),
    "names outside": (
        packed({"a.csv": b"x", "mapping.yaml": b"sheet: ../../../secret.key\n"}),
        "指向压缩包以外",
    ),
}


@pytest.mark.parametrize("case", _BAD)
def test_a_bad_upload_is_refused_and_not_kept(site: Site, browse: Browse, case: str) -> None:
    file, said = _BAD[case]
    file.seek(0)
    address = reverse("job_evaluate", args=[site.county.pk])
    given = {"file": file, "standard": "quality-2017", "year": 2024}
    answer = browse(Role.OFFICER, site.county).post(address, given)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Upload.objects.exists()
    assert not Job.objects.exists()
    assert not Entry.objects.filter(action="upload.keep").exists()
    assert not list(Path(settings.HOME).glob(".upload-*")), "nothing is left behind"


def test_the_message_names_the_file_as_it_was_given(site: Site, browse: Browse) -> None:
    answer = browse(Role.OFFICER, site.county).post(
        reverse("job_evaluate", args=[site.county.pk]),
        {"file": SimpleUploadedFile("我的表.xlsx", b"PK\x03\x04"), "standard": "quality-2017", "year": 2024},
    )
    text = answer.content.decode()
    assert "位置：我的表.xlsx" in text
    assert str(settings.HOME) not in text


def test_what_is_too_large_is_dropped_while_it_arrives(
    site: Site, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.LimitHandler, "limit", 1000)
    answer = browse(Role.OFFICER, site.county).post(
        reverse("job_evaluate", args=[site.county.pk]),
        {"standard": "quality-2017", "year": 2024, "file": SimpleUploadedFile("大.xlsx", b"PK" * 1000)},
    )
    assert "文件过大，上限 100 MB" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 10)
    with pytest.raises(UserError, match="文件过大"):
        uploads.check_size(SimpleUploadedFile("a.xlsx", b"x" * 11))


def test_a_part_that_lies_about_its_size_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The declared size is forged; what unpacks is counted all the same."""
    content = bytearray(packed({"a.csv": b"x" * 5000}).read())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + at, 4)
    (tmp_path / "a.zip").write_bytes(content)
    monkeypatch.setattr(unpack, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(UserError):
        unpack.unpack(tmp_path / "a.zip", tmp_path / "out")
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*")) <= 1000


def test_names_of_chinese_windows_are_read(tmp_path: Path) -> None:
    content = bytearray(packed({"XXXX.csv": b"a"}).read())
    (tmp_path / "a.zip").write_bytes(bytes(content).replace(b"XXXX", "学校".encode("gb18030")))
    unpack.unpack(tmp_path / "a.zip", tmp_path / "out")
    assert (tmp_path / "out" / "学校.csv").read_bytes() == b"a"


def test_a_link_is_unpacked_as_the_plain_text_it_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    unpack.unpack(tmp_path / "a.zip", tmp_path / "out")
    assert not (tmp_path / "out" / "a.csv").is_symlink()


def test_the_same_bytes_lie_once(site: Site, browse: Browse) -> None:
    officer = browse(Role.OFFICER, site.county)
    content = packed({"problem.yaml": b"kind: invest\n"}).read()  # once: a zip holds the time it was packed
    for name in ("甲.zip", "乙.zip"):
        file = SimpleUploadedFile(name, content)
        answer = officer.post(reverse("job_plan", args=[site.county.pk]), {"file": file, "seconds": 30})
        assert answer.status_code == 302, answer.content.decode()
    first, second = Upload.objects.order_by("pk")
    assert first.path == second.path
    assert oct(first.path.stat().st_mode & 0o777) == "0o600"
    assert {first.name, second.name} == {"甲.zip", "乙.zip"}


def test_a_part_whose_compressed_bytes_are_damaged_is_told_as_damage(tmp_path: Path) -> None:
    """The compressor meets it, not the archive's reader: that is a fault of another kind."""
    content = bytearray(packed({"a.csv": b"1,2,3\n" * 500}).read())
    start = content.index(b"a.csv") + len("a.csv")
    content[start : start + 8] = b"\xff" * 8
    (tmp_path / "a.zip").write_bytes(bytes(content))
    with pytest.raises(UserError) as told:
        unpack.unpack(tmp_path / "a.zip", tmp_path / "out")
    assert "已损坏" in told.value.what.zh

"""Zips made to mislead are refused whole; what is honest comes through byte for byte."""

import io
import stat
import zipfile
import zlib

import pytest

from junheng.basics import UserError
from junheng.web.public import parcels
from junheng.web.public.parcels import unpacked


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


def test_a_folder_around_all_is_taken_off_and_what_systems_leave_is_left() -> None:
    files = {"方案/a.json": b"1", "方案/x/b.json": b"2", "__MACOSX/._a": b"3", "方案/.DS_Store": b"4"}
    assert unpacked(zipped(files)) == {"a.json": b"1", "x/b.json": b"2"}
    assert unpacked(zipped({"a": b"1", "x/b": b"2"})) == {"a": b"1", "x/b": b"2"}


def test_a_chinese_name_of_an_old_windows_is_read() -> None:
    raw = zipped({"AAAA.html": b"1"}).replace(b"AAAA.html", "地图".encode("gb18030") + b".html")
    assert unpacked(raw) == {"地图.html": b"1"}


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "x/../../a",
        "/etc/a",
        "C:/a",
        "C:a",
        "x\\..\\a",
        "..\\a",
        "x//a",
        "./a",
        "a\x01b",
        "..",
        "x/..",
    ],
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="不安全"):
        unpacked(zipped({"good.json": b"1", name: b"2"}))


def test_links_passwords_and_doubles_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(UserError, match="链接"):
        unpacked(stream.getvalue())
    with pytest.raises(UserError, match="两次"):
        unpacked(zipped({"a.json": b"1", "A.JSON": b"2"}))
    locked = bytearray(zipped({"a": b"1"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UserError, match="密码"):
        unpacked(bytes(locked))


def test_too_much_is_refused_by_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcels, "_MAX_UNPACKED", 1000)
    bomb = zipped({"a": bytes(2000)})
    with pytest.raises(UserError, match="过大"):
        unpacked(bomb)
    with pytest.raises(UserError, match="过大"):
        unpacked(zipped({"a": bytes(600), "b": bytes(600)}))
    monkeypatch.setattr(parcels, "_MAX_FILES", 3)
    with pytest.raises(UserError, match="多于"):
        unpacked(zipped({str(number): b"" for number in range(4)}))


def test_what_is_no_whole_zip_is_refused() -> None:
    whole = zipped({"a": b"text " * 500})
    packed = zlib.compress(b"x")
    for content in (b"", b"PK", packed, whole[:-30], zipped({}), whole.replace(whole[40:50], bytes(10))):
        with pytest.raises(UserError):
            unpacked(content)

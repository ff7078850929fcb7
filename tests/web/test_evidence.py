"""Files as evidence: known by their bytes, kept once, sent only whole."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import PROTECT
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.conftest import DISTRICT, Site
from tests.web.evidences import PDF

from junheng.basics import UserError
from junheng.web.audit.chain import faults
from junheng.web.audit.models import Entry
from junheng.web.evidence import actions, kinds
from junheng.web.evidence.actions import keep, withdraw
from junheng.web.evidence.models import Evidence
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

People = Callable[[Role, Organisation], Account]
Browse = Callable[[Role, Organisation], Client]

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20 + b"\xff\xd9"
DAY = date(2024, 9, 1)


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip of named parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return stream.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>"}
DOCX = archive({**TYPES, "word/document.xml": b"<w:document/>"})
XLSX = (DISTRICT / "2023.xlsx").read_bytes()


def _kept(site: Site, content: bytes, name: str = "证明.pdf", actor: Account | None = None) -> Evidence:
    return keep(actor, site.school, SimpleUploadedFile(name, content), "校舍证", DAY)


def _files() -> list[Path]:
    return sorted(path for path in (Path(settings.HOME) / "evidence").rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("content", "suffix"), [(PDF, ".pdf"), (PNG, ".png"), (JPEG, ".jpg"), (XLSX, ".xlsx"), (DOCX, ".docx")]
)
def test_a_file_is_known_by_its_bytes_and_named_after_them(site: Site, content: bytes, suffix: str) -> None:
    kept = _kept(site, content, "材料.exe")
    assert kept.name == f"材料.exe{suffix}"
    assert kept.path.read_bytes() == content
    assert kept.path.name == kept.sha256
    assert kept.size == len(content)
    assert Entry.objects.filter(action="evidence.keep", object_id=kept.pk).count() == 1
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"MZ\x90\0", "不支持"),
        (b"<html><script>", "不支持"),
        (b" %PDF-1.7 %%EOF", "不支持"),
        (PDF + archive({"a.txt": b"x"}), "夹带"),  # a PDF that is an archive, too
        (PNG + b"<script>", "夹带"),
        (JPEG[:-2], "不完整"),
        (JPEG + archive({"a.txt": b"x"}), "夹带"),
        (PDF[:-7], "不完整"),
        (b"PK\x03\x04 broken", "不完整"),
        (archive({"a.txt": b"x"}), "压缩包"),
        (archive({**TYPES, "xl/workbook.xml": b"", "word/document.xml": b""}), "夹带"),
        (archive({**TYPES, "xl/workbook.xml": b"", "xl/vbaProject.bin": b"x"}), "宏"),
        (archive({"[Content_Types].xml": b"macroEnabled", "xl/workbook.xml": b""}), "宏"),
        (archive({**TYPES, "word/document.xml": b"", "word/embeddings/oleObject1.bin": b"x"}), "嵌入"),
    ],
)
def test_whatever_else_it_is_called_nothing_else_is_kept(site: Site, content: bytes, said: str) -> None:
    before = _files()
    with pytest.raises(UserError, match=said) as refusal:
        _kept(site, content)
    assert refusal.value.what.en
    assert not refusal.value.what.en.startswith(refusal.value.what.zh)
    assert _files() == before
    assert not Evidence.objects.exists()


def test_a_bomb_is_refused_by_what_it_holds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_UNPACKED_BYTES", 2**20)
    bomb = archive({**TYPES, "xl/workbook.xml": b"\0" * 2**21})
    assert len(bomb) < 5000
    with pytest.raises(UserError, match="炸弹"):
        _kept(site, bomb)
    many = archive({f"p{number}": b"" for number in range(kinds.MAX_PARTS + 1)})
    with pytest.raises(UserError, match="炸弹"):
        _kept(site, many)


def test_the_limit_is_the_sites(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EVIDENCE_BYTES", len(PDF) - 1)
    with pytest.raises(UserError, match="过大"):
        _kept(site, PDF)
    monkeypatch.setattr(settings, "EVIDENCE_BYTES", len(PDF))
    assert _kept(site, PDF).size == len(PDF)


@pytest.mark.parametrize("name", ["../../x.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "a\0/x.pdf", "C:\\x.pdf"])
def test_a_name_is_never_a_path(site: Site, name: str) -> None:
    upload = SimpleUploadedFile("x.pdf", PDF)
    upload._name = name  # type: ignore[attr-defined] # Django's own cleaning stands aside
    kept = keep(None, site.school, upload, "校舍证", DAY)
    assert kept.name == "x.pdf"
    assert kept.path.is_relative_to(Path(settings.HOME) / "evidence")


def test_the_same_bytes_lie_once_and_damaged_ones_are_made_good(site: Site) -> None:
    first, second = _kept(site, PDF), _kept(site, PDF, "又一份.pdf")
    assert first.path == second.path
    first.path.write_bytes(b"altered")
    _kept(site, PDF)
    assert first.path.read_bytes() == PDF
    assert not [path for path in _files() if path.name.startswith(".new-")]


def test_an_entry_that_fails_leaves_no_row(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("killed half-way")

    monkeypatch.setattr(actions, "record", fails)
    with pytest.raises(RuntimeError):
        _kept(site, PDF)
    assert not Evidence.objects.exists()


def test_it_says_what_it_shows_and_expires_after_its_day(site: Site) -> None:
    file = SimpleUploadedFile("x.pdf", PDF)
    with pytest.raises(UserError, match="说明什么"):
        keep(None, site.school, file, "  ", DAY)
    with pytest.raises(UserError, match="到期日"):
        keep(None, site.school, file, "校舍证", DAY, date(2024, 8, 31))


def test_it_is_sent_to_be_saved_and_only_unaltered(site: Site, browse: Browse) -> None:
    kept = _kept(site, PDF)
    address = reverse("evidence_file", args=[kept.pk])
    answer = browse(Role.CLERK, site.school).get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E8")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert browse(Role.INSPECTOR, site.city).get(address).status_code == 200
    assert browse(Role.CLERK, site.neighbour).get(address).status_code == 404
    kept.path.write_bytes(PDF + b"\n")
    assert browse(Role.OFFICER, site.county).get(address).status_code == 410
    kept.path.unlink()
    assert browse(Role.OFFICER, site.county).get(address).status_code == 410
    _kept(site, PDF)


def test_what_was_withdrawn_stays_where_something_refers_to_it(
    site: Site, person: People, browse: Browse
) -> None:
    clerk = person(Role.CLERK, site.school)
    kept = _kept(site, PDF, actor=clerk)
    address = reverse("evidence_withdraw", args=[kept.pk])
    assert browse(Role.OFFICER, site.county).post(address).status_code == 404
    assert browse(Role.CLERK, site.school).post(address).status_code == 302
    assert not withdraw(clerk, kept)
    assert Entry.objects.filter(action="evidence.withdraw").count() == 1
    assert browse(Role.CLERK, site.school).get(reverse("evidence_file", args=[kept.pk])).content == PDF
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if getattr(field, "related_model", None) is Evidence and getattr(field, "many_to_one", False):
                assert field.remote_field.on_delete is PROTECT, (model, field)


def test_the_page_takes_a_file_and_tells_a_refusal_beside_it(site: Site, browse: Browse) -> None:
    address = reverse("evidence", args=[site.school.pk])
    clerk = browse(Role.CLERK, site.school)
    sent = {"words": "校舍证", "dated_on": "2024-09-01"}
    told = clerk.post(address, {**sent, "file": SimpleUploadedFile("a.pdf", b"MZ")}).content.decode()
    assert "不支持的文件类型" in told
    assert clerk.post(address, {**sent, "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 302
    later = {"words": "校舍证", "dated_on": "2999-09-01", "file": SimpleUploadedFile("a.pdf", PDF)}
    assert "今天之后" in clerk.post(address, later).content.decode()
    assert Evidence.objects.count() == 1
    administrator = browse(Role.ADMINISTRATOR, site.county)
    assert administrator.post(address, {**sent, "file": SimpleUploadedFile("a.pdf", PDF)}).status_code == 404


def test_the_list_needs_no_more_queries_for_more_files(site: Site, browse: Browse) -> None:
    clerk, address = browse(Role.CLERK, site.school), reverse("evidence", args=[site.school.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert clerk.get(address).status_code == 200
        return len(caught)

    first = _kept(site, PDF)
    queries()  # the first visit of a session writes it
    one = queries()
    for _ in range(29):
        first.pk = None
        first._state.adding = True
        first.save()
    assert queries() == one

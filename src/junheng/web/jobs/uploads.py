"""Taking an uploaded file: measured, looked into by the library in a process of its own,
kept by its hash."""

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from junheng.basics import Text, UserError
from junheng.web.audit.chain import record
from junheng.web.jobs.child import Ended, ask_once
from junheng.web.jobs.models import Job, Upload
from junheng.web.jobs.reads import PRIVATE_READS, SUFFIXES, Reads
from junheng.web.jobs.states import OPEN, Work
from junheng.web.jobs.unpack import MAX_UPLOAD_BYTES, MIB, refused
from junheng.web.people.models import Account, Organisation

_MACROS = (".xlsm", ".xltm", ".xlam")
_LOOK_SECONDS = 120.0
_ZIP = b"PK\x03\x04"


def take(
    actor: Account, county: Organisation, file: "UploadedFile[Any]", reads: Reads = Reads.DATA, **more: str
) -> Upload:
    """Keep ``file`` for ``county``. Raises UserError, and keeps nothing, for what the library would not read.

    ``more``: names the file's parts go by (``problem``, ``forms``). Where names of minors are in it, its own name is
    not kept. The upload's ``looked`` is what the library saw.
    """
    name = Path((file.name or "").replace("\\", "/")).name[:255]
    suffix = _suffix(name, reads)
    check_size(file)
    with tempfile.TemporaryDirectory(prefix=".upload-", dir=settings.HOME) as folder:
        path = Path(folder) / f"upload{suffix}"
        sha256 = _copy(file, path)
        path = path.rename(path.with_name(f"{sha256}{suffix}"))
        looked = _look(path, Path(folder) / "stage", name, {"reads": str(reads), **more})
        upload = Upload(
            county=county, sha256=sha256, suffix=suffix, size=path.stat().st_size, uploaded_by=actor
        )
        upload.is_private, upload.looked = reads in PRIVATE_READS, looked
        upload.name = f"{sha256[:12]}{suffix}" if upload.is_private else name
        place_bytes(path, upload.path)
    return enter(upload, actor)


@transaction.atomic
def enter(upload: Upload, actor: Account) -> Upload:
    """Write down what was kept."""
    upload.save()
    detail = {"sha256": upload.sha256, "name": upload.name, "bytes": upload.size}
    record(actor, "upload.keep", "upload", upload.pk, detail, organisation_id=upload.county_id)
    return upload


def _suffix(name: str, reads: Reads) -> str:
    suffix = Path(name).suffix.lower()
    if suffix in _MACROS:
        raise refused(
            Text(
                "工作簿含有宏，出于安全不予读取", "the workbook contains macros and is not read, for safety"
            ),
            name,
            Text("请另存为不含宏的 .xlsx", "save it as .xlsx without macros"),
        )
    wanted = SUFFIXES[reads]
    if suffix not in wanted:
        listed = "、".join(wanted)
        raise refused(
            Text(f"不支持的文件类型“{suffix}”", f"file type {suffix!r} is not supported"),
            name,
            Text(f"请上传 {listed}", f"upload {' or '.join(wanted)}"),
        )
    return suffix


def check_size(file: "UploadedFile[Any]") -> None:
    """Raise UserError for an empty file and one over the site's limit."""
    if not file.size:
        raise refused(
            Text("文件是空的", "the file is empty"),
            file.name or "",
            Text("请检查导出是否完整", "check the export"),
        )
    if file.size > MAX_UPLOAD_BYTES:
        raise too_large(file.name or "")


def too_large(name: str) -> UserError:
    """The error of a file over the site's limit."""
    limit = MAX_UPLOAD_BYTES // MIB
    return refused(
        Text(f"文件过大，上限 {limit} MB", f"file too large: the limit is {limit} MB"),
        name,
        Text("请拆分文件，只保留本县数据", "split it, and keep this county's data alone"),
    )


def _copy(file: "UploadedFile[Any]", path: Path) -> str:
    """Write the bytes to ``path`` and return their SHA-256 (hex)."""
    digest = hashlib.sha256()
    with path.open("wb") as out:
        for chunk in file.chunks():
            digest.update(chunk)
            out.write(chunk)
    path.chmod(0o600)
    return digest.hexdigest()


def _look(path: Path, stage: Path, name: str, asked: dict[str, str]) -> dict[str, Any]:
    """Ask the library, in a process of its own, whether it reads the file; the error names the file as it was given."""
    stage.mkdir()
    names = {"problem": "", "forms": "", **asked}
    try:
        return ask_once({"work": "look", "source": str(path), "stage": str(stage), **names}, _LOOK_SECONDS)
    except Ended as ended:
        kept_names = [(f"上传-{path.stem[:12]}{path.suffix}", name), (path.name, name)]
        raise ended.as_error(kept_names) from ended


def place_bytes(path: Path, place: Path) -> None:
    """Move the bytes to where they are kept; the same bytes are already there."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.exists():
        shutil.move(path, place)


def hand_over(actor: Account, county: Organisation, file: "UploadedFile[Any]") -> Upload:
    """Keep ``file`` until the job that reads it has ended (``forget``), without a look into it. Raises UserError."""
    name = Path((file.name or "").replace("\\", "/")).name[:255]
    suffix = Path(name).suffix.lower()[:8]
    check_size(file)
    with tempfile.TemporaryDirectory(prefix=".upload-", dir=settings.HOME) as folder:
        path = Path(folder) / f"upload{suffix}"
        sha256 = _copy(file, path)
        upload = Upload(county=county, name=name, sha256=sha256, suffix=suffix, size=path.stat().st_size)
        upload.uploaded_by, upload.is_private = actor, True
        place_bytes(path, upload.path)
    return enter(upload, actor)


def forget(job: Job) -> None:
    """Of a source nothing but its figures is kept: once its job ended its bytes go."""
    row = Job.objects.select_related("upload").get(pk=job.pk)
    if row.work == Work.SOURCE and not row.is_open and row.upload is not None:
        remove_bytes(row.upload)


def remove_bytes(upload: Upload) -> None:
    """Remove them, unless another upload has the same."""
    others = Upload.objects.filter(sha256=upload.sha256, suffix=upload.suffix).exclude(pk=upload.pk)
    waiting = Job.objects.filter(upload__in=others, state__in=OPEN)
    if not others.filter(is_private=False).exists() and not waiting.exists():
        upload.path.unlink(missing_ok=True)

"""The files of one form put into one archive of the site's own: each measured, each of a kind it may be."""

import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from junheng.basics import DAMAGED_ARCHIVE, Text, sha256_file
from junheng.web.jobs.models import Upload
from junheng.web.jobs.unpack import refused, unpack
from junheng.web.jobs.uploads import check_size, enter, place_bytes
from junheng.web.jobs.works.kind import Part
from junheng.web.people.models import Account, Organisation

_FIXED = (1980, 1, 1, 0, 0, 0)  # the same files have the same bytes
_ZIPPED = (".xlsx", ".docx")
_PLAIN = "名单"  # what a private list is called here


def pack(
    actor: Account, county: Organisation, given: Mapping[Part, "UploadedFile[Any]"], *, is_private: bool
) -> Upload:
    """Keep ``given`` as one upload. Raises UserError, and keeps nothing, for what is no such file.

    Where names of minors are in it, the files' own names are not kept.
    """
    with tempfile.TemporaryDirectory(prefix=".upload-", dir=settings.HOME) as place:
        root, archive = Path(place) / "parts", Path(place) / "upload.zip"
        for part, file in given.items():
            _put(root / part.name, file, part, is_private=is_private)
        _zip(root, archive)
        upload = Upload(county=county, sha256=sha256_file(archive), suffix=".zip", uploaded_by=actor)
        upload.size, upload.is_private = archive.stat().st_size, is_private
        names = "、".join(_name(file) for file in given.values())[:255]
        upload.name = f"{upload.sha256[:12]}.zip" if is_private else names
        place_bytes(archive, upload.path)
    return enter(upload, actor)


def _name(file: "UploadedFile[Any]") -> str:
    return PurePosixPath((file.name or "").replace("\\", "/")).name[-120:]


def _put(folder: Path, file: "UploadedFile[Any]", part: Part, *, is_private: bool) -> None:
    """One file below ``folder``; of an archive what lies in it."""
    name = _name(file)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in part.suffixes:
        listed = "、".join(part.suffixes)
        raise refused(
            Text(f"“{part.label.zh}”不能是“{suffix}”文件", f"{part.label.en} cannot be a file {suffix!r}"),
            name, Text(f"请上传 {listed}", f"upload {' or '.join(part.suffixes)}"),
        )  # fmt: skip
    check_size(file)
    folder.mkdir(parents=True)
    path = folder / (f"{_PLAIN}{suffix}" if is_private else name)
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    if suffix == ".zip":
        packed = path.rename(folder.parent / f"{folder.name}.zip")
        shutil.rmtree(folder)
        unpack(packed, folder, is_draw=part.is_draw)
        packed.unlink()
    elif suffix in _ZIPPED and not _is_zip(path):
        raise refused(
            Text("文件已损坏，或者扩展名与内容不符", "the file is damaged, or is not what its name says"),
            name, Text("请用 Excel 或 Word 打开后重新另存", "open it and save it again"),
        )  # fmt: skip


def _is_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as packed:
            return bool(packed.namelist())
    except DAMAGED_ARCHIVE:
        return False


def _zip(root: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = zipfile.ZipInfo(path.relative_to(root).as_posix(), _FIXED)
            packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    archive.chmod(0o600)

"""The bytes of evidence: measured, known by their hash, put in place in one step."""

import hashlib
import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from junheng.basics import Text, UserError, sha256_file
from junheng.web.evidence.kinds import Kind, kind_of
from junheng.web.evidence.models import NAME, Evidence
from junheng.web.jobs.unpack import MIB, refused

_UNNAMED = "file"


def stored(evidence: Evidence, file: "UploadedFile[Any]") -> Kind:
    """Put the bytes of ``file`` where ``evidence`` keeps them, and tell it name, size and hash.

    Raises UserError, and keeps nothing, for what is empty, too large or of no kind that is taken.
    """
    folder = Path(settings.HOME) / "evidence"
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".new-", dir=folder)
    path = Path(name)
    try:
        evidence.sha256, evidence.size = _copied(descriptor, file)
        kind = kind_of(path, file.name or "")
        evidence.name = shown_name(file.name or "", kind)
        _put(path, evidence.path)
    finally:
        path.unlink(missing_ok=True)
    return kind


def _copied(descriptor: int, file: "UploadedFile[Any]") -> tuple[str, int]:
    """Write the bytes; their SHA-256 (hex) and their number. Raises UserError above the limit and for none."""
    digest, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as out:
        for chunk in file.chunks():
            size += len(chunk)
            if size > settings.EVIDENCE_BYTES:
                raise _too_large(file.name or "")
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    if not size:
        empty = Text("文件是空的", "the file is empty")
        raise refused(empty, file.name or "", Text("请检查文件", "check the file"))
    return digest.hexdigest(), size


def _too_large(name: str) -> UserError:
    limit = settings.EVIDENCE_BYTES // MIB
    return refused(
        Text(f"文件过大，上限 {limit} MB", f"file too large: the limit is {limit} MB"),
        name,
        Text("请压缩图片或分成几份", "make the pictures smaller, or split it"),
    )


def _put(path: Path, place: Path) -> None:
    """Give the bytes their place; the same bytes whole there already stay, damaged ones are made good."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.exists() or sha256_file(place) != place.name:
        path.replace(place)


def shown_name(given: str, kind: Kind) -> str:
    """The sender's name as it may be shown and sent: one step, printable, with the ending of what the file is.

    >>> from junheng.web.evidence.kinds import PDF
    >>> shown_name("..\\\\x/证明.exe", PDF), shown_name("证明.PDF", PDF), shown_name("", PDF)
    ('证明.exe.pdf', '证明.PDF', 'file.pdf')
    """
    last = PurePosixPath(given.replace("\\", "/")).name
    plain = "".join(one for one in last if one.isprintable() and one not in '<>:"|?*').strip(". ") or _UNNAMED
    endings = {kind.suffix, ".jpeg"} if kind.suffix == ".jpg" else {kind.suffix}
    if PurePosixPath(plain).suffix.lower() in endings:
        return plain[-NAME:]
    return f"{plain[: NAME - len(kind.suffix)]}{kind.suffix}"


def whole(evidence: Evidence) -> bytes | None:
    """The bytes, if they are still those that were kept; None where they are gone or were altered."""
    try:
        content = evidence.path.read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == evidence.sha256 else None

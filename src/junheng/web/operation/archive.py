"""The archive of a backup: a gzipped tar whose last member names the SHA-256 of all others."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from junheng.basics import Text, UserError

FORMAT, MANIFEST, FILES = "junheng-backup-1", "manifest.json", "files/"
_CHUNK, _LEVEL = 2**20, 3  # most of it is packed already
_LARGEST_MANIFEST = 256 * 2**20
_DAMAGED = (zlib.error, gzip.BadGzipFile, tarfile.TarError, EOFError, ValueError, KeyError)
Json = dict[str, Any]


@dataclass(slots=True)
class Hashing:
    """A stream that is read, its bytes counted and hashed."""

    stream: IO[bytes]
    size: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def read(self, count: int = -1) -> bytes:
        """As a file's."""
        found = self.stream.read(count)
        self.size += len(found)
        self.digest.update(found)
        return found


def write_archive(target: Path, members: Iterable[tuple[str, Path]], head: Json) -> int:
    """Write ``members`` (name, path) and the manifest to ``target``, readable by its owner alone; how many members.

    A file that vanished meanwhile is left out: only what is past its time is ever removed. Raises OSError.
    """
    held: dict[str, Json] = {}
    with _opened(target) as raw:
        with (
            gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=_LEVEL, mtime=0) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for name, path in members:
                try:
                    held[name] = _add(tar, name, path)
                except FileNotFoundError:
                    continue
            _add_manifest(tar, {"format": FORMAT, **head, "members": held})
        raw.flush()
        os.fsync(raw.fileno())
    return len(held)


def _opened(target: Path) -> IO[bytes]:
    return os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Json:
    with path.open("rb") as stream:
        stat = os.fstat(stream.fileno())
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = stat.st_size, int(stat.st_mtime), 0o600
        read = Hashing(stream)
        tar.addfile(info, read)
    return {"sha256": read.digest.hexdigest(), "bytes": read.size}


def _add_manifest(tar: tarfile.TarFile, manifest: Json) -> None:
    content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


def read_archive(source: Path, into: Path | None = None) -> Json:
    """The manifest of an archive that is whole; its members put below ``into`` where it is given.

    Raises UserError for one that is truncated, altered, or none of ours; then ``into`` is not to be used. Raises
    OSError where ``into`` cannot be written.
    """
    held: dict[str, Json] = {}
    manifest: Json | None = None
    try:
        with source.open("rb") as raw, gzip.GzipFile(fileobj=raw) as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                for info in tar:
                    stream = tar.extractfile(info) if info.isfile() else None
                    if stream is None or manifest is not None:
                        raise _damaged(source, f"{info.name}?")
                    if info.name == MANIFEST:
                        manifest = json.loads(stream.read(_LARGEST_MANIFEST))
                    else:
                        held[info.name] = _taken(stream, _place(source, info.name, into))
            while packed.read(_CHUNK):  # to its end, so that gzip's own sum is held against it
                pass
    except _DAMAGED as error:
        raise _damaged(source, str(error)) from error
    return _compared(source, manifest, held)


def _place(source: Path, name: str, into: Path | None) -> Path | None:
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or not parts:
        raise _damaged(source, name)
    return into.joinpath(*parts) if into else None


def _taken(stream: IO[bytes], place: Path | None) -> Json:
    digest, size = hashlib.sha256(), 0
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    out = _opened(place) if place else None
    try:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if out:
                out.write(chunk)
    finally:
        if out:
            out.close()
    return {"sha256": digest.hexdigest(), "bytes": size}


def _compared(source: Path, manifest: Json | None, held: dict[str, Json]) -> Json:
    """The manifest, if it names exactly what was read. Raises UserError."""
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _damaged(source, MANIFEST)
    stated = manifest.get("members")
    if stated != held:
        stated = stated if isinstance(stated, dict) else {}
        names = sorted(name for name in stated.keys() | held.keys() if stated.get(name) != held.get(name))
        raise _damaged(source, "、".join(names[:5]))
    return manifest


def _damaged(source: Path, where: str) -> UserError:
    return UserError(
        Text("备份不完整或被改动过", "the backup is not whole, or was altered"),
        where=f"{source.name}: {where}",
        why=Text("不能用它恢复；没有改动任何数据", "nothing can be restored from it; no data was changed"),
        fix=Text(
            "请改用较早的一份备份，并查明这一份为何损坏",
            "use an older backup, and find out what happened to this one",
        ),
    )

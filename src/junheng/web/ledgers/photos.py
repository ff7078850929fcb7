"""What a camera wrote into a photo is taken out before it is kept: place, device, time; which way is up stays.

JPEG (ITU-T T.81 B.1.1): segments APP1 to APP15 and comments go, APP14 (the colour transform) stays. PNG (ISO/IEC
15948): the chunks eXIf, tEXt, zTXt, iTXt and tIME go. Other kinds are papers, and stay as they are.
"""

import struct
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from junheng.basics import Text, UserError

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_SCAN, _EXIF, _COMMENT, _COLOUR = 0xDA, 0xE1, 0xFE, 0xEE
_TOLD = {*range(0xE1, 0xF0), _COMMENT} - {_COLOUR}
_CHUNKS = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_ORIENTATION, _UPRIGHT = 0x0112, 1


def is_photo(file: "UploadedFile[Any]") -> bool:
    """Whether it begins as a JPEG or PNG; whether it is a whole one, the evidence app says."""
    start = file.read(len(_PNG))
    file.seek(0)
    return bool(start.startswith((_JPEG, _PNG)))


def untold(file: "UploadedFile[Any]") -> "UploadedFile[Any]":
    """The file without what the camera told; itself where it is no photo.

    Raises UserError for a photo that cannot be read through: what it tells is then not known.
    """
    content = file.read()
    file.seek(0)
    if content.startswith(_JPEG):
        made = _jpeg(content)
    elif content.startswith(_PNG):
        made = _png(content)
    else:
        return file
    if made is None:
        raise UserError(
            Text(
                "照片读不完整，去不掉里面的位置信息",
                "the photo cannot be read through: its place stays in it",
            ),
            where=file.name or "",
            fix=Text("请重新导出或重新拍照", "export it again, or take it again"),
        )
    return SimpleUploadedFile(file.name or "", made, file.content_type or "")


def _jpeg(content: bytes) -> bytes | None:
    parts, turned, at = [content[:2]], _UPRIGHT, 2
    for start, end, marker in _segments(content):
        if marker == _EXIF and turned == _UPRIGHT:
            turned = _orientation(content[start + 4 : end])
        if marker not in _TOLD:
            parts.append(content[start:end])
        at = end
    if not content.startswith(b"\xff", at) or content[at + 1] != _SCAN:
        return None  # no scan follows: what it is, the evidence app says
    if turned != _UPRIGHT:
        parts.insert(1, _turned(turned))
    return b"".join(parts) + content[at:]


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Start, end and marker of each segment before the first scan."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != _SCAN:
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if end > len(content):
            return
        yield at, end, content[at + 1]
        at = end


def _orientation(exif: bytes) -> int:
    """Which way is up (TIFF 6.0, tag 274) in an Exif segment; upright where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[6:8])
    if not exif.startswith(b"Exif\0\0") or order is None:
        return _UPRIGHT
    tiff = exif[6:]
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for entry in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * entry)
            if tag == _ORIENTATION and kind == 3:
                return int(value) if 1 <= value <= 8 else _UPRIGHT
    except struct.error:
        return _UPRIGHT
    return _UPRIGHT


def _turned(orientation: int) -> bytes:
    """An Exif segment that says which way is up, and nothing else."""
    tiff = b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _png(content: bytes) -> bytes | None:
    parts, at = [content[:8]], 8
    while at + 12 <= len(content):
        end = at + 12 + struct.unpack(">I", content[at : at + 4])[0]
        if content[at + 4 : at + 8] not in _CHUNKS:
            parts.append(content[at:end])
        at = end
    return b"".join(parts) if at == len(content) else None

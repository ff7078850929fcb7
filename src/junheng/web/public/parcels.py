"""A folder that came as a zip: read into memory, within measure, never written as its names say."""

import re
import zipfile
from io import BytesIO

from junheng.basics import DAMAGED_ARCHIVE, Text, UserError

MAX_UPLOAD = 20 * 2**20  # bytes; own default, as the two below
_MAX_UNPACKED = 80 * 2**20
_MAX_FILES = 500
_UTF8, _ENCRYPTED, _LINK = 0x800, 0x1, 0o120000
_LEFT_BY_SYSTEMS = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$)")


def unpacked(content: bytes) -> dict[str, bytes]:
    """{name: bytes} of every file of a zip; a single folder around all is taken off.

    Raises UserError for what is no zip, for too much, and for any name that leads out of the folder, is a link,
    comes twice or is encrypted: such a parcel is refused whole.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = _files(archive)
    except DAMAGED_ARCHIVE as error:
        raise _refused("不是完好的 zip 文件", "not a whole zip file") from error
    if not found:
        raise _refused("压缩包里没有文件", "the zip holds no file")
    heads = {name.partition("/")[0] for name in found}
    if len(heads) == 1 and all("/" in name for name in found):
        found = {name.partition("/")[2]: part for name, part in found.items()}
    return found


def _files(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The files, each looked at before it is read; sizes are counted, not believed."""
    infos = archive.infolist()
    if len(infos) > _MAX_FILES:
        raise _refused(f"文件多于 {_MAX_FILES} 个", f"more than {_MAX_FILES} files")
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    left = _MAX_UNPACKED
    for info in infos:
        name = _name(info)
        _check(info, name, seen)
        if name.endswith("/") or _LEFT_BY_SYSTEMS.search(name):
            continue
        with archive.open(info) as stream:
            part = stream.read(left + 1)
        left -= len(part)
        if left < 0:
            raise _refused("解压后过大", "too large when unpacked")
        found[name] = part
    return found


def _name(info: zipfile.ZipInfo) -> str:
    """The name as it was written: Chinese Windows writes GB 18030 without saying so."""
    if info.flag_bits & _UTF8 or info.orig_filename.isascii():
        return info.orig_filename
    try:
        return info.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.orig_filename


def _check(info: zipfile.ZipInfo, name: str, seen: set[str]) -> None:
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts) or re.search(r"[\\:\x00-\x1f]", name):
        raise _refused(f"压缩包里有不安全的路径：{name!r}", f"an unsafe path in the zip: {name!r}")
    if (info.external_attr >> 16) & 0o170000 == _LINK:
        raise _refused(f"压缩包里有链接：{name}", f"a link in the zip: {name}")
    if info.flag_bits & _ENCRYPTED:
        raise _refused("压缩包有密码", "the zip is encrypted")
    if name.casefold() in seen:
        raise _refused(f"压缩包里同名文件出现两次：{name}", f"a name comes twice in the zip: {name}")
    seen.add(name.casefold())


def _refused(zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en), fix=Text("请把公布的文件夹原样压缩成 zip", "zip the folder just as it was written")
    )

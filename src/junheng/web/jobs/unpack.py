"""Unpacking what was uploaded: nothing outside its folder, nothing without measure,
nothing that points elsewhere.

Needs no Django: it runs in the process that computes.
"""

import os
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import yaml

from junheng.basics import DAMAGED_ARCHIVE, Text, UserError

MIB = 1024 * 1024
MAX_UPLOAD_BYTES = 100 * MIB  # own default: a county's return is under 10 MB
MAX_UNPACKED_BYTES = 400 * MIB
MAX_PARTS = 500
_CHUNK = MIB
_UTF8_NAME, _LOCKED = 0x800, 0x1
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xls", ".ods", ".parquet"})
_MACROS = frozenset({".xlsm", ".xltm", ".xlam"})  # the library refuses them in words of its own
_TEXTS = frozenset({".yaml", ".yml", ".json", ".geojson", ".md", ".txt"})
_DATA = _TABLES | _TEXTS | _MACROS
_OF_DRAWS = frozenset({".jsonl", ".py", ".html", ".docx"})  # logs and rows; verifiers, which are never run
_SKIPPED = ("__MACOSX", "Thumbs.db", "desktop.ini", ".lock", ".DS_Store")


def refused(what: Text, where: str, fix: Text) -> UserError:
    """The error of an upload that is not taken."""
    return UserError(what, where=where, why=Text("没有保存，也没有读取", "nothing was kept or read"), fix=fix)


def unpack(archive: Path, folder: Path, *, is_draw: bool = False) -> None:
    """Unpack a zip into the new ``folder``. Raises UserError for anything odd in it, before or while unpacking.

    ``is_draw``: what lies in the folder of a draw is taken too. Nothing unpacked is ever run.
    """
    folder.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as packed:
            taken = _DATA | _OF_DRAWS if is_draw else _DATA
            parts = list(_parts(packed, taken))
            left = MAX_UNPACKED_BYTES
            for part, name in parts:
                left -= _write(packed, part, folder / name, left)
    except zipfile.LargeZipFile as error:
        raise _bomb(archive.name) from error
    except DAMAGED_ARCHIVE as error:
        raise refused(
            Text("压缩包已损坏或不是 zip 文件", "the archive is damaged or is no zip file"),
            "",
            Text("请重新压缩为 .zip", "pack it again as .zip"),
        ) from error


def _parts(packed: zipfile.ZipFile, taken: frozenset[str]) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    found = [(part, _name(part)) for part in packed.infolist() if not part.is_dir()]
    wanted = [(part, PurePosixPath(name)) for part, name in found if not _is_skipped(name)]
    if not wanted:
        what = Text("压缩包是空的", "the archive is empty")
        raise refused(what, "", Text("请检查压缩包", "check the archive"))
    if len(wanted) > MAX_PARTS or sum(part.file_size for part, _ in wanted) > MAX_UNPACKED_BYTES:
        raise _bomb(f"{len(wanted)}")
    if len({str(name).casefold() for _, name in wanted}) != len(wanted):
        what = Text("压缩包内有同名文件", "two files of the archive have one name")
        raise refused(what, "", Text("请改名后重新压缩", "rename one and pack it again"))
    for part, name in wanted:
        _check(part, name, taken)
        yield part, name


def _name(part: zipfile.ZipInfo) -> str:
    """The name as it was packed: archives of Chinese Windows hold GB18030 bytes without saying so."""
    if part.flag_bits & _UTF8_NAME:
        return part.orig_filename
    try:
        return part.orig_filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return part.orig_filename


def _is_skipped(name: str) -> bool:
    last = name.rsplit("/", 1)[-1]
    return name.startswith(_SKIPPED[0]) or last in _SKIPPED or last.startswith("._")


def _check(part: zipfile.ZipInfo, name: PurePosixPath, taken: frozenset[str]) -> None:
    """Raise UserError for a name that leads elsewhere, a locked part, a kind of file that is no data."""
    text = str(name)
    if (
        name.is_absolute()
        or ".." in name.parts
        or any(sign in text for sign in "\\:\0")
        or not text.isprintable()
    ):
        raise refused(
            Text("压缩包内的路径不安全", "a path in the archive leads outside it"),
            text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text,
            Text("请把文件放在一个文件夹内重新压缩", "pack the folder again"),
        )
    if part.flag_bits & _LOCKED:
        what = Text("压缩包已加密", "the archive is encrypted")
        raise refused(what, text, Text("请取消密码后重新压缩", "pack it again without a password"))
    if name.suffix.lower() not in taken:
        raise refused(
            Text(f"不支持的文件类型“{name.suffix}”", f"file type {name.suffix!r} is not supported"),
            text,
            Text("压缩包内只放表格与 YAML 文件", "keep only tables and YAML files in it"),
        )


def _write(packed: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Write one part as a plain file; stops where it holds more than it says or than is ``left``. Returns its bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with (
        packed.open(part) as stream,
        os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        while chunk := stream.read(_CHUNK):
            written += len(chunk)
            if written > left:
                raise _bomb(part.filename)
            out.write(chunk)
    return written


def _bomb(where: str) -> UserError:
    return refused(
        Text(
            f"压缩内容异常：超过 {MAX_PARTS} 个文件，或展开后超过 {MAX_UNPACKED_BYTES // MIB} MB（疑似压缩炸弹）",
            f"suspicious archive: over {MAX_PARTS} files or {MAX_UNPACKED_BYTES // MIB} MB unpacked (like a zip bomb)",
        ),
        where,
        Text("请确认来源，只放需要的文件", "make sure where it comes from, and pack only what is needed"),
    )


def require_inside(folder: Path) -> None:
    """Raise UserError where a YAML file below ``folder`` names a file outside it: others' data must stay theirs."""
    root = folder.resolve()
    for path in sorted(one for one in folder.rglob("*") if one.suffix.lower() in (".yaml", ".yml")):
        for word in _words(path):
            if _leads_out(word, path.parent, root):
                raise refused(
                    Text(
                        f"文件指向压缩包以外：{word}", f"the file names something outside the archive: {word}"
                    ),
                    path.relative_to(folder).as_posix(),
                    Text(
                        "请把用到的文件都放进压缩包，用相对路径",
                        "put every file into the archive and name it from there",
                    ),
                )


def _words(path: Path) -> Iterator[str]:
    """Every scalar as written, up to the first fault: the library says what is wrong there."""
    try:
        for token in yaml.scan(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                yield token.value.strip()
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return


def _leads_out(word: str, beside: Path, root: Path) -> bool:
    if "\0" in word or word.startswith(("/", "~", "\\")):
        return True
    if ".." not in word:
        return False
    named = os.path.normpath(
        beside.resolve() / word.replace("\\", "/")
    )  # by its words alone: there are no links
    return not Path(named).is_relative_to(root)

"""Many filled workbooks at once: one that is refused stops no other."""

import secrets
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from junheng.basics import Text, UserError
from junheng.web.filing.merging import apply, keep_workbook, proposed
from junheng.web.filing.models import CountyYear, Filing, Workbook
from junheng.web.filing.refusing import told
from junheng.web.filing.workbooks import filing_in
from junheng.web.front.file_names import named, sent_name
from junheng.web.jobs.unpack import refused, unpack
from junheng.web.jobs.uploads import check_size
from junheng.web.people.models import Account

_BOOK, _ZIP = (".xlsx", ".xlsm", ".xls", ".ods"), ".zip"


@dataclass(frozen=True, slots=True)
class Gathered:
    """One file: the workbook it was read as, or why it was refused."""

    name: str
    workbook: Workbook | None
    lines: tuple[str, ...] = ()


def gather(
    actor: Account, year: CountyYear, files: Sequence["UploadedFile[Any]"]
) -> tuple[str, list[Gathered]]:
    """Read every workbook, alone or in a zip. Returns the batch, and what became of each file."""
    batch, found = secrets.token_hex(8), []
    for file in files:
        name = upload_name(file)
        with tempfile.TemporaryDirectory(prefix=".workbooks-", dir=settings.HOME) as folder:
            try:
                paths = list(_written(file, Path(folder)))
            except UserError as error:
                found.append(Gathered(name, None, tuple(told(error))))
                continue
            found += [_one(actor, year, path, shown, batch) for path, shown in paths]
    return batch, found


def upload_name(file: "UploadedFile[Any]") -> str:
    """The sender's name without any folder."""
    return sent_name(file.name)[:120]


def written(file: "UploadedFile[Any]", folder: Path, suffix: str) -> Path:
    """The bytes of an upload in ``folder``, by a name of ours. Raises UserError for none and for too many."""
    check_size(file)
    path = folder / f"upload{suffix}"
    with path.open("xb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    return path


def _written(file: "UploadedFile[Any]", folder: Path) -> Iterator[tuple[Path, str]]:
    name = upload_name(file)
    suffix = PurePath(name).suffix.lower()
    if suffix == _ZIP:
        archive, inside = written(file, folder, suffix), folder / "inside"
        unpack(archive, inside)
        for path in sorted(one for one in inside.rglob("*") if one.is_file()):
            yield path, f"{name}/{path.relative_to(inside).as_posix()}"
    elif suffix in _BOOK:
        yield written(file, folder, suffix), name
    else:
        raise refused(
            Text(f"不支持的文件类型“{suffix}”", f"file type {suffix!r} is not supported"),
            name,
            Text(
                "请上传本站的工作簿 .xlsx，或它们的 .zip",
                "give this site's workbooks (.xlsx), or a zip of them",
            ),
        )


def _one(actor: Account, year: CountyYear, path: Path, name: str, batch: str) -> Gathered:
    try:
        filing = (
            Filing.every.filter(pk=filing_in(path), county_year=year).select_related("county_year").first()
        )
        if filing is None:
            raise refused(
                Text("这不是本县这一年报表的工作簿", "this is the workbook of another county or year"),
                name,
                Text("请核对文件", "check the file"),
            )
        return Gathered(name, keep_workbook(actor, filing, path, name, batch))
    except UserError as error:
        return Gathered(name, None, tuple(told(named(error, path, name))))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A workbook of a batch: how many cells it changes, how many of them changed meanwhile, how much was not read."""

    workbook: Workbook
    changes: int
    conflicts: int
    unread: int


def waiting(workbook: Workbook) -> Waiting:
    """What a workbook would do now."""
    found = proposed(workbook)
    conflicts = sum(one.is_conflict for one in found)
    unread = workbook.not_read.count('"zh"')
    return Waiting(workbook, len(found) - conflicts, conflicts, unread)


def apply_batch(actor: Account, year: CountyYear, batch: str) -> tuple[int, list[Gathered]]:
    """Merge every workbook of a batch that nothing speaks against: each whole, or not at all, and then told why.

    One with a cell that changed meanwhile waits for somebody to choose.
    """
    done, left = 0, []
    for workbook in batch_of(year, batch):
        if workbook.applied_at or waiting(workbook).conflicts:
            continue
        try:
            apply(actor, workbook, {})
            done += 1
        except ValidationError as error:
            left.append(Gathered(workbook.name, workbook, tuple(told(error))))
    return done, left


def batch_of(year: CountyYear, batch: str) -> list[Workbook]:
    """The workbooks of a batch, by the schools' codes."""
    found = Workbook.objects.filter(filing__county_year=year, batch=batch).exclude(batch="")
    return list(
        found.select_related("filing__school", "filing__county_year__county").order_by("filing__code")
    )

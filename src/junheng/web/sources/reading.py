"""Reading an upload: small ones at once, large ones handed to a background job. Its bytes are
not kept."""

import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from junheng.basics import DAMAGED_ARCHIVE, sha256_file
from junheng.data import Figure, Told
from junheng.web.front.file_names import sent_name
from junheng.web.jobs.actions import ask_source
from junheng.web.jobs.models import Job
from junheng.web.jobs.uploads import hand_over
from junheng.web.people.models import Account, Organisation
from junheng.web.sources.figures import read_figures
from junheng.web.sources.models import SourceKind

AT_ONCE_BYTES = 8_000_000  # of sheets unpacked: read in under a second on one core; a wide margin below two
_PLAIN_TIMES = 8  # an .xls is not packed: its cells take about as much more as text


@dataclass(frozen=True, slots=True)
class Given:
    """What an upload says, by kind of source: a workbook with registers beside other tables is two."""

    name: str
    sha256: str
    figures: Mapping[SourceKind, Mapping[Figure, Told]]


def read_given(file: "UploadedFile[Any]", kind: SourceKind, year: int, mapping: str = "") -> Given:
    """Read ``file`` as a source of ``kind``. Raises UserError where the library does not read it or it says nothing."""
    name = sent_name(file.name)
    with tempfile.TemporaryDirectory(prefix="junheng-source-") as folder:
        path = Path(folder) / f"{year}{PurePath(name).suffix.lower()}"  # the sender's name is never a path
        with path.open("xb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        figures, sha256 = read_figures(path, name, kind.value, year, mapping), sha256_file(path)
    return Given(name, sha256, {SourceKind(one): said for one, said in figures.items()})


def is_large(file: "UploadedFile[Any]") -> bool:
    """Whether reading it could keep a request waiting: by what it unpacks to, before anything is read."""
    try:
        with zipfile.ZipFile(file) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except DAMAGED_ARCHIVE:  # no packed workbook: the reader says what is wrong with it
        size = (file.size or 0) * _PLAIN_TIMES
    finally:
        file.seek(0)
    return size > AT_ONCE_BYTES


def read_later(
    actor: Account, county: Organisation, file: "UploadedFile[Any]", asked: Mapping[str, Any]
) -> Job:
    """Hand ``file`` to a job that reads it; its bytes are removed when the job has ended. Raises UserError."""
    return ask_source(actor, county, hand_over(actor, county, file), asked)

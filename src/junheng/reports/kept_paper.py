"""A paper that people write in: made again, it keeps their sections and never an edit unsaid.

Beside ``report.docx`` stands a record of what was written. A file whose generated parts were edited by hand is
refused, unless the user says to overwrite: then it is copied aside first, as report.人工稿.docx.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.document import Document as DocumentType

from junheng.basics import Text, UserError, sha256_bytes
from junheng.reports.record import is_as_generated, keep_backup
from junheng.reports.word.blocks import Block, Editable
from junheng.reports.word.carry import carried_markup
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.edits import generated_fingerprint, open_report
from junheng.reports.word.recover import restore_controls
from junheng.reports.word.template import PAPER

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MadePaper:
    """The bytes of a .docx, and the record by which a later run tells whether it was edited."""

    content: bytes
    record: Json


def make_paper(
    path: Path, known: Json, cover: Mapping[str, str], blocks: Sequence[Block], *, overwrite: bool
) -> MadePaper:
    """The paper to be written to ``path``; what people wrote in the file that is there is carried over.

    ``known`` is the record of that file (empty without one), ``cover`` holds title, subtitle, notice, header.
    Raises UserError when its generated parts were edited and ``overwrite`` is not set. Nothing is written here.
    """
    document = filled_template(PAPER, dict(cover))
    prompts = {block.tag: block.prompt for block in blocks if isinstance(block, Editable)}
    old = _kept_from(path, known, blocks, overwrite)
    kept = {}
    if old is not None:
        kept = carried_markup(old, document, known.get("prompts") or {}, strict=not overwrite)
        lost = sorted(set(kept) - set(prompts))
        if lost and not overwrite:
            raise _edited(
                path, Text(f"人工填写部分 {'、'.join(lost)} 没有位置", "a written section has no place")
            )
    written = write_body(document, list(blocks), kept)
    fingerprint = generated_fingerprint(written)
    content = saved(written, cover["title"])
    return MadePaper(content, {"sha256": sha256_bytes(content), "generated": fingerprint, "prompts": prompts})


def set_aside(path: Path, known: Json) -> None:
    """Copy the file at ``path`` aside when it is not exactly what was written; call before replacing it."""
    keep_backup(path, dict(known))


def _kept_from(path: Path, known: Json, blocks: Sequence[Block], overwrite: bool) -> DocumentType | None:
    if not path.exists():
        return None
    if not overwrite:
        if not known or not is_as_generated(path, dict(known)):
            raise _edited(
                path,
                Text(
                    "由软件生成的部分被人工修改过，或不是由本软件写出",
                    "generated parts were edited, or it is not ours",
                ),
            )
        return open_report(path)
    try:
        found = open_report(path)
    except UserError:
        return None  # nothing can be read from it; the copy set aside holds it
    restore_controls(found, list(blocks))
    return found


def _edited(path: Path, what: Text) -> UserError:
    return UserError(
        what,
        where=str(path),
        why=Text(
            "重新生成会丢失修改，因此未作任何改动",
            "making it again would lose the edits; nothing was changed",
        ),
        fix=Text(
            "请换一个输出位置；或加 --overwrite：灰色提示处所写保留，旧文件另存为“人工稿”",
            "choose another place; or add --overwrite: written sections are kept, the old file is set aside",
        ),
    )

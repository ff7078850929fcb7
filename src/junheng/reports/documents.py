"""Writes a finding's documents: the Word report, the workbook, the list of printed numbers.

documents.json remembers what was written, so that a later run can tell a file edited by hand from one that
was not. The report's editable sections are carried over; an edit anywhere else stops the run, unless the user
says to overwrite: then the edited file is copied aside first. Nothing is written before everything is ready.
"""

import json
from pathlib import Path
from typing import Any

from docx.document import Document as DocumentType

from junheng import __version__
from junheng.basics import Text, UserError, atomic_file, sha256_bytes, sha256_file
from junheng.reports.facts import Facts
from junheng.reports.numbers import NumberIndex
from junheng.reports.percent import PercentMode, check_percent_options
from junheng.reports.read_facts import read_facts
from junheng.reports.record import (
    NUMBERS,
    RECORD,
    REPORT,
    WORKBOOK,
    final_place,
    is_as_generated,
    keep_backup,
    read_record,
)
from junheng.reports.self_evaluation import cover, report_blocks
from junheng.reports.word.blocks import Block, Editable
from junheng.reports.word.carry import carried_markup
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.edits import generated_fingerprint, open_report
from junheng.reports.word.recover import restore_controls
from junheng.reports.word.signature import cover_texts, put_back
from junheng.reports.workbook.book import write_workbook


def write_documents(
    folder: Path,
    *,
    percent: PercentMode = "truncate",
    digits: int = 1,
    template: Path | None = None,
    overwrite: bool = False,
) -> None:
    """Write report.docx, tables.xlsx, figures.json and documents.json into the finding ``folder``.

    Documents already in the folder are replaced; what people wrote in the report's editable sections is
    carried over. Raises UserError (exit 2) when generated parts were edited by hand and ``overwrite`` is not
    set, when the folder holds no finding, when the template cannot be used, or when the place cannot be
    written; then no document has changed.
    """
    check_percent_options(percent, digits)
    facts = read_facts(folder)
    numbers = NumberIndex(percent, digits)
    blocks = report_blocks(facts, numbers)
    kept_from = _kept_from(folder, blocks, overwrite)
    report, generated, prompts = _report(facts, blocks, template, kept_from, overwrite=overwrite)
    record: dict[str, Any] = {
        "software": f"junheng {__version__}",
        "percent": percent,
        "digits": digits,
        REPORT: {"sha256": sha256_bytes(report), "generated": generated, "prompts": prompts},
        "verdict.json": {"sha256": sha256_file(folder / "verdict.json")},
    }
    _write_all(folder, facts, report, numbers, record, with_backup=overwrite)


def _write_all(
    folder: Path,
    facts: Facts,
    report: bytes,
    numbers: NumberIndex,
    record: dict[str, Any],
    *,
    with_backup: bool,
) -> None:
    """All four files are complete before the first takes its place; edited ones are copied aside before that."""
    with (
        atomic_file(folder / REPORT) as report_path,
        atomic_file(folder / NUMBERS) as numbers_path,
        atomic_file(folder / WORKBOOK) as workbook_path,
        atomic_file(folder / RECORD) as record_path,
    ):
        report_path.write_bytes(report)
        _write_json(numbers_path, numbers.as_json())
        write_workbook(facts, workbook_path)
        hashes = {
            WORKBOOK: {"sha256": sha256_file(workbook_path)},
            NUMBERS: {"sha256": sha256_file(numbers_path)},
        }
        _write_json(record_path, {**record, **hashes})
        if with_backup:
            known = read_record(folder)
            for name in (REPORT, WORKBOOK):
                keep_backup(folder / name, known.get(name) or {})


def _report(
    facts: Facts,
    blocks: list[Block],
    template: Path | None,
    kept_from: DocumentType | None,
    *,
    overwrite: bool,
) -> tuple[bytes, str, dict[str, str]]:
    """The report's bytes, the fingerprint of its generated parts, what its editable sections hold at first."""
    filling = cover(facts)
    document = filled_template(template, filling)
    prompts = {**cover_texts(document), **_prompts(blocks)}
    kept: dict[str, str] = {}
    if kept_from is not None:
        told = (read_record(facts.folder).get(REPORT) or {}).get("prompts", {})
        kept = carried_markup(kept_from, document, told, strict=not overwrite)
        lost = set(kept) - set(prompts)
        if lost and not overwrite:
            raise _edited(facts.folder / REPORT, f"人工填写部分 {'、'.join(sorted(lost))} 在新报告中没有位置")
    put_back(document, kept)
    written = write_body(document, blocks, kept)
    return saved(written, filling["title"]), generated_fingerprint(written), prompts


def _prompts(blocks: list[Block]) -> dict[str, str]:
    return {block.tag: block.prompt for block in blocks if isinstance(block, Editable)}


def _kept_from(folder: Path, blocks: list[Block], overwrite: bool) -> DocumentType | None:
    """The report whose sections are to be kept; None without one. Refuses one edited elsewhere unless told to."""
    record, path = read_record(folder), folder / REPORT
    if not overwrite:
        return _untouched_report(folder, record)
    if not path.exists():
        return None
    try:
        found = open_report(path)
    except UserError:
        return None  # nothing can be read from it; the backup holds it
    restore_controls(found, blocks)
    return found


def _untouched_report(folder: Path, record: dict[str, Any]) -> DocumentType | None:
    """The report as it lies there. Raises UserError when it or the workbook was edited by hand elsewhere."""
    report, workbook = folder / REPORT, folder / WORKBOOK
    if workbook.exists() and sha256_file(workbook) != (record.get(WORKBOOK) or {}).get("sha256"):
        raise _edited(workbook, "附表工作簿 tables.xlsx 被人工修改过，或不是由本软件写出")
    if not report.exists():
        return None
    if not is_as_generated(report, record.get(REPORT) or {}):
        raise _edited(report, "报告中由软件生成的部分被人工修改过，或报告不是由本软件写出")
    return open_report(report)


def _edited(path: Path, what: str) -> UserError:
    return UserError(
        Text(
            what,
            "Generated parts of this document were edited by hand, or it was not written by this program",
        ),
        where=final_place(path),
        why=Text(
            "重新生成会丢失这些修改，因此未作任何改动",
            "making it again would lose the edits; nothing was changed",
        ),
        fix=Text(
            "人工内容请写在灰色提示处（可保留）；或加 --overwrite：保留提示处所写，其余修改另存为 report.人工稿.docx；"
            "或把结论复制到另一个文件夹再生成",
            "write in the grey prompted sections (they are kept); or add --overwrite: the sections are kept, the "
            "edited file is saved beside it as report.人工稿.docx; or copy the finding to another folder",
        ),
    )


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

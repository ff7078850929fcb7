"""佐证材料清单.xlsx: every item's evidence, and one sheet of what lacks."""

from collections.abc import Sequence

from junheng.reports.application.evidence import EvidenceRow
from junheng.reports.facts import Facts
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column

_COLUMNS = (
    Column("编号", 7),
    Column("部分", 14),
    Column("条款", 20),
    Column("依据方式", 11),
    Column("要求的佐证", 40),
    Column("现有", 34),
    Column("评定结果", 10),
    Column("佐证指纹（SHA-256）", 24),
    Column("日期", 11),
    Column("有效期至", 11),
    Column("缺什么", 26),
    Column("条款结论", 10),
)
_NOTES = (
    "由数据计算的条款，佐证就是所列填报数据的行，逐格见 junheng explain 结论文件夹 --item 编号。",
    "凭佐证的条款，“现有”是佐证材料表中的记录；指纹是佐证文件的 SHA-256，失效或没有日期的不算。",
    "Computed items rest on the rows named; attested ones on the evidence whose SHA-256 is given. Expired or undated ones do not count.",
)


def evidence_book(facts: Facts, rows: Sequence[EvidenceRow]) -> bytes:
    """The workbook's bytes: 清单, and 尚缺 with the rows that lack something."""
    owner = f"{facts.county_name}{facts.school_year}佐证材料清单"
    lacking = [row for row in rows if row.lacks]
    return plain_book([_sheet("清单", rows, _NOTES), _sheet("尚缺", lacking, ())], owner)


def _sheet(name: str, rows: Sequence[EvidenceRow], notes: Sequence[str]) -> Sheet:
    cells = [
        [row.key, row.part, row.name, row.mode, row.asked, row.there, row.rating, row.sha256, row.dated, row.expires,
         row.lacks, row.verdict]
        for row in rows
    ]  # fmt: skip
    return Sheet(name, _COLUMNS, cells, notes, freeze=3)

"""指标分配表.xlsx: the officers' table, quotas, every derivation, lots, rules, what-if."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.admissions.quota.allocate import Allocation
from junheng.admissions.quota.exact_text import shown
from junheng.admissions.quota.matrix_sheet import write_matrix
from junheng.admissions.quota.norms import RateFact
from junheng.admissions.quota.reasons import reason, table_title
from junheng.admissions.quota.result import Compared, Result
from junheng.admissions.quota.rule_words import rule_lines
from junheng.admissions.quota.rules import Certainty
from junheng.admissions.quota.sheet_writer import Field, Look, Value, listing, make_look
from junheng.admissions.quota.table import Filled, Settled

_SHARE = (
    Field("应得（分数）", "exact share", 18, "tight"),
    Field("应得（小数）", "decimal", 11, "decimal"),
    Field("整数部分", "floor", 9, "whole"),
    Field("余数", "remainder", 18, "tight"),
    Field("次序", "rank", 7, "whole"),
    Field("加", "extra", 6, "whole"),
)
_END = (Field("名额", "seats", 8, "total"), Field("理由", "why", 46))


def write_workbook(result: Result, path: Path) -> None:
    """Write the workbook. Raises OSError when the place cannot be written."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    book = Workbook(
        str(path), {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    # The day of making would make two runs on one input differ.
    book.set_properties({"created": datetime(result.allocation.given.year, 1, 1, tzinfo=UTC)})
    look = make_look(book)
    write_matrix(book, look, result.allocation, result.checks)
    _quotas(book, look, result)
    _columns(book, look, result.allocation)
    _cells(book, look, result.allocation)
    _lots(book, look, result.allocation)
    _rules(book, look, result)
    if result.compared is not None:
        _compared(book, look, result.compared)
    if result.admission is not None:
        _admission(book, look, result)
    try:
        book.close()
    except FileCreateError as error:
        # XlsxWriter wraps the system's error; the caller knows how to tell that one.
        raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _quotas(book: Any, look: Look, result: Result) -> None:
    """高中指标: share × plan, how it became whole, and the verdict on the share."""
    fields = (
        Field("高中", "senior school", 22), Field("标识码", "code", 13), Field("招生计划", "plan", 10, "whole"),
        Field("比例", "share", 9, "name"), Field("比例×计划", "share × plan", 12, "name"),
        Field("指标", "seats", 9, "total"), Field("集团内直接分配", "direct", 10, "whole"),
        Field("按比例分配", "shared", 10, "whole"), Field("指标÷计划", "seats ÷ plan", 10, "percent"),
        Field("结论", "verdict", 14, "name"), Field("依据", "why", 38),
    )  # fmt: skip
    facts = {fact.senior: fact for fact in result.checks.seniors}
    rows: list[list[Value]] = []
    for senior, quota in zip(result.allocation.given.seniors, result.allocation.quotas, strict=True):
        share = None if quota.share is None else f"{shown(quota.share * 100)}%"
        exact = None if quota.exact is None else shown(quota.exact)
        rows.append([senior.name, senior.id, senior.plan, share, exact, quota.seats, quota.direct, quota.general,
                     *_verdict(facts[senior.id])])  # fmt: skip
    overall = result.checks.overall
    direct, general = (
        sum(getattr(q, name) for q in result.allocation.quotas) for name in ("direct", "general")
    )
    rows.append(
        ["合计 total", None, overall.plan, None, None, overall.seats, direct, general, *_verdict(overall)]
    )
    listing(book, look, "高中指标", "各高中指标及比例核对", fields, rows)


def _verdict(fact: RateFact) -> list[Value]:
    from junheng.judgement import VERDICT_NAMES

    return [fact.rate, str(VERDICT_NAMES[fact.verdict]), fact.reason.zh]


def _settled(found: Settled, seats: int) -> list[Value]:
    floor = seats - found.extra - found.dealt
    rest = str(found.exact - found.whole) if found.exact != found.whole else None
    return [str(found.exact), found.exact, floor, rest, found.rank or None, found.extra or None]


def _columns(book: Any, look: Look, allocation: Allocation) -> None:
    """合计计算: how many seats each district, school or pack has in each table."""
    fields = (
        Field("表", "table", 26), Field("单位", "receiver", 26), Field("基数", "basis", 9, "whole"),
        Field("折算数", "weight", 12, "name"), *_SHARE, *_END,
    )  # fmt: skip
    rows = [
        [table_title(table.task.id), unit.name, unit.basis, shown(unit.weight), *_settled(found, table.column_seats(place)),
         table.column_seats(place), reason(found).zh]
        for table in allocation.tables
        for place, (unit, found) in enumerate(zip(table.task.units, table.columns, strict=True))
    ]  # fmt: skip
    listing(
        book, look, "合计计算", "各单位名额计算过程：应得 = Σ 各高中名额 × 折算数 ÷ Σ折算数", fields, rows
    )


def _cells(book: Any, look: Look, allocation: Allocation) -> None:
    """明细计算: the derivation of every cell, direct seats first."""
    fields = (
        Field("表", "table", 26), Field("高中", "senior school", 18), Field("单位", "receiver", 26),
        Field("名额合计", "seats shared", 10, "whole"), Field("折算数", "weight", 12, "name"),
        Field("Σ折算数", "Σ weight", 12, "name"), *_SHARE, Field("抽得", "dealt", 7, "whole"), *_END,
    )  # fmt: skip
    rows = [*_direct_rows(allocation), *(row for table in allocation.tables for row in _cell_rows(table))]
    listing(book, look, "明细计算", "逐格计算过程：应得 = 名额 × 折算数 ÷ Σ折算数", fields, rows)


def _direct_rows(allocation: Allocation) -> Iterator[list[Value]]:
    seniors = {row.id: row.name for row in allocation.given.seniors}
    juniors = {row.id: row.name for row in allocation.given.juniors}
    for row in allocation.direct:
        yield ["direct 集团内", seniors[row.senior], juniors[row.junior], None, str(row.examinees), None,
               str(row.exact), row.exact, None, None, None, None, None, row.seats,
               f"报考 {row.examinees} 人按规定比例直接分配"]  # fmt: skip


def _cell_rows(table: Filled) -> Iterator[list[Value]]:
    task = table.task
    for i, row in enumerate(task.rows):
        total = sum((unit.weight for j, unit in enumerate(task.units) if task.served[i][j]), Fraction(0))
        for j, unit in enumerate(task.units):
            if not task.served[i][j]:
                continue
            found, seats = table.cells[i][j], table.seats[i][j]
            yield [table_title(task.id), row.name, unit.name, row.seats, shown(unit.weight), shown(total),
                   *_settled(found, seats), found.dealt or None, seats, reason(found).zh]  # fmt: skip


def _lots(book: Any, look: Look, allocation: Allocation) -> None:
    fields = (
        Field("表", "table", 26),
        Field("次序", "place", 8, "whole"),
        Field("单位", "what was drawn", 44),
    )
    rows: list[list[Value]] = [
        [table_title(lot.of), place, label]
        for table in allocation.tables
        for lot in table.lots
        for place, label in enumerate(lot.labels, start=1)
    ]
    if rows:
        listing(book, look, "抽签", "由抽签定先后的各项（次序靠前者先得）", fields, rows)


def _rules(book: Any, look: Look, result: Result) -> None:
    """规则: every rule with its value and source."""
    fields = (Field("规则", "rule", 16), Field("内容", "content", 34), Field("内容（英文）", "in English", 40),
              Field("文件", "document", 36), Field("可靠程度", "certainty", 30))  # fmt: skip
    day = date(result.allocation.given.year, 9, 1)
    rows: list[list[Value]] = [
        [
            name.zh,
            said.zh,
            said.en,
            f"{source.document} {source.article}".strip(),
            _certainty(source.certainty),
        ]
        for name, said, source in rule_lines(result.allocation.rules, day)
    ]
    citation, least = result.checks.norm.citation, f"{shown(result.checks.norm.least * 100)}%"
    norm = f"{citation.document} {citation.article}"
    rows.append(["G14 比例", f"不低于 {least}", f"at least {least}", norm, _certainty(citation.certainty)])
    rows.append(["规则文件指纹", result.rules_sha256[:32], result.rules_sha256[32:], "SHA-256", None])
    listing(book, look, "规则", "所用规则及出处", fields, rows)


def _certainty(word: Certainty) -> str:
    from junheng.standards import CERTAINTY_NAMES

    return str(CERTAINTY_NAMES[word])


def _compared(book: Any, look: Look, compared: Compared) -> None:
    """对比: every difference of the what-if, totals by receiver last."""
    fields = (Field("高中", "senior school", 20), Field("单位", "receiver", 28), Field("现", "now", 9, "whole"),
              Field("测算", "what if", 9, "whole"), Field("增减", "change", 9, "total"), Field("说明", "note", 46))  # fmt: skip
    seniors = {row.id: row.name for row in compared.after.given.seniors}
    note = "应得数未减而名额减少：余数次序改变（亚拉巴马现象）Alabama paradox"
    rows: list[list[Value]] = [
        [
            seniors.get(row.senior, "合计 total"),
            row.name,
            row.before,
            row.after,
            row.change,
            note if row.is_paradox else "",
        ]
        for row in compared.differences
        if row.change or not row.senior
    ]
    listing(book, look, "对比", f"测算对比：{compared.changes.name.zh}", fields, rows)


def _admission(book: Any, look: Look, result: Result) -> None:
    """录取汇总: seats filled and returned, the lowest score; no pupil."""
    fields = (Field("高中", "senior school", 20), Field("单位", "receiver", 28), Field("名额", "seats", 9, "whole"),
              Field("录取", "admitted", 9, "total"), Field("退回统招", "returned", 10, "whole"),
              Field("最低录取分", "lowest score", 12, "name"))  # fmt: skip
    if result.admission is None:
        return
    seniors = {row.id: row.name for row in result.allocation.given.seniors}
    filled, lowest = result.admission.filled, result.admission.lowest
    rows: list[list[Value]] = []
    for row in result.allocation.seats:
        count = filled.get((row.senior, row.id), 0)
        score = shown(lowest[row.senior, row.id]) if count else None
        rows.append([seniors[row.senior], row.name, row.seats, count, row.seats - count, score])
    listing(book, look, "录取汇总", "指标生录取汇总（未用完的名额退回同区域统招）", fields, rows)

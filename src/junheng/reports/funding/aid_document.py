"""资助情况.docx: aid in numbers, what is to be checked, and whether policy and matters were made public."""

from collections import Counter
from collections.abc import Iterator

from junheng.funding import exact, shown
from junheng.reports.funding.aid_book import TITLES, name_of
from junheng.reports.funding.paper import paper, section, table
from junheng.reports.funding.words import FINDINGS, VERDICTS, Json


def aid_document(problem: Json, outcome: Json, owner: str) -> bytes:
    """The Word file's bytes; it names no pupil, not even by pseudonym."""
    blocks = section("总体情况", [*_summary(problem, outcome)])
    for column, title in TITLES.items():
        rows = [
            [name_of(problem, column, key), f"{one['times']:,}", shown(exact(one["yuan"]))]
            for key, one in outcome["totals"][column].items()
        ]
        blocks += table(column, title, ("项目", "人次", "金额（元）"), rows, 1)
    blocks += section("待核对", [*_findings(outcome)])
    blocks += section("政策与事项公开", [*_published(outcome)])
    return paper("学生资助情况", owner, blocks, "内部材料，不公开（可公开的是《资助公开》一页）")


def _summary(problem: Json, outcome: Json) -> Iterator[str]:
    whole, apart = outcome["totals"]["all"], outcome["apart"]["all"]
    yield f"截至 {outcome['on']}，资助 {whole['times']:,} 人次、{shown(exact(whole['yuan']))} 元。"
    poor = outcome["totals"]["category"].get("registered_poor")
    if poor is not None:
        yield f"其中建档立卡学生 {poor['times']:,} 人次、{shown(exact(poor['yuan']))} 元。"
    if apart["times"]:
        yield f"另有助学贷款 {apart['times']:,} 人次、{shown(exact(apart['yuan']))} 元，不计入以上合计。"
    if whole["unknown"]:
        yield f"有 {whole['unknown']} 行金额不明，未计入金额。"
    if problem["register"] is None:
        yield "没有提供学生名册，未核对是否在籍、是否寄宿。"


def _findings(outcome: Json) -> Iterator[str]:
    counts = Counter(one["kind"] for one in outcome["findings"])
    for kind, count in sorted(counts.items()):
        yield f"{FINDINGS[kind].zh}：{count} 处，逐行见《资助统计》“待核对”。"
    for one in outcome["problems"]:
        yield f"{one['what']['zh']}：{one['count']} 处（{'、'.join(one['at'][:3])}）。"
    if not counts and not outcome["problems"]:
        yield "没有待核对的问题。"


def _published(outcome: Json) -> Iterator[str]:
    told = outcome["publication"]
    yield f"资助政策公开：{VERDICTS[told['policy']]}；办理事项公开：{VERDICTS[told['matter']]}。"
    for one in told["published"]:
        yield f"{one['on'] or '日期不明'} {one['title']}（{one['where'] or '地点未填'}）。"

"""The self-evaluation report (自评报告): which chapters, in which order, and what stands on its cover."""

from collections.abc import Mapping
from datetime import date, datetime

from junheng.reports.chapters.annex import annex_chapter
from junheng.reports.chapters.attainment import attainment_chapter
from junheng.reports.chapters.gaps import gaps_chapter
from junheng.reports.chapters.measures import measures_chapter
from junheng.reports.chapters.number_index import number_index_chapter
from junheng.reports.chapters.shortcomings import shortcomings_chapter
from junheng.reports.chapters.sources import sources_chapter
from junheng.reports.chapters.variation import variation_chapter
from junheng.reports.chapters.wording import verdict_word
from junheng.reports.facts import Facts
from junheng.reports.numbers import NumberIndex
from junheng.reports.provenance_facts import overlay_words, overlays_of
from junheng.reports.read_facts import chinese
from junheng.reports.word.blocks import Block, Break, Contents

MADE_UP_NOTICE = "本报告依据虚构数据生成，仅供演示"


def report_blocks(facts: Facts, numbers: NumberIndex) -> list[Block]:
    """The whole report after the cover; ``numbers`` is filled on the way."""
    blocks: list[Block] = [Contents(), Break("page")]
    blocks += measures_chapter()
    blocks += attainment_chapter(facts, numbers)
    blocks += variation_chapter(facts, numbers)
    blocks += shortcomings_chapter(facts, numbers)
    blocks += gaps_chapter(facts, numbers)
    blocks += annex_chapter(facts)
    blocks += sources_chapter(facts)
    blocks += number_index_chapter(numbers)
    return blocks


def cover(facts: Facts) -> Mapping[str, str]:
    """The values of the template's tags."""
    name = chinese(facts.standard["name"])
    title = f"{facts.county_name}{name}自评报告"
    unknown = [part for part, found in facts.verdict["county"]["parts"].items() if found == "cannot_tell"]
    local = overlay_words(facts)
    verdict = verdict_word(facts.verdict["county"]["verdict"])
    return {
        "notice": "；".join(_notices(facts)),
        "title": title,
        "name": name,
        "standard": f"《{facts.standard['title']}》",
        "document": str(facts.standard["document"]) + (f"；地方口径：{local}" if local else ""),
        "school_year": facts.school_year,
        "verdict": verdict + (f"（{len(unknown)}个部分尚无法判定）" if unknown else ""),
        "county": facts.county_name,
        "made_on": _chinese_date(datetime.now().astimezone().date()),
        "header": title + ("（虚构数据，仅供演示）" if facts.made_up else ""),
    }


def _notices(facts: Facts) -> list[str]:
    """What a reader must know before anything else; printed in red."""
    trials = [found.name for found in overlays_of(facts) if found.is_trial]
    notices = [MADE_UP_NOTICE] if facts.made_up else []
    if trials:
        notices.append(f"试算：按假设的口径（{'、'.join(trials)}）计算，不是正式评价结论")
    return notices


def _chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"

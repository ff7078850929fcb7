"""From facts and a standard to the counties' verdicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import STAGES, Stage
from junheng.indicators import CountyTables, Evaluation, Scene
from junheng.judgement.entry import entry_condition
from junheng.judgement.facts import Facts
from junheng.judgement.items.judge_items import ItemsFound, judge_items
from junheng.judgement.items.parts import items_part
from junheng.judgement.resource import failing, resource_part
from junheng.judgement.results import CountyResult, PartResult, StageResult
from junheng.judgement.rounding_flags import rounding_flags
from junheng.judgement.school_results import Block, school_results, skipped_rows
from junheng.judgement.stage_results import stage_result
from junheng.judgement.uncollected import uncollected
from junheng.judgement.variation import judge_variation
from junheng.judgement.variation_rows import VariationRows, variation_rows
from junheng.judgement.vector import judge_rows
from junheng.judgement.verdict import Verdict, all_of
from junheng.standards import Part, Standard


@dataclass(frozen=True, slots=True)
class CountyFacts:
    """What is known of a county beside its schools."""

    name: str = ""
    basic_recognised_on: date | None = None


def judge(
    evaluation: Evaluation,
    standard: Standard,
    *,
    year: int,
    counties: Sequence[str] | None = None,
    facts: Mapping[str, CountyFacts] | None = None,
    rows: pa.Table | None = None,
    with_items: bool = True,
    scene: Scene | None = None,
) -> tuple[CountyResult, ...]:
    """The counties of ``year`` (all, or those asked for), in order of code.

    ``rows`` is the result of ``judge_rows`` where it has been made already. Without ``with_items`` the declared
    items are left out, and the parts that hang on them cannot be told: for who asks for the stages alone. ``scene``: the rows
    of the one county asked for, where they are at hand.
    """
    codes = judge_rows(evaluation, standard) if rows is None else rows
    judged = judge_variation(evaluation, standard)
    known = facts or {}
    tables = CountyTables(evaluation.tables if with_items else {}, year)
    return tuple(
        _county(
            Block(Facts(evaluation, standard), evaluation.values.slice(*span), codes.slice(*span), year),
            variation_rows(evaluation.variation, judged, _variation_of(evaluation, year, code)),
            code,
            known.get(code, CountyFacts()),
            (scene or Scene(tables, code, evaluation.parameters)) if with_items else None,
        )
        for code, span in county_spans(evaluation.values, year)
        if counties is None or code in counties
    )


def county_spans(values: pa.Table, year: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each county of ``year`` with (offset, length) of its rows; ``values`` is sorted by year and county.

    Schools without a county code belong to none: the data checks name them.
    """
    of_year = np.flatnonzero(pc.equal(values.column("year"), year).to_numpy())
    if not len(of_year):
        return
    start = int(of_year[0])
    codes = values.column("county_code").slice(start, len(of_year)).combine_chunks()
    runs = pc.run_end_encode(pc.fill_null(codes, ""))
    for code, end in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        if code:
            yield code, (start, int(of_year[0]) + end - start)
        start = int(of_year[0]) + end


def _variation_of(evaluation: Evaluation, year: int, code: str) -> list[int]:
    table = evaluation.variation
    mask = pc.and_(
        pc.equal(table.column("year"), year), pc.equal(pc.fill_null(table.column("county_code"), ""), code)
    )
    found: list[int] = np.flatnonzero(mask.to_numpy()).tolist()
    return found


@uncollected()
def _county(
    block: Block, variation: VariationRows, code: str, facts: CountyFacts, scene: Scene | None
) -> CountyResult:
    standard = block.facts.standard
    found = ItemsFound() if scene is None else judge_items(standard, scene, _counted(block))
    schools = school_results(block, found.of)
    skipped = tuple(skipped_rows(block, found.of))
    stages = {
        stage: stage_result(stage, schools, skipped, variation, block.facts.evaluation, standard)
        for stage in STAGES
        if stage in standard.stages
    }
    parts = _parts(standard, stages, found)
    return CountyResult(
        standard.id,
        block.year,
        code,
        facts.name or code,
        all_of(part.verdict for part in parts.values()),
        failing(list(parts.values())),
        {str(part): one for part, one in parts.items()},
        entry_condition(standard, facts.basic_recognised_on),
        {str(stage): one for stage, one in stages.items()},
        found.items,
        schools,
        skipped,
        rounding_flags(block, schools, stages, variation),
    )


def _counted(block: Block) -> list[str]:
    """The schools that are judged, in the order of the block."""
    return list(
        dict.fromkeys(block.values.filter(block.codes.column("judged")).column("school_id").to_pylist())
    )


def _parts(
    standard: Standard, stages: Mapping[Stage, StageResult], found: ItemsFound
) -> dict[Part, PartResult]:
    if not found.items and standard.items:
        return {part: PartResult(part, Verdict.CANNOT_TELL) for part in standard.parts}
    return {
        part: resource_part(standard, stages, found.items)
        if part == "resource"
        else items_part(standard, part, found.items)
        for part in standard.parts
    }

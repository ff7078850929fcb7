"""From facts and a standard to the counties' verdicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from junheng.basics import STAGES
from junheng.indicators import Evaluation
from junheng.judgement.facts import Facts
from junheng.judgement.other_parts import entry_condition, unjudged_items, unjudged_part
from junheng.judgement.resource import failing, resource_part
from junheng.judgement.results import CountyResult
from junheng.judgement.rounding_flags import rounding_flags
from junheng.judgement.school_results import Block, school_results, skipped_rows
from junheng.judgement.stage_results import stage_result
from junheng.judgement.variation import judge_variation
from junheng.judgement.variation_rows import VariationRows, variation_rows
from junheng.judgement.vector import judge_rows
from junheng.judgement.verdict import all_of
from junheng.standards import Standard


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
) -> tuple[CountyResult, ...]:
    """The counties of ``year`` (all, or those asked for), in order of code.

    ``rows`` is the result of ``judge_rows`` where it has been made already.
    """
    codes = judge_rows(evaluation, standard) if rows is None else rows
    judged = judge_variation(evaluation, standard)
    known = facts or {}
    return tuple(
        _county(
            Block(Facts(evaluation, standard), evaluation.values.slice(*span), codes.slice(*span), year),
            variation_rows(evaluation.variation, judged, _variation_of(evaluation, year, code)),
            code,
            known.get(code, CountyFacts()),
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


def _county(block: Block, variation: VariationRows, code: str, facts: CountyFacts) -> CountyResult:
    standard = block.facts.standard
    schools = school_results(block)
    skipped = tuple(skipped_rows(block))
    stages = {
        stage: stage_result(stage, schools, skipped, variation, block.facts.evaluation, standard)
        for stage in STAGES
        if stage in standard.stages
    }
    items = unjudged_items(standard)
    parts = {
        part: resource_part(standard, stages, items) if part == "resource" else unjudged_part(part)
        for part in standard.parts
    }
    return CountyResult(
        standard.id,
        block.year,
        code,
        facts.name or code,
        all_of(part.verdict for part in parts.values()),
        failing(list(parts.values())),
        {str(part): found for part, found in parts.items()},
        entry_condition(standard, facts.basic_recognised_on),
        {str(stage): found for stage, found in stages.items()},
        items,
        schools,
        skipped,
        rounding_flags(block, schools, stages, variation),
    )

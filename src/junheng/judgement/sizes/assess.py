"""Class sizes against the rules of the day, three-valued where classes are unknown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import STAGE_NAMES, Stage, Text
from junheng.data import Snapshot
from junheng.judgement.sizes.count import ClassRow, Tally, class_rows, tallies
from junheng.judgement.sizes.dissolve import Need, Untold, needs
from junheng.judgement.sizes.rules import MeanLimit, SizeRules, Target, size_rules_on
from junheng.judgement.verdict import Verdict
from junheng.standards import Source, Standard, school_year_start

CLASS_SIZE, LIMIT = "G5", "class_size"


@dataclass(frozen=True, slots=True)
class TargetResult:
    """A target or a mean limit of a stage: its value, its limit, and where they stand to each other."""

    id: str
    name: Text
    stage: Stage
    least: Fraction | None
    greatest: Fraction | None
    limit: Fraction
    verdict: Verdict
    reason: Text
    source: Source


@dataclass(frozen=True, slots=True)
class SizeReport:
    """Everything about the class sizes of one county and year."""

    county_code: str
    year: int
    rules: SizeRules
    limits: Mapping[Stage, int]
    tallies: tuple[Tally, ...]
    targets: tuple[TargetResult, ...]
    needs: tuple[Need, ...]
    large_needs: tuple[Need, ...]
    untold: tuple[Untold, ...]
    uncounted: tuple[Text, ...]


def assess_sizes(snapshot: Snapshot, standard: Standard, *, year: int, county: str) -> SizeReport:
    """The class sizes of ``county`` in ``year``; ``standard`` gives the limit of every class (item G5).

    ``large_needs`` are the rooms that dissolve large classes alone, ``needs`` those for the standard's limit.
    """
    rules = size_rules_on(school_year_start(year))
    rows = class_rows(snapshot, year, county)
    counted = tallies(rows, rules)
    limits = class_limits(standard)
    over, untold = needs(rows, limits)
    large, _ = needs(rows, dict.fromkeys(limits, rules.large.large_from - 1))
    return SizeReport(
        county,
        year,
        rules,
        limits,
        tuple(counted),
        tuple(_targets(rules, counted, county)),
        tuple(over),
        tuple(large),
        tuple(untold),
        tuple(_uncounted(snapshot, rows, year, county)),
    )


def class_limits(standard: Standard) -> dict[Stage, int]:
    """The largest class each stage may have by the standard; empty where it sets none."""
    item = next((item for item in standard.items if item.id == CLASS_SIZE), None)
    limit = item.limits.get(LIMIT) if item is not None else None
    if limit is None or not isinstance(limit.value, Mapping):
        return {}
    return {stage: int(limit.value[stage]) for stage in standard.stages if stage in limit.value}


def _targets(rules: SizeRules, counted: Sequence[Tally], county: str) -> Iterator[TargetResult]:
    for tally in counted:
        if tally.area == "all":
            for target in rules.targets:
                yield _share(target, tally)
    for mean in rules.means:
        for tally in counted:
            if county.startswith(mean.region) and tally.area == mean.place:
                yield _mean(mean, tally)


def _share(target: Target, tally: Tally) -> TargetResult:
    span = tally.share(target.size) or (None, None)
    return _result(target.id, target.name, tally, span, Fraction(target.share_max), target.source)


def _mean(mean: MeanLimit, tally: Tally) -> TargetResult:
    name = Text(
        f"平均班额（{'城区' if mean.place == 'urban' else '乡村'}）", f"mean class size ({mean.place})"
    )
    return _result(
        f"mean-{mean.place}", name, tally, (tally.mean, tally.mean), Fraction(mean.mean_max), mean.source
    )


def _result(
    key: str,
    name: Text,
    tally: Tally,
    span: tuple[Fraction | None, Fraction | None],
    limit: Fraction,
    source: Source,
) -> TargetResult:
    least, greatest = span
    if least is None or greatest is None or least <= limit < greatest:
        verdict = Verdict.CANNOT_TELL
        reason = Text(f"{tally.unknown}个班没有学生数", f"{tally.unknown} classes without a number of pupils")
        if not tally.classes and not tally.unknown:
            reason = Text("没有班级数据", "no classes reported")
    else:
        verdict = Verdict.MET if greatest <= limit else Verdict.NOT_MET
        reason = Text(
            f"{STAGE_NAMES[tally.stage].zh}{tally.classes + tally.unknown}个班",
            f"{tally.classes + tally.unknown} classes, {STAGE_NAMES[tally.stage].en}",
        )
    return TargetResult(key, name, tally.stage, least, greatest, limit, verdict, reason, source)


def _uncounted(snapshot: Snapshot, rows: Sequence[ClassRow], year: int, county: str) -> Iterator[Text]:
    """School-stages that report a number of classes other than the rows listed: their bands are incomplete."""
    listed: dict[tuple[str, str], int] = {}
    for row in rows:
        listed[row.school_id, row.stage] = listed.get((row.school_id, row.stage), 0) + 1
    schools = snapshot.tables.get("school")
    stages = snapshot.tables.get("stage")
    if schools is None or stages is None:
        return
    mine = {
        row["school_id"]: row["name"] or row["school_id"]
        for row in schools.to_pylist()
        if row["year"] == year and row["county_code"] == county
    }
    for row in stages.to_pylist():
        told = row["classes"]
        if (
            row["year"] == year
            and row["school_id"] in mine
            and row["stage"] in STAGE_NAMES
            and told is not None
        ):
            found = listed.get((row["school_id"], row["stage"]), 0)
            if row["stage"] != "senior" and found != told:
                name, stage = mine[row["school_id"]], STAGE_NAMES[row["stage"]]
                yield Text(
                    f"{name}（{stage.zh}）：报{told}个班，列出{found}个",
                    f"{name} ({stage.en}): {told} classes reported, {found} listed",
                )

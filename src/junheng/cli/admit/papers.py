"""The folder of an admission trial: the workbook for officers, and what programs read."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text
from junheng.cli.admit.decide import Decided, shown_numbers
from junheng.cli.trial import RECORD, TRIAL, trial_folder, trial_record, write_json

if TYPE_CHECKING:
    from junheng.reports.admissions import TrialFacts, ZoneFacts

BOOK = "试算_录取名单.xlsx"
CERTIFICATE, AUDIT, COMPARISON = "certificate.json", "audit.json", "comparison.json"
_BY_ROUNDS = Text("本规则没有录取线证明，只能整体复算", "this rule has no certificate but the full re-run")
_PROVEN = Text("已由录取线逐人还原，全部相符", "every result was derived again from the cut-offs")


def write_trial(decided: Decided, zones: "ZoneFacts | None", out: Path) -> None:
    """Write the folder ``out`` whole or not at all. Raises UserError when it cannot be written."""
    from junheng.reports.admissions import write_admission_book

    with trial_folder(out) as folder:
        write_admission_book(folder / BOOK, facts_of(decided, zones))
        write_json(folder / CERTIFICATE, certificate_document(decided))
        write_json(folder / AUDIT, decided.audit.as_json())
        if decided.comparison is not None:
            write_json(folder / COMPARISON, _comparison(decided))
        write_json(folder / RECORD, _record(decided))


def certificate_document(decided: Decided) -> dict[str, Any]:
    """The certificate: problem, seed and cut-offs, no child named."""
    return {
        "format": "junheng/admission-trial/1",
        "notice": {"zh": TRIAL.zh, "en": TRIAL.en},
        "hash": decided.lot.hash_name,
        "seed": decided.lot.seed.hex(),
        "problem": _public_problem(decided),
        "rows": len(decided.roll.rows),
        "units": len(decided.market.units),
        "check": {"zh": proof_words(decided).zh, "en": proof_words(decided).en},
        "result": decided.outcome.public,
    }


def proof_words(decided: Decided) -> Text:
    """Whether the cut-offs prove the result."""
    return _BY_ROUNDS if decided.problem.is_by_rounds else _PROVEN


def _public_problem(decided: Decided) -> dict[str, Any]:
    """The problem without the numbers of single families."""
    problem = decided.problem.as_json()
    problem.get("ranking", {}).pop("numbers", None)
    return problem


def _comparison(decided: Decided) -> dict[str, Any]:
    comparison = decided.comparison
    if comparison is None:
        return {}
    return {
        "assumes": [{"zh": text.zh, "en": text.en} for text in comparison.assumes],
        "rules": {name: audit.as_json() for name, audit in comparison.audits.items()},
    }


def _record(decided: Decided) -> dict[str, Any]:
    lot = decided.lot
    return trial_record(
        "admission",
        decided.asked.files,
        hash=lot.hash_name,
        seed=lot.seed.hex(),
        numbers=int(lot.numbers is not None),
        mechanism={"zh": decided.audit.mechanism.zh, "en": decided.audit.mechanism.en},
    )


def facts_of(decided: Decided, zones: "ZoneFacts | None") -> "TrialFacts":
    """What the workbook is made of."""
    from junheng.reports.admissions import TrialFacts

    numbers, places = shown_numbers(decided)
    return TrialFacts(
        title=decided.asked.title,
        lines=_lines(decided),
        problem=decided.problem.as_json(),
        result=decided.outcome.public,
        leaves=decided.outcome.leaves,
        names=decided.roll.names,
        wishes={row["pid"]: row["choices"] for row in decided.roll.rows},
        numbers=numbers,
        places=places,
        audit=decided.audit,
        comparison=decided.comparison,
        zones=zones,
    )


def _lines(decided: Decided) -> list[tuple[str, str]]:
    from junheng.reports.draws import rule_lines

    statistics = decided.outcome.public["statistics"]
    lot = decided.lot
    order = f"种子 {lot.seed.hex()}" if lot.numbers is None else f"现场号码 {len(lot.numbers)} 个"
    lines = [
        ("性质", f"{TRIAL.zh}：只供研究规则，不得公布 {TRIAL.en}: to study a rule, never to be published"),
        ("规则名称", decided.asked.title),
        ("报名", decided.asked.intake.name.zh),
        ("录取规则", f"{decided.audit.mechanism.zh} {decided.audit.mechanism.en}"),
        *(("", line) for line in rule_lines(decided.problem.as_json())),
        ("次序", f"{order}（{lot.hash_name}）"),
        ("人数", f"{statistics['children']} 人，{statistics['units']} 个抽签单位（多胞胎为一个）"),
        (
            "录取",
            f"{statistics['placed']} 人，其中统筹安排 {statistics['by_leftover']} 人；未录取 {statistics['unplaced']} 人",
        ),
        ("核对", f"{proof_words(decided).zh} {proof_words(decided).en}"),
    ]
    if decided.warning is not None:
        lines.append(("填报提醒", f"{decided.warning.zh}\n{decided.warning.en}"))
    lines.append(("再算一次", "同一报名表、同一规则、同一种子，结果逐字相同（命令见 trial.json）"))
    return lines

"""Which papers count: known codes, once each, answered enough; every other paper with its reason."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.basics import Text
from junheng.data.books import Fault, Place
from junheng.judgement.survey.answers import Answer
from junheng.judgement.survey.codes import code_hash
from junheng.judgement.survey.plan import Slot
from junheng.judgement.survey.settings import Method, Questionnaire

NO_CODE, UNKNOWN, TWICE, VOID, BLANK, OVERALL = (
    "no_code",
    "unknown_code",
    "twice",
    "void",
    "too_few",
    "no_overall",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as counted. ``reason`` "" where it is valid; ``slot`` None where its code is not known."""

    answer: Answer
    slot: Slot | None
    reason: str
    is_satisfied: bool


def count_papers(
    papers: Iterable[Answer], slots: Mapping[str, Slot], questionnaire: Questionnaire, method: Method
) -> tuple[list[Paper], list[Fault]]:
    """Every paper with its verdict, and a fault for each that does not count.

    A code answered twice: by ``method.duplicates`` the first paper counts, or none. The first stays the first even
    where it is itself not valid: nobody answers again after seeing it refused.
    """
    listed = list(papers)
    hashes = [code_hash(answer.code) for answer in listed]
    first: dict[str, int] = {}
    for number, text in enumerate(hashes):
        first.setdefault(text, number)
    again = Counter(hashes)
    counted, faults = [], []
    for number, (answer, text) in enumerate(zip(listed, hashes, strict=True)):
        slot = slots.get(text) if answer.code else None
        is_first = number == first[text]
        reason = _reason(answer, slot, is_first, again[text], questionnaire, method)
        overall = questionnaire.choice(answer.values.get(questionnaire.overall, -1))
        counted.append(
            Paper(answer, slot, reason, not reason and overall is not None and overall.is_satisfied)
        )
        if reason:
            faults.append(
                Fault(
                    f"survey.{reason}", answer.place, _what(reason, listed[first[text]].place), _FIXES[reason]
                )
            )
    return counted, faults


def _reason(
    answer: Answer,
    slot: Slot | None,
    is_first: bool,
    times: int,
    questionnaire: Questionnaire,
    method: Method,
) -> str:
    if not answer.code:
        return NO_CODE
    if slot is None:
        return UNKNOWN
    if times > 1 and method.duplicates == "none":
        return VOID
    if not is_first:
        return TWICE
    if Fraction(len(answer.values), len(questionnaire.questions)) < Fraction(method.answered_share):
        return BLANK
    return "" if questionnaire.overall in answer.values else OVERALL


REASON_NAMES: Mapping[str, Text] = {
    NO_CODE: Text("没有作答码", "without a code"),
    UNKNOWN: Text("作答码不在本次调查中", "code not of this survey"),
    TWICE: Text("同一作答码重复作答，取先答的一份", "code answered twice: the first counts"),
    VOID: Text("同一作答码重复作答，全部作废", "code answered twice: none counts"),
    BLANK: Text("作答的题目太少", "too few questions answered"),
    OVERALL: Text("总体题没有作答", "the overall question is not answered"),
}
_FIXES: Mapping[str, Text] = {
    NO_CODE: Text("核对纸质问卷，补录作答码", "look at the paper and type its code"),
    UNKNOWN: Text("核对是否录错，或是别次调查的问卷", "was it mistyped, or of another survey?"),
    TWICE: Text("核对是否重复录入；规则见 method.yaml", "was it typed twice? The rule is in method.yaml"),
    VOID: Text("核对是否重复录入；规则见 method.yaml", "was it typed twice? The rule is in method.yaml"),
    BLANK: Text("该卷计为无效", "it counts as not valid"),
    OVERALL: Text("该卷计为无效", "it counts as not valid"),
}


def _what(reason: str, first: Place) -> Text:
    name = REASON_NAMES[reason]
    if reason in (TWICE, VOID):
        return Text(f"{name.zh}（先答：{first}）", f"{name.en} (first: {first})")
    return name

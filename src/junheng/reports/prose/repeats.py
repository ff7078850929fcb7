"""One thing told twice: the same subject with two figures, in one period or in two."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from junheng.basics import Text
from junheng.reports.prose.figures import Figure
from junheng.reports.prose.remark import Remark
from junheng.reports.prose.sentences import Sentence

_FILLER = re.compile(
    r"(?:19|20)\d\d年?底?末?|\d+月|\d+日|[“”\"（(）)]|十[二三四五]五|期间|以来|(?:近|过去|最近)[两三四五十\d]+年|截至|年底|目前|"
    r"全[区县市旗省]|我[区县市旗]|共有|共计|合计|总计|总共|一共|累计|达到|现有|已有|共|总|达(?!标)|为|有|约|近|超过|已|的|了"
)
_CLAUSE = re.compile(r"[，,、：:。；;]")
# "“十三五”期间投入：中央…、省…，共计12.77亿元": the total is of what stands before the colon.
_LABEL = re.compile(r"([^，,、：:\d]*(?:\d+年)?[^，,、：:\d]*)[：:]")
_TOTAL = re.compile(r"共计|合计|总计|总共|一共|共")
_MEMBER = re.compile(r"其中|分别|每|平均|人均|生均")
# A member of a list ("小学200所、初中57所") names no subject by itself.
_LISTED = re.compile(
    r"(?:小学|初中|高中|中学|学前|市区|城区|镇区|县城|农村|乡村|中央|省级|市级|县级|区级|地方|社会|男生|女生|学生|教师|"
    r"新建|改扩建|扩建|改建|中央和省级|惠及|覆盖|涉及|带动|辐射|受益)+"
)
_STAGES = ("小学", "初中")
_SHORTEST = 2  # characters that name a subject


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure with the words that name what it is."""

    sentence: Sentence
    figure: Figure


def check_repeats(sentences: Sequence[Sentence]) -> Iterator[Remark]:
    """Every subject with more than one figure: agreeing, contradicting in one period, or to be asked about."""
    told: dict[tuple[str, str, frozenset[str]], list[Mention]] = defaultdict(list)
    for sentence in sentences:
        stages = _stages(sentence)
        for subject, figure in _subjects(sentence):
            told[subject, figure.kind, stages].append(Mention(sentence, figure))
    for (subject, _, _), mentions in told.items():
        for place, later in enumerate(mentions):
            if earlier := next((one for one in mentions[:place] if _worth_telling(one, later)), None):
                yield _remark(subject, earlier, later)


def _stages(sentence: Sentence) -> frozenset[str]:
    """The stages a sentence speaks of, or else the heading it stands under."""
    said = {stage for stage in _STAGES if stage in sentence.text}
    return frozenset(said or {stage for stage in _STAGES if stage in sentence.passage.heading})


def _subjects(sentence: Sentence) -> Iterator[tuple[str, Figure]]:
    end = 0
    for figure in sentence.figures:
        clause = _CLAUSE.split(sentence.text[end : figure.start])[-1]
        end = figure.end
        subject = _FILLER.sub("", clause).strip()
        if not subject and _TOTAL.search(clause) and (label := _LABEL.match(sentence.text)):
            subject = _FILLER.sub("", label[1]).strip()
        if len(subject) < _SHORTEST or _LISTED.fullmatch(subject):
            continue
        if not _MEMBER.search(clause) and figure.kind not in ("percent", "points"):
            yield subject, figure


def _worth_telling(one: Mention, other: Mention) -> bool:
    a, b = one.sentence.period, other.sentence.period
    return a is None or b is None or not a.apart_from(b)


def _remark(subject: str, one: Mention, other: Mention) -> Remark:
    a, b = one.figure, other.figure
    places = (other.sentence.passage.number, one.sentence.passage.number)
    where = f"{other.sentence.passage.where}（{one.sentence.passage.where}）"
    if abs(a.value - b.value) <= max(a.slack, b.slack):
        words = Text(
            f"“{subject}”两处一致：{a.text}、{b.text}", f"“{subject}” twice alike: {a.text}, {b.text}"
        )
        return Remark("agrees", where, words, places)
    periods = [_period(one), _period(other)]
    if one.sentence.period == other.sentence.period and one.sentence.period is not None:
        words = Text(
            f"“{subject}”同一时期（{periods[0]}）两处不同：{a.text}、{b.text}",
            f"“{subject}” in one period ({periods[0]}): {a.text} and {b.text}",
        )
        return Remark("contradicts", where, words, places)
    words = Text(
        f"“{subject}”写作{a.text}（{periods[0]}）和{b.text}（{periods[1]}）：时期或口径是否不同？",
        f"“{subject}” is {a.text} ({periods[0]}) and {b.text} ({periods[1]}): different periods or coverage?",
    )
    return Remark("ask", where, words, places)


def _period(mention: Mention) -> str:
    period = mention.sentence.period
    return period.words if period else "未写明时期"

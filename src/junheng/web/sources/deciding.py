"""Deciding between sources under the return's lock: of two officers the second is told of the first."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from junheng.basics import Text, sha256_bytes
from junheng.data import Figure, Told, load_dictionary
from junheng.web.audit.chain import record
from junheng.web.clocks.giving import Message, give
from junheng.web.clocks.standing import responsible
from junheng.web.filing import review
from junheng.web.filing.actions import add_row, locked, save_cell
from junheng.web.filing.models import Cell, Filing, Remark, Row
from junheng.web.filing.sections import keys_of, row_name
from junheng.web.filing.states import EDITABLE, State
from junheng.web.front.words import CHINESE, ENGLISH, half
from junheng.web.people.models import Account
from junheng.web.sources.board import RETURN, Said, seen_of, source_sayings, token_of
from junheng.web.sources.first import speaking
from junheng.web.sources.models import Choice, Decision, Outcome, SourceKind

_WORDS = 500
_MARK = 32  # hex digits of what a notice is of


@dataclass(frozen=True, slots=True)
class Wish:
    """What an officer decides of ``figure``: ``kind`` names the source taken, ``token`` what the page showed."""

    figure: Figure
    choice: Choice
    kind: str
    reason: str
    token: str
    sends_back: bool = False


@transaction.atomic
def decide(actor: Account, filing: Filing, wish: Wish) -> Decision:
    """Keep the decision and do it. Raises ValidationError where something changed meanwhile, or the state forbids it."""
    now, figure = locked(filing.pk), wish.figure
    said = said_of(now, figure)
    last = Decision.objects.filter(
        filing=now, table=figure.table, key=figure.key, column=figure.column
    ).first()
    reason = " ".join(wish.reason.split())[:_WORDS]
    if not reason:
        raise _no("请写明理由", "say why")
    if wish.token != token_of(said, last):
        raise _no(
            "刚才有人改了数或作了决定，请再看一遍", "a figure or a decision changed meanwhile: look again"
        )
    if wish.choice == Choice.TAKE and (wish.kind == RETURN or wish.kind not in said):
        raise _no("这个来源没有这个数", "that source does not say this figure")
    taken = said[wish.kind] if wish.choice == Choice.TAKE else None
    made = Decision(
        filing=now,
        table=figure.table,
        key=figure.key,
        column=figure.column,
        choice=wish.choice,
        kind=wish.kind if taken else "",
        value=taken.value if taken else "",
        before=said[RETURN].value if RETURN in said else "",
        said=[{"kind": kind, "value": told.value, "place": told.file} for kind, told in said.items()],
        seen=seen_of(said),
        reason=reason,
        by=actor,
        by_name=actor.name,
    )
    made.outcome = _done(actor, now, made, taken, wish.sends_back)
    made.save()
    _tell(actor, now, made)
    return made


def said_of(filing: Filing, figure: Figure) -> Said:
    """What every source and the return say of one figure now."""
    sources = speaking(filing.county_year.county, filing.county_year.year)
    said = {kind: told[figure] for kind, told in source_sayings(sources, figure).items() if figure in told}
    cell = Cell.objects.filter(
        row__filing=filing,
        row__table=figure.table,
        row__key=figure.key,
        row__is_removed=False,
        column=figure.column,
    ).first()
    return {**said, RETURN: Told(cell.value)} if cell and cell.value else said


def _done(actor: Account, filing: Filing, made: Decision, taken: Told | None, sends_back: bool) -> Outcome:
    """Do it: write the value where the return is open, else ask the school for it by a remark."""
    if made.choice == Choice.KEEP:
        return Outcome.KEPT
    is_open = filing.state in EDITABLE
    if is_open and taken:
        _write(actor, filing, made, taken)
        return Outcome.WRITTEN
    if not is_open and filing.state != State.SUBMITTED:
        raise _no(
            f"报表“{filing.get_state_display()}”，只能保留填报数；定稿之前可先在报表页退回",
            "the return is closed: only keeping is left; until the year is frozen it can be sent back on its page",
        )
    row, words = _row_of(filing, made), _words(made)
    if is_open:
        Remark.objects.create(
            filing=filing, row=row, column=made.column if row else "", words=words.zh, words_en=words.en, by=actor,
            by_name=actor.name, sent_at=timezone.now(),
        )  # fmt: skip
        _notify(filing, made)
        return Outcome.REMARKED
    review.remark(actor, filing, row, made.column, words.zh, words.en)
    if sends_back:
        review.send_back(actor, filing)
        _notify(filing, made)
    return Outcome.REMARKED


def _notify(filing: Filing, made: Decision) -> None:
    """A notice to the school's people: the remark is on their page now."""
    spec, table = load_dictionary().column(made.table, made.column), load_dictionary().tables[made.table]
    year, school = filing.county_year, filing.school.name
    words = Text(
        f"{school} {year.year} 年报表：请核实“{table.sheet.zh}”的{spec.heading.zh}",
        f"{school} {year.year}: please check {spec.heading.en} ({table.sheet.en})",
    )
    address = f"{reverse('filing', args=[filing.pk])}?section={made.table}"
    people = responsible(year.county, timezone.localdate()).get(filing.school_id, ())
    place = sha256_bytes("\n".join((made.table, made.key, made.column, made.seen)).encode())[:_MARK]
    give(people, Message(f"asked:{filing.pk}:{place}", words, address), timezone.now())


def _write(actor: Account, filing: Filing, made: Decision, taken: Told) -> None:
    row = _row_of(filing, made)
    if row is None and made.key:
        keys = dict(zip((spec.name for spec in keys_of(made.table)), made.key.split("|"), strict=True))
        row = add_row(actor, filing, made.table, keys)
    row = row or Row.objects.create(filing=filing, table=made.table, key=made.key)
    saved = save_cell(actor, row, made.column, taken.value)
    Cell.objects.filter(pk=saved.cell.pk).update(origin=made.kind, place=taken.file[:200])


def _row_of(filing: Filing, made: Decision) -> Row | None:
    return Row.objects.filter(filing=filing, table=made.table, key=made.key, is_removed=False).first()


def _words(made: Decision) -> Text:
    """The remark the school reads, in both languages."""
    told = []
    for language in (CHINESE, ENGLISH):
        with override(language):
            told.append(_said_now(made))
    return Text(*told)


def _said_now(made: Decision) -> str:
    """The figure, what each source says of it, and the officer's reason, in the language that is on."""
    spec = load_dictionary().column(made.table, made.column)
    filed = Text("填报", "the return")
    labels = {**{kind.value: str(kind.label) for kind in SourceKind}, RETURN: half(filed)}
    comma = half(Text("，", ", "))
    said = comma.join(f"{labels[one['kind']]} {one['value']}" for one in made.said)
    change = Text(f"请改为 {made.value}", f"please change it to {made.value}")
    asks = half(change if made.value else Text("请核实", "please check"))
    where = " ".join(part for part in (row_name(made.table, made.key), half(spec.heading)) if part)
    return half(Text(f"{where}：{said}；{asks}。{made.reason}", f"{where}: {said}; {asks}. {made.reason}"))[
        :_WORDS
    ]


def _tell(actor: Account, filing: Filing, made: Decision) -> None:
    detail = {
        "table": made.table, "key": made.key, "column": made.column, "choice": str(made.choice),
        "kind": str(made.kind), "outcome": str(made.outcome), "before": made.before, "value": made.value,
        "reason": made.reason,
    }  # fmt: skip
    record(actor, "source.decide", "filing", filing.pk, detail, organisation_id=filing.school_id)


def _no(zh: str, en: str) -> ValidationError:
    return ValidationError(half(Text(zh, en)))

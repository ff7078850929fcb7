"""Deciding between sources under the return's lock: of two officers the second is told of the first."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from junheng.basics import Text
from junheng.data import Figure, Told, load_dictionary
from junheng.web.audit.chain import record
from junheng.web.filing import review
from junheng.web.filing.actions import add_row, locked, save_cell
from junheng.web.filing.models import Cell, Filing, Remark, Row
from junheng.web.filing.sections import keys_of, row_name
from junheng.web.filing.states import EDITABLE, Act, transition
from junheng.web.front.words import half
from junheng.web.people.models import Account
from junheng.web.sources.board import RETURN, Said, seen_of, source_sayings, token_of
from junheng.web.sources.first import speaking
from junheng.web.sources.models import Choice, Decision, Outcome, SourceKind

_WORDS = 500


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
    if not is_open and transition(Act.SEND_BACK, filing.state) is None:
        raise _no(
            f"报表“{filing.get_state_display()}”，只能保留填报数",
            "the return is closed: only keeping is left",
        )
    row = _row_of(filing, made)
    if is_open:
        Remark.objects.create(
            filing=filing, row=row, column=made.column if row else "", words=_words(made), by=actor,
            by_name=actor.name, sent_at=timezone.now(),
        )  # fmt: skip
        return Outcome.REMARKED
    review.remark(actor, filing, row, made.column, _words(made))
    if sends_back:
        review.send_back(actor, filing)
    return Outcome.REMARKED


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


def _words(made: Decision) -> str:
    """The remark the school reads: the figure, what each source says of it, and the officer's reason."""
    spec = load_dictionary().column(made.table, made.column)
    labels = {**{kind.value: str(kind.label) for kind in SourceKind}, RETURN: "填报"}
    said = "，".join(f"{labels[one['kind']]} {one['value']}" for one in made.said)
    asks = f"请改为 {made.value}" if made.value else "请核实"
    where = " ".join(part for part in (row_name(made.table, made.key), spec.heading.zh) if part)
    return f"{where}：{said}；{asks}。{made.reason}"[:_WORDS]


def _tell(actor: Account, filing: Filing, made: Decision) -> None:
    detail = {
        "table": made.table, "key": made.key, "column": made.column, "choice": str(made.choice),
        "kind": str(made.kind), "outcome": str(made.outcome), "before": made.before, "value": made.value,
        "reason": made.reason,
    }  # fmt: skip
    record(actor, "source.decide", "filing", filing.pk, detail, organisation_id=filing.school_id)


def _no(zh: str, en: str) -> ValidationError:
    return ValidationError(half(Text(zh, en)))
